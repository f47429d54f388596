"""How long a sheet takes, and how much it weighs: the 18 regions, all communes and each size.

Run with `python -m benchmarks.sheets`. Prints p50, p95 and maximum, in one process after a warm-up.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from territoires.config import read_settings
from territoires.model.levels import Level
from territoires.model.sizes import STRATA, Stratum
from territoires.sheets.content import compose
from territoires.sheets.pdf import render_pdf
from territoires.sheets.sheet import Sheet
from territoires.store.store import Store, open_store

T = TypeVar("T")

#: The contract of issue 2: seconds for 95 sheets in 100, and bytes of the heaviest.
LONGEST, HEAVIEST = 0.600, 1_500_000


def timed(make: Callable[[], T]) -> tuple[float, T]:
    """Return how long `make` takes (seconds), and what it makes."""
    start = time.perf_counter()
    made = make()
    return time.perf_counter() - start, made


def measure(store: Store, scopes: list[tuple[Stratum, ...]]) -> tuple[list[float], list[float], list[int]]:
    """Return, for the sheets of every region: seconds to compose, seconds to print, bytes."""
    composing: list[float] = []
    printing: list[float] = []
    sizes: list[int] = []
    for strata in scopes:
        for code in store.territories(Level.REGION).codes:
            took, sheet = timed(lambda code=code, strata=strata: compose(store, Level.REGION, code, strata))
            composing.append(took)
            took, content = timed(lambda sheet=sheet: render_pdf(sheet))
            printing.append(took)
            sizes.append(len(content))
    return composing, printing, sizes


def say(name: str, seconds: list[float]) -> float:
    """Print p50, p95 and maximum of `seconds` in milliseconds; return p95 in seconds."""
    middle, high = np.quantile(seconds, [0.5, 0.95])
    figures = (("p50", middle), ("p95", high), ("max", max(seconds)))
    print(f"{name:<48}" + "  ".join(f"{label} {value * 1000:5.0f} ms" for label, value in figures))
    return float(high)


def main() -> None:
    """Print the figures, and fail where a contract is not kept."""
    settings = read_settings()
    store = open_store(settings.data, settings.geodata, settings.cache)
    warm: Sheet = compose(store, Level.REGION, "94", (Stratum.FROM_2000,))
    render_pdf(warm)
    for name, scopes in (
        ("18 régions, toutes les communes", [()]),
        ("18 régions × 4 tailles", [(stratum,) for stratum in STRATA]),
    ):
        composing, printing, sizes = measure(store, scopes)
        say(f"{name} : composition", composing)
        high = say(f"{name} : PDF", printing)
        print(f"{name} : poids maximal {max(sizes) / 1000:.0f} ko")
        assert max(sizes) <= HEAVIEST
        if scopes == [()]:
            assert high <= LONGEST, f"p95 de {high * 1000:.0f} ms, {LONGEST * 1000:.0f} au plus"


if __name__ == "__main__":
    main()
