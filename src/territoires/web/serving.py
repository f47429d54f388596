"""Serve the application with gunicorn: loaded once, then shared by every worker."""

from __future__ import annotations

import time
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.workers.gthread import ThreadWorker

from territoires.config import Settings
from territoires.sheets.memory import few_arenas
from territoires.web.application import create_app
from territoires.web.pages.sheets import PRESS
from territoires.web.warming import warm_later

#: Threads of a worker: those who wait for a sheet hold one each (`Press`, sixteen at most), the others answer the site.
THREADS = 28

#: How long a worker leaves a new connection to the others: for each sheet that waits in it, and at most (seconds).
DEFERENCE, MOST_DEFERENCE = 0.001, 0.012


class Deferent(ThreadWorker):
    """A worker with threads that lets those with less to do answer first.

    Workers listen on one socket and whoever is quickest takes a connection, the one with the longest queue of sheets as
    well as another: chance then sends most visitors to one of them. They do not know each other's queue; each waits
    as long as its own, so that the shortest comes first.
    """

    def accept(self, listener: Any) -> None:
        """Accept a connection, unless another worker has taken it meanwhile."""
        waiting = self.wsgi.extensions[PRESS].waiting
        if waiting:
            time.sleep(min(MOST_DEFERENCE, DEFERENCE * waiting))
        super().accept(listener)


class Server(BaseApplication):
    """The application under gunicorn, loaded before the workers are made so that they share its memory."""

    def __init__(self, settings: Settings, options: dict[str, Any]) -> None:
        self._settings = settings
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Give gunicorn its options."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the WSGI application."""
        return create_app(self._settings).server


def _ready(worker: Any) -> None:
    """Warm a worker once it answers."""
    warm_later(worker.wsgi)


def run_workers(settings: Settings, host: str, port: int, workers: int) -> None:
    """Serve until stopped, with `workers` processes of `THREADS` threads on `host`:`port`."""
    few_arenas()
    options = {
        "bind": f"{host}:{port}",
        "workers": workers,
        "worker_class": Deferent,
        "threads": THREADS,
        "preload_app": True,
        "post_worker_init": _ready,
        "loglevel": "warning",
    }
    Server(settings, options).run()
