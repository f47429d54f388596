"""Alerts of a territory and of its communes: counts and shares of inhabitants, never a score."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from territoires.analysis.selected import strata_mask
from territoires.errors import UnknownError
from territoires.model.alerts import alert_known, in_alert
from territoires.model.fragilities import DOMAINS
from territoires.model.levels import Level
from territoires.model.sizes import Stratum
from territoires.store.store import Store


@dataclass(frozen=True, slots=True)
class DomainAlerts:
    """How many indicators of a domain are in alert for a territory, out of those known there."""

    domain: str
    alerts: int
    known: int


@dataclass(frozen=True, slots=True)
class AlertShare:
    """Inhabitants living in communes in alert on one indicator.

    `share` (0–1, NaN when nothing is known) is `inhabitants` over `known`: those of communes where the
    indicator can be compared. `communes` counts the communes in alert.
    """

    share: float
    inhabitants: int
    known: int
    communes: int


def territory_alerts(store: Store, level: Level, code: str) -> tuple[DomainAlerts, ...]:
    """Return the alerts of a commune or an EPCI in each of the 16 domains; `UnknownError` at other levels."""
    index = store.territories(level).index(code)
    columns = store.alerts(level)
    return tuple(
        DomainAlerts(d.id, int(columns[f"{d.id}:alert"][index]), int(columns[f"{d.id}:known"][index]))
        for d in DOMAINS
    )


def commune_alerts(store: Store, indicator: str) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which communes are in alert on an indicator, and for which that can be told."""
    found = store.indicator(indicator)
    values = np.round(store.values(Level.COMMUNE, indicator).astype(np.float64), found.decimals)
    status = store.status(Level.COMMUNE, indicator)
    strata = store.territories(Level.COMMUNE).stratum
    return in_alert(values, status, strata, found.direction), alert_known(status, found.direction)


def alert_shares(
    store: Store, indicator: str, level: Level, strata: tuple[Stratum, ...] = ()
) -> list[AlertShare]:
    """Return, per territory of `level`, the share of its inhabitants living in communes in alert.

    `strata` restricts both sides of the share to the communes of those sizes. Raises `UnknownError` at level
    commune, whose territories are in alert or not.
    """
    if level is Level.COMMUNE:
        raise UnknownError("Une commune est en alerte ou non : elle n’a pas de part d’habitants en alerte.")
    alerts, known = commune_alerts(store, indicator)
    communes = store.territories(Level.COMMUNE)
    groups = communes.parents[level]
    used = known & (groups >= 0) & strata_mask(communes.stratum, strata)
    size = len(store.territories(level))
    people = communes.population.astype(np.float64)
    total = np.bincount(groups[used], people[used], size)
    alerted = np.bincount(groups[used & alerts], people[used & alerts], size)
    number = np.bincount(groups[used & alerts], minlength=size)
    return [
        AlertShare(a / t if t > 0 else float("nan"), int(a), int(t), int(n))
        for a, t, n in zip(alerted, total, number, strict=True)
    ]
