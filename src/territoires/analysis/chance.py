"""What chance alone would do: hypergeometric tails summed over sizes, and the control of false discoveries.

Sources: R. A. Fisher, "The logic of inductive inference" (1935), for the one-sided exact test; Y. Benjamini and
Y. Hochberg, "Controlling the false discovery rate" (1995).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

#: Half-width, in standard deviations, beyond which a probability is left out: less than 1e-15 in all.
REACH = 10.0

#: Under this, a probability is only said to be smaller.
FLOOR = 1e-12

#: The share of false discoveries accepted among the discoveries.
FALSE_DISCOVERIES = 0.05


@lru_cache(maxsize=4)
def log_factorials(most: int) -> NDArray[np.float64]:
    """Return ln(0!) to ln(most!)."""
    return np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, most + 1, dtype=np.float64)))])


def chances(total: int, first: int, second: int) -> tuple[int, NDArray[np.float64]]:
    """Return the law of the size of the intersection of two sets drawn at random in `total` territories.

    `first` and `second` are the sizes of the sets. Returns the smallest size kept and the probabilities from
    there on (hypergeometric law, cut `REACH` standard deviations around its mean).
    """
    low, high = max(0, first + second - total), min(first, second)
    mean = first * second / total
    spread = math.sqrt(mean * (1 - first / total) * (1 - second / total) * total / max(total - 1, 1))
    low = max(low, math.floor(mean - REACH * spread - REACH))
    high = min(high, math.ceil(mean + REACH * spread + REACH))
    k = np.arange(low, high + 1)
    table = log_factorials(_rounded(total))
    logarithm = (
        table[first] - table[k] - table[first - k]
        + table[total - first] - table[second - k] - table[total - first - second + k]
        - table[total] + table[second] + table[total - second]
    )  # fmt: skip
    return low, np.exp(logarithm)


def _rounded(total: int) -> int:
    """Return the next power of two, so that few tables of factorials are kept."""
    return 1 << max(total, 1).bit_length()


def at_least(together: int, groups: Sequence[tuple[int, int, int]]) -> float:
    """Return the chance of `together` territories or more in both sets, when nothing ties one to the other.

    `groups` holds (territories, in the first set, in the second) for each size of territory: sets are drawn
    at random within each size, and their intersections are added. At least `FLOOR`, at most 1.
    """
    start, law = 0, np.ones(1)
    for total, first, second in groups:
        if total > 0:
            low, part = chances(total, first, second)
            start, law = start + low, np.convolve(law, part)
    tail = float(law[max(0, together - start) :].sum())
    return min(1.0, max(FLOOR, tail))


def discoveries(chances_of: Sequence[float], accepted: float = FALSE_DISCOVERIES) -> NDArray[np.bool_]:
    """Return which tests are discoveries, so that at most a share `accepted` of them is expected to be false.

    Benjamini–Hochberg: with m tests, the k smallest probabilities are kept, k the largest rank such that the
    k-th probability is at most accepted × k / m.
    """
    values = np.asarray(chances_of, dtype=np.float64)
    order = np.argsort(values, kind="stable")
    under = values[order] <= accepted * np.arange(1, values.size + 1) / max(values.size, 1)
    kept = int(np.flatnonzero(under)[-1]) + 1 if under.any() else 0
    found = np.zeros(values.size, dtype=bool)
    found[order[:kept]] = True
    return found
