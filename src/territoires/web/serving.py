"""Serve the application with gunicorn: loaded once, then shared by every worker."""

from __future__ import annotations

from typing import Any

from gunicorn.app.base import BaseApplication

from territoires.config import Settings
from territoires.sheets.memory import few_arenas
from territoires.web.application import create_app
from territoires.web.warming import warm_later

#: Threads of a worker: those who wait for a sheet hold one each (`Press`, twelve at most), the others answer the site.
THREADS = 24


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
        "worker_class": "gthread",
        "threads": THREADS,
        "preload_app": True,
        "post_worker_init": _ready,
        "loglevel": "warning",
    }
    Server(settings, options).run()
