"""What is chosen in the list of indicators: words and filters, read from an address and applied."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from territoires.model.fragilities import BY_ID, Domain
from territoires.model.indicators import NATURE_LABELS, Indicator, Nature
from territoires.model.levels import MAPPED, WORDS, Level
from territoires.model.selection import quoted
from territoires.web.finder import IndicatorFinder

#: From this year on, a figure is recent.
RECENT = 2022

#: Longest query that is looked for.
LONGEST = 200

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class Age(StrEnum):
    """How old the figures are."""

    RECENT = "recent"
    OLDER = "ancien"


class Confidence(StrEnum):
    """How the figures came here; the values stand in addresses."""

    COPY = "officiel"
    RECOMPUTED = "recalcule"


AGE_LABELS: dict[Age, str] = {Age.RECENT: f"{RECENT} ou après", Age.OLDER: f"avant {RECENT}"}

#: The word of the catalogue for each confidence, and what it means.
CONFIDENCE_CELLS: dict[Confidence, str] = {
    Confidence.COPY: "official copy",
    Confidence.RECOMPUTED: "recomputed",
}
CONFIDENCE_LABELS: dict[Confidence, str] = {
    Confidence.COPY: "copie officielle",
    Confidence.RECOMPUTED: "recalcul par un tiers",
}

#: The parameters of the address, in the order of the form.
PARAMETERS = ("q", "domaine", "niveau", "millesime", "nature", "confiance")

Word = TypeVar("Word", bound=StrEnum)


def last_year(vintage: str) -> int:
    """Return the last year of a period; of two sources ("2025 / 2021"), the older. 0 without a year."""
    ends = [max(map(int, found)) for part in vintage.split(" / ") if (found := _YEAR.findall(part))]
    return min(ends, default=0)


def age_of(indicator: Indicator) -> Age:
    """Return whether the figures of an indicator are recent."""
    return Age.RECENT if last_year(indicator.vintage) >= RECENT else Age.OLDER


@dataclass(frozen=True, slots=True)
class CatalogueChoice:
    """Words looked for and filters; an absent filter keeps everything."""

    query: str = ""
    domain: Domain | None = None
    level: Level | None = None
    age: Age | None = None
    nature: Nature | None = None
    confidence: Confidence | None = None

    @property
    def filters(self) -> tuple[str, ...]:
        """The filters in words, for a title or a sentence."""
        words = (
            self.domain.label if self.domain else "",
            f"par {WORDS[self.level].singular}" if self.level else "",
            AGE_LABELS[self.age] if self.age else "",
            NATURE_LABELS[self.nature] if self.nature else "",
            CONFIDENCE_LABELS[self.confidence] if self.confidence else "",
        )
        return tuple(word for word in words if word)

    @property
    def empty(self) -> bool:
        """Whether nothing is chosen."""
        return not self.query and not self.filters

    def keeps(self, indicator: Indicator, levels: Sequence[Level]) -> bool:
        """Whether `indicator`, known at `levels`, passes the filters."""
        return (
            (self.domain is None or indicator.domain == self.domain.id)
            and (self.level is None or self.level in levels)
            and (self.age is None or age_of(indicator) is self.age)
            and (self.nature is None or indicator.nature is self.nature)
            and (self.confidence is None or indicator.confidence == CONFIDENCE_CELLS[self.confidence])
        )

    def apply(self, finder: IndicatorFinder, levels: Mapping[str, Sequence[Level]]) -> list[Indicator]:
        """Return the indicators chosen, the nearest first; `levels` says where each is known."""
        return [each for each in finder.find(self.query) if self.keeps(each, levels[each.id])]


def read_choice(arguments: Mapping[str, str]) -> tuple[CatalogueChoice, tuple[str, ...]]:
    """Return what `arguments` choose, and a notice for each value that does not exist (ignored)."""
    notices: list[str] = []

    def word(parameter: str, kind: type[Word], subject: str) -> Word | None:
        asked = arguments.get(parameter, "")
        if not asked:
            return None
        try:
            return kind(asked)
        except ValueError:
            notices.append(f"{subject} {quoted(asked)} n’existe pas : ce choix est ignoré.")
            return None

    asked = arguments.get("domaine", "")
    if asked and asked not in BY_ID:
        notices.append(f"Le domaine {quoted(asked)} n’existe pas : tous les domaines sont montrés.")
    level = word("niveau", Level, "L’échelon")
    if level is not None and level not in MAPPED:
        notices.append(f"L’échelon {quoted(level.value)} n’est pas un choix de cette liste : il est ignoré.")
        level = None
    choice = CatalogueChoice(
        query=" ".join(arguments.get("q", "").split())[:LONGEST],
        domain=BY_ID.get(asked),
        level=level,
        age=word("millesime", Age, "Le millésime"),
        nature=word("nature", Nature, "La nature"),
        confidence=word("confiance", Confidence, "La provenance"),
    )
    return choice, tuple(notices)
