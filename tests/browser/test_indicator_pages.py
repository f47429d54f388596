"""The pages of indicators in a real browser: nothing in the console, nothing wider than the screen."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser

#: Natures, levels and gaps: a share, a change, a median, an index, a distance, a count, two yes or no, a zone,
#: a département, an intercommunalité, a partial sum.
SAMPLE = (
    "emp_txchom_1564", "emp_txchom_evol", "niv_med", "ris_seisme", "san_dist_urg", "ris_catnat_sech",
    "iso_sans_ecole", "ris_inond", "emp_chom_localise", "han_aah_dep", "ene_sol_inst", "edu_bac",
)  # fmt: skip

SCREENS = ({"width": 1280, "height": 900}, {"width": 390, "height": 844})


def wider(page: Any) -> int:
    """Return by how many pixels the page is wider than its window."""
    excess: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return excess


@pytest.mark.parametrize("screen", SCREENS, ids=("1280", "390"))
def test_pages_of_every_kind_open_without_a_word_in_the_console(
    watched_page: Any, live_server: str, screen: dict[str, int]
) -> None:
    watched_page.set_viewport_size(screen)
    for name in SAMPLE:
        watched_page.goto(f"{live_server}/indicateurs/{name}", wait_until="load")
        assert watched_page.locator("h1").count() == 1, name
        assert wider(watched_page) <= 0, name
        for image in watched_page.locator("main img").all():
            assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0, name
            assert image.get_attribute("alt"), name


@pytest.mark.parametrize("screen", SCREENS, ids=("1280", "390"))
def test_the_list_and_the_method_fit_the_screen(
    watched_page: Any, live_server: str, screen: dict[str, int]
) -> None:
    watched_page.set_viewport_size(screen)
    for path in ("/indicateurs", "/indicateurs?q=medecin", "/indicateurs?domaine=sante", "/methode"):
        watched_page.goto(live_server + path, wait_until="load")
        assert wider(watched_page) <= 0, path


def test_the_list_follows_what_is_typed_and_the_address_too(watched_page: Any, live_server: str) -> None:
    watched_page.goto(f"{live_server}/indicateurs", wait_until="load")
    watched_page.get_by_label("Mots cherchés").fill("passoires")
    found = watched_page.locator("[data-found]")
    found.get_by_text("1 indicateur sur 333").wait_for()
    assert (
        watched_page.locator("[data-results] a.name").inner_text().startswith("Part des logements classés F")
    )
    assert watched_page.url.endswith("/indicateurs?q=passoires")
    watched_page.get_by_label("Domaine").select_option("sante")
    watched_page.get_by_text("Aucun indicateur ne correspond").wait_for()
    assert watched_page.get_by_label("Mots cherchés").input_value() == "passoires"


def test_the_form_works_without_a_script(browser: Any, live_server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server}/indicateurs")
    page.get_by_label("Mots cherchés").fill("medecin")
    page.get_by_label("Nature").select_option("index")
    page.locator("form[data-catalogue] button").click()
    page.wait_for_url("**/indicateurs?q=medecin*")
    assert page.locator("a.name").first.inner_text() == "Accessibilité aux médecins généralistes"
    context.close()


def test_tables_that_scroll_can_be_reached_by_the_keyboard(watched_page: Any, live_server: str) -> None:
    watched_page.set_viewport_size(SCREENS[1])
    watched_page.goto(f"{live_server}/indicateurs/emp_txchom_1564", wait_until="load")
    scrolling = watched_page.locator("main .table").evaluate_all(
        "tables => tables.filter(t => t.scrollWidth > t.clientWidth + 1).map(t => t.tabIndex)"
    )
    assert scrolling
    assert all(index == 0 for index in scrolling)
