"""The list of indicators keeps what its filters say, says how many are left, and works without a script."""

from __future__ import annotations

from typing import Any

import pytest

from territoires.model.indicators import Nature
from territoires.model.levels import Level
from territoires.store.store import TableStore
from territoires.web.catalogue_choice import Age, age_of, last_year, read_choice
from tests.web.reading import read

LARGEST_PAGE = 60_000

ADDRESSES = [
    "/indicateurs",
    "/indicateurs?niveau=commune",
    "/indicateurs?nature=ratio",
    "/indicateurs?q=de+vie",
    "/indicateurs?domaine=sante",
]


@pytest.mark.parametrize(
    ("vintage", "year"),
    [
        ("2022", 2022), ("2016-2022", 2022), ("2025-T4", 2025), ("2019-12", 2019), ("2026-04-03", 2026),
        ("2025 / 2021", 2021), ("dix ans jusqu’à 2025", 2025), ("2024-T4 à 2025-T4", 2025), ("", 0),
    ],
)  # fmt: skip
def test_the_age_of_a_figure_is_the_last_year_of_its_period(vintage: str, year: int) -> None:
    assert last_year(vintage) == year


def test_every_vintage_of_the_catalogue_has_a_year(shipped_store: TableStore) -> None:
    assert all(2010 <= last_year(indicator.vintage) <= 2026 for indicator in shipped_store.indicators)


def _shown(client: Any, address: str) -> list[str]:
    links = read(client.get(address)).links
    return list(dict.fromkeys(link.split("/")[2] for link in links if link.startswith("/indicateurs/")))


def test_each_filter_keeps_what_it_says(shipped_client: Any, shipped_store: TableStore) -> None:
    everything = {indicator.id: indicator for indicator in shipped_store.indicators}
    older = _shown(shipped_client, "/indicateurs?millesime=ancien")
    recent = _shown(shipped_client, "/indicateurs?millesime=recent")
    assert set(older) | set(recent) == set(everything)
    assert not set(older) & set(recent)
    assert all(age_of(everything[each]) is Age.OLDER for each in older)
    medians = _shown(shipped_client, "/indicateurs?nature=median")
    assert {everything[each].nature for each in medians} == {Nature.MEDIAN}
    copies = _shown(shipped_client, "/indicateurs?confiance=officiel")
    assert {everything[each].confidence for each in copies} == {"official copy"}


def test_a_level_keeps_the_indicators_that_have_a_value_there(
    shipped_client: Any, shipped_store: TableStore
) -> None:
    regions = set(_shown(shipped_client, "/indicateurs?niveau=region"))
    values = {each.id: shipped_store.values(Level.REGION, each.id) for each in shipped_store.indicators}
    assert regions == {name for name, array in values.items() if (array == array).any()}
    assert "ris_seisme" not in regions


def test_words_and_filters_go_together(shipped_client: Any) -> None:
    found = _shown(shipped_client, "/indicateurs?q=chomage&millesime=ancien")
    assert "emp_txchom_1564" not in found
    assert "emp_defm_dur34" in found


def test_the_number_of_results_is_said_and_the_form_keeps_its_choices(
    shipped_client: Any, shipped_store: TableStore
) -> None:
    response = shipped_client.get("/indicateurs?q=passoires&millesime=recent&nature=ratio")
    page = read(response)
    assert f"1 indicateur sur {len(shipped_store.indicators)}" in " ".join(page.text.split())
    html = response.get_data(as_text=True)
    assert 'value="passoires"' in html
    assert '<option value="recent" selected>' in html
    assert '<option value="ratio" selected>' in html


def test_the_form_is_sent_by_a_button_and_every_field_has_its_label(shipped_client: Any) -> None:
    html = shipped_client.get("/indicateurs").get_data(as_text=True)
    assert '<form class="catalogue-form" action="/indicateurs" method="get"' in html
    assert '<button type="submit">' in html
    for name in ("mots", "domaine", "niveau", "millesime", "nature", "confiance"):
        assert f'<label for="{name}">' in html


@pytest.mark.parametrize(
    "query", ["niveau=canton", "millesime=demain", "nature=couleur", "confiance=aveugle", "domaine=licornes"]
)
def test_a_choice_that_does_not_exist_is_said_and_ignored(
    shipped_client: Any, shipped_store: TableStore, query: str
) -> None:
    page = read(shipped_client.get(f"/indicateurs?{query}"))
    assert len(page.notices) == 1
    assert query.split("=")[1] in page.notices[0]
    assert f"{len(shipped_store.indicators)} indicateurs" in " ".join(page.text.split())


def test_france_is_not_a_level_of_the_form() -> None:
    choice, notices = read_choice({"niveau": "france"})
    assert choice.level is None
    assert len(notices) == 1


def test_nothing_found_says_what_to_try(shipped_client: Any) -> None:
    page = read(shipped_client.get("/indicateurs?q=passoires&domaine=sante"))
    assert "Aucun indicateur" in page.text
    assert "/indicateurs?q=passoires" in page.links


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_of_the_list_is_light(shipped_client: Any, address: str) -> None:
    response = shipped_client.get(address, headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.data) <= LARGEST_PAGE


def test_the_whole_catalogue_can_be_taken_away(shipped_client: Any) -> None:
    links = read(shipped_client.get("/indicateurs")).links
    assert any(link.startswith("/telecharger/catalogue.csv") for link in links)
    assert any(link.startswith("/telecharger/catalogue.xlsx") for link in links)
