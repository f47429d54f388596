"""Which territories are in alert on a whole domain: a rule, never a score (docs/adr/0016).

A territory is in alert on a domain when at least two of the domain's indicators are in alert there, and it stands
among the fifth of the territories of its size where the largest part of the known indicators are. A domain with
fewer than three known indicators is unknown there: it is neither in alert nor out of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from territoires.analysis.selected import strata_mask
from territoires.model.alerts import in_alert
from territoires.model.fragilities import DOMAINS
from territoires.model.indicators import Direction, Status
from territoires.model.levels import Level
from territoires.model.sizes import Stratum
from territoires.store.store import Store

#: Fewest indicators of a domain known in a territory for the domain to be told there.
FEWEST_KNOWN = 3

#: Fewest indicators in alert for a domain to be: one figure alone never makes a domain.
FEWEST_ALERTS = 2

#: The position of each domain in the columns below.
POSITIONS: dict[str, int] = {domain.id: position for position, domain in enumerate(DOMAINS)}


@dataclass(frozen=True)
class DomainAlerts:
    """Alerts of the territories of a level: `alert` and `known`, bool (n, 16), domains in published order.

    `alert` is False wherever `known` is.
    """

    level: Level
    alert: NDArray[np.bool_]
    known: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class DomainShare:
    """Inhabitants of one territory living in communes in alert on a domain.

    `share` (0–1) is `inhabitants` over `known`, those of the communes where the domain is known; NaN when
    there are none. `everyone` counts all the inhabitants, known or not.
    """

    share: float
    inhabitants: int
    known: int
    everyone: int


def domain_alerts(store: Store, level: Level) -> DomainAlerts:
    """Return the alerts of every territory of `level`; `UnknownError` where alerts are not counted."""
    columns = store.alerts(level)
    stratum = store.territories(level).stratum
    alert = np.zeros((stratum.size, len(DOMAINS)), dtype=bool)
    known = np.zeros_like(alert)
    for domain, position in POSITIONS.items():
        alerts, indicators = columns[f"{domain}:alert"], columns[f"{domain}:known"]
        known[:, position] = indicators >= FEWEST_KNOWN
        share = alerts / np.maximum(indicators, 1)
        status = np.where(known[:, position], Status.OK, Status.NOT_PUBLISHED).astype(np.uint8)
        most = in_alert(share, status, stratum, Direction.MORE_FRAGILE)
        alert[:, position] = most & (alerts >= FEWEST_ALERTS)
    return DomainAlerts(level, alert, known)


def domain_shares(
    store: Store, alerts: DomainAlerts, level: Level, strata: tuple[Stratum, ...] = ()
) -> list[dict[str, DomainShare]]:
    """Return, per territory of `level`, the share of inhabitants of communes in alert on each domain.

    `alerts` are those of the communes; `strata` restricts both sides of the share to communes of those sizes.
    """
    communes = store.territories(Level.COMMUNE)
    groups = communes.parents[level]
    used = (groups >= 0) & strata_mask(communes.stratum, strata)
    size = len(store.territories(level))
    people = communes.population.astype(np.float64)
    everyone = np.bincount(groups[used], people[used], size)
    shares: list[dict[str, DomainShare]] = [{} for _ in range(size)]
    for domain, position in POSITIONS.items():
        told = used & alerts.known[:, position]
        fallen = used & alerts.alert[:, position]
        known = np.bincount(groups[told], people[told], size)
        hit = np.bincount(groups[fallen], people[fallen], size)
        for each, (a, k, n) in zip(shares, zip(hit, known, everyone, strict=True), strict=True):
            each[domain] = DomainShare(float(a / k) if k > 0 else float("nan"), int(a), int(k), int(n))
    return shares
