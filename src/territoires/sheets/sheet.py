"""The Sheet model: everything a sheet says, as values and French words, before any rendering.

HTML, PDF and workbook are three renderings of the same `Sheet`: a figure is rounded and worded once, here,
and printed three times.
"""

from __future__ import annotations

from dataclasses import dataclass

from territoires.model.fragilities import Domain
from territoires.model.levels import Level
from territoires.model.sizes import Stratum
from territoires.sheets.network import Network
from territoires.sheets.readings import KeyFigure, Line
from territoires.sheets.sections import SECTIONS, Overview, Profile, Quote, Section, SizeEffect
from territoires.sheets.survey import Alliance, Perceived


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
class LegendEntry:
    """One entry of the map's legend; `kind` names its fill (see `drawing.FILLS`)."""

    kind: str
    text: str
    communes: int


@dataclass(frozen=True, slots=True)
class MapSection:
    """The map by commune of one indicator, coloured by the classes of France.

    `shapes` are (kind, SVG path) pairs in drawing order, `outlines` are drawn above them, `width` ×
    `height` in units of `metres_per_unit` metres, from `origin`; `communes` says how many are drawn. `line` is
    None on a map without values.
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
    origin: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A Repères sheet for one territory and the communes of some sizes (all of them when `strata` is empty).

    `empty` is "" or says that the territory has no commune of these sizes; then `domains` is empty and what
    remains (header, sizes, map) is kept. `address` is the public address of the sheet, or "". A section that
    was not asked for, or has nothing true to say, is None or empty.
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
    region: str = ""
    parents: str = ""
    asked: tuple[Section, ...] = SECTIONS
    profile: Profile | None = None
    overview: Overview | None = None
    domains_rule: str = ""
    perceived: Perceived | None = None
    alliance: Alliance | None = None
    network: Network | None = None
    size_effect: SizeEffect | None = None
    quotes: tuple[Quote, ...] = ()

    @property
    def title(self) -> str:
        """The title of the document and of the page."""
        return f"Fiche Repères : {self.name}, {self.scope[0].lower()}{self.scope[1:]}"

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every indicator of the sheet, in the order of the domains."""
        return tuple(line for section in self.domains for line in section.lines)

    @property
    def simulated(self) -> bool:
        """Whether anything on the sheet is invented for the demonstration."""
        parts = (self.perceived, self.alliance, self.network)
        return any(part is not None and part.simulated for part in parts)

    def has(self, section: Section) -> bool:
        """Whether a section was asked for."""
        return section in self.asked
