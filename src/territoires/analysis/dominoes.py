"""Dominoes: which domains are in alert in the same territories more often than chance alone would have it.

Chance is told size by size: inside each size of territory, as if the territories in alert on one domain were drawn
at random. Territories where one of the domains is unknown count on neither side. What goes together is said to go
together, nothing more: neither that one domain brings the other, nor which comes first (docs/adr/0016).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from territoires.analysis.chance import at_least, discoveries
from territoires.analysis.domain_alerts import POSITIONS, DomainAlerts
from territoires.analysis.selected import strata_mask
from territoires.model.fragilities import DOMAINS
from territoires.model.levels import Level
from territoires.model.sizes import STRATA, Stratum
from territoires.store.store import Store

#: Fewest territories where all the domains are known for their meeting to be tested.
FEWEST_TERRITORIES = 20

#: Fewest territories together for a meeting to be told: under it, names would be read for numbers.
FEWEST_TOGETHER = 10


@dataclass(frozen=True, slots=True)
class Domino:
    """Two or three domains and the territories where they are in alert together.

    `known` territories know all of them; `together` are in alert on all, where `expected` would be if each went
    its own way; `inhabitants` live there. `lift` is `together` over `expected` (NaN when that is 0). `chance` is
    the probability of as many or more by chance (NaN when not tested); for three domains, the largest of the
    three obtained by holding each domain against the two others. `found` says that it is a discovery.
    """

    domains: tuple[str, ...]
    known: int
    together: int
    expected: float
    inhabitants: int
    lift: float
    chance: float
    found: bool = False

    @property
    def support(self) -> float:
        """Share of the territories that know the domains where all of them are in alert (NaN without any)."""
        return self.together / self.known if self.known else float("nan")

    @property
    def tested(self) -> bool:
        """Whether there were enough territories to test."""
        return bool(np.isfinite(self.chance))


@dataclass(frozen=True)
class Dominoes:
    """All the pairs and triples of domains among some territories.

    `territories` is how many are looked at; `known` and `alert` count, per domain, those where it is known and
    those in alert; `tests` is how many pairs and triples were tested together.
    """

    level: Level
    strata: tuple[Stratum, ...]
    region: str | None
    territories: int
    known: dict[str, int]
    alert: dict[str, int]
    pairs: tuple[Domino, ...]
    triples: tuple[Domino, ...]
    tests: int

    def get(self, *domains: str) -> Domino | None:
        """Return the domino of two or three domains in any order, or None."""
        wanted = tuple(sorted(domains, key=lambda domain: POSITIONS.get(domain, -1)))
        return next((each for each in (*self.pairs, *self.triples) if each.domains == wanted), None)

    @property
    def found(self) -> tuple[Domino, ...]:
        """The discoveries, pairs then triples, the highest lift first."""
        return tuple(
            each
            for kind in (self.pairs, self.triples)
            for each in sorted(kind, key=lambda one: -one.lift)
            if each.found
        )


def inside(store: Store, level: Level, strata: tuple[Stratum, ...], region: str | None) -> NDArray[np.bool_]:
    """Return which territories of `level` are of these sizes and in this region; `UnknownError` for its code."""
    territories = store.territories(level)
    mask = strata_mask(territories.stratum, strata)
    if region is not None:
        mask &= territories.parents[Level.REGION] == store.territories(Level.REGION).index(region)
    return mask


def fallen(alerts: DomainAlerts, domains: tuple[str, ...]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which territories are in alert on all of `domains`, and which know all of them."""
    columns = [POSITIONS[domain] for domain in domains]
    together: NDArray[np.bool_] = np.all(alerts.alert[:, columns], axis=1)
    known: NDArray[np.bool_] = np.all(alerts.known[:, columns], axis=1)
    return together, known


def dominoes(
    store: Store, alerts: DomainAlerts, strata: tuple[Stratum, ...] = (), region: str | None = None
) -> Dominoes:
    """Return every pair and triple of domains among the territories of some sizes and of a region."""
    mask = inside(store, alerts.level, strata, region)
    territories = store.territories(alerts.level)
    alert, known = alerts.alert[mask], alerts.known[mask]
    sizes = territories.stratum[mask]
    groups = [
        _Bits(alert[sizes == size], known[sizes == size])
        for size in range(len(STRATA))
        if np.any(sizes == size)
    ]
    people = territories.population[mask].astype(np.float64)
    pairs = tuple(_pairs(groups, alert, people))
    triples = tuple(_triples(groups, alert, people))
    tested = [each for each in (*pairs, *triples) if each.tested]
    kept = iter(discoveries([each.chance for each in tested]))
    told = [
        replace(each, found=bool(next(kept)) and each.together >= FEWEST_TOGETHER) if each.tested else each
        for each in (*pairs, *triples)
    ]
    return Dominoes(
        alerts.level,
        strata,
        region,
        int(np.count_nonzero(mask)),
        {domain: int(known[:, k].sum()) for domain, k in POSITIONS.items()},
        {domain: int(alert[:, k].sum()) for domain, k in POSITIONS.items()},
        tuple(told[: len(pairs)]),
        tuple(told[len(pairs) :]),
        len(tested),
    )


