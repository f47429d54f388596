"""The territorial levels, from the commune to the country."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """A territorial level; its value is the word used in addresses, files and the API."""

    COMMUNE = "commune"
    EPCI = "epci"
    DEPARTEMENT = "departement"
    REGION = "region"
    FRANCE = "france"


@dataclass(frozen=True, slots=True)
class LevelWords:
    """How a level is named in French: singular, plural, its gender, and the preposition phrase."""

    singular: str
    plural: str
    feminine: bool


WORDS: dict[Level, LevelWords] = {
    Level.COMMUNE: LevelWords("commune", "communes", True),
    Level.EPCI: LevelWords("intercommunalité", "intercommunalités", True),
    Level.DEPARTEMENT: LevelWords("département", "départements", False),
    Level.REGION: LevelWords("région", "régions", True),
    Level.FRANCE: LevelWords("France", "France", True),
}

#: The levels a map can show, finest first.
MAPPED: tuple[Level, ...] = (Level.COMMUNE, Level.EPCI, Level.DEPARTEMENT, Level.REGION)

#: The levels above the commune, where ratios are recomputed from counts.
AGGREGATED: tuple[Level, ...] = (Level.EPCI, Level.DEPARTEMENT, Level.REGION, Level.FRANCE)

#: Zones whose published value a commune may show, labelled as the zone's: never our levels.
ZONES: tuple[str, ...] = ("ze", "bassin")

#: The code of the only territory at level France.
FRANCE_CODE = "FR"
