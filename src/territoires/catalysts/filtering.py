"""What is looked for in the directory: the same filters for the list, the map, the counts and the address."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from territoires.catalysts.catalyst import Catalyst
from territoires.catalysts.likeness import sizes_of
from territoires.model.catalysts import KIND_LABELS, TRADE_LABELS, Echelon, Kind, Trade
from territoires.model.fragilities import BY_ID
from territoires.model.levels import Level
from territoires.model.sizes import Stratum
from territoires.store.store import Store


@dataclass(frozen=True, slots=True)
class Choice:
    """The filters; None, an empty text, or False for `networks` (near networks shown too) leave nothing out."""

    text: str = ""
    region: str | None = None
    kind: Kind | None = None
    domain: str | None = None
    trade: Trade | None = None
    level: Echelon | None = None
    stratum: Stratum | None = None
    networks: bool = False


#: The filters that have options, each with its counts.
FACETS: tuple[str, ...] = ("region", "kind", "domain", "trade", "level", "stratum")


@dataclass(frozen=True, slots=True)
class Indexed:
    """An organisation as the filters see it: its words (plain, after a space), its values for each facet."""

    catalyst: Catalyst
    words: str
    values: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Found:
    """The organisations that pass every filter, and how many there would be for each option.

    `counts[facet][value]` counts those that pass the *other* filters and have this value; `everyone[facet]` those
    that pass the other filters, whatever their value. `networks` counts the near networks that the other filters
    let through.
    """

    catalysts: tuple[Catalyst, ...]
    counts: dict[str, Counter[str]]
    everyone: dict[str, int]
    networks: int


def plain(text: str) -> str:
    """Return `text` in lower case without accents or punctuation (as `normalise` of assets/carte/formats.js)."""
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe")).lower()
    bare = "".join(
        character for character in decomposed if not unicodedata.category(character).startswith("M")
    )
    return re.sub(r"[^a-z0-9]+", " ", bare).strip()


def indexed(catalysts: Iterable[Catalyst], store: Store) -> list[Indexed]:
    """Return organisations ready to be filtered: done once per version of the directory."""
    names = {
        level: dict(zip(store.territories(level).codes, store.territories(level).names, strict=True))
        for level in (Level.DEPARTEMENT, Level.REGION)
    }

    def index(each: Catalyst) -> Indexed:
        said = (
            each.name,
            each.town,
            names[Level.DEPARTEMENT].get(each.departement or "", ""),
            names[Level.REGION].get(each.region or "", ""),
            KIND_LABELS[each.kind],
            *(BY_ID[domain].label for domain in each.domains),
            *(TRADE_LABELS[trade] for trade in each.trades),
            each.presentation,
        )
        values = {
            "region": (each.region,) if each.region else (),
            "kind": (each.kind.value,),
            "domain": each.domains,
            "trade": tuple(trade.value for trade in each.trades),
            "level": (each.level.value,) if each.level else (),
            "stratum": tuple(stratum.value for stratum in sizes_of(each)),
        }
        return Indexed(each, " " + plain(" ".join(said)), values)

    return [index(each) for each in catalysts]


def _asked(choice: Choice) -> dict[str, str]:
    """Return the value asked of each facet that filters."""
    return {name: str(value) for name in FACETS if (value := getattr(choice, name)) is not None}


def find(entries: Sequence[Indexed], choice: Choice) -> Found:
    """Return what passes the filters, in the order of `entries`, with the counts of every option.

    Every word of the text must begin a word of what is said of the organisation.
    """
    wanted = [f" {word}" for word in plain(choice.text).split()]
    asked = _asked(choice)
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    everyone = dict.fromkeys(FACETS, 0)
    found: list[Catalyst] = []
    networks = 0
    for entry in entries:
        if not all(word in entry.words for word in wanted):
            continue
        failed = [name for name, value in asked.items() if value not in entry.values[name]]
        if entry.catalyst.near_network:
            networks += not failed
            if not choice.networks:
                continue
        if not failed:
            found.append(entry.catalyst)
        if len(failed) <= 1:
            for name in failed or FACETS:
                everyone[name] += 1
                counts[name].update(entry.values[name])
    return Found(tuple(found), counts, everyone, networks)


def is_empty(choice: Choice) -> bool:
    """Whether nothing is filtered; near networks shown or not."""
    return all(not getattr(choice, each.name) for each in fields(choice) if each.name != "networks")
