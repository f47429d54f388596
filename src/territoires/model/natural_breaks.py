"""Natural breaks (Jenks): the exact classes that leave the least variance inside, found in one dimension.

Equal values are weighted once, so that 35 000 rounded values make a few thousand points at most. Optimal cuts
of growing prefixes never move backwards, which lets each row be solved by halving, all halves of a depth at once.

Source: Wang & Song, "Ckmeans.1d.dp", The R Journal 3/2 (2011); Fisher, "On grouping for maximum homogeneity",
JASA 53 (1958).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Positions = NDArray[np.int64]


class _Spread:
    """The variance × weight of any run of weighted points."""

    def __init__(self, points: Floats, weights: NDArray[np.integer]) -> None:
        centred = points - points.mean()
        self._weight = np.r_[0.0, np.cumsum(weights)]
        self._total = np.r_[0.0, np.cumsum(weights * centred)]
        self._square = np.r_[0.0, np.cumsum(weights * centred**2)]

    def of(self, start: Positions, stop: Positions) -> Floats:
        """Return the spread of the points from each `start` up to its `stop` (excluded)."""
        n = self._weight[stop] - self._weight[start]
        between = self._total[stop] - self._total[start]
        return np.asarray(np.maximum(self._square[stop] - self._square[start] - between**2 / n, 0.0))


def _best_cuts(row: int, cost: Floats, spread: _Spread) -> tuple[Floats, Positions]:
    """Return, for each prefix that `row` + 1 classes can cut, its least cost and the start of its last class.

    `cost` is that of `row` classes, by last point. Prefixes shorter than `row` + 1 points cost infinity.
    """
    size = cost.size
    best = np.full(size, np.inf)
    cuts = np.zeros(size, dtype=np.int64)
    low, high = np.array([row]), np.array([size - 1])
    first, last = np.array([row]), np.array([size - 1])
    while low.size:
        middle = (low + high) // 2
        begin, end = np.maximum(first, row), np.minimum(middle, last)
        counts = end - begin + 1
        heads = np.cumsum(counts) - counts
        owner = np.repeat(np.arange(middle.size), counts)
        starts = np.arange(int(counts.sum())) - heads[owner] + begin[owner]
        candidates = cost[starts - 1] + spread.of(starts, middle[owner] + 1)
        least = np.minimum.reduceat(candidates, heads)
        positions = np.flatnonzero(candidates == least[owner])
        found = starts[positions[np.searchsorted(owner[positions], np.arange(middle.size))]]
        best[middle], cuts[middle] = least, found
        low, high, first, last = (
            np.r_[low, middle + 1],
            np.r_[middle - 1, high],
            np.r_[first, found],
            np.r_[found, last],
        )
        pending = low <= high
        low, high, first, last = low[pending], high[pending], first[pending], last[pending]
    return best, cuts


def natural_bounds(values: Floats, k: int) -> Floats:
    """Return the upper bounds of at most `k` natural classes of `values` (no NaN, at least one value)."""
    points, weights = np.unique(values, return_counts=True)
    if points.size <= k:
        return points
    spread = _Spread(points, weights)
    size = points.size
    cost = spread.of(np.zeros(size, dtype=np.int64), np.arange(1, size + 1))
    rows = [np.zeros(size, dtype=np.int64)]
    for row in range(1, k):
        cost, cuts = _best_cuts(row, cost, spread)
        rows.append(cuts)
    bounds = []
    end = size - 1
    for cuts in reversed(rows):
        bounds.append(points[end])
        end = int(cuts[end]) - 1
    return np.asarray(bounds[::-1])
