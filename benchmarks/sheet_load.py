"""Visitors who all ask for different sheets, beside others who read the site: two workers, as in production.

`python -m benchmarks.sheet_load [--seconds 60] [--visitors 20] [--rest 0]`. The time of a sheet is what its visitor
waits: from the first time he asks for it to the last byte of the PDF. One who is told to come back (503) does so when
he was told or a little later, as often as it takes, and all of that counts; a sheet asked for before the end is waited
for after it. `--rest` is what he takes to look at a sheet before he wants another (0: as fast as a machine). Prints
times, refusals, errors, memory, and the load of the machine when it began: on a busy one the times say nothing.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random

import numpy as np

from benchmarks.serving import children, free_port, resident_mb, wait_for
from territoires.config import PROJECT, read_settings
from territoires.model.levels import Level
from territoires.sheets.batch import every_scope
from territoires.store.store import open_store

#: The contract of issue 7: seconds for 95 sheets and 95 other answers in 100, megabytes of a worker.
SHEET, REST, MEMORY = 5.0, 0.300, 500.0

#: Visitors of the rest of the site, and how long they rest between two pages (seconds).
READERS, PAUSE = 4, 0.25

PAGES = (
    "/carte", "/api/v1/values/commune/emp_txchom_1564", "/api/v1/territories?q=bordeau&limit=10", "/indicateurs",
    "/", "/reperes", "/tuiles/commune/5/16/11.mvt", "/catalyseurs",
)  # fmt: skip


@dataclass
class Record:
    """What visitors saw: times (seconds) of sheets and pages, answers by status, errors in words."""

    sheets: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    memory: float = 0.0


class Deck:
    """Addresses dealt one by one to visitors who never get the same one, as long as there are some."""

    def __init__(self, paths: list[str]) -> None:
        self._paths = itertools.cycle(paths)
        self._lock = threading.Lock()

    def draw(self) -> str:
        """Return the next address."""
        with self._lock:
            return next(self._paths)


def ask(port: int, path: str) -> tuple[int, int, int]:
    """Return the status of an answer, its bytes, and when to come back (0: not told)."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip, br"})
        answer = connection.getresponse()
        return answer.status, len(answer.read()), int(answer.headers.get("Retry-After", 0))
    finally:
        connection.close()


def visit(port: int, deck: Deck, until: float, record: Record, rng: Random, rest: float) -> None:
    """Ask for one sheet after the other."""
    while time.monotonic() < until:
        path = deck.draw()
        start = time.monotonic()
        while True:
            try:
                status, size, later = ask(port, path)
            except OSError as error:
                record.errors.append(f"{path}: {error}")
                break
            record.statuses[status] += 1
            if status == 503 and later:
                # Not before he was told, and not all at the same instant: as people do.
                time.sleep(later * rng.uniform(1.0, 1.2))
                continue
            if status == 200 and size:
                record.sheets.append(time.monotonic() - start)
            else:
                record.errors.append(f"{path}: {status}")
            break
        time.sleep(min(rest * rng.uniform(0.5, 1.5), max(0.0, until - time.monotonic())))


def read(port: int, first: int, until: float, record: Record) -> None:
    """Read the rest of the site."""
    for path in itertools.islice(itertools.cycle(PAGES), first, None):
        if time.monotonic() >= until:
            return
        start = time.monotonic()
        try:
            status, _, _ = ask(port, path)
            record.pages.append(time.monotonic() - start)
            if status != 200:
                record.errors.append(f"{path}: {status}")
        except OSError as error:
            record.errors.append(f"{path}: {error}")
        time.sleep(PAUSE)


def watch(pid: int, until: float, record: Record) -> None:
    """Keep the largest memory of a worker (MB)."""
    while time.monotonic() < until:
        record.memory = max(record.memory, *(resident_mb(each) for each in children(pid)))
        time.sleep(0.2)


def sheet_paths() -> list[str]:
    """Return addresses of different PDFs: every region in every size, then départements and intercommunalités."""
    settings = read_settings()
    store = open_store(settings.data, settings.geodata, settings.cache)
    paths = [
        f"/reperes/region/{code}.pdf" + (f"?taille={strata[0].value}" if strata else "")
        for code in store.territories(Level.REGION).codes
        for strata in every_scope()
    ]
    for level in (Level.DEPARTEMENT, Level.EPCI):
        paths += [f"/reperes/{level.value}/{code}.pdf" for code in store.territories(level).codes]
    Random(7).shuffle(paths)  # noqa: S311 - an order, not a secret
    return paths


def quantiles(name: str, seconds: list[float]) -> float:
    """Print p50, p95 and the maximum; return p95."""
    if not seconds:
        print(f"{name}: none")
        return 0.0
    middle, high = np.quantile(seconds, [0.5, 0.95])
    print(f"{name}: {len(seconds)}, p50 {middle:.2f} s, p95 {high:.2f} s, max {max(seconds):.2f} s")
    return float(high)


def main() -> None:
    """Start two workers, let visitors in, print what they saw."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--visitors", type=int, default=20)
    parser.add_argument("--rest", type=float, default=0)
    asked = parser.parse_known_args()[0]
    paths = sheet_paths()
    port, record = free_port(), Record()
    with tempfile.TemporaryDirectory() as folder:
        environment = {"TERRITOIRES_CACHE": str(read_settings().cache or folder)}
        command = [sys.executable, "-m", "territoires.cli", "serve", "--port", str(port)]
        server = subprocess.Popen(
            command, cwd=PROJECT, env=os.environ | environment, stderr=subprocess.DEVNULL
        )
        try:
            wait_for(server, port)
            # Each worker reads the values of a level once, at its first sheet: that is a start, not a load.
            for path in (
                *PAGES,
                "/reperes/region/76",
                "/reperes/departement/31",
                "/reperes/epci/243500139",
            ) * 3:
                ask(port, path)
            print(f"load average before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
            until = time.monotonic() + asked.seconds
            deck = Deck(paths)
            walks = [Random(n) for n in range(asked.visitors)]  # noqa: S311 - repeatable walks, not secrets
            threads = [
                threading.Thread(target=visit, args=(port, deck, until, record, walk, asked.rest))
                for walk in walks
            ]
            threads += [threading.Thread(target=read, args=(port, n, until, record)) for n in range(READERS)]
            threads.append(threading.Thread(target=watch, args=(server.pid, until, record)))
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()
    sheets = quantiles(
        f"sheets, asked for by {asked.visitors} visitors (budget p95 {SHEET:.0f} s)", record.sheets
    )
    pages = quantiles(f"the rest, {READERS} visitors (budget p95 {REST * 1000:.0f} ms)", record.pages)
    print("answers: " + ", ".join(f"{status} × {count}" for status, count in sorted(record.statuses.items())))
    print(f"errors: {len(record.errors)} {record.errors[:3]}")
    print(f"largest worker: {record.memory:.0f} MB (budget {MEMORY:.0f} MB)")
    assert not record.errors
    assert record.memory <= MEMORY
    assert sheets <= SHEET
    assert pages <= REST


if __name__ == "__main__":
    main()
