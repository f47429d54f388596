"""How benchmarks and browser tests start Chromium: the one of the system, drawing in software."""

from __future__ import annotations

import shutil
from typing import Any

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

ARGUMENTS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
)


def installed() -> list[str]:
    """Return the paths of the browsers of this machine, the one that is used first."""
    return [found for found in map(shutil.which, NAMES) if found]


def launch_arguments(browser: str = "") -> dict[str, Any]:
    """Return what `playwright.chromium.launch` is given: the path of a browser, or the first of this machine."""
    found = browser or next(iter(installed()), "")
    return {"args": list(ARGUMENTS)} | ({"executable_path": found} if found else {})
