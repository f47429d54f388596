"""The map page as a reader uses it: what is chosen, what is said, what is on screen."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

#: How long a change may take to be on screen, on a slow machine that draws in software (seconds).
PATIENCE = 90

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


class MapPage:
    """A browser page open on the map."""

    def __init__(self, page: Any, server: str) -> None:
        self.page = page
        self.server = server

    def open(self, query: str = "", size: dict[str, int] = DESKTOP) -> MapPage:
        """Open the map at an address and wait until it is on screen."""
        self.page.set_viewport_size(size)
        self.page.goto(f"{self.server}/carte?{query}" if query else f"{self.server}/carte")
        self.page.wait_for_selector("#carte-indicateur", state="attached")
        return self.settled()

    def settled(self) -> MapPage:
        """Wait until what was asked for is on screen."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.page.evaluate("document.documentElement.dataset.painted") is not None:
                return self
            self.page.wait_for_timeout(50)
        raise AssertionError(f"{self.query} is not on screen after {PATIENCE} s")

    @property
    def query(self) -> str:
        """The query of the address."""
        return urlsplit(self.page.url).query

    @property
    def sentence(self) -> str:
        """The sentence beside the map."""
        return str(self.page.inner_text("#carte-phrase"))

    @property
    def legend(self) -> str:
        """The words of the legend, even folded."""
        return str(self.page.text_content(".map-legend"))

    @property
    def title(self) -> str:
        """The title of the indicator."""
        return str(self.page.inner_text("h1"))

    def camera(self) -> str:
        """Where the address says that the map looks, once it is still: "zoom/latitude/longitude"."""
        before = None
        for _ in range(60):
            now = parse_qs(self.query).get("vue", [""])[0]
            if now and now == before:
                return now
            before = now
            self.page.wait_for_timeout(400)
        raise AssertionError("the map does not come to rest")

    def names(self) -> list[str]:
        """The names of the rows in sight, from the top."""
        rows = self.page.locator(".ranking tbody tr[data-position] th")
        return [str(row.evaluate("cell => cell.firstChild.textContent")) for row in rows.all()]

    def selected_row(self) -> str | None:
        """The name of the row that is marked, or None."""
        row = self.page.locator(".ranking tr[aria-selected=true] th")
        return str(row.first.evaluate("cell => cell.firstChild.textContent")) if row.count() else None

    def search(self, words: str) -> MapPage:
        """Look for a place with the keyboard and take the first that is offered."""
        self.page.keyboard.type(words)
        self.page.wait_for_selector("#lieu-choix [role=option]")
        self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")
        return self.settled()

    def tab_to(self, selector: str, most: int = 60) -> MapPage:
        """Press Tab until the focus is on `selector`."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
                return self
        raise AssertionError(f"{selector} is not reached with the keyboard")

    def press(self, *keys: str) -> MapPage:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
        return self
