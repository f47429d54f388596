"""What a worker does once it answers: it makes one sheet of each level, so that no visitor pays for the first one.

The first sheet of a level reads the tables of that level, and the first print starts the compiler and its fonts: about
a second each. It is done in a thread, some time after the start, one file at a time, through the press of all visitors.
"""

from __future__ import annotations

import logging
import time
from threading import Thread

from flask import Flask

from territoires.model.levels import Level
from territoires.web.held import STORE

#: Seconds left to the first visitors before, and between two files.
PATIENCE, PAUSE = 3.0, 0.2

LEVELS = (Level.REGION, Level.DEPARTEMENT, Level.EPCI, Level.COMMUNE)

_log = logging.getLogger(__name__)


def warm(server: Flask, *, pause: float = PAUSE) -> list[str]:
    """Ask `server` for the page and the PDF of the first territory of each level; return the addresses answered."""
    answered = []
    for level in LEVELS:
        codes = server.extensions[STORE].territories(level).codes
        for ending in ("", ".pdf") if len(codes) else ():
            address = f"/reperes/{level}/{codes[0]}{ending}"
            status = server.test_client().get(address).status_code
            if status == 200:
                answered.append(address)
            else:
                _log.warning("Mise en route : %s a répondu %d.", address, status)
            time.sleep(pause)
    return answered


def warm_later(server: Flask, *, patience: float = PATIENCE) -> Thread:
    """Start `warm` in a thread that ends with the process, after `patience` seconds; return the thread."""

    def run() -> None:
        time.sleep(patience)
        warm(server)

    thread = Thread(target=run, name="mise-en-route", daemon=True)
    thread.start()
    return thread
