"""The directory of catalysts: filtering to painted for what ships and for 5 000 organisations; peers on the server.

Same machine, same headless Chromium drawing in software. "Listed" is the time from a choice in a field to the frame
that shows the list, the counts of every option and the sentence; the map follows by itself, and its own time is
printed beside. On a busy machine the frame itself is late: "work" is what the page does before it, and the budget is
held against a frame in which nothing changes when that one is already late. Times of the server are its own (CPU).
"""

from __future__ import annotations

import logging
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from benchmarks.chromium import launch_arguments
from benchmarks.map_change import served
from territoires.catalysts.catalyst import Catalyst
from territoires.catalysts.likeness import Home, home, like_home
from territoires.catalysts.records import COLUMNS, SEPARATOR, format_rows
from territoires.config import Settings, read_settings
from territoires.model.catalysts import Echelon, Kind, Trade
from territoires.model.fragilities import DOMAINS
from territoires.model.levels import Level
from territoires.model.sizes import STRATA
from territoires.store.store import Store, open_store
from territoires.web.application import create_app
from territoires.web.directory.view import alerts_of

MANY = 5_000
PATIENCE = 120_000  # ms
BUDGET_LISTED = 100  # ms
BUDGET_FIRST_VIEW = 150_000  # bytes
BUDGET_LIKE = 20  # ms

#: Communes whose peers are looked for.
HOMES = ("12145", "97411", "59350")
REST = 1_500  # ms between two changes

#: Choices made one after the other: each asks for the whole work.
CHOICES = (
    ("#domaine", "emploi"), ("#domaine", "sante"), ("#taille", "2000-20000"), ("#domaine", ""), ("#taille", ""),
    ("#region", "76"), ("#region", ""),
)  # fmt: skip

#: Change a field, then wait for the frame after the list has changed, and for the pixels of the map.
CHANGE = """async ([selector, value]) => {
  const field = document.querySelector(selector);
  const start = performance.now();
  if (field) {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const work = performance.now() - start;
  await new Promise((resolve) => requestAnimationFrame(() => { const shown = new MessageChannel();
    shown.port1.onmessage = resolve; shown.port2.postMessage(0); }));
  const listed = performance.now() - start;
  const root = document.documentElement;
  await new Promise((resolve) => {
    if (root.dataset.drawn !== undefined) return resolve();
    const watch = new MutationObserver(() => {
      if (root.dataset.drawn === undefined) return;
      watch.disconnect();
      resolve();
    });
    watch.observe(root, { attributes: true });
  });
  return [work, listed, performance.now() - start];
}"""


def synthetic(store: Store, folder: Path, settings: Settings) -> Settings:
    """Return settings whose data is what ships, with `MANY` organisations at real communes."""
    data = folder / "data"
    data.mkdir()
    for entry in settings.data.iterdir():
        if entry.name != "catalysts":
            (data / entry.name).symlink_to(entry)
    communes = store.territories(Level.COMMUNE)
    draw = np.random.default_rng(6)
    places = draw.choice(len(communes), MANY)

    def some(words: list[str], most: int) -> str:
        return SEPARATOR.join(draw.choice(words, draw.integers(1, most + 1), replace=False))

    rows = [
        {
            **dict.fromkeys(COLUMNS, ""),
            "id": f"essai-{n}",
            "name": f"Organisation d’essai {n}",
            "kind": str(draw.choice([kind.value for kind in Kind])),
            "profile": "ingenieries",
            "town": communes.names[place],
            "commune": communes.codes[place],
            "level": str(draw.choice([level.value for level in Echelon])),
            "domains": some([domain.id for domain in DOMAINS], 5),
            "trades": some([trade.value for trade in Trade], 2),
            "strata": some([stratum.value for stratum in STRATA], 2),
            "presentation": "Anime des alliances entre associations, entreprises et collectivités de son territoire.",
            "certainty": "A",
        }
        for n, place in enumerate(places.tolist())
    ]
    (data / "catalysts").mkdir()
    (data / "catalysts" / "published.csv").write_text(format_rows(rows), encoding="utf-8")
    return replace(settings, data=data)


