"""Regards in a real browser: cells walked with the arrows, choices that answer, no fault, an empty console."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser

SCREENS = ({"width": 1280, "height": 900}, {"width": 390, "height": 844})

#: Every state: simulated and not, region and domain, chosen and default, nothing found, notices.
STATES = (
    "/dominos",
    "/dominos?taille=plus-50000&region=94&x=1",
    "/perceptions",
    "/perceptions?acteur=associations&domaine=numerique&demonstration=0",
    "/regards?region=76",
    "/regards?domaine=sante&acteur=maires",
    "/regards?region=52&demonstration=0",
)


def focused(page: Any, attribute: str = "aria-label") -> str:
    """Return an attribute of what has the focus."""
    found: str = page.evaluate(f"document.activeElement.getAttribute('{attribute}') ?? ''")
    return found


@pytest.mark.parametrize("screen", SCREENS, ids=("1280", "390"))
def test_every_state_fits_the_screen_and_has_no_fault(
    watched_page: Any, live_server: str, axe_faults: Callable[[Any], list[str]], screen: dict[str, int]
) -> None:
    watched_page.set_viewport_size(screen)
    faults: dict[str, list[str]] = {}
    # What differs between the two widths shows in the fullest state of each page.
    for state in STATES if screen["width"] > 600 else STATES[::2]:
        watched_page.goto(live_server + state, wait_until="load")
        excess = watched_page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert excess <= 0, (state, excess)
        for image in watched_page.locator("main img").all():
            assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0, state
        faults |= {state: found} if (found := axe_faults(watched_page)) else {}
    assert faults == {}


def test_a_table_of_cells_is_one_stop_and_the_arrows_walk_it(watched_page: Any, live_server: str) -> None:
    watched_page.goto(f"{live_server}/dominos?taille=2000-20000", wait_until="load")
    assert watched_page.locator("table[data-matrix] a[tabindex='0']").count() == 1
    watched_page.locator("table[data-matrix] a").first.focus()
    assert focused(watched_page).startswith("Emploi / chômage / insertion et Développement économique")
    detail = watched_page.locator("[data-detail]")
    assert detail.inner_text().startswith("Emploi / chômage / insertion et Développement")
    watched_page.keyboard.press("ArrowRight")
    assert "Niveau de vie" in focused(watched_page)
    # Over the empty cell of the diagonal.
    watched_page.keyboard.press("ArrowDown")
    watched_page.keyboard.press("ArrowDown")
    watched_page.keyboard.press("End")
    assert "Mobilité / transport" in focused(watched_page)
    watched_page.keyboard.press("Home")
    watched_page.keyboard.press("ArrowUp")
    before = focused(watched_page)
    assert detail.inner_text().split(" :")[0].rstrip() in before.replace("\u202f", " ") or before
    watched_page.keyboard.press("Enter")
    watched_page.wait_for_url("**domino=**")
    assert watched_page.locator("h2#domino").count() == 1
    # The tab key leaves the table at once.
    watched_page.locator("table[data-matrix] a[tabindex='0']").focus()
    watched_page.keyboard.press("Tab")
    assert watched_page.evaluate("!document.activeElement.closest('table[data-matrix]')")


def test_margins_of_a_cell_are_told_when_it_has_the_focus(watched_page: Any, live_server: str) -> None:
    watched_page.goto(f"{live_server}/perceptions", wait_until="load")
    cell = watched_page.locator("table[data-matrix] a").nth(20)
    cell.focus()
    detail = watched_page.locator("[data-detail]").inner_text()
    assert "de confiance" in detail
    assert "simulé" in detail


def test_a_choice_answers_at_once_with_the_mouse_and_on_demand_with_the_keyboard(
    watched_page: Any, live_server: str
) -> None:
    watched_page.goto(f"{live_server}/regards?region=76&demonstration=0", wait_until="load")
    watched_page.get_by_label("Domaine", exact=True).select_option("emploi")
    watched_page.wait_for_url("**domaine=emploi**")
    assert "demonstration=0" in watched_page.url
    assert "taille=" not in watched_page.url
    watched_page.get_by_label("Selon").focus()
    watched_page.keyboard.press("ArrowDown")
    assert "acteur=citoyens" in watched_page.url
    watched_page.get_by_role("button", name="Montrer").focus()
    watched_page.keyboard.press("Enter")
    watched_page.wait_for_url("**acteur=maires**")
    watched_page.go_back()
    watched_page.wait_for_url("**acteur=citoyens**")


def test_the_sentence_is_copied_with_its_source_and_address(watched_page: Any, live_server: str) -> None:
    watched_page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server)
    watched_page.goto(f"{live_server}/perceptions?domaine=emploi", wait_until="load")
    watched_page.get_by_role("button", name="Copier la phrase").click()
    watched_page.get_by_text("Copié, avec l’adresse de la page.").wait_for()
    copied = watched_page.evaluate("navigator.clipboard.readText()")
    assert "à ne pas citer" in copied
    assert copied.endswith("/perceptions?domaine=emploi")


def test_everything_works_without_a_script(browser: Any, live_server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server}/dominos")
    page.get_by_label("Région", exact=True).select_option("76")
    page.get_by_role("button", name="Montrer").click()
    page.wait_for_url("**region=76**")
    page.locator("table[data-matrix] a").nth(3).click()
    page.wait_for_url("**domino=**")
    assert page.locator("h2#domino").count() == 1
    assert "region=76" in page.url
    context.close()
