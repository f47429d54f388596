"""Organisations that do not exist, so that the directory can be tried at its full size: `demonstration.csv`.

The network counts 350 catalysts; those that public sources name are fewer. The rest is drawn by a seeded
generator, the same bytes at every run, and every record says that it was invented. Real are the communes only;
no person, address, phone or e-mail is made up.

Distribution, taken from the published organisations: regions in proportion, with at least one in each of the
others; sizes of commune in proportion of those that could be placed; kind with its profile, échelon, domains
each drawn from the organisations that have them. What no source says (trades, sizes worked with) is drawn evenly.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from territoires.catalysts.catalyst import Catalyst
from territoires.catalysts.directory import open_directory
from territoires.catalysts.holding import FOLDER
from territoires.catalysts.records import SEPARATOR, format_rows
from territoires.model.catalysts import Echelon, Kind, Profile, Trade
from territoires.model.levels import Level
from territoires.model.sizes import STRATA, Stratum
from territoires.store.store import Store

FILE = "demonstration.csv"

#: Organisations in all, published and invented: the number that the network announces.
TOTAL = 350

SEED = 20261122

PRESENTATION = "Organisation inventée pour la démonstration : elle n’existe pas."
SOURCE = "Territoires, jeu de démonstration"

#: Shares of the invented organisations that have one, two or three trades, or work with as many sizes.
ONE, TWO = 0.5, 0.85

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Model:
    """What an invented organisation takes from those that exist."""

    kind: Kind
    profile: Profile
    level: Echelon
    domains: tuple[str, ...]


class Draw:
    """A seeded generator that uses `random()` only: the one draw whose sequence Python keeps for ever."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - a repeatable draw is what is wanted

    def one(self, items: Sequence[Item]) -> Item:
        """Return one of `items`, each as likely."""
        return items[int(self._random.random() * len(items))]

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """Return `items` in an order drawn at random."""
        return [
            item for _, _, item in sorted((self._random.random(), n, item) for n, item in enumerate(items))
        ]

    def some(self, items: Sequence[Item]) -> list[Item]:
        """Return one, two or three of `items`, in their order."""
        drawn = self._random.random()
        wanted = 1 if drawn < ONE else 2 if drawn < TWO else 3
        places = sorted(self.shuffled(range(len(items)))[:wanted])
        return [items[place] for place in places]


def quotas(counts: dict[str, int], total: int) -> dict[str, int]:
    """Share `total` in proportion of `counts` (largest remainders), at least one each; keys in their order."""
    whole = sum(counts.values())
    spare = total - sum(count == 0 for count in counts.values())
    exact = {key: count * spare / whole for key, count in counts.items()}
    shares = {key: int(value) if counts[key] else 1 for key, value in exact.items()}
    by_remainder = sorted(exact, key=lambda key: (int(exact[key]) - exact[key], key))
    for key in by_remainder[: total - sum(shares.values())]:
        shares[key] += 1
    return shares


def invent(published: Sequence[Catalyst], store: Store) -> list[dict[str, str]]:
    """Return the canonical rows that fill the directory to `TOTAL`."""
    wanted = TOTAL - len(published)
    draw = Draw(SEED)
    regions = Counter(catalyst.region for catalyst in published)
    shares = quotas({code: regions[code] for code in store.territories(Level.REGION).codes}, wanted)
    sizes = Counter(catalyst.stratum for catalyst in published if catalyst.stratum)
    per_size = quotas({stratum: sizes[stratum] for stratum in STRATA}, wanted)
    strata = draw.shuffled([Stratum(size) for size, count in per_size.items() for _ in range(count)])
    places = [region for region, count in shares.items() for _ in range(count)]
    return [
        _row(number, region, stratum, _drawn(published, draw), draw, store)
        for number, (region, stratum) in enumerate(zip(places, strata, strict=True), 1)
    ]


def _drawn(published: Sequence[Catalyst], draw: Draw) -> Model:
    """Draw what an organisation is and does from those that exist."""
    kind = draw.one(published)
    level = draw.one([each.level for each in published if each.level is not None])
    domains = draw.one([each.domains for each in published if each.domains])
    return Model(kind.kind, kind.profile, level, domains)


def _row(
    number: int, region: str, stratum: Stratum, model: Model, draw: Draw, store: Store
) -> dict[str, str]:
    communes = store.territories(Level.COMMUNE)
    position = draw.one(_communes(region, stratum, store))
    place = communes.at(position)
    around = (Level.EPCI, place.epci) if place.epci else (Level.COMMUNE, place.code)
    level, code = around if model.level is Echelon.LOCAL else (Level.REGION, region)
    own = place.stratum
    sizes = {STRATA[own], *(STRATA[own - 1 : own] if draw.one((True, False)) else ())}
    sizes |= set(STRATA[own + 1 : own + 2] if draw.one((True, False)) else ())
    return {
        "id": f"demonstration-{number:03d}",
        "name": f"Catalyseur de démonstration {number:03d}",
        "kind": model.kind,
        "profile": model.profile,
        "town": place.name,
        "commune": place.code,
        "departement": "",
        "region": "",
        "lon": "",
        "lat": "",
        "level": model.level,
        "covers": f"{level}:{code}",
        "domains": SEPARATOR.join(model.domains),
        "trades": SEPARATOR.join(draw.some(tuple(Trade))),
        "strata": SEPARATOR.join(stratum for stratum in STRATA if stratum in sizes),
        "presentation": PRESENTATION,
        "website": "",
        "source": SOURCE,
        "source_url": "",
        "verified_on": "",
        "certainty": "",
        "near_network": "",
        "note": "",
    }


def _communes(region: str, stratum: Stratum, store: Store) -> list[int]:
    """Return the communes of a region of a size, or of the nearest smaller size that it has."""
    communes = store.territories(Level.COMMUNE)
    inside = [n for n, code in enumerate(communes.parent_codes[Level.REGION]) if code == region]
    for size in range(STRATA.index(stratum), -1, -1):
        found = [n for n in inside if communes.stratum[n] == size]
        if found:
            return found
    return inside


def write_demonstration(data: Path, store: Store) -> int:
    """Write `demonstration.csv` under `data`; return the number of organisations invented."""
    # An empty state: what an installation imported must not change the file that ships.
    published = open_directory(data, data / FOLDER / "none", store, demonstration=False)
    rows = invent(published.catalysts, store)
    (data / FOLDER / FILE).write_text(format_rows(rows), encoding="utf-8", newline="")
    return len(rows)
