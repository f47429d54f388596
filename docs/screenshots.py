"""Make the pictures of the README and of docs/states.md from the shipped data: `make screenshots`.

Pages are photographed in Chromium, twelve states of the map and a sheet as a browser prints it among them; the pages of
five sheets are drawn by Typst.
Names after `python -m docs.screenshots` make those alone.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

from benchmarks.chromium import launch_arguments
from docs.sheet_pages import draw_sheets
from territoires.config import read_settings
from territoires.web.application import create_app

FOLDER = Path(__file__).parent / "images"
WIDE = {"width": 1280, "height": 800}
NARROW = {"width": 390, "height": 844}

#: What the margins leave of a page of A4, at 96 dots per inch.
PAPER = {"width": 680, "height": 1024}
PAINTED = "html[data-painted]"
FOIX = "niveau=commune&indicateur=emp_txchom_1564&region=76&territoire=09122"


def _nothing(page: Page) -> None:
    """Leave the page as it opens."""


def _classes(page: Page) -> None:
    page.get_by_text("Choisir les classes").click()


def _drawer(page: Page) -> None:
    page.get_by_role("button", name="Choisir", exact=True).click()


def _domains(page: Page) -> None:
    page.locator("#domaines").evaluate("heading => heading.scrollIntoView()")


def _scatter(page: Page) -> None:
    page.locator(".scatter").scroll_into_view_if_needed()


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: its name, the address, what is said of it, the window, what is waited for and done first."""

    name: str
    path: str
    said: str
    window: dict[str, int]
    waited: str = "main"
    act: Callable[[Page], None] = _nothing
    media: Literal["screen", "print"] = "screen"


def _map(name: str, query: str, said: str, act: Callable[[Page], None] = _nothing) -> Shot:
    return Shot(name, f"/carte?{query}", said, WIDE, PAINTED, act)


#: Twelve states of the map (docs/states.md).
STATES: tuple[Shot, ...] = (
    _map("carte-communes", "", "All 34 875 communes, as the page opens"),
    _map(
        "carte-occitanie-2000-20000",
        f"{FOIX}&taille=2000-20000",
        "A region, a size, a commune that is followed",
    ),
    _map("carte-classes", f"{FOIX}&methode=seuils-naturels&classes=7", "The choice of classes", _classes),
    _map(
        "carte-reference",
        f"{FOIX}&reference=france",
        "Compared with France: colours diverge around its value",
    ),
    _map("carte-epingles", f"{FOIX}&epingle=09225&epingle=11069&epingle=81004", "Three pinned territories"),
    _map(
        "carte-deux-indicateurs",
        "niveau=epci&indicateur=emp_txchom_1564&second=niv_med",
        "Two indicators, two maps",
    ),
    _map(
        "carte-nuage",
        "niveau=epci&indicateur=emp_txchom_1564&second=niv_med&comparaison=nuage",
        "Two indicators, one plot: sizes are marks",
        _scatter,
    ),
    _map("carte-effectifs", "niveau=departement&indicateur=pop_total", "A count: circles, never colours"),
    _map("carte-reunion", "niveau=commune&region=04", "La Réunion"),
    Shot("carte-telephone", "/carte?niveau=commune&region=53", "On a phone", NARROW, PAINTED),
    Shot(
        "carte-telephone-choix",
        "/carte?niveau=commune&region=53",
        "Choices on a phone",
        NARROW,
        PAINTED,
        _drawer,
    ),
    Shot("carte-integree", f"/integrer/carte?{FOIX}", "The map in somebody else's page", WIDE, PAINTED),
)

PAGES: tuple[Shot, ...] = (
    Shot("accueil", "/", "The home page", WIDE),
    Shot("indicateur", "/indicateurs/emp_txchom_1564", "One indicator", WIDE),
    Shot("regards", "/regards?region=76", "What is felt beside what is measured", WIDE),
    Shot("dominos", "/dominos", "Domains in alert together", WIDE),
    Shot("catalyseurs", "/catalyseurs", "The catalysts", WIDE),
    Shot("fiche-occitanie", "/reperes/region/76?taille=2000-20000", "A sheet in the browser", WIDE),
)

#: The page of a sheet as a browser prints it.
PRINTED: tuple[Shot, ...] = (
    Shot("impression-occitanie-1", "/reperes/region/76", "The top", PAPER, media="print"),
    Shot("impression-occitanie-2", "/reperes/region/76", "The domains", PAPER, act=_domains, media="print"),
)


def shoot(page: Page, base: str, shot: Shot) -> None:
    """Photograph one address once what is waited for is there and nothing moves any more."""
    page.emulate_media(media=shot.media)
    page.goto(base + shot.path)
    page.wait_for_selector(shot.waited, state="attached", timeout=90_000)
    page.wait_for_load_state("networkidle")
    shot.act(page)
    page.wait_for_timeout(2000)
    page.screenshot(path=str(FOLDER / f"{shot.name}.png"))


def main(wanted: list[str]) -> None:
    """Serve the shipped data on loopback and photograph it, then draw the sheets."""
    FOLDER.mkdir(exist_ok=True)
    settings = read_settings()
    server = make_server("127.0.0.1", 0, create_app(settings).server, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_arguments())
        for shot in (*STATES, *PAGES, *PRINTED):
            if wanted and shot.name not in wanted:
                continue
            page = browser.new_page(viewport=shot.window, locale="fr-FR")
            shoot(page, base, shot)
            page.close()
        browser.close()
    server.shutdown()
    if not wanted:
        draw_sheets(settings, FOLDER)


if __name__ == "__main__":
    main(sys.argv[1:])
