"""The API and the files of surveys: each row says its status, and a simulated number never stands alone."""

import csv
import io
import re

import openpyxl
import pytest

FILES = (
    "/telecharger/perceptions.csv",
    "/telecharger/perceptions.csv?format=machine",
    "/telecharger/perceptions.xlsx",
)


def read(client, address):
    """Return the rows of a file as dictionaries by machine name or French title."""
    answer = client.get(address)
    assert answer.status_code == 200
    if ".xlsx" in address:
        sheet = openpyxl.load_workbook(io.BytesIO(answer.data), read_only=True).worksheets[0]
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    text = answer.data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter="," if "machine" in address else ";"))


def test_each_row_of_the_api_says_its_status(shipped_client):
    answer = shipped_client.get("/api/v1/perceptions?vague=2019&acteur=citoyens")
    rows = answer.json["perceptions"]
    assert {(row["status"], row["origin"]) for row in rows} == {
        ("ok", "published"),
        ("simulated", "demonstration"),
    }
    assert all(row["wave"] == "2019" and row["actor"] == "citoyens" for row in rows)
    assert answer.headers["ETag"]
    assert "immutable" not in answer.headers["Cache-Control"]


def test_api_filters(shipped_client):
    address = "/api/v1/perceptions?question=fragilites&vague=2022&acteur=maires&domaine=sante&niveau=region"
    whole = shipped_client.get(f"{address}&taille=ensemble").json["perceptions"]
    assert len(whole) == 18
    one = shipped_client.get(f"{address}&taille=ensemble&region=53").json["perceptions"]
    assert one == shipped_client.get(f"{address}&taille=ensemble&code=53").json["perceptions"]
    assert [row["area"] for row in one] == ["Bretagne"]
    sizes = {row["stratum"] for row in shipped_client.get(address).json["perceptions"]}
    assert sizes > {None}


@pytest.mark.parametrize("address", ["/api/v1/perceptions", *FILES])
def test_nothing_simulated_is_left_without_demonstration(shipped_client, address):
    joined = f"{address}{'&' if '?' in address else '?'}demonstration=0"
    answer = shipped_client.get(joined)
    if ".xlsx" in address:
        book = openpyxl.load_workbook(io.BytesIO(answer.data), read_only=True)
        words = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
        assert not any("simul" in word for word in words)
    else:
        assert not re.search("simul", answer.data.decode("utf-8-sig").casefold())
    if address.startswith("/api"):
        assert len(answer.json["perceptions"]) == 129


@pytest.mark.parametrize("address", FILES)
def test_simulated_cells_say_so_and_have_no_number_beside_them(shipped_client, address):
    rows = read(
        shipped_client, f"{address}{'&' if '?' in address else '?'}vague=2015&acteur=citoyens&niveau=region"
    )
    machine = "machine" in address
    status, value, plain, low, high, base, plain_base = (
        ("status", "value", "value_number", "low", "high", "base", "base_number")
        if machine
        else (
            "Statut", "Valeur", "Valeur publiée ou importée (nombre)", "Borne basse à 95 %", "Borne haute à 95 %",
            "Nombre de réponses", "Nombre de réponses publié ou importé (nombre)",
        )
    )  # fmt: skip
    simulated = [row for row in rows if row[status] == "simulé"]
    real = [row for row in rows if row[status] == "publié"]
    assert len(simulated) == 800
    assert len(real) == 8
    for row in simulated:
        assert all(
            re.fullmatch(r"[\d\u202f]+(,\d+)? \(simulé\)", row[name]) for name in (value, low, high, base)
        )
        assert not row[plain]
        assert not row[plain_base]
    for row in real:
        assert "simulé" not in row[value]
        assert float(str(row[plain]).replace(",", ".")) >= 1


def test_codes_keep_their_zero_beside_a_key(shipped_client):
    rows = read(shipped_client, "/telecharger/perceptions.xlsx?region=01&vague=2022&acteur=fondations")
    assert {(row["Code"], row["Clé (échelon et code)"]) for row in rows} == {("01", "region-01")}


@pytest.mark.parametrize(
    "query",
    [
        "acteur=voisins",
        "domaine=x",
        "taille=x",
        "niveau=x",
        "echelon=region",
        "question=x",
        "region=99",
        "demonstration=non",
        "couleur=1",
    ],
)
def test_unknown_filters_are_refused(shipped_client, query):
    answer = shipped_client.get(f"/api/v1/perceptions?{query}")
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"


def test_templates_are_given(client):
    for name in ("modele-perceptions.csv", "modele-perceptions.xlsx", "modele-reponses.xlsx"):
        answer = client.get(f"/telecharger/{name}")
        assert answer.status_code == 200
        assert name in answer.headers["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(client.get("/telecharger/modele-reponses.xlsx").data))
    assert book.sheetnames == ["À remplir", "Exemple", "Colonnes"]
    assert [cell.value for cell in book.worksheets[0][1]][-1] == "mobilite"


def test_country_without_surveys_answers_nothing(client):
    assert client.get("/api/v1/perceptions").json["perceptions"] == []
    assert client.get("/telecharger/perceptions.csv").status_code == 200
    assert client.get("/telecharger/perceptions.xlsx").status_code == 200


def test_page_tells_how_to_bring_a_survey(client):
    text = client.get("/perceptions/importer?demonstration=0").data.decode()
    assert text.count("<h1") == 1
    assert 'href="/perceptions?demonstration=0"' in text
    for address in ("/telecharger/modele-perceptions.xlsx", "/telecharger/modele-reponses.xlsx"):
        assert f'href="{address}"' in text
    assert "Wilson" in text
    assert "est inconnu" in client.get("/perceptions/importer?x=1").data.decode()
