"""Dominoes against set arithmetic done by hand, exact fractions, and data where nothing goes together."""

from __future__ import annotations

import math
import time
from fractions import Fraction

import numpy as np
import pytest
from scipy.stats import false_discovery_control, hypergeom

from territoires.analysis.chance import FLOOR, at_least, discoveries
from territoires.analysis.domain_alerts import (
    FEWEST_ALERTS,
    FEWEST_KNOWN,
    POSITIONS,
    DomainAlerts,
    domain_alerts,
    domain_shares,
)
from territoires.analysis.dominoes import FEWEST_TERRITORIES, FEWEST_TOGETHER, Dominoes, dominoes, fallen
from territoires.errors import UnknownError
from territoires.model.fragilities import DOMAINS
from territoires.model.levels import Level
from territoires.model.sizes import STRATA, Stratum
from territoires.store.store import TableStore

#: The size where the invented country has communes enough.
SMALLEST = STRATA[0]


def invented(store: TableStore) -> DomainAlerts:
    """Alerts of the invented communes: written by a formula, domains 0, 1 and 2 falling together."""
    n = len(store.territories(Level.COMMUNE))
    k = np.arange(n)[:, None]
    d = np.arange(len(DOMAINS))[None, :]
    known = (k * 7 + d * 3) % 11 != 0
    alert = (k * (d + 2) + d * d) % 5 == 0
    alert[:, 1] = alert[:, 0] | (np.arange(n) % 13 == 0)
    alert[:, 2] = alert[:, 0]
    return DomainAlerts(Level.COMMUNE, alert & known, known)


def exact_chance(together: int, groups: list[tuple[int, int, int]]) -> Fraction:
    """The chance of `together` or more, by counting every draw."""
    laws = [Fraction(1)]
    for total, first, second in groups:
        draws = math.comb(total, second)
        part = [
            Fraction(math.comb(first, k) * math.comb(total - first, second - k), draws)
            if second - k >= 0
            else Fraction(0)
            for k in range(min(first, second) + 1)
        ]
        summed = [Fraction(0)] * (len(laws) + len(part) - 1)
        for i, p in enumerate(laws):
            for j, q in enumerate(part):
                summed[i + j] += p * q
        laws = summed
    return sum(laws[together:], Fraction(0))


def by_hand(store: TableStore, alerts: DomainAlerts, domains: tuple[int, ...]) -> dict[str, float]:
    """Count one domino with sets of commune numbers, size by size."""
    communes = store.territories(Level.COMMUNE)
    everyone = range(len(communes))
    known = {k for k in everyone if all(alerts.known[k, d] for d in domains)}
    members = [{k for k in known if alerts.alert[k, d]} for d in domains]
    together = set.intersection(*members)
    sizes = [{k for k in known if communes.stratum[k] == size} for size in range(len(STRATA))]
    sizes = [size for size in sizes if size]
    expected = sum(
        Fraction(math.prod(len(m & size) for m in members), len(size) ** (len(domains) - 1)) for size in sizes
    )
    chances = []
    for position in range(len(domains)):
        others = set.intersection(*(m for k, m in enumerate(members) if k != position))
        groups = [(len(size), len(others & size), len(members[position] & size)) for size in sizes]
        chances.append(exact_chance(len(together), groups))
    return {
        "known": len(known),
        "together": len(together),
        "expected": float(expected),
        "inhabitants": sum(int(communes.population[k]) for k in together),
        "chance": float(max(chances)),
    }


@pytest.fixture(scope="module")
def found(country_store: TableStore) -> Dominoes:
    return dominoes(country_store, invented(country_store))


def test_every_pair_and_triple_equals_a_count_by_hand(country_store: TableStore, found: Dominoes) -> None:
    alerts = invented(country_store)
    assert len(found.pairs) == math.comb(16, 2)
    assert len(found.triples) == math.comb(16, 3)
    for domino in (*found.pairs, *found.triples[::7]):
        hand = by_hand(country_store, alerts, tuple(POSITIONS[d] for d in domino.domains))
        assert (domino.known, domino.together, domino.inhabitants) == (
            hand["known"], hand["together"], hand["inhabitants"],
        )  # fmt: skip
        assert domino.expected == pytest.approx(hand["expected"], abs=1e-12)
        if domino.tested:
            assert domino.chance == pytest.approx(max(hand["chance"], FLOOR), rel=1e-9, abs=1e-12)
        if hand["expected"]:
            assert domino.lift == pytest.approx(hand["together"] / hand["expected"])
            assert domino.support == hand["together"] / hand["known"]
        else:
            assert math.isnan(domino.lift)


