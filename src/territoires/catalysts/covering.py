"""The territory that a word of a list names: "epci:200054781", "département:44", "région : Bretagne"."""

from __future__ import annotations

from territoires.analysis.search import normalise
from territoires.catalysts.locating import Locator
from territoires.model.levels import FRANCE_CODE, Level

LEVELS: dict[str, Level] = {
    "commune": Level.COMMUNE,
    "epci": Level.EPCI,
    "intercommunalite": Level.EPCI,
    "departement": Level.DEPARTEMENT,
    "region": Level.REGION,
    "france": Level.FRANCE,
}

#: Digits of the SIREN number that an intercommunalité is known by.
SIREN = 9


def covered(word: str, locator: Locator) -> str | None:
    """Return the territory as canonical files write it, or None for one that is not known."""
    head, separator, rest = word.partition(":")
    level = LEVELS.get(normalise(head if separator else ""))
    if level is Level.FRANCE or normalise(word) == "france":
        return f"{Level.FRANCE}:{FRANCE_CODE}"
    if level is None:
        if separator or not (word.isdigit() and len(word) == SIREN):
            return None
        level, rest = Level.EPCI, word
    if level is Level.COMMUNE:
        found = locator.code(rest.strip())
        return f"{level}:{found[0]}" if found else None
    code = locator.parent(level, rest.strip())
    return f"{level}:{code}" if code else None
