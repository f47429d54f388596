"""The charts beside the map: what they count, what a range does everywhere, two indicators at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import spearmanr

from territoires.analysis.selected import Selected, select
from territoires.model.levels import Level
from territoires.model.selection import Selection
from territoires.store.store import TableStore
from tests.browser.map_page import DESKTOP, PHONE, MapPage

pytestmark = pytest.mark.browser

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1280", "390"])

#: The address of a module of the charts, as the page is served.
MODULE = """name => document.querySelector("script[src$='/carte/entry.js']").src
  .replace("entry.js", `charts/${name}`)"""


def charts(map_page: MapPage, **wanted: str) -> Any:
    """Return the page once its charts show what the map shows (and `wanted` is in the address)."""
    page = map_page.settled().page
    for _ in range(600):
        shown = page.evaluate("document.querySelector('.charts')?.dataset.shown") or ""
        painted = page.evaluate("document.documentElement.dataset.painted")
        if shown == painted and all(parse_qs(shown).get(name) == [value] for name, value in wanted.items()):
            return page
        page.wait_for_timeout(50)
    raise AssertionError(f"the charts do not show {map_page.query}")


def drawn_width(page: Any) -> float:
    """Return the width at which the distribution is drawn; the page must show it at that very width."""
    width, shown = page.evaluate(
        """() => { const svg = document.querySelector(".distribution .chart-drawing");
                   return [svg.viewBox.baseVal.width, svg.getBoundingClientRect().width]; }"""
    )
    assert width == pytest.approx(shown, abs=1)
    return float(width)


def figure(text: str) -> int:
    """Return the first whole number of a text."""
    found = re.search(r"\d[\d\s\u202f]*", text)
    assert found, text
    return int(re.sub(r"\D", "", found.group()))


def classed(selected: Selected) -> NDArray[np.bool_]:
    """Return which territories have a value that the legend counts."""
    return np.isin(selected.status, list(selected.classed)) & ~np.isnan(selected.values)


def counts(page: Any) -> list[int]:
    """Return the numbers of the bars, from their table."""
    page.evaluate("document.querySelector('.distribution .fold').open = true")
    page.wait_for_selector(".distribution .fold table")
    cells = page.locator(".distribution .fold table").first.locator("tbody tr td:nth-child(2)")
    return [figure(text) for text in cells.all_inner_texts()]


@SIZES
def test_bars_rows_and_sentences_say_the_territories_shown(
    map_page: MapPage, shipped_store: TableStore, axe_faults: Callable[[Any], list[str]], size: dict[str, int]
) -> None:
    query = "niveau=commune&indicateur=emp_txchom_1564&territoire=09122&epingle=09225"
    map_page.open(query, size)
    page = charts(map_page)
    selected = select(shipped_store, Selection(Level.COMMUNE, "emp_txchom_1564"))
    compared = int(classed(selected).sum())
    assert sum(counts(page)) == compared
    assert figure(page.inner_text(".chart-missing")) == len(selected.values) - compared
    assert page.locator(".rows .row-name").all_text_contents() == [
        "moins de 2 000 habitants".replace(" 000", "\u202f000"),
        "de 2 000 à 20 000 habitants".replace(" 000", "\u202f000"),
        "de 20 000 à 50 000 habitants".replace(" 000", "\u202f000"),
        "50 000 habitants ou plus".replace(" 000", "\u202f000"),
    ]
    assert page.locator(".histogram .bars rect").count() > 20
    labels = page.locator(".distribution .marks .label").all_text_contents()
    assert labels == ["◆ Foix", "1 Pamiers"]
    sentence = page.inner_text(".distribution .chart-sentence")
    assert sentence.startswith("La moitié des communes se situent entre")
    assert "Foix\u00a0: 18,4\u202f%" in sentence
    assert "Pamiers\u00a0:" in sentence
    assert page.locator(".distribution svg[aria-hidden=true]").count() == 1
    assert axe_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    before = drawn_width(page)
    page.set_viewport_size({"width": size["width"] + 200, "height": 800})
    page.wait_for_timeout(300)
    assert drawn_width(page) > before, "a chart is drawn again at the width there is"


@SIZES
def test_a_range_is_chosen_with_the_keyboard(map_page: MapPage, size: dict[str, int]) -> None:
    map_page.open("niveau=departement&indicateur=emp_txchom_1564", size)
    page = charts(map_page)
    whole = page.inner_text(".list-title")
    page.focus("#carte-plage-de")
    lowest = page.input_value("#carte-plage-de")
    map_page.press("ArrowUp")
    one = page.input_value("#carte-plage-de")
    map_page.press("Shift+ArrowUp")
    two = page.input_value("#carte-plage-de")
    value = [float(text.replace(",", ".")) for text in (lowest, one, two)]
    assert value[0] < value[1] < value[2]
    assert page.get_attribute("#carte-plage-de", "aria-valuenow") == str(value[2]).removesuffix(".0")
    said = page.locator(".chart-said")
    said.filter(has_text=f"départements entre {two} et").wait_for()
    n = figure(said.inner_text())
    assert 0 < n < 96
    assert page.inner_text(".list-title") == f"{n} départements"
    page.wait_for_selector(".brushed .hold", state="attached")
    map_page.press("Escape")
    page.locator(".list-title", has_text=whole).wait_for()
    assert said.inner_text() == ""
    assert page.input_value("#carte-plage-de") == lowest

    page.fill("#carte-plage-a", "10,5")
    map_page.press("Enter")
    said.filter(has_text="et 10,5").wait_for()
    assert figure(said.inner_text()) + n != 0
    page.fill("#carte-plage-a", "beaucoup")
    map_page.press("Tab")
    assert page.input_value("#carte-plage-a") == "10,5", "what is no number changes nothing"
    page.select_option("#carte-niveau", "region") if size is DESKTOP else None
    if size is DESKTOP:
        charts(map_page, niveau="region")
        assert said.inner_text() == "", "a range is forgotten with the values that it was chosen among"


def test_a_range_is_dragged_and_shown_on_the_map_and_in_the_list(map_page: MapPage) -> None:
    map_page.open("niveau=commune&indicateur=emp_txchom_1564")
    page = charts(map_page)
    page.locator(".histogram .bars").scroll_into_view_if_needed()
    bars = page.locator(".histogram .bars rect")
    first, last = bars.nth(8).bounding_box(), bars.nth(12).bounding_box()
    base = first["y"] + first["height"] - 2
    expected = sum(counts(page)[8:13])
    page.mouse.move(first["x"] + 2, base)
    page.mouse.down()
    page.mouse.move(last["x"] + 2, base, steps=4)
    page.mouse.up()
    title = page.locator(".list-title")
    title.filter(has_text=f"{expected:,} communes".replace(",", "\u202f")).wait_for()
    assert figure(page.inner_text(".chart-said")) == expected
    assert page.locator(".ranking").get_attribute("aria-rowcount") == str(expected + 1)
    page.wait_for_timeout(300)
    page.click(".ranking tr[data-position='1']")
    charts(map_page)
    assert figure(page.inner_text(".list-title")) == expected, "following a territory keeps the range"
    map_page.press("Escape")
    title.filter(has_text="34").wait_for()


def test_what_is_pointed_at_in_the_list_and_in_the_dots_is_shown_everywhere(map_page: MapPage) -> None:
    map_page.open("niveau=departement&indicateur=emp_txchom_1564&second=niv_med&comparaison=nuage")
    page = charts(map_page)
    page.focus("#carte-classement")
    map_page.press("ArrowDown")
    page.wait_for_selector(".distribution .pointed path", state="attached")
    assert page.locator(".ranking tr.is-pointed").count() == 1
    assert page.locator(".distribution .pointed circle").count() == 1
    assert page.locator(".scatter .pointed circle").count() == 1
    circle = page.locator(".distribution .pointed circle").evaluate(
        "c => [c.cx.baseVal.value, c.cy.baseVal.value]"
    )
    name = page.inner_text(".tip-name")
    page.mouse.move(5, 5)
    page.evaluate("document.activeElement.blur()")
    assert not page.is_visible(".tip-name")
    page.locator(".distribution .chart-reading").scroll_into_view_if_needed()
    box = page.locator(".distribution .chart-drawing").bounding_box()
    page.mouse.move(box["x"] + circle[0] + 1, box["y"] + circle[1])
    page.wait_for_timeout(100)
    assert page.inner_text(".tip-name") == name
    assert page.locator(".ranking tr.is-pointed th").inner_text().startswith(name)
    page.mouse.click(box["x"] + circle[0] + 1, box["y"] + circle[1])
    charts(map_page)
    assert map_page.selected_row() == name


@SIZES
def test_two_maps_look_at_the_same_place(
    map_page: MapPage, axe_faults: Callable[[Any], list[str]], size: dict[str, int]
) -> None:
    map_page.open("niveau=departement&indicateur=emp_txchom_1564&territoire=09", size)
    page = charts(map_page)
    page.select_option("#carte-second", "niv_med")
    charts(map_page, second="niv_med")
    assert page.locator(".stage .maplibregl-canvas").count() == 2
    assert page.inner_text(".twin-title h2") == "Niveau de vie médian"
    assert "Filosofi" in str(page.text_content(".twin .map-legend"))
    one, two = page.locator(".stage-map").bounding_box(), page.locator(".twin-map").bounding_box()
    assert one["width"] == pytest.approx(two["width"], abs=2)
    assert (one["x"] + one["width"] <= two["x"] + 1) or (one["y"] + one["height"] <= two["y"] + 1)
    assert "n’est pas une cause" in page.inner_text(".comparison .chart-sentence")
    assert re.fullmatch(r"Ariège\s: .+\s% et .+\s€ par an\.", page.inner_text(".chart-own"))
    page.evaluate("document.querySelector('.comparison .fold').open = true")
    page.wait_for_selector(".comparison .fold table")
    assert axe_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0

    page.hover(".twin-map", position={"x": two["width"] * 0.6, "y": two["height"] * 0.55})
    page.wait_for_selector(".twin .tip:not([hidden])")
    name = page.inner_text(".twin .tip-name")
    assert page.inner_text(".stage > .tip .tip-name") == name
    page.wait_for_selector(".distribution .pointed path", state="attached")
    page.reload()
    charts(map_page, second="niv_med")
    assert page.locator(".stage .maplibregl-canvas").count() == 2
    page.select_option("#carte-second", "")
    charts(map_page)
    page.wait_for_selector(".twin", state="detached")
    assert "second" not in parse_qs(map_page.query)


@SIZES
def test_the_scatter_plot_says_the_link_in_words(
    map_page: MapPage, shipped_store: TableStore, axe_faults: Callable[[Any], list[str]], size: dict[str, int]
) -> None:
    query = "niveau=commune&indicateur=emp_txchom_1564&territoire=09122&second=niv_med&comparaison=nuage"
    map_page.open(query, size)
    page = charts(map_page, second="niv_med", comparaison="nuage")
    assert page.input_value("#carte-second") == "niv_med"
    assert page.is_checked("#carte-comparaison-nuage")
    assert page.locator(".stage .maplibregl-canvas").count() == 1
    both = [select(shipped_store, Selection(Level.COMMUNE, name)) for name in ("emp_txchom_1564", "niv_med")]
    kept = np.logical_and.reduce([classed(each) for each in both])
    rho = spearmanr(both[0].values[kept], both[1].values[kept]).statistic
    sentence = page.inner_text(".comparison .chart-sentence")
    assert f"−{abs(rho):.2f}".replace(".", ",") in sentence
    assert figure(sentence.split(", sur ")[1]) == kept.sum()
    assert "vont assez souvent en sens contraire" in sentence
    assert page.locator(".scatter-key li").count() == 4
    assert page.locator(".scatter .sign.followed").count() == 1
    assert axe_faults(page) == []
    page.check("#carte-comparaison-cartes", force=True)
    charts(map_page, second="niv_med")
    assert page.locator(".stage .maplibregl-canvas").count() == 2


def test_nothing_to_draw_is_said(map_page: MapPage) -> None:
    map_page.open("niveau=commune&indicateur=niv_prix_gazole&second=niv_med&comparaison=nuage")
    page = charts(map_page)
    assert page.inner_text(".distribution .chart-empty").startswith("Aucune valeur à comparer")
    assert not page.is_visible(".histogram")
    assert not page.is_visible("#carte-plage-de")
    assert not page.is_visible(".scatter")
    assert "trop peu pour parler d’un lien" in page.inner_text(".comparison .chart-sentence")


def test_statistics_are_those_of_scipy(map_page: MapPage, shipped_store: TableStore) -> None:
    map_page.open("niveau=region")
    page = charts(map_page)
    address = page.evaluate(MODULE, "statistics.js")
    pairs = [("emp_txchom_1564", "niv_med"), ("iso_sans_ecole", "pau_nb_qpv"), ("niv_med", "san_dist_urg")]
    for level in (Level.DEPARTEMENT, Level.EPCI):
        for names in pairs:
            a, b = (select(shipped_store, Selection(level, name)).values for name in names)
            kept = ~np.isnan(a) & ~np.isnan(b)
            found = page.evaluate(
                """async ([address, a, b]) => {
                  const { averageRanks, spearman } = await import(address);
                  return spearman(...[a, b].map(list => averageRanks(Float64Array.from(list))));
                }""",
                [address, a[kept].tolist(), b[kept].tolist()],
            )
            assert found == pytest.approx(float(spearmanr(a[kept], b[kept]).statistic), abs=1e-12), (
                level,
                names,
            )
    words = page.evaluate(
        """async address => { const { strengthWords } = await import(address);
             const pairs = [[0.9, 1000], [-0.6, 1000], [0.4, 18], [0.05, 30000], [0.2, 30000], [-0.35, 101]];
             return pairs.map(([rho, n]) => strengthWords(rho, n)); }""",
        page.evaluate(MODULE, "relation.js"),
    )
    assert words == [
        "vont presque toujours ensemble",
        "vont souvent en sens contraire",
        "n’ont pas de lien visible",
        "n’ont pas de lien visible",
        "ont un lien faible",
        "vont assez souvent en sens contraire",
    ]
    flat = page.evaluate(
        """async address => { const { spearman } = await import(address);
             const list = (...values) => Float64Array.of(...values);
             return [[list(1.5, 1.5), list(1, 2)], [list(1), list(1)], [list(), list()]].map(
               ([a, b]) => Number.isNaN(spearman(a, b))); }""",
        address,
    )
    assert flat == [True, True, True]
