"""What the page says when something is missing: values, WebGL, the network, scripts; and what it never does."""

from __future__ import annotations

from typing import Any

import pytest

from territoires.analysis.sentences import sentence
from territoires.model.levels import Level
from territoires.model.selection import Selection, format_query
from territoires.model.sizes import Stratum
from territoires.store.store import TableStore
from tests.browser.map_page import PHONE, MapPage

pytestmark = pytest.mark.browser


def test_the_legend_names_every_status_present_with_its_pattern(map_page: MapPage) -> None:
    page = map_page.open("niveau=commune&indicateur=niv_med").page
    rows = page.locator(".map-legend tbody tr")
    # Under the name of a status, whether its pattern is drawn at this distance.
    words = [str(row.locator("th").inner_text()).splitlines()[0] for row in rows.all()]
    assert "secret statistique" in words
    assert "non publié" in words
    patterned = page.locator(".legend-swatch[style*='background-image']")
    assert patterned.count() == len(words) - 5
    assert "Insee" in map_page.legend
    assert "2021" in map_page.legend


def test_the_darkest_class_is_the_most_fragile_whatever_the_direction(map_page: MapPage) -> None:
    page = map_page.open("niveau=departement&indicateur=niv_med").page
    first = page.locator(".map-legend tbody tr").first
    colour = first.locator(".legend-swatch").evaluate("node => getComputedStyle(node).backgroundColor")
    darkest = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--seq5-5').trim()")
    assert colour == f"rgb({int(darkest[1:3], 16)}, {int(darkest[3:5], 16)}, {int(darkest[5:7], 16)})"
    lowest = page.locator(".ranking tbody tr[data-position='0'] .col-valeur").inner_text()
    assert first.locator("th").inner_text().startswith(lowest)


def test_counts_are_circles_with_a_legend_of_circles(map_page: MapPage) -> None:
    page = map_page.open("niveau=departement&indicateur=pau_nb_qpv").page
    assert page.locator(".legend-circles circle").count() >= 2
    assert page.locator(".legend-swatch:not([style*='background-image'])").count() == 0


def test_classes_that_collapsed_are_said(map_page: MapPage) -> None:
    map_page.open("niveau=commune&indicateur=emp_neet")
    shown = map_page.page.locator(".map-legend tbody .legend-swatch:not([style*='background-image'])").count()
    assert (shown < 5) == ("au lieu de" in map_page.legend)


def test_an_indicator_without_value_at_a_level_leads_to_its_own(map_page: MapPage) -> None:
    page = map_page.open("niveau=commune&indicateur=niv_prix_gazole").page
    page.click("text=Voir par département")
    map_page.settled()
    assert "niveau=departement" in map_page.query
    assert page.locator(".map-legend tbody .legend-swatch").count() >= 4


def test_what_the_address_has_wrong_is_said_above_the_map(map_page: MapPage) -> None:
    page = map_page.open("niveau=planete&indicateur=zzz&sauce=oui").page
    said = page.inner_text(".map-address-notices")
    assert all(word in said for word in ("planete", "zzz", "sauce"))
    assert page.input_value("#carte-niveau") == "commune"


def test_an_unknown_territory_is_left_out(map_page: MapPage) -> None:
    map_page.open("niveau=commune&indicateur=niv_med&territoire=99999")
    assert "99999" in map_page.page.inner_text(".map-address-notices")
    assert map_page.selected_row() is None


def test_hovering_says_the_name_the_value_and_the_rank(map_page: MapPage) -> None:
    page = map_page.open("niveau=departement&indicateur=niv_med&territoire=15").page
    page.mouse.move(430, 470)
    page.mouse.move(432, 472)
    page.wait_for_selector(".tip:not([hidden])")
    assert page.inner_text(".tip-name")
    assert "€" in page.inner_text(".tip-value")
    assert " sur " in page.inner_text(".tip-rank")


def test_the_map_itself_is_silent_for_screen_readers(map_page: MapPage) -> None:
    page = map_page.open("niveau=region&indicateur=niv_med").page
    canvas = page.locator(".maplibregl-canvas")
    assert canvas.get_attribute("aria-hidden") == "true"
    assert canvas.get_attribute("tabindex") == "-1"
    assert page.get_attribute("#carte-phrase", "aria-live") == "polite"
    assert page.get_attribute("#carte-classement", "aria-rowcount") == "19"


def test_the_active_row_says_its_rank_among_its_peers(map_page: MapPage) -> None:
    page = map_page.open("niveau=commune&indicateur=niv_med&taille=2000-20000&region=76").page
    map_page.tab_to("#carte-classement").press("ArrowDown")
    row = page.get_attribute("#carte-classement", "aria-activedescendant")
    said = page.text_content(f"#{row} .unseen").replace("\u202f", " ")
    assert "communes de 2 000 à 20 000 habitants, Occitanie" in said
    assert page.inner_text(".tip-name") == map_page.names()[1]


