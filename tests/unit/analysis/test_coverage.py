"""Coverage counts territories and inhabitants, and gives every absence its reason."""

from __future__ import annotations

import pytest

from territoires.analysis.coverage import coverage, levels_known
from territoires.model.levels import Level
from territoires.store.store import TableStore


def test_every_territory_is_compared_or_has_a_reason(shipped_store: TableStore) -> None:
    for name in ("emp_txchom_1564", "pau_tp60", "sec_burglary", "ris_seisme", "han_aah_dep"):
        for level in Level:
            found = coverage(shipped_store, shipped_store.indicator(name), level)
            assert found.compared + sum(count for _, count in found.others) == found.total
            assert found.compared <= found.known <= found.total
            assert 0 <= found.people_compared <= found.people <= 1


def test_shares_are_those_of_the_inhabitants(country_store: TableStore) -> None:
    indicator = country_store.indicators[0]
    found = coverage(country_store, indicator, Level.COMMUNE)
    values = country_store.values(Level.COMMUNE, indicator.id)
    people = country_store.territories(Level.COMMUNE).population
    assert found.people == pytest.approx(people[values == values].sum() / people.sum())


def test_an_indicator_is_known_where_it_has_a_value(shipped_store: TableStore) -> None:
    assert levels_known(shipped_store, shipped_store.indicator("ris_seisme")) == (Level.COMMUNE,)
    assert Level.COMMUNE not in levels_known(shipped_store, shipped_store.indicator("han_aah_dep"))
