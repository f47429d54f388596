"""The address of /catalyseurs: filters, order, place and radius, read without ever failing and written one way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from territoires.catalysts.filtering import Choice
from territoires.catalysts.likeness import HOME_LEVELS
from territoires.model.catalysts import Echelon, Kind, Trade
from territoires.model.fragilities import BY_ID
from territoires.model.levels import MAPPED, Level
from territoires.model.parameters import Parameters
from territoires.model.sizes import Stratum
from territoires.store.store import Store

PATH = "/catalyseurs"

#: Longest text looked up.
LONGEST = 80

#: The radii offered, in kilometres.
RADII: tuple[int, ...] = (10, 25, 50, 100, 200)

#: The query name of each filter, in the order in which an address is written.
NAMES: dict[str, str] = {
    "text": "q",
    "region": "region",
    "domain": "domaine",
    "kind": "type",
    "trade": "metier",
    "level": "echelon",
    "stratum": "taille",
    "networks": "reseaux",
}

#: The other parameters of the page; `lieu` is a name typed where there is no script.
OTHERS: tuple[str, ...] = ("mode", "niveau", "territoire", "rayon", "lieu", "page")

Word = TypeVar("Word", bound=StrEnum)


#: Nothing filtered.
NOTHING = Choice()


class Mode(StrEnum):
    """How the list is ordered when it starts from a territory."""

    NEAR = "pres"
    LIKE = "comme"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for. `territory` is a code at `level`; both are None together. `page` starts at 1."""

    choice: Choice = NOTHING
    mode: Mode | None = None
    level: Level | None = None
    territory: str | None = None
    radius: int | None = None
    page: int = 1


def read(query: Mapping[str, Sequence[str]], store: Store) -> tuple[Asked, tuple[str, ...]]:
    """Return what the parameters of an address ask for, and the notices of what is ignored in them."""
    parameters = Parameters(query)

    def word(name: str, kind: type[Word]) -> Word | None:
        found = parameters.one(name, {each.value for each in kind}.__contains__)
        return kind(found) if found is not None else None

    text = next(iter(parameters.values("q")), "")
    choice = Choice(
        text=" ".join(text.split())[:LONGEST],
        region=parameters.one("region", lambda code: store.knows_territory(Level.REGION, code)),
        domain=parameters.one("domaine", BY_ID.__contains__),
        kind=word("type", Kind),
        trade=word("metier", Trade),
        level=word("echelon", Echelon),
        stratum=word("taille", Stratum),
        networks=parameters.one("reseaux", "1".__eq__) is not None,
    )
    mode = word("mode", Mode)
    level, territory = _place(parameters, store, mode)
    radius = parameters.one("rayon", {str(each) for each in RADII}.__contains__)
    page = parameters.one(
        "page", lambda value: value.isascii() and value.isdigit() and 0 < int(value) < 10_000
    )
    parameters.unknown((*NAMES.values(), *OTHERS))
    near = mode is Mode.NEAR and radius is not None
    asked = Asked(choice, mode, level, territory, int(radius or 0) if near else None, int(page or 1))
    return asked, parameters.notices


def _place(parameters: Parameters, store: Store, mode: Mode | None) -> tuple[Level | None, str | None]:
    """Return the level and the code of the territory asked for, or nothing when either means nothing."""
    levels = HOME_LEVELS if mode is Mode.LIKE else MAPPED
    word = parameters.one("niveau", {level.value for level in levels}.__contains__)
    level = Level(word) if word is not None else Level.COMMUNE
    code = parameters.one("territoire", lambda code: store.knows_territory(level, code))
    return (level, code) if code is not None and mode is not None else (None, None)


def pairs(asked: Asked) -> list[tuple[str, str]]:
    """Return the parameters of the address of what is asked, in canonical order and without what is empty."""
    choice = asked.choice
    written = {name: getattr(choice, field) for field, name in NAMES.items() if field != "networks"}
    found = [(name, str(value)) for name, value in written.items() if value]
    found += [(NAMES["networks"], "1")] if choice.networks else []
    found += [("mode", asked.mode.value)] if asked.mode else []
    if asked.level is not None and asked.territory is not None:
        found += [("niveau", asked.level.value), ("territoire", asked.territory)]
    found += [("rayon", str(asked.radius))] if asked.radius else []
    found += [("page", str(asked.page))] if asked.page > 1 else []
    return found


#: The stem of the files of what an address lists, and of those of the whole directory.
LIST_FILES, WHOLE_FILES = "/telecharger/catalyseurs-choisis", "/telecharger/catalyseurs"


def address(asked: Asked, path: str = PATH) -> str:
    """Return the address of what is asked."""
    query = urlencode(pairs(asked))
    return f"{path}?{query}" if query else path
