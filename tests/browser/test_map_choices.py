"""What a reader chooses on the map: classes, a reference, pins, a base map; on screen and in the address."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs

import pytest

from territoires.web.base_map import HOST
from tests.browser.map_page import DESKTOP, PHONE, MapPage

pytestmark = pytest.mark.browser

Axe = Callable[[Any], list[str]]

TOULOUSE = {"latitude": 43.6045, "longitude": 1.444}


def colours(page: Any) -> list[str]:
    """The colours of the classes in the legend, from the top."""
    swatches = page.locator(".map-scene .map-legend tbody .legend-swatch[style*='background-color']")
    found: list[str] = swatches.evaluate_all("nodes => nodes.map(n => n.style.backgroundColor)")
    return found


def plain(text: str) -> str:
    """A text with ordinary spaces only."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def luminance(colour: str) -> float:
    """The relative luminance (WCAG) of "rgb(…)"."""
    parts = [int(part) / 255 for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_classes_are_chosen_beside_the_legend(map_page: MapPage, axe_faults: Axe) -> None:
    page = map_page.open("niveau=departement&indicateur=emp_txchom_1564").page
    assert "Effectifs égaux (quantiles), 5 classes" in plain(map_page.legend)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.click("text=Choisir les classes")
    page.select_option("#carte-methode", "seuils-naturels")
    map_page.settled()
    for count in (3, 4, 5, 6, 7):
        page.select_option("#carte-nombre-classes", str(count))
        map_page.settled()
        shades = [luminance(colour) for colour in colours(page)]
        assert len(shades) == count
        assert shades == sorted(shades), "the most fragile first, and darker"
        steps = [(high + 0.05) / (low + 0.05) for low, high in pairwise(shades)]
        assert min(steps) >= 1.25
    assert "Seuils naturels (Jenks), 7 classes" in plain(map_page.legend)
    assert parse_qs(map_page.query)["classes"] == ["7"]
    assert not [each for each in asked if "/tuiles/" in each]
    assert len([each for each in asked if "/values/" in each or "/classes/" in each]) <= 6

    page.select_option("#carte-methode", "manuel")
    map_page.settled()
    assert page.evaluate("document.activeElement.id") == "carte-bornes"
    page.fill("#carte-bornes", "10 ; 8")
    page.press("#carte-bornes", "Enter")
    assert "de plus en plus grandes" in page.inner_text("#carte-bornes-faute")
    page.fill("#carte-bornes", "8 ; dix ; 12")
    page.press("#carte-bornes", "Enter")
    assert "« dix » n’est pas un nombre" in page.inner_text("#carte-bornes-faute")
    assert axe_faults(page) == []
    page.fill("#carte-bornes", "7,5 ; 9 ; 11")
    page.press("#carte-bornes", "Enter")
    map_page.settled()
    assert page.inner_text("#carte-bornes-faute") == ""
    assert parse_qs(map_page.query)["bornes"] == ["7.5_9_11"]
    assert "Bornes choisies, 4 classes" in plain(map_page.legend)
    page.select_option("#carte-indicateur", index=3)
    map_page.settled()
    assert "methode=quantiles" not in map_page.query
    assert "bornes" not in map_page.query, "bounds of one indicator mean nothing for another"


def test_a_change_of_size_of_communes_asks_for_classes_only(map_page: MapPage) -> None:
    page = map_page.open("niveau=commune&indicateur=emp_txchom_1564").page
    page.wait_for_selector("#carte-taille input")
    page.wait_for_timeout(1500)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.check("#carte-taille input[value='2000-20000']")
    map_page.settled()
    assert [each for each in asked if "/values/" in each or "/tuiles/" in each] == []
    assert len([each for each in asked if "/classes/" in each]) == 1


def test_zone_values_are_coloured_and_said(map_page: MapPage) -> None:
    map_page.open("niveau=commune&indicateur=emp_chom_localise")
    assert len(colours(map_page.page)) == 5
    assert "Chaque commune prend la couleur de la valeur de sa zone." in plain(map_page.legend)
    assert "valeur d’une zone plus large" in plain(map_page.legend)
    assert "zone d’emploi" in map_page.sentence


def test_a_reference_makes_colours_diverge_and_says_the_gap(map_page: MapPage, axe_faults: Axe) -> None:
    page = map_page.open("niveau=departement&indicateur=emp_txchom_1564&territoire=31").page
    page.wait_for_selector("#carte-reference")
    page.select_option("#carte-reference", "france")
    map_page.settled()
    assert "de plus que la France" in map_page.sentence or "de moins que la France" in map_page.sentence
    assert "Repère : la France, 11,4 %" in plain(map_page.legend)
    assert "Écart à la France" in page.inner_text(".list-order")
    row = page.locator(".ranking tr[aria-selected=true]")
    assert row.locator(".col-ecart").inner_text()[0] in "+−0"
    assert page.get_attribute(".ranking th.col-ecart button", "aria-label") == "Écart à la France"
    assert axe_faults(page) == []
    page.select_option("#carte-reference", "taille")
    map_page.settled()
    assert "Choisissez une taille" in page.inner_text(".head-reason")
    assert page.locator(".ranking th.col-ecart").is_hidden()
    page.select_option("#carte-reference", "")
    map_page.settled()
    assert "reference" not in map_page.query
    assert page.locator(".head-reason").is_hidden()


def test_pins_stand_above_the_table_and_in_the_address(map_page: MapPage, axe_faults: Axe) -> None:
    page = map_page.open("niveau=departement&indicateur=emp_txchom_1564&territoire=31&epingle=15").page
    page.focus("#carte-epingler")
    page.keyboard.press("Enter")
    map_page.settled()
    assert parse_qs(map_page.query)["epingle"] == ["15", "31"]
    pins = page.locator(".pin")
    assert [each.locator(".pin-name").inner_text() for each in pins.all()] == ["Cantal", "Haute-Garonne"]
    assert "%" in pins.nth(0).locator(".pin-value").inner_text()
    assert " sur " in pins.nth(1).locator(".pin-rank").inner_text()
    assert axe_faults(page) == []
    page.focus(".pin:first-child .pin-remove")
    page.keyboard.press("Enter")
    map_page.settled()
    assert parse_qs(map_page.query)["epingle"] == ["31"]
    page.wait_for_selector("#carte-reference")
    options = page.locator("#carte-reference option").all_inner_texts()
    assert "Haute-Garonne" in options
    page.select_option("#carte-niveau", "region")
    map_page.settled()
    assert parse_qs(map_page.query)["epingle"] == ["76"], "a pin is kept through the parent of its territory"


def test_the_sentence_is_copied_with_its_source(map_page: MapPage) -> None:
    page = map_page.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    map_page.open("niveau=departement&indicateur=ris_inond&territoire=31")
    page.click("#carte-copier")
    page.wait_for_selector(".head [role=status]:not(:empty)", state="attached")
    copied = str(page.evaluate("navigator.clipboard.readText()"))
    assert copied.startswith(map_page.sentence)
    assert "Source : " in plain(copied)
    assert copied.endswith(page.url)


def test_around_me_finds_the_commune_and_a_refusal_is_calm(map_page: MapPage) -> None:
    page = map_page.open("niveau=commune&indicateur=niv_med").page
    page.evaluate(
        "void (navigator.geolocation.getCurrentPosition = (found, refused) => refused({ code: 1 }))"
    )
    page.click("text=Autour de moi")
    page.wait_for_selector(".carte-notices .notice")
    assert "n’a pas été donnée" in page.inner_text(".carte-notices")
    page.click(".carte-notices button")
    assert page.inner_text(".carte-notices") == ""
    page.evaluate("void delete navigator.geolocation.getCurrentPosition")
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(TOULOUSE)
    page.click("text=Autour de moi")
    page.wait_for_url("**territoire=31555**")
    map_page.settled()
    assert map_page.sentence.startswith("Toulouse")
    page.context.set_geolocation({"latitude": 40.7, "longitude": -74.0})
    page.click("text=Autour de moi")
    page.wait_for_selector(".carte-notices .notice")
    assert "loin de toute commune" in page.inner_text(".carte-notices")


def test_when_the_base_map_does_not_answer_the_map_still_works(page: Any, live_server: str) -> None:
    page.route(f"{HOST}/**", lambda route: route.abort())
    here = MapPage(page, live_server).open("niveau=departement&indicateur=niv_med")
    page.check("#carte-fond")
    page.wait_for_url("**fond=ign**")
    page.wait_for_selector("#carte-indicateur", state="attached")
    here.settled()
    page.wait_for_selector(".carte-notices .notice")
    assert "Le fond de carte ne répond pas" in page.inner_text(".carte-notices")
    assert len(colours(page)) == 5
    page.wait_for_selector("#carte-niveau")
    page.select_option("#carte-niveau", "region")
    here.settled()
    assert "régions" in page.inner_text(".list-title")
    assert "fond=ign" in here.query


def test_the_base_map_is_asked_for_only_when_it_is_wanted(page: Any, live_server: str) -> None:
    asked: list[str] = []
    grey = (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
        b"\x00\x00\x00\nIDATx\x9cc\xf8\x0f\x00\x01\x01\x01\x00\x1b\xb6\xeeV\x00\x00\x00\x00IEND\xaeB`\x82"
    )

    def answer(route: Any) -> None:
        asked.append(route.request.url)
        route.fulfill(body=grey, content_type="image/png", headers={"Access-Control-Allow-Origin": "*"})

    page.route(f"{HOST}/**", answer)
    here = MapPage(page, live_server).open("niveau=region&indicateur=niv_med")
    assert asked == []
    here.open("niveau=region&indicateur=niv_med&fond=ign")
    page.wait_for_timeout(500)
    assert asked
    assert all("PLANIGNV2" in each for each in asked)
    assert "IGN" in page.inner_text(".background-credit")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1280", "390"])
def test_no_fault_of_accessibility_as_opened_and_with_the_drawer(
    map_page: MapPage, axe_faults: Axe, size: dict[str, int]
) -> None:
    page = map_page.open("niveau=region&indicateur=niv_med&territoire=76", size).page
    page.wait_for_selector("#carte-reference", state="attached")
    assert axe_faults(page) == []
    if size is PHONE:
        page.click(".drawer-open")
        page.click("#carte-choix .classing summary")
        assert page.locator("#carte-choix #carte-methode").is_visible()
        assert page.locator("#carte-choix #carte-fond").is_visible()
        assert axe_faults(page) == []
        small = page.evaluate(
            """() => [...document.querySelectorAll(
                 "#carte-choix :is(button, select, summary, .background-switch label), .map-page button")]
               .filter((node) => node.checkVisibility() && node.getBoundingClientRect().height < 43.5)
               .map((node) => node.outerHTML.slice(0, 80))"""
        )
        assert small == []


def test_at_twice_the_size_nothing_is_cut(map_page: MapPage) -> None:
    # 200 % of zoom in a window of 1280 pixels is a window of 640.
    page = map_page.open(
        "niveau=departement&indicateur=niv_med&reference=france&epingle=31", {"width": 640, "height": 400}
    ).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    assert page.locator(".pin").count() == 1
    page.emulate_media(reduced_motion="reduce")
    page.click(".zoom[data-step='1']")
    page.wait_for_url("**vue=**")
