"""The workbook: typed cells, reasons beside what is missing, nothing merged, nothing computed."""

import io

import openpyxl
import pytest

from territoires.model.indicators import Status
from territoires.model.levels import Level
from territoires.model.sizes import Stratum
from territoires.sheets.content import compose
from territoires.sheets.readings import Reading
from territoires.sheets.workbook import render_workbook
from tests.samples import indicator
from tests.unit.sheets.sheet_samples import line, sheet


@pytest.fixture(scope="module")
def book(shipped_store):
    """The workbook of Bretagne with every indicator."""
    made = compose(shipped_store, Level.REGION, "53", (Stratum.FROM_2000,), annex=True)
    return openpyxl.load_workbook(io.BytesIO(render_workbook(made)))


def rows_of(page):
    names, *rows = page.iter_rows(values_only=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_sheets_are_named_for_what_they_hold(book):
    assert book.sheetnames == ["Profil", "Alertes", "Indicateurs", "À citer", "Lire"]


def test_every_indicator_of_the_catalogue_has_a_row(book, shipped_store):
    assert len(rows_of(book["Indicateurs"])) == len(shipped_store.indicators)


def test_headers_are_frozen_and_nothing_is_merged(book):
    assert book["Indicateurs"].freeze_panes == "E2"
    assert all(not page.merged_cells.ranges for page in book.worksheets)


def test_values_are_numbers_and_missing_ones_have_a_reason(book):
    rows = rows_of(book["Indicateurs"])
    assert any(row["Région"] is None for row in rows)
    for row in rows:
        for name in ("Région", "France"):
            status = row[f"{name}, statut"]
            assert status
            if row[name] is None:
                assert status != "publié"
            else:
                assert isinstance(row[name], (int, float))


def test_every_row_has_a_unit_a_source_and_a_period(book):
    for row in rows_of(book["Indicateurs"]):
        assert row["Unité"]
        assert row["Source"]
        assert row["Période"]


def test_text_that_looks_like_a_formula_stays_text():
    hostile = line(indicator(label="=1+1", definition="@SUM(A1)"), source="http://exemple")
    book = openpyxl.load_workbook(io.BytesIO(render_workbook(sheet("+Région", line=hostile))))
    row = rows_of(book["Indicateurs"])[0]
    assert row["Indicateur"] == "=1+1"
    cell = next(cell for cell in book["Indicateurs"][2] if cell.value == "=1+1")
    assert cell.data_type == "s"
    assert all(cell.hyperlink is None for cells in book["Indicateurs"] for cell in cells)


def test_a_missing_value_is_an_empty_cell_beside_its_reason():
    own = line(here=Reading(None, Status.SECRET, "secret statistique", ""))
    book = openpyxl.load_workbook(io.BytesIO(render_workbook(sheet(line=own))))
    row = rows_of(book["Indicateurs"])[0]
    assert (row["Région"], row["Région, statut"]) == (None, "secret statistique")


def test_same_sheet_gives_the_same_bytes():
    assert render_workbook(sheet()) == render_workbook(sheet())
