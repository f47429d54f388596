"""Which indicators of a domain stand on a sheet: those that set the territory apart from its peers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from territoires.model.formats import NARROW
from territoires.model.indicators import Indicator
from territoires.model.levels import Level
from territoires.sheets.figures import Reader
from territoires.sheets.peers import commune_quartiles, landscape, quartiles
from territoires.store.store import Store

#: Distance (interquartile ranges) beyond which the order of the catalogue decides.
FAR = 2.0

#: How many indicators of each domain stand on the sheet itself; the annex holds them all.
PER_DOMAIN = 3


class Chooser:
    """Chooses the indicators of a sheet by one rule, the same for every domain and level.

    First those whose value leaves the middle half of the peers (beyond the 1st or the 3rd quartile), the most
    distant from their median first, in interquartile ranges (beyond `FAR`, the order of the catalogue decides);
    then those that stand in the middle half; then those of context, counts and yes/no; last those without a
    value here. Inside a domain they are shown in the order of the distance towards fragility.
    """

    def __init__(self, store: Store, reader: Reader) -> None:
        self._positions = {indicator.id: k for k, indicator in enumerate(store.indicators)}
        self._values, self._quartiles = _standing(store, reader)
        self._gaps = _gaps(store.indicators, self._values, self._quartiles).tolist()

    def gap(self, indicator: Indicator) -> float:
        """Distance to the median of the peers towards fragility, in interquartile ranges; NaN if not told."""
        gap: float = self._gaps[self._positions[indicator.id]]
        return gap

    def chosen(self, own: Sequence[Indicator], count: int = PER_DOMAIN) -> list[Indicator]:
        """Return the indicators of one domain that stand on the sheet, the most fragile first."""
        ordered = sorted(enumerate(own), key=lambda pair: (*self._group(pair[1]), pair[0]))
        kept = [indicator for _, indicator in ordered[:count]]
        told = [each for each in kept if np.isfinite(self._values[self._positions[each.id]])]
        return sorted(told or kept[:1], key=lambda each: (-self._signed(each), own.index(each)))

    def _group(self, indicator: Indicator) -> tuple[int, float]:
        """Return the group of an indicator (0 first), and its order inside."""
        k = self._positions[indicator.id]
        value, gap = self._values[k], self.gap(indicator)
        if not np.isfinite(value):
            return 3, 0.0
        if not np.isfinite(gap):
            return 2, 0.0
        low, _, high = self._quartiles[k]
        return (0 if value < low or value > high else 1), -min(abs(gap), FAR)

    def _signed(self, indicator: Indicator) -> float:
        gap = self.gap(indicator)
        return gap if np.isfinite(gap) else -np.inf


def _gaps(
    indicators: Sequence[Indicator], values: NDArray[np.float64], quartiles: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return, per indicator, the distance to the median of the peers; NaN for context, counts and yes/no."""
    low, median, high = quartiles.T
    direction = np.array(
        [0 if each.is_count or each.unit == "oui/non" else int(each.direction) for each in indicators]
    )
    gaps = np.full(values.shape, np.nan)
    told = (direction != 0) & (high > low)
    gaps[told] = (direction * (values - median))[told] / (high - low)[told]
    return gaps


def _standing(store: Store, reader: Reader) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return, per indicator, the value here where it is compared, and the quartiles of the peers."""
    if reader.level is not Level.COMMUNE:
        rows = landscape(store, reader.level, reader.strata).compared
        others = reader.peers[reader.peers != reader.index]
        return rows[:, reader.index], quartiles(rows[:, others])
    values = np.full(len(store.indicators), np.nan)
    for k, indicator in enumerate(store.indicators):
        if store.status(Level.COMMUNE, indicator.id)[reader.index] == 0:
            value = float(store.values(Level.COMMUNE, indicator.id)[reader.index])
            values[k] = round(value, indicator.decimals) + 0.0
    return values, commune_quartiles(store, reader.size)


def choosing_rule(reader: Reader) -> str:
    """Say in one sentence how the indicators of each domain were chosen."""
    return (
        "Pour chaque domaine, les trois indicateurs qui distinguent le plus le territoire des "
        f"{reader.others}{NARROW}: d’abord ceux qui sortent de la moitié centrale, puis l’écart à leur médiane, "
        "en étendues interquartiles. Du plus fragile au moins fragile."
    ).replace(f"{NARROW}:", "\u00a0:")
