"""Opening the shipped data and reading a column: mapped Arrow beside Parquet read by pandas."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from territoires.analysis.dispersion import dispersion
from territoires.analysis.search import PlaceSearch
from territoires.config import read_settings
from territoires.model.levels import Level
from territoires.store.layout import lay_out
from territoires.store.manifest import read_manifest
from territoires.store.store import open_store


def median_ms(action: Callable[[], object], runs: int = 30) -> float:
    """Return the median duration of `action` in milliseconds."""
    durations = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        durations.append(1000 * (time.perf_counter() - start))
    return statistics.median(durations)


def main() -> None:
    settings = read_settings({})
    manifest = read_manifest(settings.data)
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        start = time.perf_counter()
        lay_out(manifest, settings.data, settings.geodata, cache)
        print(f"laying out the mapped copy, once: {time.perf_counter() - start:.2f} s (budget 5 s)")
        opening = median_ms(lambda: open_store(settings.data, settings.geodata, cache), 7)
        print(f"opening: {opening / 1000:.3f} s (budget 0.3 s)")
        store = open_store(settings.data, settings.geodata, cache)
        names = [indicator.id for indicator in store.indicators]
        turn = iter(names * 10)
        ours = median_ms(lambda: store.values(Level.COMMUNE, next(turn)).sum(), 200)
        path = settings.data / "values" / "commune.parquet"
        turn = iter(names * 10)
        theirs = median_ms(lambda: pd.read_parquet(path, columns=[next(turn)]).sum(), 50)
        print(f"one column: {ours:.3f} ms (budget 1 ms)")
        print(f"the same by pandas on Parquet: {theirs:.2f} ms, ×{theirs / ours:.0f}")
        communes = store.territories(Level.COMMUNE)
        inside = (communes.parents[Level.REGION] == 0) & (communes.stratum == 1)
        turn = iter(names * 10)

        def spread() -> object:
            name = next(turn)
            values, status = store.values(Level.COMMUNE, name), store.status(Level.COMMUNE, name)
            return dispersion(values[inside], status[inside])

        print(f"dispersion of an indicator × stratum × region: {median_ms(spread, 100):.2f} ms (budget 5 ms)")
        search = PlaceSearch(store)
        queries = iter(["bordeau", "la roche s", "st etienne", "foix", "toulose", "par", "saint d"] * 20)
        print(f"place search: {median_ms(lambda: search.find(next(queries)), 100):.2f} ms (budget 50 ms)")


if __name__ == "__main__":
    main()
