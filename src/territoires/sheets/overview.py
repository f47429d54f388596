"""The 16 domains at a glance: how many indicators are in alert, how many inhabitants live in communes in alert."""

from __future__ import annotations

import math

import numpy as np

from territoires.analysis.alerts import territory_alerts
from territoires.analysis.domain_alerts import DomainAlerts, DomainShare, domain_alerts, domain_shares
from territoires.errors import UnknownError
from territoires.model.formats import NO_BREAK
from territoires.model.fragilities import DOMAINS
from territoires.model.levels import WORDS, Level
from territoires.model.sizes import STRATA, Stratum
from territoires.sheets.figures import SIZED, Reader
from territoires.sheets.peers import alerts_among, landscape
from territoires.sheets.sections import AlertsBySize, DomainRow, Overview
from territoires.sheets.wording import month_of, of_size
from territoires.store.remembering import remembered
from territoires.store.store import Store

#: A size (None: all of them), what is known of the territory and of France, by domain.
Column = tuple[Stratum | None, dict[str, DomainShare], dict[str, DomainShare]]


def overview(store: Store, reader: Reader, code: str) -> Overview | None:
    """Return the 16 domains at a glance, or None where nothing can be compared."""
    alerts = _counted(store, reader, code)
    shares = _shares(store, reader)
    rows = tuple(
        DomainRow(domain, *alerts[domain.id], shares[k] if shares else ()) for k, domain in enumerate(DOMAINS)
    )
    if not any(row.known for row in rows):
        return None
    strata = tuple(each.stratum for each in rows[0].sizes if each.stratum)
    source = f"Territoires, calcul sur les indicateurs du catalogue, {month_of(store.manifest.release)}"
    return Overview(rows, strata, alert_rule(reader), source)


def _counted(store: Store, reader: Reader, code: str) -> dict[str, tuple[int, int]]:
    """Return, per domain, how many indicators are in alert and how many are known, for the territory itself."""
    if reader.level is Level.COMMUNE or (reader.level is Level.EPCI and not reader.strata):
        try:
            found = territory_alerts(store, reader.level, code)
        except UnknownError:
            return {domain.id: (0, 0) for domain in DOMAINS}
        return {each.domain: (each.alerts, each.known) for each in found}
    rows = landscape(store, reader.level, reader.strata).compared
    peers = np.zeros(rows.shape[1], dtype=bool)
    peers[reader.peers] = True
    alerts, known = alerts_among(store, rows, reader.index, peers)
    domains = np.array([indicator.domain for indicator in store.indicators])
    return {
        domain.id: (
            int(np.count_nonzero(alerts[domains == domain.id])),
            int(np.count_nonzero(known[domains == domain.id])),
        )
        for domain in DOMAINS
    }


def _shares(store: Store, reader: Reader) -> list[tuple[AlertsBySize, ...]]:
    """Return, per domain, the share of inhabitants living in communes in alert, by size then for all."""
    if reader.level is Level.COMMUNE:
        return []
    sizes = store.territories(Level.COMMUNE).stratum[reader.members]
    present = [STRATA[k] for k in range(len(STRATA)) if (sizes == k).any()]
    try:
        columns: list[Column] = [(each, *_both(store, reader, (each,))) for each in present]
        columns.append((None, *_both(store, reader, reader.strata)))
    except UnknownError:
        return []
    return [
        tuple(
            AlertsBySize(stratum, percent_of(here[domain.id]), percent_of(france[domain.id]))
            for stratum, here, france in columns
        )
        for domain in DOMAINS
    ]


def _both(
    store: Store, reader: Reader, strata: tuple[Stratum, ...]
) -> tuple[dict[str, DomainShare], dict[str, DomainShare]]:
    """Return the shares of the territory and of France, for the communes of some sizes."""
    here = shares_of(store, reader.level, strata)[reader.index]
    return here, shares_of(store, Level.FRANCE, strata)[0]


@remembered(4)
def alerts_of(store: Store, level: Level) -> DomainAlerts:
    """Return which territories of a level are in alert on each domain, kept for the sheets that follow."""
    return domain_alerts(store, level)


@remembered(40)
def shares_of(store: Store, level: Level, strata: tuple[Stratum, ...]) -> list[dict[str, DomainShare]]:
    """Return the inhabitants of communes in alert, per territory of a level and domain."""
    return domain_shares(store, alerts_of(store, Level.COMMUNE), level, strata)


def percent_of(share: DomainShare) -> float | None:
    """Return a share in %, to a tenth; None where nothing is known."""
    return round(100 * float(share.share), 1) if math.isfinite(share.share) else None


def alert_rule(reader: Reader) -> str:
    """Say when an indicator is in alert, and what the shares of inhabitants are."""
    words = WORDS[reader.level]
    size: tuple[Stratum, ...] = (STRATA[reader.size],)
    those = f"{words.plural} {of_size(size)}" if reader.level in SIZED else words.plural
    kept = f", pour les communes {of_size(reader.strata)}" if reader.strata else ""
    rule = (
        f"En alerte{NO_BREAK}: dans le cinquième le plus fragile des {those}{kept}, parmi les indicateurs connus. "
        "Jamais une note ni une moyenne."
    )
    if reader.level is Level.COMMUNE:
        return rule
    return (
        f"{rule} Habitants en alerte{NO_BREAK}: part de ceux qui vivent dans une commune en alerte sur le domaine "
        "(au moins deux indicateurs en alerte, et dans le cinquième des communes de sa taille qui en ont le plus)."
    )