class _Bits:
    """The territories of one size, eight to a byte: sets of territories are met by `&` and counted at once."""

    def __init__(self, alert: NDArray[np.bool_], known: NDArray[np.bool_]) -> None:
        self.alert = _packed(alert)
        self.known = _packed(known)


def _packed(columns: NDArray[np.bool_]) -> NDArray[np.uint64]:
    """Return each column as a row of 64-bit words."""
    padding = -columns.shape[0] % 64
    padded = np.pad(columns, ((0, padding), (0, 0)))
    return np.ascontiguousarray(np.packbits(padded.T, axis=1)).view(np.uint64)


def _count(bits: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Count the territories of each row."""
    counted: NDArray[np.int64] = np.bitwise_count(bits).sum(axis=-1, dtype=np.int64)
    return counted


def _pairs(groups: list[_Bits], alert: NDArray[np.bool_], people: NDArray[np.float64]) -> Iterator[Domino]:
    """Yield the domino of every two domains."""
    counted = [
        tuple(
            _count(a[:, None] & b[None])
            for a, b in ((each.known, each.known), (each.alert, each.known), (each.alert, each.alert))
        )
        for each in groups
    ]
    inhabitants = (alert * people[:, None]).T @ alert
    for a, b in combinations(range(len(DOMAINS)), 2):
        tables = [(int(n[a, b]), int(one[a, b]), int(one[b, a])) for n, one, _ in counted]
        together = sum(int(both[a, b]) for _, _, both in counted)
        total = sum(n for n, _, _ in tables)
        expected = sum(x * y / n for n, x, y in tables if n)
        chance = at_least(together, tables) if total >= FEWEST_TERRITORIES else float("nan")
        yield _domino((a, b), total, together, expected, inhabitants[a, b], chance)


def _triples(groups: list[_Bits], alert: NDArray[np.bool_], people: NDArray[np.float64]) -> Iterator[Domino]:
    """Yield the domino of every three domains; each is held against the two others, and the weakest is kept."""
    for a, b in combinations(range(len(DOMAINS) - 1), 2):
        counted = [_with_pair(each, a, b) for each in groups]
        both = np.flatnonzero(alert[:, a] & alert[:, b])
        inhabitants = people[both] @ alert[both]
        for c in range(b + 1, len(DOMAINS)):
            rows = [[int(column[c]) for column in each] for each in counted]
            total = sum(row[0] for row in rows)
            together = sum(row[7] for row in rows)
            # n, A, B, C, AB, AC, BC among the territories that know the three.
            expected = sum(x * y * z / n**2 for n, x, y, z, *_ in rows if n)
            chance = float("nan")
            if total >= FEWEST_TERRITORIES:
                held = ([(row[0], row[i], row[j]) for row in rows] for i, j in ((4, 3), (5, 2), (6, 1)))
                chance = max(at_least(together, tables) for tables in held)
            yield _domino((a, b, c), total, together, expected, inhabitants[c], chance)


def _with_pair(group: _Bits, a: int, b: int) -> tuple[NDArray[np.int64], ...]:
    """Count, for every third domain, what `Domino` needs where it, `a` and `b` are known."""
    known = group.known & group.known[a] & group.known[b]
    first, second, third = group.alert[a] & known, group.alert[b] & known, group.alert & known
    sets = (
        known,
        first,
        second,
        third,
        first & second,
        first & third,
        second & third,
        first & second & third,
    )
    return tuple(_count(each) for each in sets)


def _domino(
    positions: tuple[int, ...], known: int, together: int, expected: float, people: float, chance: float
) -> Domino:
    lift = together / expected if expected > 0 else float("nan")
    domains = tuple(DOMAINS[position].id for position in positions)
    return Domino(domains, known, together, expected, round(people), lift, chance)
