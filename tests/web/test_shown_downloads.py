"""Files of what the map shows: the rows of its filters, its second indicator, the reasons when it is refused."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import numpy as np
import openpyxl
import pytest

from territoires.analysis.selected import select
from territoires.model.levels import Level
from territoires.model.selection import Selection
from territoires.model.sizes import Stratum
from territoires.store.store import TableStore
from territoires.web.downloads import shown_links

REGION = "76"
SIZE = Stratum.FROM_2000


def rows_of(client: Any, address: str) -> list[dict[str, str]]:
    """The rows of a CSV for programs."""
    answer = client.get(f"{address}{'&' if '?' in address else '?'}format=machine")
    assert answer.status_code == 200, answer.get_data(as_text=True)[:300]
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))


def test_a_file_holds_the_rows_that_the_map_shows(shipped_client: Any, shipped_store: TableStore) -> None:
    selection = Selection(Level.COMMUNE, "niv_med", (SIZE,), (REGION,))
    selected = select(shipped_store, selection)
    codes = shipped_store.territories(Level.COMMUNE).codes
    rows = rows_of(shipped_client, f"/telecharger/commune/niv_med.csv?taille={SIZE}&region={REGION}")
    assert [row["code"] for row in rows] == [codes[i] for i in np.flatnonzero(selected.inside)]
    assert {row["region_code"] for row in rows} == {REGION}
    assert {row["stratum"] for row in rows} == {SIZE.value}
    assert {row["regions"] for row in rows} == {"Occitanie"}
    values = [float(row["value"]) if row["value"] else np.nan for row in rows]
    np.testing.assert_array_equal(values, selected.values[selected.inside])
    every = {row["code"]: row["rank"] for row in rows_of(shipped_client, "/telecharger/commune/niv_med.csv")}
    assert all(row["rank"] == every[row["code"]] for row in rows), "ranks stay those of France"


def test_above_the_sized_levels_values_and_counts_are_those_of_the_communes_of_the_size(
    shipped_client: Any, shipped_store: TableStore
) -> None:
    selection = Selection(Level.DEPARTEMENT, "emp_txchom_1564", (SIZE,))
    selected = select(shipped_store, selection)
    rows = rows_of(shipped_client, f"/telecharger/departement/emp_txchom_1564.csv?taille={SIZE}")
    assert len(rows) == 101
    values = [float(row["value"]) if row["value"] else np.nan for row in rows]
    np.testing.assert_array_equal(values, selected.values)
    divided = [
        round(100 * float(row["numerator"]) / float(row["denominator"]), 1)
        for row in rows
        if row["value"] and row["numerator"]
    ]
    assert divided == pytest.approx([value for value in values if value == value], abs=0.0501)
    assert len(divided) > 90


def test_a_second_indicator_stands_beside(shipped_client: Any, shipped_store: TableStore) -> None:
    rows = rows_of(shipped_client, "/telecharger/region/niv_med.csv?second=emp_txchom_1564")
    second = select(shipped_store, Selection(Level.REGION, "emp_txchom_1564"))
    values = [float(row["second_value"]) if row["second_value"] else np.nan for row in rows]
    np.testing.assert_array_equal(values, second.values)
    assert {row["second_label"] for row in rows} == {"Taux de chômage des 15-64 ans"}
    assert all(row["second_source"] and row["second_status"] for row in rows)


def test_outlines_and_workbook_follow_the_same_filters(shipped_client: Any) -> None:
    query = f"region={REGION}"
    found = json.loads(shipped_client.get(f"/telecharger/departement/niv_med.geojson?{query}").data)
    assert len(found["features"]) == 13
    assert all(feature["geometry"] for feature in found["features"])
    assert all(feature["properties"]["region_code"] == REGION for feature in found["features"])
    assert found["bbox"][0] > -1
    book = openpyxl.load_workbook(
        io.BytesIO(shipped_client.get(f"/telecharger/departement/niv_med.xlsx?{query}").data), read_only=True
    )
    texts = [str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
    assert "Ariège" in texts
    assert "Ain" not in texts


def test_no_row_is_a_file_without_rows(shipped_client: Any) -> None:
    query = "region=06&taille=moins-2000"
    assert rows_of(shipped_client, f"/telecharger/commune/niv_med.csv?{query}") == []
    assert (
        json.loads(shipped_client.get(f"/telecharger/commune/niv_med.geojson?{query}").data)["features"] == []
    )


def test_each_set_of_filters_has_its_name_and_its_etag(shipped_client: Any) -> None:
    first = shipped_client.get(f"/telecharger/region/niv_med.csv?region={REGION}")
    assert "occitanie" in first.headers["Content-Disposition"]
    other = shipped_client.get("/telecharger/region/niv_med.csv")
    assert first.headers["ETag"] != other.headers["ETag"]
    same = shipped_client.get(f"/telecharger/region/niv_med.csv?region={REGION}&region={REGION}&taille=")
    assert same.headers["ETag"] == first.headers["ETag"]
    assert f"region={REGION}" in first.headers["Link"]
    again = shipped_client.get(
        f"/telecharger/region/niv_med.csv?region={REGION}", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304


def test_the_links_of_a_selection_lead_to_its_files(shipped_client: Any, shipped_store: TableStore) -> None:
    selection = Selection(Level.REGION, "niv_med", (), (REGION,), second="emp_txchom_1564")
    links = shown_links(shipped_store, selection)
    assert set(links) == {"csv", "xlsx", "geojson"}
    for link in links.values():
        answer = shipped_client.get(link)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "query", ["taille=immense", "region=zz", "second=zzz", "second=niv_med&second=niv_d9"]
)
def test_a_filter_that_does_not_exist_is_named(shipped_client: Any, query: str) -> None:
    answer = shipped_client.get(f"/telecharger/region/niv_med.csv?{query}")
    assert answer.status_code == 400
    assert 'class="notice"' in answer.get_data(as_text=True)
