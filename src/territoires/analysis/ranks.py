"""Ranks among territories: 1 is the most fragile, equal values share the best rank."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from territoires.model.indicators import Direction


def rank(
    values: NDArray[np.floating], compared: NDArray[np.bool_], direction: Direction
) -> NDArray[np.int64]:
    """Return the rank of each value among those `compared`; 0 where it is not ranked.

    Rank 1 is the most fragile value: the highest, or the lowest when a low value is fragile. An indicator of
    context is ranked from the highest. Equal values share the best of their ranks (1, 2, 2, 4).
    """
    ranks = np.zeros(values.shape, dtype=np.int64)
    used = compared & np.isfinite(values)
    if not used.any():
        return ranks
    key = values[used] if direction is Direction.LESS_FRAGILE else -values[used]
    ordered = np.sort(key, kind="stable")
    ranks[used] = np.searchsorted(ordered, key, side="left") + 1
    return ranks


def tied(ranks: NDArray[np.int64], index: int) -> int:
    """Return how many other territories share the rank of the one at `index`."""
    if ranks[index] == 0:
        return 0
    return int(np.count_nonzero(ranks == ranks[index])) - 1
