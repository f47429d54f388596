"""One indicator as the sheet reads it: here, in France, among the others, and how the communes differ."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from territoires.analysis.dispersion import dispersion
from territoires.analysis.ranks import rank
from territoires.analysis.selected import aggregated_values, france_value, strata_mask
from territoires.model.alerts import compared_mask
from territoires.model.formats import number, signed
from territoires.model.indicators import STATUS_LABELS, Aggregation, Indicator, Nature, Status
from territoires.model.levels import Level
from territoires.model.sizes import Stratum
from territoires.sheets.sheet import Line, Reading, Spread
from territoires.sheets.wording import tied
from territoires.store.store import Store

#: Fewest other territories that make a median and a distance worth saying.
FEWEST_COMPARED = 5


class Reader:
    """Reads the indicators of one territory, restricted to the communes of some sizes.

    `members` are the positions of the communes of the territory that have one of these sizes.
    """

    def __init__(self, store: Store, level: Level, index: int, strata: tuple[Stratum, ...]) -> None:
        self._store = store
        self._level = level
        self._index = index
        self._strata = strata
        communes = store.territories(Level.COMMUNE)
        inside = communes.parents[level] == index
        self.members: NDArray[np.intp] = np.flatnonzero(inside & strata_mask(communes.stratum, strata))
        own = store.territories(level)
        self._peers = (
            own.stratum == own.stratum[index] if level is Level.EPCI else np.ones(len(own), dtype=bool)
        )

    def line(self, indicator: Indicator) -> Line:
        """Return one indicator: values are rounded as displayed before anything is compared."""
        decimals = indicator.decimals
        values, status = aggregated_values(self._store, indicator, self._level, self._strata)
        values = np.round(values, decimals) + 0.0
        france, france_status = france_value(self._store, indicator, self._strata)
        compared = compared_mask(status) & np.isfinite(values) & self._peers
        ranks = rank(values, compared, indicator.direction)
        others = np.delete(values, self._index)[np.delete(compared, self._index)]
        elsewhere = (float("nan"), float("nan"))
        if others.size >= FEWEST_COMPARED and not indicator.is_count:
            low, median, high = (float(x) for x in np.quantile(others, [0.25, 0.5, 0.75]))
            elsewhere = (median, high - low)
        source = self._store.sources[indicator.source]
        yes_or_no = indicator.unit == "oui/non"
        return Line(
            indicator=indicator,
            unit=tied(indicator.unit_at(self._level)),
            source=_cited(source.short, indicator.vintage),
            here=reading(indicator, float(values[self._index]), Status(int(status[self._index]))),
            france=reading(indicator, round(france, decimals) + 0.0, france_status),
            rank=int(ranks[self._index]),
            ranked=int(compared.sum()),
            spread=None if yes_or_no else self._spread(indicator),
            concerned=self._concerned(indicator) if yes_or_no else None,
            elsewhere=elsewhere,
            marked=not indicator.is_count and indicator.unit_at(self._level) == indicator.unit,
        )

    def communes(self, indicator: Indicator) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
        """Return the rounded values and the status of the member communes."""
        values = self._store.values(Level.COMMUNE, indicator.id)[self.members].astype(np.float64)
        status = self._store.status(Level.COMMUNE, indicator.id)[self.members]
        return np.round(values, indicator.decimals) + 0.0, status

    def _spread(self, indicator: Indicator) -> Spread:
        """Return the dispersion at the finest level the indicator is published for.

        Figures of intercommunalités or départements say nothing of the communes of one size: with strata, the
        communes that inherit them are counted as missing.
        """
        level = Level.COMMUNE
        finest = indicator.finest_level
        if finest in (Level.EPCI, Level.DEPARTEMENT) and not self._strata and finest != self._level:
            level = Level(finest)
        if level is Level.COMMUNE:
            values, status = self.communes(indicator)
        else:
            inside = self._store.territories(level).parents[self._level] == self._index
            values = self._store.values(level, indicator.id)[inside].astype(np.float64)
            values = np.round(values, indicator.decimals) + 0.0
            status = self._store.status(level, indicator.id)[inside]
        found = dispersion(values, status)
        numbers = np.round(
            [found.minimum, found.d1, found.q1, found.median, found.q3, found.d9, found.maximum],
            indicator.decimals,
        )
        low, d1, q1, median, q3, d9, high = (float(x) + 0.0 for x in numbers)
        missing = tuple(sorted(found.missing.items()))
        return Spread(level, found.n, low, d1, q1, median, q3, d9, high, missing)

    def _concerned(self, indicator: Indicator) -> tuple[int, int]:
        """Return how many member communes are concerned by a yes/no indicator, and how many are known."""
        values, status = self.communes(indicator)
        known = compared_mask(status) & np.isfinite(values)
        return int(np.count_nonzero(values[known] >= 0.5)), int(np.count_nonzero(known))


def reading(indicator: Indicator, value: float, status: Status) -> Reading:
    """Word one value (already rounded, NaN where missing): its number, or why there is none."""
    if not np.isfinite(value):
        missing = Status.NOT_PUBLISHED if status is Status.OK else status
        return Reading(None, missing, STATUS_LABELS[missing], "")
    caution = "" if status is Status.OK else STATUS_LABELS[status]
    return Reading(value, status, figure(indicator, value), caution)


def figure(indicator: Indicator, value: float) -> str:
    """Write one number of an indicator without its unit; changes wear their sign."""
    if indicator.nature is Nature.CHANGE:
        return signed(value, indicator.decimals)
    decimals = 0 if indicator.aggregation is Aggregation.SUM else indicator.decimals
    return number(value, decimals)


def _cited(short: str, vintage: str) -> str:
    """Join the short name of a source and a vintage, unless the name says it already."""
    return tied(short if vintage in short else f"{short}, {vintage}")
