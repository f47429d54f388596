"""The place search in a real browser: with the keyboard alone, and without any script."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PATHS = (
    *("/", "/indicateurs", "/indicateurs?q=eau", "/indicateurs/emp_txchom_1564"),
    *("/reperes", "/methode", "/accessibilite", "/recherche?q=saint", "/nulle-part"),
)

#: What is touched on a phone, outside running text.
TARGETS = "nav a, button, input[type=search], select, .entries a, .regions a, .domains a"

#: The height of what is touched: that of the list item or the label it fills.
HEIGHTS = """elements => elements
  .filter(e => e.getClientRects().length > 0)
  .map(e => [e.textContent.trim(), (e.closest("label, li") ?? e).getBoundingClientRect().height])
  .filter(([, height]) => height > 1 && height < 43.5)"""


def test_a_place_is_chosen_with_the_keyboard_alone(watched_page: Any, live_server: str) -> None:
    page = watched_page
    page.goto(f"{live_server}/methode")
    field = page.get_by_role("combobox", name="Commune, intercommunalité")
    field.focus()
    page.keyboard.type("Toulous")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Toulouse")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    active = field.get_attribute("aria-activedescendant")
    expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    chosen = page.locator(f"#{active} .name").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/carte\?niveau=\w+&territoire="))
    assert chosen.startswith("Toulouse")


def test_escape_closes_the_list_and_keeps_what_was_typed(watched_page: Any, live_server: str) -> None:
    page = watched_page
    page.goto(f"{live_server}/methode")
    field = page.get_by_role("combobox", name="Commune, intercommunalité")
    field.fill("lyo")
    expect(page.get_by_role("listbox")).to_be_visible()
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("lyo")
    expect(field).to_have_attribute("aria-expanded", "false")


def test_enter_without_a_choice_opens_the_results(watched_page: Any, live_server: str) -> None:
    page = watched_page
    page.goto(live_server)
    page.get_by_role("combobox", name="Commune, intercommunalité").fill("bordeaux")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/recherche\?q=bordeaux$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("bordeaux"))


def test_nothing_found_is_said(watched_page: Any, live_server: str) -> None:
    page = watched_page
    page.goto(live_server)
    page.get_by_role("combobox", name="Commune, intercommunalité").fill("zzzzqq")
    expect(page.get_by_role("status").filter(has_text="Aucun territoire")).to_have_count(1)
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_without_scripts_the_form_leads_to_the_results(browser: Any, live_server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server)
    page.get_by_label("Commune, intercommunalité").fill("lille")
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_role("link", name=re.compile("Carte : Lille")).first).to_be_visible()
    context.close()


@pytest.mark.parametrize("path", PATHS)
def test_no_page_overflows_and_targets_are_large_on_a_phone(page: Any, live_server: str, path: str) -> None:
    page.goto(live_server + path)
    for width in (1280, 768, 390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, width
        if width <= 390:
            assert page.eval_on_selector_all(TARGETS, HEIGHTS) == [], width


def test_the_skip_link_is_first_and_leads_to_the_content(watched_page: Any, live_server: str) -> None:
    page = watched_page
    page.goto(f"{live_server}/methode")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Aller au contenu")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#contenu")).to_be_focused()
