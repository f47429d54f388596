"""The Sheet model: everything a sheet says, as values and French words, before any rendering.

HTML, PDF and workbook are three renderings of the same `Sheet`: a figure is rounded and worded once, here,
and printed three times.
"""

from __future__ import annotations

from dataclasses import dataclass

from territoires.model.fragilities import Domain
from territoires.model.indicators import Direction, Indicator, Status
from territoires.model.levels import Level
from territoires.model.sizes import Stratum


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

    `rank` is the place of the territory among the `ranked` of its level (1: most fragile; 0: not ranked).
    `spread` is None where dispersion has no meaning; for a yes/no indicator `concerned` counts the communes
    concerned and those known. `source` is the producer's short name with the vintage.
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
    #: Median and interquartile range of the other territories of the level, NaN where too few are compared.
    elsewhere: tuple[float, float]
    #: Whether the territory and France stand on the same scale as the communes: a rate in the same unit.
    marked: bool

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
class DomainSection:
    """One of the 16 domains: the indicators shown, and how many the catalogue holds."""

    domain: Domain
    lines: tuple[Line, ...]
    catalogued: int


@dataclass(frozen=True, slots=True)
class StratumRow:
    """The communes of one size: their number, their inhabitants, and shares in % of the territory's.

    `france` is the share of France's inhabitants who live in communes of this size, in %. `stratum` is None
    for the total.
    """

    stratum: Stratum | None
    label: str
    communes: int
    inhabitants: int
    share: float
    france: float
    chosen: bool


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure of the header and the words under it."""

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One entry of the map's legend; `kind` names its fill (see `drawing.FILLS`)."""

    kind: str
    text: str
    communes: int


@dataclass(frozen=True, slots=True)
class MapSection:
    """The map by commune of one indicator, coloured by the classes of France.

    `shapes` are (kind, SVG path) pairs in drawing order, `outlines` are drawn above them, `width` ×
    `height` in units of `metres_per_unit` metres; `communes` says how many are drawn. `line` is None on a
    map without values.
    """

    title: str
    width: float
    height: float
    metres_per_unit: float
    communes: int
    shapes: tuple[tuple[str, str], ...]
    outlines: tuple[tuple[str, str], ...]
    legend: tuple[LegendEntry, ...]
    line: Line | None
    alt: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A Repères sheet for one territory and the communes of some sizes (all of them when `strata` is empty).

    `empty` is "" or says that the territory has no commune of these sizes; then `domains` is empty and what
    remains (header, sizes, map) is kept. `address` is the public address of the sheet, or "".
    """

    level: Level
    code: str
    name: str
    scope: str
    strata: tuple[Stratum, ...]
    release: str
    version: str
    address: str
    lead: str
    key_figures: tuple[KeyFigure, ...]
    sizes: tuple[StratumRow, ...]
    sizes_source: str
    empty: str
    map: MapSection | None
    most_fragile: tuple[Line, ...]
    least_fragile: tuple[Line, ...]
    highlights_rule: str
    domains: tuple[DomainSection, ...]
    catalogued: int
    annex: bool

    @property
    def title(self) -> str:
        """The title of the document and of the page."""
        return f"Fiche Repères : {self.name}, {self.scope[0].lower()}{self.scope[1:]}"

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every indicator of the sheet, in the order of the domains."""
        return tuple(line for section in self.domains for line in section.lines)
