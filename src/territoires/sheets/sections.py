"""The sections of a sheet: their words in addresses, and what each of them holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from territoires.model.fragilities import Domain
from territoires.model.sizes import Stratum
from territoires.sheets.readings import KeyFigure, Line, Reading


class Section(StrEnum):
    """A section of a sheet; its value is the word used in addresses (`sections=profil`)."""

    PROFILE = "profil"
    OBJECTIVE = "objectives"
    PERCEIVED = "percues"
    ALLIANCE = "alliance"
    CATALYSTS = "catalyseurs"
    SIZES = "tailles"
    QUOTES = "citer"
    READING = "lire"


SECTIONS: tuple[Section, ...] = tuple(Section)

SECTION_LABELS: dict[Section, str] = {
    Section.PROFILE: "Profil",
    Section.OBJECTIVE: "Fragilités objectives",
    Section.PERCEIVED: "Fragilités perçues",
    Section.ALLIANCE: "Dynamiques d’alliance",
    Section.CATALYSTS: "Catalyseurs",
    Section.SIZES: "Effet de taille",
    Section.QUOTES: "À citer",
    Section.READING: "Lire cette fiche",
}


@dataclass(frozen=True, slots=True)
class PopulationYear:
    """The municipal population of one year, over the communes of the sheet that are known that year."""

    year: int
    inhabitants: int


@dataclass(frozen=True, slots=True)
class Locator:
    """A map that says where the territory is: shapes (kind, SVG path) in drawing order, in a window.

    `window` is x, y, width and height in units of the frame; `labels` are (x, y, text). Kinds are "beyond",
    "around", "inside", "here", and "border" for lines alone. `points` are (x, y, how many organisations stand
    there, how many of them are invented).
    """

    window: tuple[float, float, float, float]
    shapes: tuple[tuple[str, str], ...]
    labels: tuple[tuple[float, float, str], ...]
    caption: str
    alt: str
    points: tuple[tuple[float, float, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """Who the territory is: facts (label, text), populations by year, where it is.

    `change` says the change of the population in words, or why it is not known; `source` covers them all.
    """

    facts: tuple[KeyFigure, ...]
    years: tuple[PopulationYear, ...]
    change: str
    locator: Locator | None
    source: str


@dataclass(frozen=True, slots=True)
class AlertsBySize:
    """Inhabitants living in communes in alert, in % of those of communes that are known, all indicators of a
    domain added up; here and in France. None where nothing is known; `stratum` is None for all sizes."""

    stratum: Stratum | None
    here: float | None
    france: float | None


@dataclass(frozen=True, slots=True)
class DomainRow:
    """One of the 16 domains at a glance: `alerts` indicators in alert out of `known`, then by size.

    `felt` says in a word what people feel beside it, or "" where no survey says it.
    """

    domain: Domain
    alerts: int
    known: int
    sizes: tuple[AlertsBySize, ...]
    felt: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """The 16 domains at a glance, the rule of the alerts and their source."""

    rows: tuple[DomainRow, ...]
    strata: tuple[Stratum, ...]
    rule: str
    source: str

    @property
    def alerts(self) -> int:
        """Indicators in alert, all domains."""
        return sum(row.alerts for row in self.rows)

    @property
    def known(self) -> int:
        """Indicators that can be compared, all domains."""
        return sum(row.known for row in self.rows)


@dataclass(frozen=True, slots=True)
class SizeEffectRow:
    """One indicator in the communes of each size of the territory; `most` is the size where it is most
    fragile."""

    line: Line
    readings: tuple[Reading, ...]
    most: int


@dataclass(frozen=True, slots=True)
class SizeEffect:
    """The sizes side by side on what differs most between them; `strata` are those present."""

    strata: tuple[Stratum, ...]
    rows: tuple[SizeEffectRow, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence ready for a speech, and its source with its vintage."""

    text: str
    source: str
