"""CSV files, read again as a person or a program would, give back what the store holds."""

import csv
import io

import numpy as np
import pytest

from territoires.model.indicators import Nature, Status
from territoires.model.levels import Level
from territoires.web.exports.delimited import FORMULA_STARTS, FRENCH, MACHINE, delimited, neutral
from tests.web.files import COMMUNES, as_number, expected, fetch, french_rows, invented, machine_frame


def test_french_csv_gives_back_values_codes_and_reasons(client, country_store):
    rows = french_rows(fetch(client, f"{COMMUNES}.csv").data)
    territories = country_store.territories(Level.COMMUNE)
    assert [row["Code"] for row in rows] == territories.codes
    assert [row["Clé (échelon et code)"] for row in rows] == [f"commune-{c}" for c in territories.codes]
    np.testing.assert_array_equal(
        [as_number(row["Valeur"]) for row in rows], expected(country_store, Level.COMMUNE, "chomage")
    )
    assert [row["Statut, code"] for row in rows] == [
        Status(code).word for code in country_store.status(Level.COMMUNE, "chomage")
    ]
    assert {row["En alerte"] for row in rows} <= {"oui", "non", ""}
    assert all("." not in row["Valeur"] for row in rows)
    for title in ("Source", "Période", "Unité", "Licence", "Parution", "Version des données"):
        assert all(row[title] for row in rows), title


def test_machine_csv_is_read_by_pandas_without_options(client, country_store):
    answer = fetch(client, f"{COMMUNES}.csv?format=machine")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    frame = machine_frame(answer.data)
    np.testing.assert_array_equal(frame["value"], expected(country_store, Level.COMMUNE, "chomage"))
    assert list(frame["code"]) == country_store.territories(Level.COMMUNE).codes
    assert frame["population"].dtype == "int64"
    assert "key" not in frame.columns
    assert set(frame["data_version"]) == {country_store.manifest.version[:12]}


def test_overseas_and_corsican_codes_stay_text(shipped_client):
    frame = machine_frame(
        fetch(shipped_client, "/telecharger/departement/emp_txchom_1564.csv?format=machine").data
    )
    assert {"01", "2A", "2B", "971", "976"} <= set(frame["code"])
    assert {"01", "11", "94"} <= set(frame["region_code"])


def test_negative_numbers_are_numbers_in_both(shipped_client, shipped_store):
    changes = (each.id for each in shipped_store.indicators if each.nature is Nature.CHANGE)
    falling = next(id_ for id_ in changes if (shipped_store.values(Level.DEPARTEMENT, id_) < 0).any())
    address = f"/telecharger/departement/{falling}.csv"
    values = expected(shipped_store, Level.DEPARTEMENT, falling)
    rows = french_rows(fetch(shipped_client, address).data)
    np.testing.assert_array_equal([as_number(row["Valeur"]) for row in rows], values)
    frame = machine_frame(fetch(shipped_client, f"{address}?format=machine").data)
    np.testing.assert_array_equal(frame["value"], values)


def test_texts_that_would_be_formulas_are_neutralised_and_numbers_are_not():
    texts = ["=HYPERLINK(1)", "+33", "-1+1", "@SUM(A1)", "\t=1", 'plain; with "quotes"\nand lines']
    table = invented(texts, [-0.5, -12.0, 3.0, 0.0, np.nan, 1.5])
    for dialect, delimiter in ((FRENCH, ";"), (MACHINE, ",")):
        text = delimited(table, dialect).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))[1:]
        assert [row[0] for row in rows] == [f"'{t}" for t in texts[:5]] + texts[5:]
        assert [as_number(row[1]) for row in rows[:4]] == [-0.5, -12.0, 3.0, 0.0]
        assert rows[4][1] == ""
        assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)


def test_no_shipped_text_needs_to_be_neutralised(shipped_client, shipped_store):
    names = [name for level in Level for name in shipped_store.territories(level).names]
    assert not [name for name in names if neutral(name) != name]
    rows = french_rows(fetch(shipped_client, "/telecharger/catalogue.csv").data)
    # A hyphen may open a number, never a text.
    assert not [cell for row in rows for cell in row.values() if cell.startswith("'")]


def test_the_catalogue_is_whole_in_both(shipped_client, shipped_store):
    rows = french_rows(fetch(shipped_client, "/telecharger/catalogue.csv").data)
    assert [row["Identifiant"] for row in rows] == [each.id for each in shipped_store.indicators]
    frame = machine_frame(fetch(shipped_client, "/telecharger/catalogue.csv?format=machine").data)
    assert list(frame["label"]) == [each.label for each in shipped_store.indicators]
    assert list(frame["scale"]) == [each.scale for each in shipped_store.indicators]


def test_all_the_communes_of_france(shipped_client, shipped_store):
    frame = machine_frame(
        fetch(shipped_client, "/telecharger/commune/emp_txchom_1564.csv?format=machine").data
    )
    assert len(frame) == 34_875
    assert frame["code"].iloc[0] == "01001"
    np.testing.assert_array_equal(frame["value"], expected(shipped_store, Level.COMMUNE, "emp_txchom_1564"))
    marseille = frame.set_index("code").loc["13055"]
    assert (marseille["name"], marseille["departement_code"]) == ("Marseille", "13")
    again = 100 * marseille["numerator"] / marseille["denominator"]
    assert again == pytest.approx(marseille["value"], abs=0.06)


def test_marks_of_formulas_are_all_watched():
    assert {"=", "+", "-", "@"} <= set(FORMULA_STARTS)
