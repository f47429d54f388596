"""How the territories of a set differ: never their mean."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from territoires.analysis.quantiles import quantiles
from territoires.model.alerts import compared_mask
from territoires.model.indicators import Status


@dataclass(frozen=True, slots=True)
class Dispersion:
    """Spread of the values of `n` territories, in the unit of the indicator; NaN when `n` is 0.

    `median` is the value of the median territory (half of the territories are below), not the value of the
    whole. `missing` counts, by reason, the territories left out.
    """

    n: int
    minimum: float
    d1: float
    q1: float
    median: float
    q3: float
    d9: float
    maximum: float
    missing: dict[Status, int]


def dispersion(values: NDArray[np.floating], status: NDArray[np.uint8]) -> Dispersion:
    """Return the spread of the compared `values`; quantiles are linearly interpolated."""
    compared = compared_mask(status) & np.isfinite(values)
    kept = np.asarray(values, dtype=np.float64)[compared]
    sizes = np.bincount(status[~compared])
    missing = {Status(int(reason)): int(sizes[reason]) for reason in np.flatnonzero(sizes)}
    if kept.size == 0:
        nan = float("nan")
        return Dispersion(0, nan, nan, nan, nan, nan, nan, nan, missing)
    low, d1, q1, median, q3, d9, high = quantiles(kept, [0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0]).tolist()
    return Dispersion(int(kept.size), low, d1, q1, median, q3, d9, high, missing)