def test_without_webgl_the_table_and_the_sentence_remain(page: Any, live_server: str) -> None:
    map_page = MapPage(page, live_server)
    page.add_init_script(
        "HTMLCanvasElement.prototype.getContext = new Proxy(HTMLCanvasElement.prototype.getContext, {"
        " apply: (target, self, [kind, ...rest]) =>"
        " kind.startsWith('webgl') ? null : Reflect.apply(target, self, [kind, ...rest]) });"
    )
    map_page.open("niveau=region&indicateur=niv_med")
    assert "WebGL" in page.inner_text(".stage-message")
    assert map_page.names()
    assert "Niveau de vie médian" in map_page.sentence
    page.select_option("#carte-niveau", "departement")
    map_page.settled()
    assert "départements" in page.inner_text(".list-title")


def test_when_the_network_is_gone_it_is_said_and_one_can_try_again(page: Any, live_server: str) -> None:
    here = MapPage(page, live_server).open("niveau=region&indicateur=niv_med")
    page.wait_for_timeout(500)
    title = page.inner_text(".head-title")
    page.context.set_offline(True)
    page.select_option("#carte-indicateur", "niv_d9")
    page.wait_for_selector(".carte-notices .notice")
    assert "Le réseau ne répond pas. Ce qui est affiché n’a pas changé." in page.inner_text(".carte-notices")
    page.wait_for_timeout(400)
    assert page.inner_text(".head-title") == title
    page.context.set_offline(False)
    page.click(".carte-notices button")
    here.settled()
    assert page.inner_text(".carte-notices") == ""
    assert page.inner_text(".head-title") != title


def test_lines_come_with_the_tiles_of_the_level(map_page: MapPage) -> None:
    asked: list[str] = []
    map_page.page.on("request", lambda request: asked.append(request.url))
    page = map_page.open("niveau=commune&indicateur=niv_med").page
    asked.clear()
    for _ in range(2):
        page.get_by_role("button", name="Agrandir la carte").click()
        map_page.camera()
    page.wait_for_timeout(1000)
    tiles = {url.split("/tuiles/")[1].split("/")[0] for url in asked if "/tuiles/" in url}
    assert "commune" in tiles
    assert not tiles & {"departement", "region"}


def test_without_scripts_the_territories_are_in_a_table(browser: Any, live_server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server}/carte?niveau=region&indicateur=niv_med")
    assert page.locator(".map-fallback tbody tr").count() == 18
    assert "Niveau de vie médian" in page.inner_text("main")
    context.close()


def test_on_a_phone_nothing_is_cut_and_targets_are_large(map_page: MapPage) -> None:
    page = map_page.open("niveau=departement&indicateur=niv_med&territoire=15", PHONE).page
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.click(".drawer-open")
    small = page.evaluate(
        """() => [...document.querySelectorAll(
             ".map-page button, .map-page select, .map-page input, .stage button")]
           .filter((node) => node.checkVisibility() && node.getBoundingClientRect().height < 43.5)
           .map((node) => node.outerHTML.slice(0, 80))"""
    )
    assert small == []
    page.click(".drawer-close")


@pytest.mark.parametrize(
    "selection",
    [
        Selection(Level.COMMUNE, "niv_med"),
        Selection(Level.EPCI, "emp_txchom_1564", (Stratum.FROM_20000,), ("53",)),
        Selection(Level.DEPARTEMENT, "emp_txchom_evol", (Stratum.UNDER_2000, Stratum.FROM_2000)),
        Selection(Level.REGION, "niv_med"),
    ],
    ids=["communes", "region and size", "change by size", "regions"],
)
def test_the_page_says_the_sentence_of_the_sheets(
    map_page: MapPage, shipped_store: TableStore, selection: Selection
) -> None:
    map_page.open(format_query(selection))
    said = map_page.sentence.replace("\u202f", " ").replace("\u00a0", " ")
    expected = sentence(shipped_store, selection).replace("\u202f", " ").replace("\u00a0", " ")
    assert said == expected


def test_the_legend_says_which_patterns_are_drawn_from_nearer_only(map_page: MapPage) -> None:
    page = map_page.open("niveau=commune&indicateur=emp_txchom_1564&vue=5.50/46.5000/2.4000").page
    rows = page.locator(".map-legend tbody tr")
    far = rows.filter(has_text="effectif faible").locator(".legend-far")
    assert far.inner_text() == "visible de près"
    assert rows.filter(has_text="non publié").locator(".legend-far").inner_text() == "en gris, vu de loin"
    for _ in range(2):
        page.get_by_role("button", name="Agrandir la carte").click()
        map_page.camera()
    far.wait_for(state="hidden")
