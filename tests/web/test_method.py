"""The method page says what was verified, what is missing, and how the list was chosen."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from territoires.config import Settings
from territoires.model.fragilities import BY_ID
from territoires.model.levels import Level
from territoires.store.set_aside import read_set_aside
from territoires.store.store import TableStore
from territoires.store.verification import FAMILIES, read_verification
from territoires.web.pages.method import LEFT_OUT, STUDIED
from territoires.web.pages.method_sections import emptied, overseas, verified
from tests.web.reading import read

ROOT = Path(__file__).resolve().parents[2]
LARGEST_PAGE = 60_000


def said(client: Any) -> str:
    """Return the words of the page, with plain spaces."""
    return " ".join(read(client.get("/methode")).text.split())


def test_the_page_is_light_and_its_tables_are_named(shipped_client: Any) -> None:
    response = shipped_client.get("/methode", headers={"Accept-Encoding": "gzip"})
    assert len(response.data) <= LARGEST_PAGE
    html = shipped_client.get("/methode").get_data(as_text=True)
    assert not re.search(r"<th(?! scope)[ >]", html)
    assert html.count("<table") == html.count("<caption")


def test_verification_is_said_in_one_sentence_then_by_family_then_row_by_row(
    shipped_client: Any, shipped_settings: Settings
) -> None:
    rows = read_verification(shipped_settings.data)
    found = verified(rows)
    assert found is not None
    assert sum(family.compared for family in found.families) == found.values
    html = shipped_client.get("/methode").get_data(as_text=True)
    details = html[html.index("<details") : html.index("</details>")]
    assert details.count("<tr>") == len(rows) + 1
    text = said(shipped_client)
    assert f"pour {found.indicators} indicateurs" in text
    for name in {row.family for row in rows}:
        assert FAMILIES[name].label in text


def test_every_comparison_out_of_tolerance_is_listed_with_its_reason(
    shipped_client: Any, shipped_settings: Settings
) -> None:
    text = said(shipped_client)
    outside = [row for row in read_verification(shipped_settings.data) if row.outside]
    assert outside
    for row in outside:
        reason = " ".join(row.reason.split())
        assert row.reason
        assert reason[0].lower() + reason[1:] in text


def test_the_words_of_the_glossary_are_there(shipped_client: Any) -> None:
    html = shipped_client.get("/methode").get_data(as_text=True)
    words = " ".join(re.findall(r"<dt>([^<]*)</dt>", html[html.index('id="glossaire"') :]))
    for word in (
        *("Alerte", "Commune du milieu", "Écart interdécile", "Intercommunalité", "Millésime"),
        *("Secret statistique", "Strate", "Repère de contexte", "Zone d’emploi"),
    ):
        assert word in words


def test_cells_set_aside_are_counted(
    shipped_client: Any, shipped_store: TableStore, shipped_settings: Settings
) -> None:
    rows = read_set_aside(shipped_settings.data)
    told = emptied(shipped_store, rows)
    assert {row.note for row in told} == {row.note for row in rows}
    corsica = next(row for row in told if "Corse" in row.where or "Haute-Corse" in row.where)
    communes = shipped_store.territories(Level.COMMUNE)
    assert corsica.communes == sum(code.startswith(("2A", "2B")) for code in communes.codes)
    text = said(shipped_client)
    assert all(row.note in text for row in told)


def test_what_is_missing_overseas_is_counted(shipped_store: TableStore) -> None:
    rows, total = overseas(shipped_store)
    assert {row.name for row in rows} >= {"Mayotte", "La Réunion", "Guyane"}
    assert rows[-1].name == "Mayotte"
    known = sum(
        bool(np.isfinite(shipped_store.values(Level.COMMUNE, each.id)).any())
        for each in shipped_store.indicators
    )
    assert total == known
    assert all(0 < row.known < total for row in rows)


def test_the_definitions_left_out_are_those_of_the_file_and_none_is_in_the_catalogue(
    shipped_client: Any, shipped_store: TableStore
) -> None:
    with (ROOT / "docs" / "indicators-left-out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == LEFT_OUT
    assert len(shipped_store.indicators) + len(rows) == STUDIED
    assert all(row["reason"] and row["label"] and row["domain"] in BY_ID for row in rows)
    assert max(Counter(row["id"] for row in rows).values()) == 1
    assert not {row["id"] for row in rows} & {indicator.id for indicator in shipped_store.indicators}
    text = said(shipped_client)
    assert f"{STUDIED} définitions ont été étudiées, {LEFT_OUT} écartées" in text
    assert "sa liste n’est pas publique" in text


def test_every_way_in_of_the_page_leads_to_a_section(shipped_client: Any) -> None:
    page = read(shipped_client.get("/methode"))
    fragments = {link[1:] for link in page.links if link.startswith("#")}
    assert fragments <= set(page.ids)
    assert {"choix", "alertes", "verification", "ecarte", "glossaire", "limites"} <= set(page.ids)
