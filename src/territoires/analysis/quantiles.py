"""Quantiles, linearly interpolated: those of numpy, without the preparations that cost more than the work.

A sheet asks for some sixty of them, and for the quartiles of every indicator of the catalogue: numpy goes through rows
that may hold missing values one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def quantiles(values: Floats, shares: Sequence[float]) -> Floats:
    """Return the k quantiles of known `values` (n ≥ 1, no NaN) at k `shares` (0 to 1), in the unit of `values`.

    Hyndman and Fan's seventh definition, as `numpy.quantile(values, shares)`.
    """
    below, above, part = _neighbours(values.size - 1, shares)
    ordered = np.partition(values, np.concatenate((below, above)))
    return _between(ordered[below], ordered[above], part)


def quantiles_without(
    ordered: NDArray[np.floating[Any]], left_out: float, shares: Sequence[float], decimals: int
) -> Floats:
    """Return the quantiles of values already sorted (n ≥ 2, no NaN) when one of them is left out.

    Values are rounded to `decimals` before they are interpolated: rounding keeps their order, so that thousands
    need not be rounded for the two that a quantile stands between.
    """
    below, above, part = _neighbours(ordered.size - 2, shares)
    place = int(np.searchsorted(ordered, ordered.dtype.type(left_out)))

    def at(where: NDArray[np.intp]) -> Floats:
        kept: Floats = ordered[where + (where >= place)].astype(np.float64)
        return np.round(kept, decimals) + 0.0

    return _between(at(below), at(above), part)


def row_quantiles(rows: Floats, shares: Sequence[float]) -> Floats:
    """Return the quantiles of each row: (n, m) and k `shares` give (n, k), NaN for a row without a value.

    NaN are left out, as in `numpy.nanquantile(rows, shares, axis=1).T`.
    """
    found = np.full((len(rows), len(shares)), np.nan)
    counts = np.count_nonzero(~np.isnan(rows), axis=1)
    told = np.flatnonzero(counts)
    if told.size == 0:
        return found
    ordered = np.sort(rows[told], axis=1)
    below, above, part = _neighbours(counts[told, None] - 1, shares)
    line = np.arange(told.size)[:, None]
    found[told] = _between(ordered[line, below], ordered[line, above], part)
    return found


def _neighbours(
    last: int | NDArray[np.intp], shares: Sequence[float]
) -> tuple[NDArray[np.intp], NDArray[np.intp], Floats]:
    """Return the two positions (0 to `last`) that each quantile stands between, and how far it is from the first."""
    position: Floats = np.multiply(last, np.asarray(shares, dtype=np.float64))
    below: NDArray[np.intp] = position.astype(np.intp)
    above: NDArray[np.intp] = np.minimum(below + 1, last)
    part: Floats = position - below
    return below, above, part


def _between(low: Floats, high: Floats, part: Floats) -> Floats:
    """Interpolate from the nearer of two neighbours, so that a quantile never leaves the interval they make."""
    step = high - low
    return np.where(part >= 0.5, high - step * (1.0 - part), low + step * part)
