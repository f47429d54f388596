"""The page of those who find no place: read with the keyboard, faultless, and it leads to the sheet afterwards."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from territoires.web.encoding import Body
from territoires.web.pages.sheets import PRESS
from territoires.web.press import Press

pytestmark = pytest.mark.browser

ADDRESS = "/reperes/region/94.xlsx?taille=plus-50000"


def test_a_visitor_who_waits_reads_why_and_is_led_back(
    page: Any, live_server: str, shipped_app: Any, axe_faults: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    press = Press(1_000, places=1)
    monkeypatch.setitem(shipped_app.server.extensions, PRESS, press)
    begun, sign = threading.Event(), threading.Event()

    def slow() -> Body:
        begun.set()
        assert sign.wait(60)
        return Body(b"%PDF", "application/pdf")

    with ThreadPoolExecutor(1) as pool:
        pool.submit(press.print, "une autre", slow)
        assert begun.wait(10)
        try:
            answer = page.goto(live_server + ADDRESS)
            assert (answer.status, answer.headers["retry-after"]) == (503, str(press.delay))
            assert page.get_by_role("heading", level=1).inner_text() == "La fiche est en préparation"
            for width in (1280, 390):
                page.set_viewport_size({"width": width, "height": 800})
                assert axe_faults(page) == []
        finally:
            sign.set()
    again = page.get_by_role("link", name="Réessayer")
    again.focus()
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert saved.value.suggested_filename == "fiche-reperes-corse-plus-50000-hab.xlsx"