def test_discoveries_are_those_of_benjamini_and_hochberg(found: Dominoes) -> None:
    tested = [each for each in (*found.pairs, *found.triples) if each.tested]
    assert found.tests == len(tested) > 100
    adjusted = false_discovery_control([each.chance for each in tested])
    assert {each.domains for each in found.found} == {
        each.domains
        for each, p in zip(tested, adjusted, strict=True)
        if p <= 0.05 and each.together >= FEWEST_TOGETHER
    }


def test_domains_that_always_fall_together_are_found_in_any_order(
    country_store: TableStore, found: Dominoes
) -> None:
    first, second, third = (domain.id for domain in DOMAINS[:3])
    pair = found.get(third, first)
    assert pair is not None
    assert pair.domains == (first, third)
    assert pair.chance < 0.001
    assert pair.lift > 2
    assert found.get(first, second, third) in found.triples
    assert found.get("emploi", "inconnu") is None
    together, known = fallen(invented(country_store), pair.domains)
    assert (int(together.sum()), int(known.sum())) == (pair.together, pair.known)


def test_too_few_territories_are_counted_but_not_tested(country_store: TableStore) -> None:
    few = dominoes(country_store, invented(country_store), (), "02")
    assert few.territories == 10 < FEWEST_TERRITORIES
    assert few.tests == 0
    assert not few.found
    assert few.pairs[0].together > 0
    with pytest.raises(UnknownError):
        dominoes(country_store, invented(country_store), (), "99")
    nobody = dominoes(country_store, invented(country_store), (STRATA[3],), "94")
    assert nobody.territories == 1


def test_an_unknown_domain_counts_on_neither_side(country_store: TableStore) -> None:
    alerts = invented(country_store)
    known = alerts.known.copy()
    known[::2, 0] = False
    less = dominoes(country_store, DomainAlerts(alerts.level, alerts.alert & known, known), (SMALLEST,))
    first, second = less.pairs[0], less.get("developpement-economique", "niveau-de-vie")
    assert second is not None
    assert first.known < second.known


