"""What the browser is told of the directory: the words once, and every organisation that may be shown."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from territoires.analysis.domain_alerts import POSITIONS
from territoires.catalysts.catalyst import Catalyst
from territoires.catalysts.directory import Directory
from territoires.catalysts.likeness import short_label, sizes_of
from territoires.model.catalysts import KIND_LABELS, TRADE_LABELS
from territoires.model.fragilities import DOMAINS
from territoires.model.levels import Level
from territoires.store.store import Store
from territoires.web.components.vocabulary import bounds_at, named_views
from territoires.web.directory.view import entries_of
from territoires.web.directory.words import kind_groups, where
from territoires.web.typography import french

#: Decimals of a degree kept: about 10 metres.
DECIMALS = 4

#: How many towns may be named on the map.
NAMED_TOWNS = 160

#: What may be an address of a website: anything else is shown as text.
_WEB = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)


def website(catalyst: Catalyst) -> str:
    """Return the address of the website of an organisation, or an empty text where it is not one."""
    return catalyst.website if _WEB.fullmatch(catalyst.website) else ""


def words(store: Store) -> dict[str, Any]:
    """Return the words that the browser needs to show and to filter what it is sent."""
    regions = store.territories(Level.REGION)
    departements = store.territories(Level.DEPARTEMENT)
    return {
        "families": [
            {"id": name, "label": label, "shape": shape, "kinds": [kind for kind, _ in kinds]}
            for name, label, shape, kinds in kind_groups()
        ],
        "kinds": {kind.value: label for kind, label in KIND_LABELS.items()},
        "trades": {trade.value: label for trade, label in TRADE_LABELS.items()},
        "domains": [{"id": each.id, "label": each.label, "short": short_label(each.id)} for each in DOMAINS],
        "regions": [
            {"code": code, "name": french(regions.names[i]), "bounds": bounds_at(regions, i)}
            for i, code in enumerate(regions.codes)
        ],
        "departements": dict(zip(departements.codes, map(french, departements.names), strict=True)),
        "views": named_views(store),
        "towns": _towns(store),
    }


def _towns(store: Store) -> list[dict[str, Any]]:
    """Return the most inhabited communes, which are named on the map."""
    communes = store.territories(Level.COMMUNE)
    largest = np.argsort(-communes.population, kind="stable")[:NAMED_TOWNS]
    return [
        {
            "name": french(communes.names[i]),
            "lon": round(float(communes.points[i, 0]), 3),
            "lat": round(float(communes.points[i, 1]), 3),
        }
        for i in largest.tolist()
    ]


def rows(directory: Directory, store: Store) -> list[dict[str, Any]]:
    """Return the organisations in the order of the list; no address of a person, no e-mail, no phone number.

    Empty fields are left out; `domains` are positions in the published order.
    """
    return [_row(entry.catalyst, store) for entry in entries_of(directory, store)]


def _row(each: Catalyst, store: Store) -> dict[str, Any]:
    content = {
        "id": each.id,
        "name": french(each.name),
        "kind": each.kind.value,
        "town": french(each.town),
        "where": where(store, each),
        "departement": each.departement,
        "region": each.region,
        "lon": None if each.lon is None else round(each.lon, DECIMALS),
        "lat": None if each.lat is None else round(each.lat, DECIMALS),
        "level": each.level.value if each.level else None,
        "domains": [POSITIONS[domain] for domain in each.domains],
        "trades": [trade.value for trade in each.trades],
        "sizes": [size.value for size in sizes_of(each)],
        "presentation": each.presentation,
        "website": website(each),
        "reachable": each.reachable,
        "fictitious": each.fictitious,
        "near": each.near_network,
    }
    return {name: value for name, value in content.items() if value not in (None, "", [], False)}
