"""The values that a selection looks at: one set of arrays behind map, table, sheet and exports."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from territoires.model.aggregation import aggregate
from territoires.model.classes import DEFAULT_CLASSES, Classes, Method, classify
from territoires.model.indicators import COMPARED, Indicator, Status
from territoires.model.levels import Level
from territoires.model.selection import Selection
from territoires.model.sizes import STRATA, Stratum
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
    return np.isin(stratum, [STRATA.index(each) for each in strata])


def aggregated_values(
    store: Store, indicator: Indicator, level: Level, strata: tuple[Stratum, ...]
) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    """Return values and status at `level`, restricted to the communes of `strata`.

    Without strata these are the shipped values. With strata they are recomputed from the counts of the
    communes of those sizes; an indicator that has no counts by commune is `not_computable`, and a territory
    without any commune of that size is `not_applicable`.
    """
    values = store.values(level, indicator.id).astype(np.float64)
    status = store.status(level, indicator.id).copy()
    if not strata:
        return values, status
    size = values.size
    communes = store.territories(Level.COMMUNE)
    groups = communes.parents[level]
    keep = strata_mask(communes.stratum, strata)
    present = np.bincount(groups[keep & (groups >= 0)], minlength=size) > 0
    counted = store.counts(indicator.id)
    if counted is None or counted[0] is not Level.COMMUNE:
        values = np.full(size, np.nan)
        status = np.full(size, Status.NOT_COMPUTABLE, dtype=np.uint8)
    else:
        result = aggregate(indicator, counted[1], communes.population, groups, size, keep)
        values, status = result.values, result.status
    values[~present] = np.nan
    status[~present] = Status.NOT_APPLICABLE
    return values, status


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
    cut = np.where(sized & np.isin(status, [int(each) for each in classed]), values, np.nan)
    classes = _classes(store, selection, indicator, cut)
    inside = sized
    if selection.regions:
        regions = store.territories(Level.REGION)
        wanted = [regions.index(code) for code in selection.regions]
        parents = (
            np.arange(len(regions)) if selection.level is Level.REGION else territories.parents[Level.REGION]
        )
        inside = inside & np.isin(parents, wanted)
    return Selected(indicator, indicator.unit_at(selection.level), values, status, inside, classes, classed)


def _classes(
    store: Store, selection: Selection, indicator: Indicator, values: NDArray[np.float64]
) -> Classes:
    """Return the shipped classes where the build computed them, otherwise cut `values` now.

    Yes and no are always two classes, whatever the method and however rare one of them is.
    """
    shipped, method, k = None, selection.method, selection.classes
    if indicator.unit_at(selection.level) == "oui/non":
        return replace(classify(values, Method.MANUAL, manual=(0.0,)), method=method)
    if k == DEFAULT_CLASSES and (
        not selection.strata or (selection.level in SIZED_LEVELS and len(selection.strata) == 1)
    ):
        stratum = selection.strata[0] if selection.strata else None
        shipped = store.classes(selection.level, indicator.id, stratum, method)
    if shipped is not None and shipped.sizes:
        return shipped
    return classify(values, method, k, indicator.decimals, selection.bounds)