def test_tails_equal_the_reference_and_never_reach_zero() -> None:
    for total, a, b in ((40, 8, 9), (5025, 950, 870), (29366, 5800, 5900)):
        for together in (0, a * b // total, a * b // total + 20, min(a, b)):
            expected = max(float(hypergeom.sf(together - 1, total, a, b)), FLOOR)
            assert at_least(together, [(total, a, b)]) == pytest.approx(expected, rel=1e-7, abs=1e-12)
    assert at_least(3, [(0, 0, 0)]) == FLOOR
    assert at_least(0, []) == 1.0
    assert not discoveries([]).size


def test_nothing_is_found_where_nothing_goes_together(country_store: TableStore) -> None:
    """A thousand tests on shuffled columns: Benjamini–Hochberg leaves at most 5 % of discoveries."""
    random = np.random.default_rng(20261122)
    n = len(country_store.territories(Level.COMMUNE))
    strata = country_store.territories(Level.COMMUNE).stratum
    tests = false = runs = 0
    for _ in range(20):
        alert = random.random((n, len(DOMAINS))) < 0.3
        for size in np.unique(strata):
            rows = np.flatnonzero(strata == size)
            for column in range(len(DOMAINS)):
                alert[rows, column] = alert[random.permutation(rows), column]
        shuffled = dominoes(
            country_store, DomainAlerts(Level.COMMUNE, alert, np.ones_like(alert, dtype=bool)), (SMALLEST,)
        )
        tests += shuffled.tests
        tested = [each.chance for each in (*shuffled.pairs, *shuffled.triples)]
        false += int(discoveries(tested).sum())
        runs += bool(discoveries(tested).any())
    assert tests > 10_000
    assert false <= 0.05 * tests
    assert runs <= 0.25 * 20


def test_shuffled_communes_of_france_leave_at_most_five_percent_of_discoveries(
    shipped_store: TableStore,
) -> None:
    random = np.random.default_rng(5)
    real = domain_alerts(shipped_store, Level.COMMUNE)
    strata = shipped_store.territories(Level.COMMUNE).stratum
    alert, known = real.alert.copy(), real.known.copy()
    for size in range(len(STRATA)):
        rows = np.flatnonzero(strata == size)
        for column in range(len(DOMAINS)):
            shuffled = random.permutation(rows)
            alert[rows, column], known[rows, column] = alert[shuffled, column], known[shuffled, column]
    tested = dominoes(shipped_store, DomainAlerts(Level.COMMUNE, alert, known))
    assert tested.tests == 680
    assert discoveries([each.chance for each in (*tested.pairs, *tested.triples)]).sum() <= 0.05 * 680


def test_all_communes_domains_and_strata_take_two_seconds(shipped_store: TableStore) -> None:
    shipped_store.alerts(Level.COMMUNE)
    start = time.process_time()
    alerts = domain_alerts(shipped_store, Level.COMMUNE)
    results = [dominoes(shipped_store, alerts, strata) for strata in ((), *((each,) for each in STRATA))]
    assert time.process_time() - start <= 2
    assert [each.territories for each in results] == [34875, 29366, 5025, 350, 134]


@pytest.mark.parametrize(("level", "domain"), [(Level.COMMUNE, "pauvrete"), (Level.EPCI, "numerique")])
def test_a_domain_is_in_alert_by_the_rule_that_is_written(
    shipped_store: TableStore, level: Level, domain: str
) -> None:
    alerts = domain_alerts(shipped_store, level)
    columns = shipped_store.alerts(level)
    strata = shipped_store.territories(level).stratum
    rows = list(zip(columns[f"{domain}:alert"].tolist(), columns[f"{domain}:known"].tolist(), strict=True))
    position = POSITIONS[domain]
    assert alerts.known[:, position].tolist() == [known >= FEWEST_KNOWN for _, known in rows]
    for size in range(len(STRATA)):
        peers = [k for k in np.flatnonzero(strata == size).tolist() if rows[k][1] >= FEWEST_KNOWN]
        shares = sorted((rows[k][0] / rows[k][1] for k in peers), reverse=True)
        # The lowest share that at most a fifth of the peers reach.
        edge = min(
            (s for k, s in enumerate(shares) if shares[k + 1 : k + 2] != [s] and k + 1 <= 0.2 * len(peers)),
            default=math.inf,
        )
        for k in peers:
            wanted = rows[k][0] / rows[k][1] >= edge and rows[k][0] >= FEWEST_ALERTS
            assert bool(alerts.alert[k, position]) is wanted
    assert not (alerts.alert & ~alerts.known).any()


def test_shares_of_inhabitants_are_sums_over_communes(shipped_store: TableStore) -> None:
    alerts = domain_alerts(shipped_store, Level.COMMUNE)
    communes = shipped_store.territories(Level.COMMUNE)
    region = shipped_store.territories(Level.REGION).index("76")
    for strata, keep in (((), set(range(4))), ((Stratum.FROM_2000,), {1})):
        share = domain_shares(shipped_store, alerts, Level.REGION, strata)[region]["sante"]
        members = [
            k
            for k in np.flatnonzero(communes.parents[Level.REGION] == region).tolist()
            if int(communes.stratum[k]) in keep
        ]
        column = POSITIONS["sante"]
        known = sum(int(communes.population[k]) for k in members if alerts.known[k, column])
        hit = sum(int(communes.population[k]) for k in members if alerts.alert[k, column])
        assert (share.inhabitants, share.known) == (hit, known)
        assert share.everyone == sum(int(communes.population[k]) for k in members)
        assert share.share == pytest.approx(hit / known)


def test_departements_have_no_alert_of_their_own(shipped_store: TableStore) -> None:
    with pytest.raises(UnknownError):
        domain_alerts(shipped_store, Level.DEPARTEMENT)
