"""From counts to values, for one territory or for many: Σ numerator / Σ denominator, and nothing else.

These few functions are the only place where the value of a territory is made from counts. There is no
function here that takes rates, so no code path can average them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from territoires.model.indicators import Aggregation, ChangeType, Indicator, Nature, Status

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]
Positions = NDArray[np.intp]

#: A summed value covering less than this share of the territory's inhabitants is "partial".
FULL_COVERAGE = 0.90


def known_together(counts: Sequence[NDArray[np.floating]]) -> NDArray[np.bool_]:
    """Return, per territory, whether every count of the formula is known (not NaN)."""
    known: NDArray[np.bool_] = np.isfinite(counts[0])
    for column in counts[1:]:
        known &= np.isfinite(column)
    return known


def sum_counts(
    counts: Sequence[NDArray[np.floating]],
    groups: Positions,
    size: int,
    keep: NDArray[np.bool_] | None = None,
) -> tuple[Floats, ...]:
    """Sum each count over the territories of each group, using only those where all counts are known.

    `groups` gives for each territory the position of its group (−1: none) among `size` groups; `keep`
    restricts the sum (a stratum, say). A group without any known territory is NaN.
    """
    used = known_together(counts) & _inside(groups, keep)
    return _known_sums(counts, groups, size, used)


def _inside(groups: Positions, keep: NDArray[np.bool_] | None) -> NDArray[np.bool_]:
    """Return which territories belong to a group, and to those kept."""
    return groups >= 0 if keep is None else (groups >= 0) & keep


def _known_sums(
    counts: Sequence[NDArray[np.floating]], groups: Positions, size: int, used: NDArray[np.bool_]
) -> tuple[Floats, ...]:
    """Sum each count by group over the territories `used`; NaN for a group that has none."""
    if not used.all():
        groups, counts = groups[used], [column[used] for column in counts]
    told = np.bincount(groups, minlength=size) > 0
    return tuple(np.where(told, _sum(column, groups, size), np.nan) for column in counts)


def _sum(column: NDArray[Any], groups: Positions, size: int) -> Floats:
    """Sum a column by group, in the order of its rows; 0 for a group that has none."""
    return np.bincount(groups, weights=column, minlength=size).astype(np.float64, copy=False)


def evaluate(indicator: Indicator, counts: Sequence[NDArray[np.floating]]) -> Floats:
    """Return the value of `indicator` for each row of `counts` (formula order of `Indicator.counts`).

    Unit: the indicator's. NaN where a count is unknown or a denominator is zero.
    """
    columns = [np.asarray(column, dtype=np.float64) for column in counts]
    if indicator.aggregation is Aggregation.SUM:
        return columns[0] * indicator.scale
    if indicator.aggregation is Aggregation.SHARE_OF_COMMUNES:
        return 100.0 * _divide(columns[0], columns[1])
    has_denominator = bool(indicator.denominator)
    end = _divide(columns[0], columns[1]) if has_denominator else columns[0]
    if indicator.nature is not Nature.CHANGE or indicator.change_type is ChangeType.NONE:
        return indicator.scale * end
    rest = columns[2 if has_denominator else 1 :]
    start = _divide(rest[0], rest[1]) if indicator.denominator_0 else rest[0]
    if indicator.change_type in (ChangeType.POINTS, ChangeType.POINTS_OF_VALUES):
        return indicator.scale * (end - start)
    growth = _divide(end, start)
    if indicator.change_type is ChangeType.PERCENT:
        return 100.0 * (growth - 1.0)
    if not indicator.years:
        raise ValueError(f"{indicator.id} : une évolution annuelle demande un nombre d’années")
    with np.errstate(invalid="ignore"):
        return 100.0 * (np.power(growth, 1.0 / indicator.years) - 1.0)


def _divide(numerator: Floats, denominator: Floats) -> Floats:
    """Divide, with NaN where the denominator is zero or unknown."""
    out = np.full(numerator.shape, np.nan)
    np.divide(numerator, denominator, out=out, where=denominator > 0)
    return out


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Values of larger territories: `values` (NaN where missing), `status`, summed `counts`, and `coverage`.

    `coverage` is the share (0–1) of the territory's inhabitants living where every count is known.
    """

    values: Floats
    status: Bytes
    counts: tuple[Floats, ...]
    coverage: Floats


def base_of(indicator: Indicator, counts: Sequence[NDArray[np.floating]]) -> NDArray[np.floating] | None:
    """Return the counts on which the value rests, to compare with `minimum_base`, or None if there is none.

    The denominator where there is one; for a change without denominator, the starting count.
    """
    if indicator.minimum_base is None or indicator.aggregation in (
        Aggregation.SUM,
        Aggregation.SHARE_OF_COMMUNES,
    ):
        return None
    if indicator.denominator:
        base = counts[1]
        return np.minimum(base, counts[3]) if indicator.denominator_0 else base
    if indicator.numerator_0:
        return counts[1]
    return None


def aggregate(
    indicator: Indicator,
    counts: Sequence[NDArray[np.floating]],
    population: NDArray[np.integer] | NDArray[np.floating],
    groups: Positions,
    size: int,
    keep: NDArray[np.bool_] | None = None,
) -> Aggregate:
    """Recompute `indicator` for `size` larger territories from the counts of the smaller ones.

    Status: `not_published` where nothing is known, `partial` below `FULL_COVERAGE` of the inhabitants (or
    when the catalogue says the sum is partial), `small_base` under the minimum base, `not_applicable` where
    the denominator is zero, otherwise `ok`.
    """
    inside = _inside(groups, keep)
    known = inside & known_together(counts)
    summed = _known_sums(counts, groups, size, known)
    values = evaluate(indicator, summed)
    total = _sum(population[inside], groups[inside], size)
    covered = _sum(population[known], groups[known], size)
    coverage = _divide(covered, total)
    status = np.full(size, Status.OK, dtype=np.uint8)
    base = base_of(indicator, summed)
    if base is not None and indicator.minimum_base is not None:
        status[base < indicator.minimum_base] = Status.SMALL_BASE
    partial = ~(coverage >= FULL_COVERAGE)
    if indicator.aggregation is Aggregation.SUM_RATIO_PARTIAL:
        partial[:] = True
    status[partial] = Status.PARTIAL
    unknown = ~np.isfinite(summed[0])
    status[~np.isfinite(values)] = Status.NOT_APPLICABLE
    status[unknown] = Status.NOT_PUBLISHED
    return Aggregate(values, status, summed, coverage)
