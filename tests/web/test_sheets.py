"""The addresses of the sheets: names, caches, notices and refusals."""

import io
import re

import openpyxl
import pytest
from pypdf import PdfReader

OCCITANIE = "/reperes/region/76"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (f"{OCCITANIE}.pdf", "fiche-reperes-occitanie.pdf"),
        (f"{OCCITANIE}.pdf?taille=2000-20000", "fiche-reperes-occitanie-2000-20000-hab.pdf"),
        (f"{OCCITANIE}.xlsx?taille=plus-50000", "fiche-reperes-occitanie-plus-50000-hab.xlsx"),
    ],
)
def test_a_file_is_saved_under_its_real_name(shipped_client, address, name):
    answer = shipped_client.get(address)
    assert answer.status_code == 200
    assert f'filename="{name}"' in answer.headers["Content-Disposition"]


def test_pdf_is_a_document_of_several_pages(shipped_client):
    answer = shipped_client.get(f"{OCCITANIE}.pdf")
    assert answer.mimetype == "application/pdf"
    assert len(PdfReader(io.BytesIO(answer.data)).pages) >= 4


def test_workbook_holds_every_indicator(shipped_client, shipped_store):
    answer = shipped_client.get(f"{OCCITANIE}.xlsx", headers={"Accept-Encoding": "identity"})
    page = openpyxl.load_workbook(io.BytesIO(answer.data))["Indicateurs"]
    assert page.max_row == len(shipped_store.indicators) + 1


@pytest.mark.parametrize("ending", ["", ".pdf", ".xlsx"])
def test_an_answer_held_by_the_client_is_not_sent_again(shipped_client, ending):
    first = shipped_client.get(OCCITANIE + ending)
    again = shipped_client.get(OCCITANIE + ending, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_an_address_with_the_version_is_kept_a_year(shipped_client, shipped_store):
    version = re.search(r"\.pdf\?v=([\w-]+)", shipped_client.get(OCCITANIE).text)[1]
    assert version.startswith(shipped_store.manifest.version[:12])
    kept = shipped_client.get(f"{OCCITANIE}.pdf?v={version}").headers["Cache-Control"]
    assert "immutable" in kept
    assert "immutable" not in shipped_client.get(f"{OCCITANIE}.pdf?v=ancienne").headers["Cache-Control"]


def test_page_leads_to_its_files_and_to_its_other_sizes(shipped_client, shipped_store):
    page = shipped_client.get(f"{OCCITANIE}?taille=2000-20000").text
    version = shipped_store.manifest.version[:12]
    assert f'href="{OCCITANIE}.pdf?taille=2000-20000&amp;v={version}-' in page
    assert f'href="{OCCITANIE}?taille=moins-2000"' in page
    assert f'<a href="{OCCITANIE}?taille=2000-20000" aria-current="page">' in page


def test_page_needs_no_script_of_its_own(shipped_client):
    article = re.search(r"<article.*</article>", shipped_client.get(OCCITANIE).text, re.DOTALL)[0]
    assert "<script" not in article
    assert " style=" not in article


def test_title_names_the_territory_and_the_size(shipped_client):
    page = shipped_client.get(f"{OCCITANIE}?taille=moins-2000").text
    assert "<title>Fiche Repères : Occitanie, communes de moins de 2\u202f000 habitants" in page


def test_annex_lists_every_indicator(shipped_client, shipped_store):
    page = shipped_client.get(f"{OCCITANIE}?annexe=1").text
    assert page.count('<tr class="indicator">') == len(shipped_store.indicators)


def test_page_is_light(shipped_client):
    answer = shipped_client.get("/reperes/region/75", headers={"Accept-Encoding": "br"})
    assert len(answer.data) <= 400_000


def test_an_empty_size_is_said(shipped_client):
    page = shipped_client.get("/reperes/region/04?taille=moins-2000").text
    assert "aucune commune de moins de 2\u202f000 habitants" in page


def test_an_unknown_size_is_ignored_with_a_notice_on_the_page(shipped_client):
    answer = shipped_client.get(f"{OCCITANIE}?taille=enorme")
    assert answer.status_code == 200
    assert "La taille «\u202fenorme\u202f» est inconnue" in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "/reperes/region/99",
        "/reperes/region/99.pdf",
        "/reperes/region/99.xlsx",
        "/reperes/region/.pdf",
        "/reperes/planete/76",
        "/reperes/commune/01999.pdf",
        "/reperes/region/76.pdf?sections=inconnue",
        "/reperes/region/76.pdf?taille=enorme",
        "/reperes/region/76.docx",
        "/reperes/region/76%22%23%5B%24",
    ],
)
def test_what_does_not_exist_is_not_found(shipped_client, address):
    answer = shipped_client.get(address)
    assert answer.status_code == 404
    assert answer.mimetype == "text/html"
    assert "Traceback" not in answer.text


def test_the_same_file_asked_for_many_times_at_once_is_made_once(shipped_app):
    from concurrent.futures import ThreadPoolExecutor

    from territoires.web.encoding import Body
    from territoires.web.pages.sheets import Press

    made = []

    def make():
        made.append(1)
        return Body(b"%PDF", "application/pdf")

    press = Press(1_000)
    with ThreadPoolExecutor(16) as pool:
        bodies = list(pool.map(lambda _: press.get("fiche", make), range(200)))
    assert len(made) == 1
    assert len(set(map(id, bodies))) == 1


def test_sections_are_chosen_in_the_address_and_kept_in_its_links(shipped_client):
    page = shipped_client.get(f"{OCCITANIE}?sections=citer&sections=profil").text
    assert 'id="citer"' in page
    assert 'id="profil"' in page
    assert 'id="domaines"' not in page
    assert f"{OCCITANIE}?taille=moins-2000&amp;sections=profil&amp;sections=citer" in page


def test_an_unknown_section_is_ignored_with_a_notice(shipped_client):
    answer = shipped_client.get(f"{OCCITANIE}?sections=meteo")
    assert answer.status_code == 200
    assert "La section «\u202fmeteo\u202f» est inconnue" in answer.text
    assert 'id="domaines"' in answer.text


def test_the_demonstration_is_switched_off_in_the_address_and_stays_off(shipped_client):
    shown = shipped_client.get(OCCITANIE).text
    assert "simulated-band" in shown
    hidden = shipped_client.get(f"{OCCITANIE}?demonstration=0").text
    article = re.search(r"<article.*</article>", hidden, re.DOTALL)[0]
    assert "simulé" not in article
    assert "fictif" not in article
    assert f"{OCCITANIE}.pdf?demonstration=0&amp;v=" in article


def test_a_commune_has_one_size_and_says_so(shipped_client):
    answer = shipped_client.get("/reperes/commune/01002?taille=2000-20000")
    assert answer.status_code == 200
    assert "Une commune n’a qu’une taille" in answer.text


def test_a_sheet_is_found_by_name(shipped_client):
    page = shipped_client.get("/reperes?q=rennes&taille=moins-2000&sections=profil").text
    assert "/reperes/commune/35238?sections=profil" in page
    assert "/reperes/epci/243500139?taille=moins-2000&amp;sections=profil" in page
    assert "Aucun territoire ne porte ce nom" in shipped_client.get("/reperes?q=zzzzzzzz").text
