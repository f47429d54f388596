"""Natural breaks (Jenks): the exact classes that leave the least variance inside, found in one dimension.

Equal values are weighted once, so that 35 000 rounded values make a few hundred points. Optimal cuts of
growing prefixes never move backwards, which lets each row be solved by halving.

Source: Wang & Song, "Ckmeans.1d.dp", The R Journal 3/2 (2011); Fisher, "On grouping for maximum homogeneity",
JASA 53 (1958).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Positions = NDArray[np.int64]


def natural_bounds(values: Floats, k: int) -> Floats:
    """Return the upper bounds of at most `k` natural classes of `values` (no NaN, at least one value)."""
    points, weights = np.unique(values, return_counts=True)
    if points.size <= k:
        return points
    centred = points - points.mean()
    weight = np.r_[0.0, np.cumsum(weights)]
    total = np.r_[0.0, np.cumsum(weights * centred)]
    square = np.r_[0.0, np.cumsum(weights * centred**2)]

    def spread(start: Positions, stop: int) -> Floats:
        """Return the variance × weight of the points from each `start` up to `stop` (excluded)."""
        n = weight[stop] - weight[start]
        between = total[stop] - total[start]
        return np.asarray(np.maximum(square[stop] - square[start] - between**2 / n, 0.0))

    size = points.size
    cost = np.array([spread(np.array([0]), stop)[0] for stop in range(1, size + 1)])
    cuts = np.zeros((k, size), dtype=np.int64)
    for row in range(1, k):
        best = np.full(size, np.inf)
        pending = [(row, size - 1, row, size - 1)]
        while pending:
            low, high, first, last = pending.pop()
            if low > high:
                continue
            middle = (low + high) // 2
            starts = np.arange(max(row, first), min(middle, last) + 1)
            candidates = cost[starts - 1] + spread(starts, middle + 1)
            found = int(np.argmin(candidates))
            best[middle] = candidates[found]
            cuts[row, middle] = starts[found]
            pending.append((low, middle - 1, first, int(starts[found])))
            pending.append((middle + 1, high, int(starts[found]), last))
        cost = best
    bounds = []
    end = size - 1
    for row in range(k - 1, -1, -1):
        bounds.append(points[end])
        end = int(cuts[row, end]) - 1
    return np.asarray(bounds[::-1])
