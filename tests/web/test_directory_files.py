"""The files of /catalyseurs give what the list shows, in its order, and say by what it was chosen."""

import csv
import io
import json
import re
from html import unescape

import openpyxl
import pytest

LISTS = (
    "region=76",
    "domaine=mobilite&type=association",
    "q=fondation&reseaux=1",
    "mode=pres&niveau=commune&territoire=12145&rayon=100",
    "mode=comme&niveau=commune&territoire=12145&domaine=sante&demonstration=0",
    "",
)


def links(client, query):
    """Return the addresses of the files of a list, and of those of the whole directory."""
    text = client.get(f"/catalyseurs?{query}").text
    found = [unescape(link) for link in re.findall(r'href="(/telecharger/catalyseurs[^"]*)"', text)]
    chosen = [link for link in found if "-choisis" in link]
    return chosen, [link for link in found if link not in chosen]


def names_of_the_list(client, query):
    """Return the names on every page of the list."""
    names, page, pages = [], 1, 1
    while page <= pages:
        text = client.get(f"/catalyseurs?{query}&page={page}").text
        names += [unescape(name) for name in re.findall(r'<h3><a href="[^"]*">([^<]*)</a>', text)]
        pages = int(re.search(r"Page \d+ sur (\d+)", text)[1])
        page += 1
    return names


def rows_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


def plain(name):
    return re.sub(r"\s+", " ", name.replace("'", "’"))


@pytest.mark.parametrize("query", LISTS)
def test_a_file_of_the_list_has_its_organisations_in_its_order(shipped_client, query):
    chosen, _ = links(shipped_client, query)
    assert [re.search(r"[.](\w+)", link)[1] for link in chosen] == ["csv", "xlsx", "geojson", "vcf"]
    expected = [plain(name) for name in names_of_the_list(shipped_client, query)]
    assert expected
    rows = rows_of(shipped_client, chosen[0])
    assert [plain(row["Nom"]) for row in rows] == expected
    book = openpyxl.load_workbook(io.BytesIO(shipped_client.get(chosen[1]).data), read_only=True)
    assert len(list(book.worksheets[0].iter_rows())) - 1 == len(expected)
    points = shipped_client.get(chosen[2])
    assert [plain(each["properties"]["name"]) for each in json.loads(points.data)["features"]] == expected
    assert shipped_client.get(chosen[3]).data.count(b"BEGIN:VCARD") == len(expected)
    assert 'filename="territoires-catalyseurs-choisis.csv"' in shipped_client.get(chosen[0]).headers[
        "Content-Disposition"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "Tous les catalyseurs"),
        ("region=76&domaine=sante", "Région : Occitanie ; Domaine : Santé"),
        (
            "mode=pres&niveau=commune&territoire=12145&rayon=100",
            "Près de chez moi : Millau, commune (Aveyron) ; Rayon : 100 km",
        ),
    ],
)
def test_the_filters_are_said_in_the_file(shipped_client, query, said):
    chosen, _ = links(shipped_client, query)
    assert {plain(row["Choix"]) for row in rows_of(shipped_client, chosen[0])} == {said}
    book = openpyxl.load_workbook(io.BytesIO(shipped_client.get(chosen[1]).data), read_only=True)
    reading = [plain(str(cell)) for row in book.worksheets[1].iter_rows(values_only=True) for cell in row]
    assert said in reading
    assert plain(json.loads(shipped_client.get(chosen[2]).data)["selection"]) == said


def test_a_list_around_a_place_has_its_distances_and_one_like_it_its_reasons(shipped_client):
    rows = rows_of(shipped_client, links(shipped_client, LISTS[3])[0][0])
    distances = [float(row["Distance (km)"].replace(",", ".")) for row in rows]
    assert distances == sorted(distances)
    assert distances[-1] <= 100
    alike = rows_of(shipped_client, links(shipped_client, LISTS[4])[0][0])
    assert all(row["Raisons"] for row in alike)
    assert "Distance (km)" not in rows_of(shipped_client, links(shipped_client, "region=76")[0][0])[0]


@pytest.mark.parametrize("query", LISTS)
def test_the_whole_directory_stays_offered_whatever_is_filtered(shipped_client, query):
    _, whole = links(shipped_client, query)
    rows = rows_of(shipped_client, whole[0])
    assert len(rows) == (115 if "demonstration=0" in query else 350)


def test_a_file_refuses_what_the_page_would_ignore(shipped_client):
    for query in ("region=99", "couleur=1", "format=inconnu", "rayon=3"):
        answer = shipped_client.get(f"/telecharger/catalyseurs-choisis.csv?{query}")
        assert answer.status_code == 400, query
    machine = shipped_client.get("/telecharger/catalyseurs-choisis.csv?region=76&format=machine&v=x")
    assert machine.text.startswith("id,name,status,")
