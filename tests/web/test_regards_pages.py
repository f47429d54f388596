"""Regards, Perceptions, Dominos: what the pages say, on shipped figures and on bad addresses."""

from __future__ import annotations

import io
import re
from typing import Any

import openpyxl
import pytest

from territoires.analysis.domain_alerts import domain_alerts
from territoires.analysis.dominoes import dominoes
from territoires.model.fragilities import DOMAINS
from territoires.model.levels import Level
from territoires.model.sizes import Stratum
from territoires.store.store import TableStore
from territoires.web.regards.shades import RAMPS
from tests.web.reading import Page, read

PAGES = ("/regards", "/perceptions", "/dominos")

#: Words that would make of a meeting a cause.
CAUSAL = re.compile(
    r"entraîn|provoqu|à cause|parce que|conséquence|explique|responsable de|dû à|effet de", re.I
)


def shown(client: Any, address: str) -> Page:
    response = client.get(address)
    assert response.status_code == 200, address
    return read(response)


@pytest.mark.parametrize("path", PAGES)
def test_each_page_stands_in_the_shell_with_its_neighbours(shipped_client: Any, path: str) -> None:
    page = shown(shipped_client, path)
    assert len(page.level_ones) == 1
    assert page.mains == ["contenu"]
    assert set(PAGES) <= {link.split("?")[0] for link in page.links}
    assert len(page.ids) == len(set(page.ids))
    assert page.notices == [] or path == "/regards"
    assert all(
        field.get("type") == "hidden" or field.get("id") in page.labelled or field.get("aria-label")
        for field in page.fields
    )


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/dominos?taille=geante", "La taille « geante » n’existe pas ici"),
        ("/dominos?region=999&niveau=region", "L’échelon « region » n’existe pas ici"),
        ("/dominos?domino=emploi", "Le domino « emploi » n’existe pas"),
        ("/dominos?domino=emploi_rien", "Le domino « emploi_rien » n’existe pas"),
        ("/dominos?tri=hasard&x=1", "Le paramètre « x » est inconnu"),
        ("/perceptions?domaine=bonheur", "Le domaine « bonheur » n’existe pas ici"),
        ("/perceptions?vague=1789", "La vague « 1789 » n’existe pas ici"),
        ("/regards?acteur=préfets", "L’acteur « préfets » n’existe pas ici"),
        ("/regards?region=%3Cscript%3E", "La région « <script> » n’existe pas ici"),
    ],
)
def test_what_is_not_understood_is_said_and_the_rest_is_shown(
    shipped_client: Any, address: str, said: str
) -> None:
    page = shown(shipped_client, address)
    assert any(said in notice.replace("\u202f", " ") for notice in page.notices), page.notices


def test_the_table_of_dominoes_equals_the_computation(shipped_client: Any, shipped_store: TableStore) -> None:
    text = shipped_client.get("/dominos?taille=2000-20000").get_data(as_text=True)
    found = dominoes(shipped_store, domain_alerts(shipped_store, Level.COMMUNE), (Stratum.FROM_2000,))
    pair = found.get("emploi", "pauvrete")
    assert pair is not None
    words = re.findall(r'aria-label="Emploi / chômage / insertion et Pauvreté[^"]*"', text)
    assert len(words) == 2
    digits = words[0].replace("\u202f", "").replace("\xa0", " ")
    assert f"ensemble dans {pair.together} communes sur {pair.known}" in digits
    assert f"{pair.lift:.1f} fois".replace(".", ",") in digits
    assert text.count('<th scope="row" class="') == 16
    assert len(re.findall(r'<td class="itself">', text)) == 16


def test_no_word_of_the_pages_makes_a_cause(shipped_client: Any) -> None:
    for address in ("/dominos", "/dominos?domino=emploi_pauvrete_education", "/regards?domaine=emploi"):
        page = shown(shipped_client, address)
        assert not CAUSAL.search(page.text), CAUSAL.search(page.text)


def test_a_domino_has_its_map_its_places_and_its_permanent_link(shipped_client: Any) -> None:
    address = "/dominos?taille=plus-50000&domino=emploi_pauvrete"
    response = shipped_client.get(address)
    text = response.get_data(as_text=True)
    image = re.search(r'<img src="(/dominos/carte\.svg[^"]*)"', text)
    assert image is not None
    svg = shipped_client.get(image.group(1).replace("&amp;", "&"))
    assert svg.mimetype == "image/svg+xml"
    assert "immutable" in svg.headers["Cache-Control"]
    assert svg.get_data(as_text=True).count("#9e2e21") >= 1
    page = read(response)
    assert any(link.startswith("/reperes/commune/") for link in page.links)
    assert any(link.startswith("/carte?") and "taille=plus-50000" in link for link in page.links)
    assert shipped_client.get("/dominos/carte.svg?region=76").status_code == 400
    region = shipped_client.get("/dominos/carte.svg?region=76&domino=emploi_sante").get_data(as_text=True)
    assert "<path" in region


