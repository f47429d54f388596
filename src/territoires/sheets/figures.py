"""One indicator as the sheet reads it: here, in its region, in France, among the others, and the dispersion."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from territoires.analysis.dispersion import dispersion
from territoires.analysis.quantiles import quantiles, quantiles_without
from territoires.analysis.selected import strata_mask
from territoires.model.alerts import compared_mask
from territoires.model.formats import ABSENT, number, signed, with_unit
from territoires.model.indicators import STATUS_LABELS, Aggregation, Indicator, Nature, Status
from territoires.model.levels import WORDS, Level
from territoires.model.sizes import STRATA, Stratum
from territoires.sheets.peers import FEWEST_COMPARED, landscape, ordered_peers, place
from territoires.sheets.readings import Line, Reading, Spread
from territoires.sheets.wording import of_size, tied
from territoires.store.store import Store

#: Fewest communes of its region and size beside which a commune is shown; with fewer, those of France.
FEWEST_BESIDE = 20

#: The levels whose territories are compared with those of their own size.
SIZED = (Level.COMMUNE, Level.EPCI)


class Reader:
    """Reads the indicators of one territory, restricted to the communes of some sizes.

    `members` are the positions of the communes of the territory that have one of these sizes; `peers` those of
    the territories of its level that it is compared with, itself included; `beside` those of the communes
    whose dispersion is shown, and `among` their words.
    """

    def __init__(self, store: Store, level: Level, index: int, strata: tuple[Stratum, ...]) -> None:
        self._store = store
        self.level = level
        self.index = index
        self.strata = strata
        own = store.territories(level)
        communes = store.territories(Level.COMMUNE)
        sized = level in SIZED
        self.size = int(own.stratum[index])
        mask = own.stratum == self.size if sized else np.ones(len(own), dtype=bool)
        self.peers: NDArray[np.intp] = np.flatnonzero(mask)
        self._own = int(np.searchsorted(self.peers, index))
        self._region = -1 if level is Level.REGION else int(own.parents[Level.REGION][index])
        if level is Level.COMMUNE:
            self.members: NDArray[np.intp] = np.array([index], dtype=np.intp)
            self.beside, self.among = self._neighbours()
        else:
            inside = communes.parents[level] == index
            self.members = np.flatnonzero(inside & strata_mask(communes.stratum, strata))
            self.beside, self.among = self.members, "communes"

    def _neighbours(self) -> tuple[NDArray[np.intp], str]:
        """Return the communes of the same size in the region (in France where they are few), and their name."""
        communes = self._store.territories(Level.COMMUNE)
        same = communes.stratum == self.size
        phrase = f"communes {of_size((STRATA[self.size],))}"
        near = np.flatnonzero(same & (communes.parents[Level.REGION] == self._region))
        if self._region >= 0 and near.size >= FEWEST_BESIDE:
            return near, f"{phrase}, {tied(self._store.territories(Level.REGION).names[self._region])}"
        return np.flatnonzero(same), f"{phrase}, France"

    def line(self, indicator: Indicator) -> Line:
        """Return one indicator: values are rounded as displayed before anything is compared."""
        values, status = self._compared_with(indicator)
        own, why = float(values[self._own]), Status(int(status[self._own]))
        compared = compared_mask(status) & np.isfinite(values)
        known = values[compared]
        told = bool(compared[self._own])
        rank, reverse, alert = place(own, known, indicator.direction) if told else (0, 0, None)
        elsewhere = self._elsewhere(indicator, values, compared)
        source = self._store.sources[indicator.source]
        yes_or_no = indicator.unit == "oui/non"
        return Line(
            indicator=indicator,
            unit=tied(indicator.unit_at(self.level)),
            source=_cited(source.short, indicator.vintage),
            here=reading(indicator, own, why, self.level),
            france=self._above(indicator, Level.FRANCE, 0),
            rank=rank,
            ranked=int(known.size),
            spread=None if yes_or_no else self._spread(indicator),
            concerned=self._concerned(indicator) if yes_or_no else None,
            elsewhere=elsewhere,
            marked=not indicator.is_count and indicator.unit_at(self.level) == indicator.unit,
            median_text=self._median(indicator, elsewhere[0]),
            region=self._above(indicator, Level.REGION, self._region) if self._region >= 0 else None,
            alert=alert,
            reverse=reverse,
            among=self.among,
        )

    def _compared_with(self, indicator: Indicator) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
        """Return the rounded values and the status of the territories compared, this one included."""
        if self.level is Level.COMMUNE:
            return self._rounded(Level.COMMUNE, indicator, self.peers)
        values, status = landscape(self._store, self.level, self.strata).row(indicator)
        return values[self.peers], status[self.peers]

    def _rounded(
        self, level: Level, indicator: Indicator, where: NDArray[np.intp]
    ) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
        """Return the shipped values of some territories of a level, rounded as displayed, and their status."""
        values = self._store.values(level, indicator.id)[where].astype(np.float64)
        return np.round(values, indicator.decimals) + 0.0, self._store.status(level, indicator.id)[where]

    def _elsewhere(
        self, indicator: Indicator, values: NDArray[np.float64], compared: NDArray[np.bool_]
    ) -> tuple[float, float]:
        """Return the median and the interquartile range of the others, NaN where they are too few."""
        others = int(np.count_nonzero(compared)) - int(compared[self._own])
        if others < FEWEST_COMPARED or indicator.is_count:
            return float("nan"), float("nan")
        shares = [0.25, 0.5, 0.75]
        if self.level is Level.COMMUNE and compared[self._own]:
            ordered = ordered_peers(self._store, self.size, indicator.id)
            own = float(self._store.values(Level.COMMUNE, indicator.id)[self.index])
            low, median, high = quantiles_without(ordered, own, shares, indicator.decimals).tolist()
        else:
            compared = compared.copy()
            compared[self._own] = False
            low, median, high = quantiles(values[compared], shares).tolist()
        return median, high - low

    def _median(self, indicator: Indicator, median: float) -> str:
        if not np.isfinite(median) or (self.level is Level.COMMUNE and indicator.unit == "oui/non"):
            return ABSENT
        return figure(indicator, round(median, indicator.decimals) + 0.0)

    def _above(self, indicator: Indicator, level: Level, index: int) -> Reading:
        """Word the value of a larger territory for the same sizes, with its unit where it is not the sheet's."""
        value, status = landscape(self._store, level, self.strata).cell(indicator, index)
        made = reading(indicator, value, status, level)
        unit = indicator.unit_at(level)
        if made.value is None or unit == indicator.unit_at(self.level) or unit == "oui/non":
            return made
        text = with_unit(value, "%" if unit.startswith("%") else unit, indicator.decimals)
        return Reading(made.value, made.status, text, made.caution)

    def communes(self, indicator: Indicator) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
        """Return the rounded values and the status of the communes whose dispersion is shown."""
        return self._rounded(Level.COMMUNE, indicator, self.beside)

    def _spread(self, indicator: Indicator) -> Spread:
        """Return the dispersion at the finest level the indicator is published for.

        Figures of intercommunalités or départements say nothing of the communes of one size: with strata, the
        communes that inherit them are counted as missing.
        """
        level = Level.COMMUNE
        finest = indicator.finest_level
        coarse = finest in (Level.EPCI, Level.DEPARTEMENT) and finest != self.level
        if coarse and not self.strata and self.level is not Level.COMMUNE:
            level = Level(finest)
        if level is Level.COMMUNE:
            values, status = self.communes(indicator)
        else:
            parents = self._store.territories(level).parents[self.level]
            values, status = self._rounded(level, indicator, np.flatnonzero(parents == self.index))
        found = dispersion(values, status)
        numbers = np.round(
            [found.minimum, found.d1, found.q1, found.median, found.q3, found.d9, found.maximum],
            indicator.decimals,
        )
        low, d1, q1, median, q3, d9, high = (float(x) + 0.0 for x in numbers)
        missing = tuple(sorted(found.missing.items()))
        return Spread(level, found.n, low, d1, q1, median, q3, d9, high, missing)

    def _concerned(self, indicator: Indicator) -> tuple[int, int]:
        """Return how many of these communes are concerned by a yes/no indicator, and how many are known."""
        values, status = self.communes(indicator)
        known = compared_mask(status) & np.isfinite(values)
        return int(np.count_nonzero(values[known] >= 0.5)), int(np.count_nonzero(known))

    @property
    def others(self) -> str:
        """How the territories compared are named: "autres régions", "autres communes de 2 000 à …"."""
        size = f" {of_size((STRATA[self.size],))}" if self.level in SIZED else ""
        return f"autres {WORDS[self.level].plural}{size}"


def reading(indicator: Indicator, value: float, status: Status, level: Level = Level.REGION) -> Reading:
    """Word one value (already rounded, NaN where missing): its number, or why there is none."""
    if not np.isfinite(value):
        missing = Status.NOT_PUBLISHED if status is Status.OK else status
        return Reading(None, missing, STATUS_LABELS[missing], "")
    caution = "" if status is Status.OK else STATUS_LABELS[status]
    if indicator.unit_at(level) == "oui/non":
        return Reading(value, status, with_unit(value, "oui/non"), caution)
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
