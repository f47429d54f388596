"""Workbooks are typed, and give back what the store holds."""

import io

import numpy as np
import openpyxl

from territoires.model.levels import Level
from territoires.web.exports.workbook import letters, workbook
from tests.web.files import COMMUNES, expected, fetch, invented


def test_workbook_is_typed_and_its_header_stays(client, country_store):
    answer = fetch(client, f"{COMMUNES}.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames == ["Données", "Lire"]
    sheet = book["Données"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == sheet.dimensions
    heads = [cell.value for cell in sheet[1]]
    rows = [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=2)]
    assert [row["Code"].value for row in rows] == country_store.territories(Level.COMMUNE).codes
    assert all(row["Code"].data_type in ("s", "inlineStr") for row in rows)
    assert {row["Code"].number_format for row in rows} == {"@"}
    values = [np.nan if row["Valeur"].value is None else row["Valeur"].value for row in rows]
    np.testing.assert_array_equal(values, expected(country_store, Level.COMMUNE, "chomage"))
    assert {row["Valeur"].number_format for row in rows if row["Valeur"].value is not None} == {"#,##0.0"}
    assert all(isinstance(row["Population"].value, int) for row in rows)
    assert all(row["Source"].value and row["Parution"].value for row in rows)
    subjects = [row[0].value for row in book["Lire"].iter_rows(min_row=2)]
    assert {"Définition", "Lecture", "Licence", "Statut « publié »"} <= set(subjects)


def test_a_text_in_a_workbook_is_never_a_formula():
    texts = ["=1+1", "+1", "a\x00<b>&\"'", " held ", "\ud800x"]
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(invented(texts, [-1.5] * 5))))["Données"]
    read = [(row[0].value, row[0].data_type) for row in sheet.iter_rows(min_row=2)]
    assert [value for value, _ in read] == ["=1+1", "+1", "a<b>&\"'", " held ", "x"]
    assert "f" not in {kind for _, kind in read}
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == [-1.5] * 5


def test_the_same_table_gives_the_same_workbook():
    table = invented(["a"], [1.0])
    assert workbook(table) == workbook(table)


def test_columns_have_letters():
    assert [letters(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_catalogue_workbook(shipped_client):
    book = openpyxl.load_workbook(io.BytesIO(fetch(shipped_client, "/telecharger/catalogue.xlsx").data))
    assert book["Données"].max_row == 334
    assert book["Données"].freeze_panes == "B2"
