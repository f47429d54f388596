"""What the territories of a level are worth on every indicator, kept to tell what sets one of them apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from territoires.analysis.quantiles import row_quantiles
from territoires.analysis.selected import aggregated_values
from territoires.model.alerts import FIFTH, compared_mask
from territoires.model.indicators import Direction, Indicator, Status
from territoires.model.levels import Level
from territoires.model.sizes import Stratum
from territoires.store.remembering import remembered
from territoires.store.store import Store

#: Fewest territories that make a median and a distance worth saying.
FEWEST_COMPARED = 5

#: Fewest territories among which a fifth is told; there are 13 to 18 régions.
FEWEST_RANKED = 10


@dataclass(frozen=True, slots=True)
class Landscape:
    """The values (indicators × territories) of a level, rounded as displayed, and their status.

    `positions` are the rows of the indicators; `compared` the values, NaN where a territory is not compared.
    """

    positions: dict[str, int]
    values: NDArray[np.float64]
    status: NDArray[np.uint8]
    compared: NDArray[np.float64]

    def row(self, indicator: Indicator) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
        """Return values and status of one indicator, in index order."""
        k = self.positions[indicator.id]
        return self.values[k], self.status[k]

    def cell(self, indicator: Indicator, index: int) -> tuple[float, Status]:
        """Return value and status of one indicator in one territory."""
        k = self.positions[indicator.id]
        return float(self.values[k, index]), Status(int(self.status[k, index]))


@remembered(24)
def landscape(store: Store, level: Level, strata: tuple[Stratum, ...]) -> Landscape:
    """Return what the territories of a level above the commune are worth, for their communes of `strata`."""
    shape = len(store.indicators), len(store.territories(level))
    values, status = np.empty(shape), np.empty(shape, dtype=np.uint8)
    for k, indicator in enumerate(store.indicators):
        found, status[k] = aggregated_values(store, indicator, level, strata)
        values[k] = np.round(found, indicator.decimals) + 0.0
    compared = np.where(compared_mask(status), values, np.nan)
    for array in (values, status, compared):
        array.setflags(write=False)
    positions = {indicator.id: k for k, indicator in enumerate(store.indicators)}
    return Landscape(positions, values, status, compared)


@remembered(8)
def commune_quartiles(store: Store, size: int) -> NDArray[np.float64]:
    """Return 1st quartile, median and 3rd quartile (indicators × 3) of the communes of one size."""
    own = np.flatnonzero(store.territories(Level.COMMUNE).stratum == size)
    rows = np.full((len(store.indicators), 3), np.nan)
    for position, indicator in enumerate(store.indicators):
        values = store.values(Level.COMMUNE, indicator.id)[own].astype(np.float64)
        compared = store.status(Level.COMMUNE, indicator.id)[own] == 0
        kept = values[compared & np.isfinite(values)]
        if kept.size >= FEWEST_COMPARED:
            rows[position] = np.quantile(np.round(kept, indicator.decimals), [0.25, 0.5, 0.75])
    rows.setflags(write=False)
    return rows


@remembered(160)
def ordered_peers(store: Store, size: int, indicator: str) -> NDArray[np.float32]:
    """Return the shipped values of the compared communes of one size, sorted, without those that have none."""
    own = np.flatnonzero(store.territories(Level.COMMUNE).stratum == size)
    values = store.values(Level.COMMUNE, indicator)[own]
    compared = compared_mask(store.status(Level.COMMUNE, indicator)[own]) & np.isfinite(values)
    found: NDArray[np.float32] = np.sort(values[compared])
    found.setflags(write=False)
    return found


def quartiles(others: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the three quartiles of each row of `others`, NaN where fewer than `FEWEST_COMPARED` are known."""
    found = np.full((others.shape[0], 3), np.nan)
    told = np.count_nonzero(np.isfinite(others), axis=1) >= FEWEST_COMPARED
    found[told] = row_quantiles(others[told], [0.25, 0.5, 0.75])
    return found


def place(own: float, known: NDArray[np.float64], direction: Direction) -> tuple[int, int, bool | None]:
    """Return the rank of `own` among `known` from the most fragile, from the least, and whether it is in alert.

    `own` is one of `known`; equal values share the best rank on both sides.

    In alert: those as fragile or more, itself included, make at most a fifth (see `model.alerts`). None for an
    indicator of context, or where fewer than `FEWEST_RANKED` are known.
    """
    key, others = (own, known) if direction is Direction.LESS_FRAGILE else (-own, -known)
    rank = int(np.count_nonzero(others < key)) + 1
    reverse = int(np.count_nonzero(others > key)) + 1
    if direction is Direction.CONTEXT or known.size < FEWEST_RANKED:
        return rank, reverse, None
    return rank, reverse, bool(np.count_nonzero(others <= key) <= FIFTH * known.size)


def alerts_among(
    store: Store, rows: NDArray[np.float64], index: int, peers: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return, per indicator, whether the territory at `index` is in alert among `peers`, and whether known."""
    direction = np.array([int(indicator.direction) for indicator in store.indicators])
    key = -direction[:, None] * rows[:, peers]
    own = -direction * rows[:, index]
    known = np.isfinite(own) & (direction != 0)
    compared = np.count_nonzero(np.isfinite(key), axis=1)
    known &= compared >= FEWEST_RANKED
    as_fragile = np.count_nonzero(key <= own[:, None], axis=1)
    return known & (as_fragile <= FIFTH * compared), known
