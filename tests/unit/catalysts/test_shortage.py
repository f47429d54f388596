"""Where nobody acts: counted by hand on the invented country, and held together on the shipped one."""

from __future__ import annotations

import numpy as np
import pytest

from territoires.analysis.domain_alerts import POSITIONS, DomainAlerts, domain_alerts
from territoires.catalysts.shortage import missing
from territoires.model.levels import Level
from territoires.model.sizes import STRATA
from territoires.store.store import TableStore
from tests.unit.catalysts.organisations import organisation


@pytest.fixture(scope="module")
def alerts(country_store: TableStore) -> DomainAlerts:
    """Every commune known on health, and every other one in alert."""
    n = len(country_store.territories(Level.COMMUNE))
    alert = np.zeros((n, len(POSITIONS)), dtype=bool)
    known = np.zeros_like(alert)
    known[:, POSITIONS["sante"]] = True
    alert[::2, POSITIONS["sante"]] = True
    return DomainAlerts(Level.COMMUNE, alert, known)


def test_without_anyone_every_territory_in_alert_is_missing(
    country_store: TableStore, alerts: DomainAlerts
) -> None:
    found = missing(
        [organisation("x", domains=("emploi",), lon=0.0, lat=45.0)], country_store, alerts, "sante", 50
    )
    assert found.acting == 0
    assert found.missing.sum() == alerts.alert.sum()
    assert np.isinf(found.km).all()
    people = country_store.territories(Level.COMMUNE).population[found.order]
    assert (np.diff(people) <= 0).all()


def test_those_near_somebody_who_acts_on_the_domain_are_not(
    country_store: TableStore, alerts: DomainAlerts
) -> None:
    communes = country_store.territories(Level.COMMUNE)
    lon, lat = communes.points[0]
    there = organisation("x", domains=("sante",), lon=float(lon), lat=float(lat))
    nowhere = organisation("y", domains=("sante",))
    found = missing([there, nowhere], country_store, alerts, "sante", 7)
    assert (found.acting, found.unplaced) == (2, 1)
    assert not found.missing[0]
    assert found.alert[0]
    assert (found.missing == (alerts.alert[:, POSITIONS["sante"]] & (found.km > 7))).all()
    assert 0 < found.missing.sum() < alerts.alert.sum()
    nearer = missing([there], country_store, alerts, "sante", 100)
    assert nearer.missing.sum() < found.missing.sum()


def test_a_size_limits_what_is_marked_and_not_the_counts(
    country_store: TableStore, alerts: DomainAlerts
) -> None:
    everything = missing([], country_store, alerts, "sante", 50)
    one = missing([], country_store, alerts, "sante", 50, (STRATA[1],))
    assert one.sizes == everything.sizes
    assert sum(size.missing for size in everything.sizes) == everything.missing.sum()
    assert one.missing.sum() == one.sizes[1].missing
    assert set(country_store.territories(Level.COMMUNE).stratum[one.order]) <= {1}


def test_on_the_shipped_country_the_sums_hold(shipped_store: TableStore) -> None:
    alerts = domain_alerts(shipped_store, Level.EPCI)
    somebody = [organisation("x", domains=tuple(POSITIONS), lon=1.44, lat=43.6)]
    for domain, position in POSITIONS.items():
        found = missing(somebody, shipped_store, alerts, domain, 50)
        assert sum(size.alert for size in found.sizes) == alerts.alert[:, position].sum()
        assert all(size.missing <= size.alert <= size.known for size in found.sizes)
        assert (found.km[found.order] > 50).all()
