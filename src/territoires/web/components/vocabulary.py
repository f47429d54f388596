"""What the map page is told once: the words of the model, the indicators, the regions, where to look first.

The browser code holds no list of its own: levels, sizes, statuses and names come from here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np

from territoires.model.classes import FEWER_CLASSES, METHOD_LABELS, Method
from territoires.model.formats import NARROW
from territoires.model.fragilities import DOMAINS
from territoires.model.indicators import COMPARED, MISSING, STATUS_EXPLANATIONS, STATUS_LABELS, Status
from territoires.model.levels import MAPPED, WORDS, Level
from territoires.model.selection import Selection, format_query
from territoires.model.sizes import LABELS, STRATA
from territoires.store.store import Store
from territoires.store.territories import Territories
from territoires.web.base_map import ATTRIBUTION, TILES

Bounds = tuple[float, float, float, float]

#: The zone of a territory of metropolitan France; overseas, the zone is the code of the region.
HEXAGON = "hexagone"

#: How many towns may be named on the map, the most inhabited first.
NAMED_TOWNS = 300

#: Decimals of a degree kept: about 10 metres.
DECIMALS = 4


def union(bounds: Iterable[Bounds]) -> Bounds:
    """Return the bounds (west, south, east, north, in degrees) that hold all of `bounds`, which are not empty."""
    array = np.array(list(bounds))
    west, south = array[:, :2].min(axis=0)
    east, north = array[:, 2:].max(axis=0)
    return float(west), float(south), float(east), float(north)


def bounds_at(territories: Territories, index: int) -> Bounds:
    """Return the bounds of one territory, in degrees."""
    west, south, east, north = (round(float(x), DECIMALS) for x in territories.bounds[index])
    return west, south, east, north


def named_views(store: Store) -> list[dict[str, Any]]:
    """Return the named views: metropolitan France, then each overseas region."""
    regions = store.territories(Level.REGION)
    main = [bounds_at(regions, i) for i in range(len(regions)) if regions.zone[i] == HEXAGON]
    views: list[dict[str, Any]] = [{"id": HEXAGON, "label": "Hexagone", "bounds": union(main)}]
    for index, zone in enumerate(regions.zone):
        if zone != HEXAGON:
            views.append(
                {
                    "id": zone,
                    "label": regions.names[index].replace("'", "’"),
                    "bounds": bounds_at(regions, index),
                }
            )
    return views


def opening_bounds(store: Store, selection: Selection) -> Bounds:
    """Return where the map looks first: the territory, else the regions, else metropolitan France."""
    if selection.territory is not None:
        territories = store.territories(selection.level)
        return bounds_at(territories, territories.index(selection.territory))
    if selection.regions:
        regions = store.territories(Level.REGION)
        return union(bounds_at(regions, regions.index(code)) for code in selection.regions)
    first: Bounds = named_views(store)[0]["bounds"]
    return first


def tied(text: str) -> str:
    """Return `text` with the groups of digits of its numbers tied: "10 000" is never cut."""
    return re.sub(r"(?<=\d) (?=\d{3}(?!\d))", NARROW, text)


def _towns(store: Store) -> list[dict[str, Any]]:
    communes = store.territories(Level.COMMUNE)
    largest = np.argsort(-communes.population, kind="stable")[:NAMED_TOWNS]
    return [
        {
            "name": communes.names[i].replace("'", "’"),
            "lon": round(float(communes.points[i, 0]), 3),
            "lat": round(float(communes.points[i, 1]), 3),
        }
        for i in largest.tolist()
    ]


def vocabulary(store: Store, selection: Selection) -> dict[str, Any]:
    """Return what the browser is told: JSON-ready, in the order in which it is shown."""
    regions = store.territories(Level.REGION)
    return {
        "address": format_query(selection),
        "opening": store.default_indicator,
        "domains": [{"id": d.id, "label": d.label, "criterion": d.criterion.value} for d in DOMAINS],
        "indicators": [
            {"id": i.id, "label": tied(i.label), "domain": i.domain, "finest": i.finest_level}
            for i in store.indicators
        ],
        "levels": [
            {
                "id": level.value,
                "singular": WORDS[level].singular,
                "plural": WORDS[level].plural,
                "feminine": WORDS[level].feminine,
            }
            for level in MAPPED
        ],
        "strata": [{"id": stratum.value, "label": tied(LABELS[stratum])} for stratum in STRATA],
        "methods": [
            {"id": method.value, "label": METHOD_LABELS[method], "fewer": FEWER_CLASSES[method]}
            for method in Method
        ],
        "statuses": [
            {
                "id": status.word,
                "label": STATUS_LABELS[status],
                "explanation": STATUS_EXPLANATIONS[status],
                "missing": status in MISSING,
                "compared": status in COMPARED,
            }
            for status in Status
        ],
        "regions": [
            {"code": code, "name": regions.names[i].replace("'", "’"), "bounds": bounds_at(regions, i)}
            for i, code in enumerate(regions.codes)
        ],
        "views": named_views(store),
        "background": {"tiles": TILES, "attribution": ATTRIBUTION},
        "towns": _towns(store),
        "bounds": opening_bounds(store, selection),
    }
