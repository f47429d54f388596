"""The journey of a reader: find one's place, change everything, read the sentence, sort the table."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from tests.browser.map_page import DESKTOP, PHONE, MapPage

pytestmark = pytest.mark.browser

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1280", "390"])


@SIZES
def test_with_the_mouse(map_page: MapPage, size: dict[str, int]) -> None:
    page = map_page.open(size=size).page
    narrow = size is PHONE
    assert map_page.names()
    page.click("#lieu")
    map_page.search("aurillac")
    assert parse_qs(map_page.query)["territoire"] == ["15014"]
    assert map_page.sentence.startswith("Aurillac")
    assert map_page.selected_row() == "Aurillac"

    if narrow:
        page.click(".drawer-open")
    page.select_option("#carte-domaine", "sante")
    map_page.settled()
    page.select_option("#carte-niveau", "epci")
    map_page.settled()
    assert "territoire" in parse_qs(map_page.query), "the place is kept through its intercommunalité"
    page.check("#carte-taille input[value='plus-50000']")
    map_page.settled()
    page.select_option("#carte-region", label="Bretagne")
    map_page.settled()
    if narrow:
        page.click(".drawer-close")
    chosen = parse_qs(map_page.query)
    assert chosen["niveau"] == ["epci"]
    assert chosen["taille"] == ["plus-50000"]
    assert chosen["region"] == ["53"]
    assert "intercommunalités" in page.inner_text(".list-title")

    page.click(".ranking [data-column=habitants]")
    assert page.get_attribute(".ranking th.col-habitants", "aria-sort") == "descending"
    assert map_page.names()[0] == "Rennes Métropole"
    page.click(".ranking tr[data-position='0']")
    map_page.settled()
    assert map_page.sentence.startswith("Rennes Métropole")
    assert map_page.selected_row() == "Rennes Métropole"


@SIZES
def test_with_the_keyboard_alone(map_page: MapPage, size: dict[str, int]) -> None:
    map_page.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = map_page.open(size=size).page
    narrow = size is PHONE
    map_page.tab_to("#lieu").search("rodez")
    assert map_page.sentence.startswith("Rodez")

    if narrow:
        map_page.tab_to(".drawer-open").press("Enter")
        assert page.evaluate("document.activeElement.id") == "carte-domaine"
        map_page.tab_to("#carte-indicateur")
    else:
        map_page.tab_to("#carte-indicateur")
    before = map_page.title
    map_page.press("ArrowDown").settled()
    if narrow:
        map_page.press("ArrowDown").settled()
    assert parse_qs(map_page.query)["indicateur"] != ["emp_txchom_1564"]
    map_page.tab_to("#carte-niveau").press("ArrowDown").settled()
    assert parse_qs(map_page.query)["niveau"] == ["epci"]
    map_page.tab_to("#carte-taille input[value='2000-20000']").press("Space").settled()
    map_page.tab_to("#carte-region").page.keyboard.type("occ")
    map_page.settled()
    if narrow:
        map_page.press("Escape")
        assert page.evaluate("document.activeElement.className") == "drawer-open"
    assert map_page.title != before
    chosen = parse_qs(map_page.query)
    assert chosen["taille"] == ["2000-20000"]
    assert chosen["region"] == ["76"]
    assert map_page.sentence

    map_page.tab_to(".view[data-view=hexagone]").press("Enter")
    map_page.tab_to("#carte-filtre").page.keyboard.type("causse")
    page.wait_for_timeout(200)
    assert all("causse" in name.lower() for name in map_page.names())
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    map_page.tab_to("#carte-classement").press("End", "PageUp", "ArrowUp", "Home", "ArrowDown")
    active = page.get_attribute("#carte-classement", "aria-activedescendant")
    assert active == "rang-1"
    second = map_page.names()[1]
    map_page.press("Enter").settled()
    assert map_page.selected_row() == second
    assert map_page.sentence.startswith(second.split("(")[0].strip()[:12])
    map_page.tab_to(".ranking [data-column=nom]").press("Enter")
    assert page.get_attribute(".ranking th.col-nom", "aria-sort") == "ascending"

    map_page.tab_to("[aria-label='Copier : lien permanent']", 120).press("Enter")
    page.wait_for_selector(".takeaway [role=status]:not(:empty)", state="attached")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    map_page.tab_to(".takeaway-file[href*='.csv']")
    with page.expect_download() as download:
        map_page.press("Enter")
    assert download.value.suggested_filename.endswith(".csv")


@SIZES
def test_a_reload_restores_the_same_view(map_page: MapPage, size: dict[str, int]) -> None:
    page = map_page.open("niveau=commune&indicateur=niv_med&taille=2000-20000&region=76", size).page
    page.click(".ranking tr[data-position='3']")
    map_page.settled()
    here = map_page.query
    page.click(".zoom[data-step='1']")
    page.wait_for_url(lambda address: not address.endswith(here))
    page.wait_for_timeout(600)
    before = (map_page.query, map_page.legend, map_page.selected_row(), map_page.sentence, map_page.camera())
    page.reload()
    page.wait_for_selector("#carte-indicateur", state="attached")
    map_page.settled()
    page.wait_for_timeout(300)
    after = (map_page.query, map_page.legend, map_page.selected_row(), map_page.sentence, map_page.camera())
    assert after == before


def test_an_address_alone_restores_the_same_choices(map_page: MapPage) -> None:
    query = "niveau=departement&indicateur=niv_med&taille=20000-50000&taille=plus-50000&territoire=31"
    map_page.open(query)
    assert map_page.query == query
    page = map_page.page
    assert page.input_value("#carte-niveau") == "departement"
    assert page.input_value("#carte-indicateur") == "niv_med"
    assert page.locator("#carte-taille input:checked").count() == 2
    assert map_page.selected_row() == "Haute-Garonne"
