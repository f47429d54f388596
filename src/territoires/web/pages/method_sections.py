"""What the method page counts: verification by family, age of the figures, overseas, cells set aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from territoires.model.levels import Level
from territoires.store.set_aside import SetAside
from territoires.store.store import Store
from territoires.store.verification import FAMILIES, Family, VerificationRow, share_within
from territoires.web.catalogue_choice import RECENT, last_year

#: An indicator is known overseas when at least this share of the communes of the région has a value.
KNOWN_SHARE = 0.5

#: Figures up to this year are called old.
OLD = 2018

MAINLAND = "hexagone"


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """The comparisons of a family: indicators, territories compared, and those within the tolerance."""

    family: Family
    indicators: int
    compared: int
    within: int
    outside: int

    @property
    def share(self) -> float:
        """Share (%) of the compared values within the tolerance."""
        return 100.0 * self.within / self.compared


@dataclass(frozen=True, slots=True)
class Verified:
    """The whole verification: indicators compared, values, share within (%), independent part."""

    indicators: int
    comparisons: int
    values: int
    share: float
    independent_indicators: int
    independent_values: int
    independent_share: float
    outside: tuple[VerificationRow, ...]
    families: tuple[FamilyRow, ...]


def verified(rows: Sequence[VerificationRow]) -> Verified | None:
    """Return what the verification says in all and by family; None without any comparison."""
    if not rows:
        return None
    independent = tuple(row for row in rows if row.independent)
    families = []
    for name, family in FAMILIES.items():
        own = [row for row in rows if row.family == name]
        if own:
            families.append(
                FamilyRow(
                    family,
                    len({row.indicator for row in own}),
                    sum(row.compared for row in own),
                    sum(row.within for row in own),
                    sum(row.outside for row in own),
                )
            )
    return Verified(
        len({row.indicator for row in rows}),
        len(rows),
        sum(row.compared for row in rows),
        100.0 * share_within(tuple(rows)),
        len({row.indicator for row in independent}),
        sum(row.compared for row in independent),
        100.0 * share_within(independent),
        tuple(row for row in rows if row.outside),
        tuple(families),
    )


@dataclass(frozen=True, slots=True)
class Ages:
    """How many indicators are recent, and how many old; `oldest` is the last year of the oldest."""

    recent: int
    between: int
    old: int
    oldest: int


def ages(store: Store) -> Ages:
    """Return the ages of the figures, by the last year of their period."""
    years = [last_year(indicator.vintage) for indicator in store.indicators]
    recent, old = sum(year >= RECENT for year in years), sum(year <= OLD for year in years)
    return Ages(recent, len(years) - recent - old, old, min(years))


@dataclass(frozen=True, slots=True)
class Overseas:
    """An overseas région: its communes, and the indicators known for at least half of them."""

    name: str
    communes: int
    known: int


def overseas(store: Store) -> tuple[list[Overseas], int]:
    """Return the overseas régions, and the number of indicators that exist by commune at all."""
    communes, regions = store.territories(Level.COMMUNE), store.territories(Level.REGION)
    parents = communes.parents[Level.REGION]
    of_region = [np.flatnonzero(parents == i) for i in range(len(regions))]
    known = np.zeros(len(regions), dtype=np.int64)
    total = 0
    for indicator in store.indicators:
        has_value = np.isfinite(store.values(Level.COMMUNE, indicator.id))
        total += bool(has_value.any())
        known += [members.size > 0 and has_value[members].mean() >= KNOWN_SHARE for members in of_region]
    rows = [
        Overseas(regions.names[i], of_region[i].size, int(known[i]))
        for i, zone in enumerate(regions.zone)
        if zone != MAINLAND
    ]
    return sorted(rows, key=lambda row: (-row.known, row.name)), total


@dataclass(frozen=True, slots=True)
class EmptiedRow:
    """Cells emptied for one reason: the source, how many of its variables (0: all), where, and why."""

    source: str
    variables: int
    where: str
    communes: int
    note: str


def emptied(store: Store, rows: Sequence[SetAside]) -> list[EmptiedRow]:
    """Return the cells set aside, one row per reason and place, with the communes concerned (−1: unknown)."""
    communes = store.territories(Level.COMMUNE)
    groups: Counter[tuple[str, str, Level | None, tuple[str, ...]]] = Counter()
    whole: set[tuple[str, str, Level | None, tuple[str, ...]]] = set()
    sources: dict[tuple[str, str, Level | None, tuple[str, ...]], list[str]] = {}
    for row in rows:
        # The same communes for the same reason make one row, whatever the tables they are in.
        key = (row.note, "" if len(row.codes) > 50 else row.source, row.level, row.codes)
        groups[key] += 1
        if row.variable == "*":
            whole.add(key)
        short = store.sources[row.source].producer if row.source in store.sources else row.source
        if short not in sources.setdefault(key, []):
            sources[key].append(short)
    found = []
    for key, count in groups.items():
        note, _, level, codes = key
        number, where = -1, "partout où c’est le cas"
        if level is Level.COMMUNE:
            number, where = len(codes), ""
        elif level is not None:
            territories = store.territories(level)
            names = [territories.get(code).name if code in territories else code for code in codes]
            inside = [territories.index(code) for code in codes if code in territories]
            number, where = int(np.isin(communes.parents[level], inside).sum()), ", ".join(names)
        found.append(EmptiedRow(", ".join(sources[key]), 0 if key in whole else count, where, number, note))
    return found
