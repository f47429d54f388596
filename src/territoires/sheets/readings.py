"""One indicator as a sheet reads it: values as they are worded, comparisons, dispersion."""

from __future__ import annotations

from dataclasses import dataclass

from territoires.model.indicators import Direction, Indicator, Status
from territoires.model.levels import Level


@dataclass(frozen=True, slots=True)
class Reading:
    """One value as it is read: `value` rounded to the decimals of its indicator, None where missing.

    `text` is the number without its unit, or the status word where there is no value: never empty, never a
    zero that stands for an absence. `caution` is the status word of a value to be read with care, or "".
    """

    value: float | None
    status: Status
    text: str
    caution: str


@dataclass(frozen=True, slots=True)
class Spread:
    """Dispersion of the `n` territories of `level` inside the sheet's territory, in the indicator's unit.

    Numbers are rounded to the decimals of the indicator (NaN when `n` is 0); `missing` lists, by reason, the
    territories left out.
    """

    level: Level
    n: int
    minimum: float
    d1: float
    q1: float
    median: float
    q3: float
    d9: float
    maximum: float
    missing: tuple[tuple[Status, int], ...]

    @property
    def points(self) -> tuple[tuple[str, float], ...]:
        """The seven numbers with their French names, from the lowest to the highest."""
        return (
            ("minimum", self.minimum),
            ("1er décile", self.d1),
            ("1er quartile", self.q1),
            ("médiane", self.median),
            ("3e quartile", self.q3),
            ("9e décile", self.d9),
            ("maximum", self.maximum),
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of the sheet.

    `rank` is the place of the territory among the `ranked` it is compared with (1: most fragile; 0: not
    ranked): the territories of its level, of its size for communes and intercommunalités. `spread` is None
    where dispersion has no meaning; for a yes/no indicator `concerned` counts the communes concerned and those
    known. `source` is the producer's short name with the vintage.
    """

    indicator: Indicator
    unit: str
    source: str
    here: Reading
    france: Reading
    rank: int
    ranked: int
    spread: Spread | None
    concerned: tuple[int, int] | None
    #: Median and interquartile range of the others it is compared with, NaN where too few are compared.
    elsewhere: tuple[float, float]
    #: Whether the territory and France stand on the same scale as the communes: a rate in the same unit.
    marked: bool
    #: The rank counted from the least fragile; 0 where there is none.
    reverse: int = 0
    #: The median of the others, worded; "–" where there is none.
    median_text: str = "–"
    #: The region it belongs to, for a département, an intercommunalité or a commune.
    region: Reading | None = None
    #: Whether it is in alert (the most fragile fifth); None where that cannot be told.
    alert: bool | None = None
    #: The territories of the strip: "communes", "communes de moins de 2 000 habitants, Occitanie".
    among: str = "communes"

    @property
    def fragility_gap(self) -> float:
        """Distance to the median of the other territories, towards fragility, in interquartile ranges.

        NaN for an indicator of context, a count, or where there is nothing to compare.
        """
        median, width = self.elsewhere
        direction = self.indicator.direction
        if self.rank == 0 or self.here.value is None or direction is Direction.CONTEXT or not width > 0:
            return float("nan")
        return int(direction) * (self.here.value - median) / width


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure of the header and the words under it."""

    text: str
    label: str
