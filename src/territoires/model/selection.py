"""What is being looked at: one value shared by the map, the table, the sheet, the exports and the address.

`parse` never raises: what it cannot use falls back and is named in a notice. For every selection made of
known words, `parse(format(selection)) == selection`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlencode

from territoires.model.levels import MAPPED, Level
from territoires.model.sizes import STRATA, Stratum

#: The query names, in the order in which an address is written.
PARAMETERS = ("niveau", "indicateur", "taille", "region", "territoire")

#: Longest value quoted back in a notice.
QUOTED = 40


class Vocabulary(Protocol):
    """The words a selection may use: what the shipped data knows."""

    @property
    def default_indicator(self) -> str:
        """The indicator shown first."""

    def knows_indicator(self, indicator: str) -> bool:
        """Whether `indicator` is an id of the catalogue."""

    def knows_territory(self, level: Level, code: str) -> bool:
        """Whether `code` exists at `level`."""


@dataclass(frozen=True, slots=True)
class Selection:
    """A level, an indicator, and what limits or marks them.

    `strata` and `regions` are empty when nothing is filtered; both are kept in canonical order.
    `territory` is a code at `level`.
    """

    level: Level
    indicator: str
    strata: tuple[Stratum, ...] = ()
    regions: tuple[str, ...] = ()
    territory: str | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A selection, and the French notices that say what was ignored in the address."""

    selection: Selection
    notices: tuple[str, ...] = field(default=())


def quoted(text: str) -> str:
    """Return `text` fit for a notice: printable, at most `QUOTED` characters, in French quotes."""
    clean = "".join(character if character.isprintable() else "�" for character in text)
    short = clean if len(clean) <= QUOTED else clean[:QUOTED] + "…"
    return f"«\u202f{short}\u202f»"


def _one(
    query: Mapping[str, Sequence[str]],
    name: str,
    accepts: Callable[[str], bool],
    fallback: str | None,
    said: str,
    notices: list[str],
) -> str | None:
    """Return the first acceptable value of parameter `name`, or `fallback`; notices say what was ignored."""
    values = [value for value in query.get(name, ()) if value != ""]
    chosen: str | None = None
    for value in values:
        if chosen is None and accepts(value):
            chosen = value
        elif value != chosen:
            reason = "une seule valeur est possible" if accepts(value) else "valeur inconnue"
            notices.append(f"Le paramètre {name}={quoted(value)} est ignoré : {reason}{said}.")
    return chosen if chosen is not None else fallback


def _several(
    query: Mapping[str, Sequence[str]],
    name: str,
    accepts: Callable[[str], bool],
    order: Callable[[Iterable[str]], list[str]],
    notices: list[str],
) -> tuple[str, ...]:
    """Return the acceptable values of parameter `name`, without repeats and in canonical order."""
    kept: set[str] = set()
    for value in query.get(name, ()):
        if value == "":
            continue
        if accepts(value):
            kept.add(value)
        else:
            notices.append(f"Le paramètre {name}={quoted(value)} est ignoré : valeur inconnue.")
    return tuple(order(kept))


def parse(query: Mapping[str, Sequence[str]], vocabulary: Vocabulary) -> Parsed:
    """Read a selection from the parameters of an address (name → values, as repeated in the query)."""
    notices: list[str] = []
    levels = {level.value for level in MAPPED}
    level = Level(
        _one(
            query,
            "niveau",
            levels.__contains__,
            Level.COMMUNE.value,
            " ; l’échelon affiché est la commune",
            notices,
        )
        or Level.COMMUNE.value
    )
    indicator = (
        _one(
            query,
            "indicateur",
            vocabulary.knows_indicator,
            vocabulary.default_indicator,
            " ; l’indicateur affiché est celui d’ouverture",
            notices,
        )
        or vocabulary.default_indicator
    )
    known = {stratum.value for stratum in STRATA}
    strata = _several(
        query,
        "taille",
        known.__contains__,
        lambda kept: [s.value for s in STRATA if s.value in set(kept)],
        notices,
    )
    if len(strata) == len(STRATA):
        strata = ()
    regions = _several(
        query, "region", lambda code: vocabulary.knows_territory(Level.REGION, code), sorted, notices
    )
    territory = _one(
        query, "territoire", lambda code: vocabulary.knows_territory(level, code), None, "", notices
    )
    for name in sorted(set(query) - set(PARAMETERS)):
        notices.append(f"Le paramètre {quoted(name)} est inconnu : il est ignoré.")
    return Parsed(
        Selection(level, indicator, tuple(Stratum(value) for value in strata), regions, territory),
        tuple(dict.fromkeys(notices)),
    )


def format_query(selection: Selection) -> str:
    """Write a selection as the query of an address, in canonical order and without what is empty."""
    pairs: list[tuple[str, str]] = [
        ("niveau", selection.level.value),
        ("indicateur", selection.indicator),
        *(("taille", stratum.value) for stratum in selection.strata),
        *(("region", code) for code in selection.regions),
    ]
    if selection.territory is not None:
        pairs.append(("territoire", selection.territory))
    return urlencode(pairs)
