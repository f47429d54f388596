"""The page of an indicator: everything it promises, for each of the 333, and what it says when it knows little."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from territoires.model.indicators import Direction, Nature
from territoires.model.levels import Level
from territoires.store.related import read_related
from territoires.store.store import TableStore
from territoires.store.verification import read_verification
from territoires.web.pages.indicator_map import coarse, drawn_level
from territoires.web.pages.indicator_sections import alerts_by_size, region_table, spread_by_size, together
from tests.web.reading import Page, read

LARGEST_PAGE = 60_000
LARGEST_IMAGE = 90_000
SVG = "{http://www.w3.org/2000/svg}"


def said(page: Page) -> str:
    """Return the words of a page, with plain spaces."""
    return " ".join(page.text.split())


def test_every_page_renders_small_with_its_titles_in_order_and_its_tables_named(
    shipped_client: Any, shipped_store: TableStore
) -> None:
    for indicator in shipped_store.indicators:
        response = shipped_client.get(f"/indicateurs/{indicator.id}", headers={"Accept-Encoding": "gzip"})
        assert response.status_code == 200, indicator.id
        assert len(response.data) <= LARGEST_PAGE, indicator.id
        html = shipped_client.get(f"/indicateurs/{indicator.id}").get_data(as_text=True)
        assert html.count("<table") == html.count("<caption"), indicator.id
        assert not re.search(r"<th(?! scope)[ >]", html), indicator.id
        assert re.search(r"\b(nan|None|inf)\b", re.sub(r"<[^>]*>", " ", html)) is None, indicator.id
        levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels)), indicator.id
        ids = re.findall(r'\bid="([^"]*)"', html)
        assert len(ids) == len(set(ids)), indicator.id


def test_a_page_says_the_formula_in_words_before_the_names_of_the_variables(shipped_client: Any) -> None:
    text = said(read(shipped_client.get("/indicateurs/emp_txchom_1564")))
    words = "Chômeurs au sens du recensement de 15 à 64 ans 2022 divisé par Actifs de 15 à 64 ans 2022"
    assert words in text
    assert text.index(words) < text.index("insee_rp_activite.chom1564_22")


def test_a_page_says_how_many_communes_are_known_and_why_the_others_are_not(
    shipped_client: Any, shipped_store: TableStore
) -> None:
    text = said(read(shipped_client.get("/indicateurs/pau_tp60")))
    known = int(np.isfinite(shipped_store.values(Level.COMMUNE, "pau_tp60")).sum())
    assert f"Une valeur existe pour {known:,}".replace(",", " ") in text
    assert "secret statistique" in text
    assert "la loi protège leur anonymat" in text


def test_a_licence_that_was_not_confirmed_says_so(shipped_client: Any, shipped_store: TableStore) -> None:
    indicator = shipped_store.indicator("san_mg")
    source = shipped_store.sources[indicator.source]
    assert (
        "à confirmer" in said(read(shipped_client.get("/indicateurs/san_mg")))
    ) is not source.licence_confirmed


def test_the_regions_at_both_ends_are_named_and_those_left_out_too(shipped_store: TableStore) -> None:
    table = region_table(shipped_store, shipped_store.indicator("emp_txchom_1564"))
    assert table is not None
    assert [row.rank for row in table.first] == [1, 2, 3, 4, 5]
    assert table.last[-1].rank == table.ranked == 13
    assert {name for name, _, _ in table.unranked} >= {"Mayotte", "Guyane"}


def test_a_group_of_equal_regions_is_never_cut(shipped_store: TableStore) -> None:
    for indicator in shipped_store.indicators:
        table = region_table(shipped_store, indicator)
        if table is None or not table.last:
            continue
        shown = [row.rank for row in (*table.first, *table.last)]
        named = len(table.first) + table.first_more[0]
        assert named >= 5, indicator.id
        for row in table.first:
            assert row.tied is (shown.count(row.rank) > 1 or row.rank == table.last[0].rank), indicator.id


def test_every_value_of_the_spread_is_that_of_the_compared_territories(shipped_store: TableStore) -> None:
    spread = spread_by_size(shipped_store, shipped_store.indicator("emp_txchom_1564"))
    assert spread is not None
    assert spread.level is Level.COMMUNE
    assert sum(row.known for row in spread.rows[:4]) == spread.rows[4].known
    own = spread_by_size(shipped_store, shipped_store.indicator("han_aah_dep"))
    assert own is not None
    assert (own.level, len(own.rows)) == (Level.DEPARTEMENT, 1)
    assert spread_by_size(shipped_store, shipped_store.indicator("emp_chom_localise")) is None


def test_a_yes_or_no_counts_the_communes_concerned(shipped_client: Any) -> None:
    text = said(read(shipped_client.get("/indicateurs/iso_sans_ecole")))
    assert "Communes concernées, par taille" in text


def test_alerts_are_a_fifth_of_the_communes_of_a_size_at_most(shipped_store: TableStore) -> None:
    for indicator in shipped_store.indicators:
        alerts = alerts_by_size(shipped_store, indicator)
        if indicator.direction is Direction.CONTEXT:
            assert alerts is None, indicator.id
        if alerts is not None:
            assert all(row.alerts <= 0.2 * row.known for row in alerts.rows), indicator.id


def test_what_goes_together_is_told_as_such_and_never_as_a_cause(
    shipped_client: Any, shipped_store: TableStore, shipped_settings: Any
) -> None:
    related = read_related(shipped_settings.data)["emp_txchom_1564"]
    page = read(shipped_client.get("/indicateurs/emp_txchom_1564"))
    for each in (*related.within, *related.across):
        assert f"/indicateurs/{each.indicator}" in page.links
    text = said(page)
    assert "Vont souvent ensemble" in text
    assert "ne dit pas que l’un cause l’autre" in text
    assert together(0.8) == "très souvent élevés ensemble"
    assert together(-0.3) == "parfois l’un élevé quand l’autre est bas"


def test_a_verification_says_its_gap_its_kind_and_its_reason(
    shipped_client: Any, shipped_settings: Any
) -> None:
    rows = read_verification(shipped_settings.data)
    outside = next(row for row in rows if row.outside and row.independent)
    text = said(read(shipped_client.get(f"/indicateurs/{outside.indicator}")))
    assert "comparaison indépendante" in text
    assert " ".join(outside.reason.split()) in text
    inner = next(row for row in rows if not row.independent and not row.outside)
    assert "ne teste que nos sommes" in said(read(shipped_client.get(f"/indicateurs/{inner.indicator}")))
    silent = said(read(shipped_client.get("/indicateurs/emp_chom_localise")))
    assert "ne permet de vérifier cet indicateur" in silent


def test_the_files_of_each_level_that_has_values_are_offered(
    shipped_client: Any, shipped_store: TableStore
) -> None:
    for name in ("emp_txchom_1564", "han_aah_dep", "ris_seisme"):
        links = read(shipped_client.get(f"/indicateurs/{name}")).links
        for level in Level:
            offered = any(link.startswith(f"/telecharger/{level}/{name}.") for link in links)
            assert offered is bool(np.isfinite(shipped_store.values(level, name)).any()), (name, level)
    first = next(link for link in links if link.startswith("/telecharger/"))
    assert shipped_client.get(first).status_code == 200


@pytest.mark.parametrize(
    "name", ["emp_txchom_1564", "emp_txchom_evol", "ris_seisme", "ris_catnat_sech", "han_aah_dep", "edu_bac"]
)
def test_the_small_map_is_a_light_image_kept_for_a_year_and_said_in_words(
    shipped_client: Any, shipped_store: TableStore, name: str
) -> None:
    html = shipped_client.get(f"/indicateurs/{name}").get_data(as_text=True)
    found = re.search(r'<img src="([^"]*carte\.svg\?v=[^"]*)"[^>]*alt="([^"]*)"', html)
    assert found is not None
    assert shipped_store.indicator(name).label in unescape(found[2])
    response = shipped_client.get(found[1], headers={"Accept-Encoding": "br"})
    assert response.mimetype == "image/svg+xml"
    assert "immutable" in response.headers["Cache-Control"]
    assert len(response.data) <= LARGEST_IMAGE
    drawing = ElementTree.fromstring(shipped_client.get(found[1]).data)  # noqa: S314 - our own drawing
    marks = [*drawing.iter(f"{SVG}path"), *drawing.iter(f"{SVG}circle")]
    assert len(marks) > 20


def test_a_legend_counts_every_territory_once(shipped_client: Any, shipped_store: TableStore) -> None:
    html = shipped_client.get("/indicateurs/emp_txchom_1564").get_data(as_text=True)
    legend = html[html.index("small-map-legend") : html.index("</figcaption>")]
    numbers = re.findall(r"\(([\d\u202f]+)\)", legend)
    assert sum(int(each.replace("\u202f", "")) for each in numbers) == len(
        shipped_store.territories(Level.EPCI)
    )


def test_an_indicator_that_nothing_can_compare_has_no_map_and_says_why(
    shipped_client: Any, shipped_store: TableStore
) -> None:
    assert drawn_level(shipped_store, shipped_store.indicator("emp_chom_localise")) is None
    assert shipped_client.get("/indicateurs/emp_chom_localise/carte.svg").status_code == 404
    text = said(read(shipped_client.get("/indicateurs/emp_chom_localise")))
    assert "les communes d’une même zone y ont toutes la même valeur" in text
    assert shipped_client.get("/indicateurs/licorne/carte.svg").status_code == 404


def test_a_count_is_drawn_in_circles_and_never_in_colours(
    shipped_client: Any, shipped_store: TableStore
) -> None:
    for indicator in shipped_store.indicators:
        if indicator.nature is Nature.STOCK:
            svg = shipped_client.get(f"/indicateurs/{indicator.id}/carte.svg").get_data(as_text=True)
            assert "<circle" in svg, indicator.id


def test_a_coarse_path_rounds_the_same_point_the_same_way() -> None:
    assert coarse("M30 30l30 0 0 30-30 0z") == "M10 10l10 0 0 10-10 0z"
    assert coarse("M0 0l1 0 0 1z") == ""


def test_the_invented_country_has_its_pages_of_indicators(client: Any, country_store: TableStore) -> None:
    for indicator in country_store.indicators:
        assert client.get(f"/indicateurs/{indicator.id}").status_code == 200, indicator.id
