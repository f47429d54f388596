"""Classes of a choropleth: bounds, and how many territories fall in each.

Intervals are closed on the right, ]a ; b], the first one on both sides: a value of zero repeated many times
makes a class of its own instead of swelling the next one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Classes shown unless the visitor asks otherwise.
DEFAULT_CLASSES = 5


class Method(StrEnum):
    """A classification method; its value is the word used in addresses and files."""

    QUANTILES = "quantiles"
    EQUAL_INTERVALS = "intervalles-egaux"


@dataclass(frozen=True, slots=True)
class Classes:
    """`bounds` has one more entry than `sizes`; class k holds the values in ]bounds[k] ; bounds[k+1]].

    `asked` is the number of classes asked for: more than `len(sizes)` when equal values merged some.
    """

    method: Method
    asked: int
    bounds: tuple[float, ...]
    sizes: tuple[int, ...]

    @property
    def collapsed(self) -> bool:
        """Whether repeated values left fewer classes than asked for."""
        return len(self.sizes) < self.asked


def quantile_bounds(values: Floats, k: int) -> Floats:
    """Return the inner and last upper bounds of `k` classes of equal size (linear interpolation)."""
    return np.quantile(values, np.linspace(0.0, 1.0, k + 1)[1:])


def equal_bounds(values: Floats, k: int) -> Floats:
    """Return the upper bounds of `k` classes of equal width."""
    low, high = float(values.min()), float(values.max())
    return np.linspace(low, high, k + 1)[1:]


BOUNDS: dict[Method, Callable[[Floats, int], Floats]] = {
    Method.QUANTILES: quantile_bounds,
    Method.EQUAL_INTERVALS: equal_bounds,
}


def classify(
    values: NDArray[np.floating], method: Method, k: int = DEFAULT_CLASSES, decimals: int | None = None
) -> Classes:
    """Cut `values` (NaN ignored) into at most `k` classes.

    With `decimals`, values and bounds are rounded first, so that what is printed in the legend and what is
    coloured on the map agree to the last digit. Equal bounds merge. No value at all gives no class.
    """
    finite = np.asarray(values, dtype=np.float64)
    finite = finite[np.isfinite(finite)]
    if decimals is not None:
        finite = np.round(finite, decimals)
    if finite.size == 0:
        return Classes(method, k, (), ())
    uppers = BOUNDS[method](finite, k)
    if decimals is not None:
        uppers = np.round(uppers, decimals)
    uppers[-1] = finite.max()
    uppers = np.unique(uppers)
    which = np.searchsorted(uppers, finite, side="left")
    sizes = np.bincount(which, minlength=uppers.size)
    kept = sizes > 0
    uppers, sizes = uppers[kept], sizes[kept]
    bounds = (float(finite.min()), *(float(bound) for bound in uppers))
    return Classes(method, k, bounds, tuple(int(size) for size in sizes))


def class_of(values: NDArray[np.floating], classes: Classes) -> NDArray[np.int8]:
    """Return the class of each value (−1 for NaN); `values` must be rounded like the bounds."""
    inner = np.asarray(classes.bounds[1:-1], dtype=np.float64)
    which = np.searchsorted(inner, np.asarray(values, dtype=np.float64), side="left").astype(np.int8)
    which[~np.isfinite(values)] = -1
    return which
