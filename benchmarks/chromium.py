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


def launch_arguments() -> dict[str, Any]:
    """Return what `playwright.chromium.launch` is given."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return {"args": list(ARGUMENTS)} | ({"executable_path": found} if found else {})