def measure(browser: Browser, address: str) -> dict[str, list[float]]:
    """Return times (ms): the work of the page, to the list, to the map, to an empty frame, and by the server."""
    page: Page = browser.new_context(viewport={"width": 1280, "height": 800}, locale="fr-FR").new_page()
    page.goto(f"{address}/catalyseurs")
    page.wait_for_selector("html[data-drawn]", state="attached", timeout=PATIENCE)
    page.evaluate(CHANGE, ["#domaine", "culture-loisirs"])
    times: dict[str, list[float]] = {"work": [], "listed": [], "painted": [], "frame": [], "asked": []}
    for choice in CHOICES:
        page.wait_for_timeout(REST)
        times["frame"].append(float(page.evaluate(CHANGE, ["#rien", ""])[1]))
        for name, value in zip(
            ("work", "listed", "painted"), page.evaluate(CHANGE, list(choice)), strict=True
        ):
            times[name].append(float(value))
    page.context.close()
    plain = browser.new_context(java_script_enabled=False, locale="fr-FR").new_page()
    for selector, value in CHOICES:
        start = time.perf_counter()
        plain.goto(f"{address}/catalyseurs?{selector[1:]}={value}")
        times["asked"].append((time.perf_counter() - start) * 1000)
    plain.context.close()
    return times


def first_view(client: Any) -> int:
    """Return the compressed bytes of the page, its organisations, its modules and its styles."""

    def size(path: str) -> int:
        return len(client.get(path, headers={"Accept-Encoding": "br"}).data)

    text = client.get("/catalyseurs").text
    own = set(re.findall(r'(?:href|src)="(/statique/[^"]+/catalyseurs/[^"]+)"', text))
    data = re.search(r'as="fetch" crossorigin href="([^"]+)"', text)
    assert data is not None
    return sum(map(size, {*own, data[1].replace("&amp;", "&"), "/catalyseurs"}))


def timed(action: Callable[[], object], times: int = 40) -> float:
    """Return the median time that an action takes of the processor (ms)."""
    durations = []
    for _ in range(times):
        start = time.process_time()
        action()
        durations.append((time.process_time() - start) * 1000)
    return statistics.median(durations)


def peers_of_all(catalysts: Sequence[Catalyst], store: Store, places: Sequence[Home]) -> None:
    """Look for the peers of some places."""
    for place in places:
        like_home(catalysts, store, place)


def main() -> None:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    settings = read_settings()
    store = open_store(settings.data, settings.geodata, settings.cache)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_arguments())
        for label, used in (("shipped", settings), ("synthetic", synthetic(store, Path(name), settings))):
            server = create_app(used, store=store).server
            directory = server.extensions["territoires.held"].catalysts
            with served(make_server("127.0.0.1", 0, server, threaded=True)) as address:
                times = measure(browser, address)
            alerts = alerts_of(store, Level.COMMUNE)
            places = [home(store, alerts, Level.COMMUNE, code) for code in HOMES]
            like = timed(partial(peers_of_all, directory.catalysts, store, places)) / len(places)
            work, listed, painted, frame, asked = (statistics.median(each) for each in times.values())
            print(f"{label}: {len(directory)} organisations")
            print(f"  work of the page: median {work:.0f} ms, at most {max(times['work']):.0f} ms")
            print(
                f"  choice to list: median {listed:.0f} ms; a frame in which nothing changes: {frame:.0f} ms"
            )
            print(f"  choice to map at rest: median {painted:.0f} ms")
            print(f"  the same list asked of the server: median {asked:.0f} ms (×{asked / listed:.1f})")
            print(f"  « Comme chez moi »: {like:.1f} ms")
            assert listed <= max(BUDGET_LISTED, 3 * frame)
            if label == "shipped":
                weight = first_view(server.test_client())
                print(
                    f"  first view beyond the files of the map: {weight} bytes (budget {BUDGET_FIRST_VIEW})"
                )
                assert weight <= BUDGET_FIRST_VIEW
                assert like <= BUDGET_LIKE
        browser.close()


if __name__ == "__main__":
    main()
