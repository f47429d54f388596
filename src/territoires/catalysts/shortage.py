"""Where nobody acts: the territories in alert on a domain, far from every organisation that acts on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from territoires.analysis.domain_alerts import POSITIONS, DomainAlerts
from territoires.analysis.selected import strata_mask
from territoires.catalysts.catalyst import Catalyst
from territoires.catalysts.proximity import coordinates, nearest
from territoires.model.sizes import STRATA, Stratum
from territoires.store.store import Store


@dataclass(frozen=True, slots=True)
class SizeCount:
    """Of the territories of a size: how many are known on the domain, in alert, and without anyone near."""

    stratum: Stratum
    known: int
    alert: int
    missing: int
    inhabitants: int


@dataclass(frozen=True)
class Shortage:
    """Arrays in index order of the level: `alert`, `missing` (in alert, nobody within the distance), `known`.

    `km` is the distance to the nearest organisation that acts on the domain, infinite where there is none at
    all. `order` lists the positions of the missing, the most inhabited first. `sizes` counts all of them by size,
    `acting` the organisations that act on the domain, `unplaced` those of them that stand at no point.
    """

    alert: NDArray[np.bool_]
    missing: NDArray[np.bool_]
    known: NDArray[np.bool_]
    km: NDArray[np.float64]
    order: NDArray[np.intp]
    sizes: tuple[SizeCount, ...]
    acting: int
    unplaced: int


def missing(
    catalysts: Sequence[Catalyst],
    store: Store,
    alerts: DomainAlerts,
    domain: str,
    distance: float,
    strata: tuple[Stratum, ...] = (),
) -> Shortage:
    """Return the territories of the level of `alerts` in alert on `domain` with nobody acting on it near.

    `distance` in kilometres, from the point of the territory; `strata` limits what is listed and marked, not the
    counts by size. `KeyError` for a domain that does not exist.
    """
    position = POSITIONS[domain]
    territories = store.territories(alerts.level)
    acting = [each for each in catalysts if domain in each.domains]
    lons, lats = coordinates(acting)
    km = nearest(territories.points, lons, lats)
    alert, known = alerts.alert[:, position], alerts.known[:, position]
    far = alert & ~(km <= distance)
    kept = strata_mask(territories.stratum, strata)
    sizes = []
    for index, stratum in enumerate(STRATA):
        of_size = territories.stratum == index
        sizes.append(
            SizeCount(
                stratum,
                int(np.count_nonzero(known & of_size)),
                int(np.count_nonzero(alert & of_size)),
                int(np.count_nonzero(far & of_size)),
                int(territories.population[far & of_size].sum()),
            )
        )
    marked = np.flatnonzero(far & kept)
    return Shortage(
        alert=alert & kept,
        missing=far & kept,
        known=known & kept,
        km=km,
        order=marked[np.argsort(-territories.population[marked], kind="stable")],
        sizes=tuple(sizes),
        acting=len(acting),
        unplaced=int(np.count_nonzero(~np.isfinite(lons))),
    )
