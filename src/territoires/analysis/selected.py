"""The values that a selection looks at: one set of arrays behind map, table, sheet and exports."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from territoires.model.aggregation import aggregate
from territoires.model.classes import DEFAULT_CLASSES, Classes, Method, classify
from territoires.model.indicators import COMPARED, Indicator, Status
from territoires.model.levels import Level
from territoires.model.masks import among
from territoires.model.selection import Selection
from territoires.model.sizes import STRATA, Stratum
from territoires.store.remembering import remembered
from territoires.store.store import Store

#: The levels whose territories have a size of their own to be filtered by.
SIZED_LEVELS = (Level.COMMUNE, Level.EPCI)


@dataclass(frozen=True, slots=True)
class Selected:
    """Arrays in index order of the level: `values` (rounded as displayed, NaN where missing) and `status`.

    `inside` tells which territories pass the filters; `classes` are those of all territories of France at
    this level and size, so that a region filter limits what is shown and leaves the colours comparable. They
    are made of the values whose status is one of `classed`.
    """

    indicator: Indicator
    unit: str
    values: NDArray[np.float64]
    status: NDArray[np.uint8]
    inside: NDArray[np.bool_]
    classes: Classes
    classed: frozenset[Status]


def classed_statuses(status: NDArray[np.uint8]) -> frozenset[Status]:
    """Return the statuses whose values make the classes: those compared, or the zones' where all are inherited."""
    present = {Status(int(code)) for code in np.unique(status)}
    return (
        COMPARED if present & COMPARED or Status.INHERITED not in present else frozenset({Status.INHERITED})
    )


def strata_mask(stratum: NDArray[np.int8], strata: tuple[Stratum, ...]) -> NDArray[np.bool_]:
    """Return which territories belong to one of `strata` (all of them when empty)."""
    if not strata:
        return np.ones(stratum.shape, dtype=bool)
    return among(stratum, map(STRATA.index, strata))


def aggregated_values(
    store: Store, indicator: Indicator, level: Level, strata: tuple[Stratum, ...]
) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    """Return values and status at `level`, restricted to the communes of `strata`.

    Without strata these are the shipped values. With strata they are recomputed from the counts of the
    communes of those sizes; an indicator that has no counts by commune is `not_computable`, and a territory
    without any commune of that size is `not_applicable`.
    """
    if not strata:
        return store.values(level, indicator.id).astype(np.float64), store.status(level, indicator.id).copy()
    kept = _kept(store, level, strata)
    size = kept.present.size
    counted = store.counts(indicator.id)
    if counted is None or counted[0] is not Level.COMMUNE:
        values = np.full(size, np.nan)
        status = np.full(size, Status.NOT_COMPUTABLE, dtype=np.uint8)
    else:
        counts = [column[kept.communes] for column in counted[1]]
        result = aggregate(indicator, counts, kept.people, kept.groups, size)
        values, status = result.values, result.status
    values[~kept.present] = np.nan
    status[~kept.present] = Status.NOT_APPLICABLE
    return values, status


@dataclass(frozen=True, slots=True)
class _Kept:
    """The communes of some sizes as they are summed at a level: their positions, groups and inhabitants.

    `present` tells, per territory of the level, whether it has any of them.
    """

    communes: NDArray[np.intp]
    groups: NDArray[np.intp]
    people: NDArray[np.int32]
    present: NDArray[np.bool_]


@remembered(8)
def _kept(store: Store, level: Level, strata: tuple[Stratum, ...]) -> _Kept:
    communes = store.territories(Level.COMMUNE)
    groups = communes.parents[level]
    kept = np.flatnonzero(strata_mask(communes.stratum, strata) & (groups >= 0))
    present = np.bincount(groups[kept], minlength=len(store.territories(level))) > 0
    return _Kept(kept, groups[kept], communes.population[kept], present)


def france_value(
    store: Store, indicator: Indicator, strata: tuple[Stratum, ...] = ()
) -> tuple[float, Status]:
    """Return the value and status of an indicator for France, or for its communes of some sizes."""
    values, status = aggregated_values(store, indicator, Level.FRANCE, strata)
    return float(values[0]), Status(int(status[0]))


def select(store: Store, selection: Selection) -> Selected:
    """Return what a selection looks at; `UnknownError` if its indicator does not exist."""
    indicator = store.indicator(selection.indicator)
    territories = store.territories(selection.level)
    if selection.level in SIZED_LEVELS:
        values = store.values(selection.level, indicator.id).astype(np.float64)
        status = store.status(selection.level, indicator.id)
        sized = strata_mask(territories.stratum, selection.strata)
    else:
        values, status = aggregated_values(store, indicator, selection.level, selection.strata)
        sized = np.ones(len(territories), dtype=bool)
    values = np.round(values, indicator.decimals) + 0.0
    classed = classed_statuses(status)
    classes = _shipped(store, selection, indicator)
    if classes is None:
        cut = np.where(sized & among(status, classed), values, np.nan)
        classes = _cut(selection, indicator, cut)
    inside = sized
    if selection.regions:
        regions = store.territories(Level.REGION)
        wanted = [regions.index(code) for code in selection.regions]
        parents = (
            np.arange(len(regions)) if selection.level is Level.REGION else territories.parents[Level.REGION]
        )
        inside = inside & np.isin(parents, wanted)
    return Selected(indicator, indicator.unit_at(selection.level), values, status, inside, classes, classed)


def _shipped(store: Store, selection: Selection, indicator: Indicator) -> Classes | None:
    """Return the classes that the build computed, or None where there are none for this selection."""
    if indicator.unit_at(selection.level) == "oui/non" or selection.classes != DEFAULT_CLASSES:
        return None
    if selection.strata and (selection.level not in SIZED_LEVELS or len(selection.strata) > 1):
        return None
    stratum = selection.strata[0] if selection.strata else None
    shipped = store.classes(selection.level, indicator.id, stratum, selection.method)
    return shipped if shipped is not None and shipped.sizes else None


def _cut(selection: Selection, indicator: Indicator, values: NDArray[np.float64]) -> Classes:
    """Cut `values` now. Yes and no are always two classes, whatever the method and however rare one of them is."""
    method = selection.method
    if indicator.unit_at(selection.level) == "oui/non":
        return replace(classify(values, Method.MANUAL, manual=(0.0,)), method=method)
    return classify(values, method, selection.classes, indicator.decimals, selection.bounds)
