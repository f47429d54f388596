"""Make the pictures of the README from the shipped data: `python -m docs.screenshots` (or `make screenshots`).

Pages are photographed in Chromium; the first page of a sheet is drawn by Typst itself.
"""

from __future__ import annotations

import threading
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

from benchmarks.chromium import launch_arguments
from territoires.config import read_settings
from territoires.web.application import create_app

FOLDER = Path(__file__).parent / "images"
WIDE = {"width": 1280, "height": 800}
NARROW = {"width": 390, "height": 844}

#: Name of the picture, address, window, and what is waited for.
SHOTS: tuple[tuple[str, str, dict[str, int], str], ...] = (
    ("accueil", "/", WIDE, "main"),
    ("carte-communes", "/carte", WIDE, "html[data-painted]"),
    (
        "carte-occitanie-2000-20000",
        "/carte?niveau=commune&indicateur=emp_txchom_1564&taille=2000-20000&region=76&territoire=09122",
        WIDE,
        "html[data-painted]",
    ),
    (
        "carte-telephone",
        "/carte?niveau=commune&indicateur=ene_dpe_fg&region=53",
        NARROW,
        "html[data-painted]",
    ),
    ("indicateur", "/indicateurs/emp_txchom_1564", WIDE, "main"),
    ("fiche-occitanie", "/reperes/region/76?taille=2000-20000", WIDE, "main"),
)


def shoot(page: Page, base: str, name: str, path: str, waited: str) -> None:
    """Photograph one address once what is waited for is there and nothing moves any more."""
    page.goto(base + path)
    page.wait_for_selector(waited, state="attached")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1500)
    page.screenshot(path=str(FOLDER / f"{name}.png"))


def main() -> None:
    """Serve the shipped data on loopback and photograph it."""
    FOLDER.mkdir(exist_ok=True)
    server = make_server("127.0.0.1", 0, create_app(read_settings()).server, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_arguments())
        for name, path, window, waited in SHOTS:
            page = browser.new_page(viewport=window, locale="fr-FR")
            shoot(page, base, name, path, waited)
            page.close()
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
