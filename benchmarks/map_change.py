"""Change of indicator on the map, click to painted: ours beside Plotly's `Choroplethmap`, in the same run.

Same machine, same headless Chromium, all communes, the same values. "Painted" is the map's own `idle` event
followed by a read of one pixel, which waits for the graphics card (or its software stand-in) to be done.
"""

from __future__ import annotations

import logging
import statistics
import tempfile
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from benchmarks.chromium import launch_arguments
from benchmarks.plotly_page import make_page
from territoires.config import read_settings
from territoires.model.indicators import Nature
from territoires.model.levels import Level
from territoires.store.store import Store, open_store
from territoires.web.application import create_app

CHANGES = 7
PATIENCE = 120_000  # ms

#: Rest between two changes (ms): each starts on a quiet page.
PAUSE = 2000
BUDGET_RATIO = 8.0
BUDGET_GEOMETRY = 1_200_000
BUDGET_VALUES = 60_000

#: Wait for the page to say that it is painted, then for the pixels; ms since the change was asked for.
PAINTED = """() => { window.measured = new Promise((resolve) => {
  const root = document.documentElement;
  const watch = new MutationObserver(() => {
    if (!root.dataset.painted) return;
    watch.disconnect();
    const gl = document.querySelector(".maplibregl-canvas").getContext("webgl2");
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    resolve(performance.now() - performance.getEntriesByName("territoires:change").at(-1).startTime);
  });
  watch.observe(root, { attributes: true, attributeFilter: ["data-painted"] });
}); }"""


class Counted:
    """A WSGI application, and the bytes of the bodies it sent, by the first part of the path."""

    def __init__(self, application: Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]) -> None:
        self._application = application
        self.sent: dict[str, list[int]] = defaultdict(list)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
        size = 0
        for part in self._application(environ, start_response):
            size += len(part)
            yield part
        path = environ["PATH_INFO"]
        self.sent["values" if path.startswith("/api/v1/values/") else path.split("/")[1]].append(size)


@contextmanager
def served(server: Any) -> Iterator[str]:
    """Serve in a thread; yields the address."""
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join(timeout=10)


class Silent(SimpleHTTPRequestHandler):
    """A file server that says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def indicators_to_show(store: Store) -> list[str]:
    """The first rates by commune of the first domain: no change shows again what was shown before."""
    domain = store.indicator(store.default_indicator).domain
    found = [
        indicator.id
        for indicator in store.indicators
        if indicator.domain == domain
        and indicator.finest_level == Level.COMMUNE
        and indicator.nature is Nature.RATIO
    ]
    return found[: CHANGES + 1]


def new_page(browser: Browser) -> Page:
    return browser.new_context(viewport={"width": 1280, "height": 800}, locale="fr-FR").new_page()


def measure_ours(browser: Browser, address: str, indicators: list[str]) -> tuple[float, list[float]]:
    """Return the time to the first painted map, and of each change (ms)."""
    page = new_page(browser)
    page.goto(f"{address}/carte?niveau=commune&indicateur={indicators[0]}")
    page.wait_for_selector("html[data-painted]", state="attached", timeout=PATIENCE)
    first = page.evaluate("performance.getEntriesByName('territoires:painted')[0].startTime")
    page.wait_for_selector("#carte-indicateur")
    page.wait_for_timeout(PAUSE)
    changes = []
    for indicator in indicators[1:]:
        page.evaluate(PAINTED)
        page.select_option("#carte-indicateur", indicator)
        changes.append(float(page.evaluate("window.measured")))
        page.wait_for_timeout(PAUSE)
    page.context.close()
    return float(first), changes


def measure_plotly(browser: Browser, address: str, changes: int) -> tuple[float, list[float]]:
    """Return the same of the Plotly page."""
    page = new_page(browser)
    page.goto(f"{address}/index.html")
    page.wait_for_function("window.first", timeout=PATIENCE)
    page.wait_for_timeout(PAUSE)
    for done in range(1, changes + 1):
        page.click("#change")
        page.wait_for_function(f"(window.changes ?? []).length === {done}", timeout=PATIENCE)
        page.wait_for_timeout(PAUSE)
    first, times = page.evaluate("[window.first, window.changes]")
    page.context.close()
    return float(first), [float(time) for time in times]


def said(times: list[float]) -> str:
    middle = statistics.median(times)
    return f"median {middle:.0f} ms ({min(times):.0f} to {max(times):.0f}, {len(times)} changes)"


def main() -> None:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    settings = read_settings()
    store = open_store(settings.data, settings.geodata, settings.cache)
    counted = Counted(create_app(settings, store=store).server.wsgi_app)
    indicators = indicators_to_show(store)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        outlines = make_page(store, settings.geodata, indicators, folder / "plotly")
        files = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(folder / "plotly")))
        ours_server = make_server("127.0.0.1", 0, counted, threaded=True)
        with served(ours_server) as ours, served(files) as theirs, sync_playwright() as playwright:
            browser = playwright.chromium.launch(**launch_arguments())
            measure_ours(browser, ours, indicators[:2])  # the first visit of a worker fills its caches
            counted.sent.clear()
            our_first, our_changes = measure_ours(browser, ours, indicators)
            geometry, values = counted.sent["tuiles"], counted.sent["values"]
            their_first, their_changes = measure_plotly(browser, theirs, len(indicators) - 1)
            browser.close()
    ratio = statistics.median(their_changes) / statistics.median(our_changes)
    print(f"communes: {len(store.territories(Level.COMMUNE))}")
    print(f"change of indicator, Territoires: {said(our_changes)}")
    print(f"change of indicator, Plotly Choroplethmap: {said(their_changes)}")
    print(f"ratio of the medians: ×{ratio:.1f} (at least ×{BUDGET_RATIO:.0f})")
    print(f"first painted map: {our_first:.0f} ms; Plotly {their_first:.0f} ms")
    tiles = f"{sum(geometry)} bytes in {len(geometry)} tiles"
    print(f"geometry of the first national view: {tiles} (budget {BUDGET_GEOMETRY})")
    print(f"outlines sent by the Plotly page: {outlines} bytes")
    print(f"values of one indicator, compressed: at most {max(values)} bytes (budget {BUDGET_VALUES})")
    assert ratio >= BUDGET_RATIO
    assert sum(geometry) <= BUDGET_GEOMETRY
    assert max(values) <= BUDGET_VALUES


if __name__ == "__main__":
    main()