def test_the_list_is_sorted_as_asked(shipped_client: Any) -> None:
    text = shipped_client.get("/dominos?tri=habitants").get_data(as_text=True)
    assert text.count('aria-sort="descending"') == 2
    people = [
        int(cell.replace("\u202f", ""))
        for cell in re.findall(r'<td class="figure">([\d\u202f]+)</td></tr>', text)
    ][:12]
    assert people == sorted(people, reverse=True)


def test_too_few_territories_are_said_in_words(client: Any) -> None:
    page = shown(client, "/dominos?region=02")
    assert "trop peu pour dire ce qui va ensemble" in page.text
    assert shown(client, "/regards").level_ones
    assert shown(client, "/perceptions").level_ones


def test_a_region_has_a_line_per_domain_and_ways_behind_it(shipped_client: Any) -> None:
    page = shown(shipped_client, "/regards?region=76")
    assert page.level_ones == ["Occitanie"]
    assert {f"/indicateurs?domaine={domain.id}" for domain in DOMAINS[:4]} <= set(page.links)
    assert any(link.startswith("/carte?") and "region=76" in link for link in page.links)
    for word in ("Partagée", "Silencieuse", "D’un acteur à l’autre", "évolution non significative"):
        assert word in page.text, word


def test_a_domain_places_the_regions_on_both_ranks(shipped_client: Any) -> None:
    response = shipped_client.get("/regards?domaine=sante&acteur=maires")
    text = response.get_data(as_text=True)
    drawn = re.search(r'<svg class="quadrant".*?</svg>', text, re.S)
    assert drawn is not None
    for name in ("Bretagne", "Occitanie", "Ressentie", "Silencieuse", "Partagée", "Contenue"):
        assert f">{name}</text>" in drawn.group()
    assert 'aria-hidden="true"' in drawn.group()[:120]


def test_perceptions_show_margins_and_never_one_ramp_for_two_scales(shipped_client: Any) -> None:
    notes = shipped_client.get("/perceptions?acteur=citoyens&vague=2022").get_data(as_text=True)
    percents = shipped_client.get("/perceptions?acteur=associations&vague=2022").get_data(as_text=True)
    assert re.search(r'class="note-[1-5]', notes)
    assert not re.search(r'class="share-[1-5]', notes)
    assert re.search(r'class="share-[1-5]', percents)
    assert not re.search(r'class="note-[1-5]', percents)
    assert re.search(
        r'aria-label="Santé, Occitanie[^"]*entre [^"]* à 95\u202f% de confiance[^"]*simulé"', notes
    )
    fills = [set(ramp) for ramp in RAMPS.values() if ramp]
    assert not set.intersection(*fills)


def test_what_is_published_stands_beside_as_it_was_published(shipped_client: Any) -> None:
    text = shown(shipped_client, "/perceptions?domaine=securite").text
    assert "Rhône-Alpes (tel que publié)" in text
    nothing = shown(shipped_client, "/perceptions?domaine=numerique&demonstration=0").text
    assert "Aucun résultat par région n’est publié" in nothing
    assert "Apporter ses propres résultats" in nothing


def test_files_and_answers_to_programs_agree_with_the_pages(
    shipped_client: Any, shipped_store: TableStore
) -> None:
    content = shipped_client.get("/api/v1/dominoes?taille=20000-50000").get_json()
    found = dominoes(shipped_store, domain_alerts(shipped_store, Level.COMMUNE), (Stratum.FROM_20000,))
    assert content["tests"] == found.tests
    assert len(content["dominoes"]) == 680
    assert sum(row["found"] for row in content["dominoes"]) == len(found.found)
    book = openpyxl.load_workbook(
        io.BytesIO(shipped_client.get("/telecharger/dominos.xlsx?taille=20000-50000").data), read_only=True
    )
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert len(rows) == 681
    machine = shipped_client.get("/telecharger/dominos.csv?format=machine&taille=20000-50000")
    assert machine.get_data(as_text=True).startswith(
        "domain_1,domain_2,domain_3,known,together,expected,lift"
    )
    gaps = shipped_client.get("/api/v1/gaps?domaine=sante&acteur=maires").get_json()
    assert {row["region"] for row in gaps["gaps"]} == set(shipped_store.territories(Level.REGION).codes)
    assert {row["reading"] for row in gaps["gaps"]} <= {
        "partagee",
        "ressentie",
        "silencieuse",
        "contenue",
        None,
    }
    for bad in (
        "/api/v1/dominoes?taille=x", "/api/v1/gaps?region=zz", "/telecharger/dominos.csv?format=pdf",
        "/telecharger/regards.xlsx?format=machine", "/api/v1/gaps?couleur=bleu",
    ):  # fmt: skip
        assert shipped_client.get(bad).status_code == 400, bad
