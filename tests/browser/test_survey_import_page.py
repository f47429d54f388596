"""The page that tells how to bring one's own survey, read on a screen, on a telephone, and with the keyboard."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser

ADDRESS = "/perceptions/importer"


@pytest.mark.parametrize("width", [1280, 390])
def test_page_is_accessible_and_never_scrolls_sideways(
    watched_page: Any, live_server: str, axe_faults: Any, width: int
) -> None:
    watched_page.set_viewport_size({"width": width, "height": 900})
    watched_page.goto(live_server + ADDRESS)
    watched_page.get_by_text("Les colonnes facultatives").click()
    assert axe_faults(watched_page) == []
    assert watched_page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert watched_page.locator("h1").inner_text() == "Importer une enquête"
    table = watched_page.get_by_role("region", name="Colonnes obligatoires")
    table.focus()
    assert watched_page.evaluate("document.activeElement.getAttribute('role')") == "region"


def test_template_is_taken_away_with_the_keyboard(watched_page: Any, live_server: str) -> None:
    watched_page.goto(live_server + ADDRESS)
    watched_page.get_by_role("link", name="classeur XLSX").focus()
    with watched_page.expect_download() as download:
        watched_page.keyboard.press("Enter")
    assert download.value.suggested_filename == "modele-perceptions.xlsx"
