"""Tints and words of survey figures: shares and notes never share a ramp, and neither uses that of indicators."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from territoires.model.formats import NARROW, number, with_unit
from territoires.model.indicators import STATUS_LABELS, Status
from territoires.model.perceptions import (
    MINIMUM_BASE,
    UNIT_DECIMALS,
    UNIT_LABELS,
    UNIT_SUFFIXES,
    Perception,
    Unit,
)

#: Even steps of lightness, readable in grey: plum for shares, green for notes (assets/regards.css has the same).
RAMPS: dict[Unit, tuple[str, ...]] = {
    Unit.SHARE: ("#f3e3ee", "#dab3cf", "#b97fac", "#8c4a83", "#5a2156"),
    Unit.NOTE: ("#dcefe9", "#a5d3c8", "#66aea1", "#2a756d", "#114f4c"),
    Unit.RANK: (),
}

#: The word of each ramp in the classes of the stylesheet.
RAMP_CLASSES: dict[Unit, str] = {Unit.SHARE: "share", Unit.NOTE: "note", Unit.RANK: "rank"}


@dataclass(frozen=True, slots=True)
class Shades:
    """The classes of some figures on one scale: `bounds` are the inner bounds, increasing; darker is felt more."""

    unit: Unit
    bounds: tuple[float, ...]

    def tint(self, figure: Perception) -> int:
        """Return the class of a figure from 1 (felt the least), 0 when it has no tint."""
        if not figure.shown or figure.unit != self.unit or not RAMPS[self.unit]:
            return 0
        return 1 + sum(round(figure.value, UNIT_DECIMALS[self.unit]) >= bound for bound in self.bounds)

    def fill(self, figure: Perception) -> str:
        """Return the colour of a figure, an empty text when it has none."""
        tint = self.tint(figure)
        return RAMPS[self.unit][tint - 1] if tint else ""

    @property
    def legend(self) -> tuple[tuple[int, str], ...]:
        """The classes and their words, felt the least first."""
        if not RAMPS[self.unit]:
            return ()
        ends = [self._write(bound) for bound in self.bounds]
        if not ends:
            return ((1, "toutes les valeurs"),)
        first, last = (1, f"moins de {ends[0]}"), (len(ends) + 1, f"{ends[-1]} ou plus")
        middle = [(k + 2, f"{low} à moins de {high}") for k, (low, high) in enumerate(pairwise(ends))]
        return (first, *middle, last)

    def _write(self, value: float) -> str:
        return with_unit(value, UNIT_SUFFIXES[self.unit], UNIT_DECIMALS[self.unit])


def shades(figures: Iterable[Perception]) -> Shades | None:
    """Return five classes of as many figures each, of the unit of the first; None without a figure."""
    shown = [figure for figure in figures if figure.shown]
    if not shown:
        return None
    unit = shown[0].unit
    values = np.round([figure.value for figure in shown if figure.unit == unit], UNIT_DECIMALS[unit])
    cuts = np.round(np.quantile(values, [0.2, 0.4, 0.6, 0.8]), UNIT_DECIMALS[unit])
    bounds = sorted({float(cut) for cut in cuts if cut > values.min()})
    return Shades(unit, tuple(bounds))


def value_of(figure: Perception) -> str:
    """Write a figure with its unit, or why there is none."""
    if not figure.shown:
        return f"{STATUS_LABELS[figure.status]} (moins de {MINIMUM_BASE} réponses)"
    return with_unit(figure.value, UNIT_SUFFIXES[figure.unit], UNIT_DECIMALS[figure.unit])


def bare(figure: Perception) -> str:
    """Write a figure without its unit, as in a narrow cell."""
    return number(figure.value, UNIT_DECIMALS[figure.unit]) if figure.shown else "–"


def interval_of(figure: Perception) -> str:
    """Write the interval at 95 % of a figure: "27 à 35"; an empty text when it is not known."""
    if figure.interval is None or not figure.shown:
        return ""
    low, high = figure.interval
    decimals = UNIT_DECIMALS[figure.unit]
    return f"{number(low, decimals)} à {number(high, decimals)}"


def base_of(figure: Perception) -> str:
    """Write the number of answers behind a figure."""
    return number(figure.base) if figure.base is not None else "non publié"


def scale_words(figure: Perception) -> str:
    """Say the scale of a figure as it was published."""
    return figure.wording or UNIT_LABELS[figure.unit]


def spoken(figure: Perception) -> str:
    """Say a figure with its margin, its base and its status, as it is read in a cell."""
    text = value_of(figure)
    margin = interval_of(figure)
    text += (
        f", entre {margin.replace(' à ', ' et ')} à 95{NARROW}% de confiance"
        if margin
        else ", marge inconnue"
    )
    if not figure.shown:
        text = value_of(figure)
    if figure.base is not None:
        text += f", {number(figure.base)} réponses"
    return f"{text}, {STATUS_LABELS[Status.SIMULATED]}" if figure.simulated else text
