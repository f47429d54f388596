"""What the API answers: plain dictionaries made from the store, in index order where there are many rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from territoires.analysis.ranks import rank
from territoires.analysis.reference import reference_value, to
from territoires.analysis.selected import Selected, select
from territoires.analysis.sentences import peers, sentence
from territoires.model.indicators import Indicator, Status
from territoires.model.levels import Level
from territoires.model.selection import Selection
from territoires.model.sizes import STRATA
from territoires.store.store import Store
from territoires.store.territories import Territory

#: The characters of `status`: one per territory.
DIGITS = np.array(list("0123456789abcdefghijklmnopqrstuvwxyz"))


def numbers(values: NDArray[np.floating], decimals: int) -> list[float | int | None]:
    """Return rounded values fit for JSON: null where missing, no decimal point where there is none."""
    rounded = np.round(values.astype(np.float64), decimals) + 0.0
    listed = rounded.astype(object)
    if decimals <= 0:
        whole = np.isfinite(rounded)
        listed[whole] = rounded[whole].astype(np.int64)
    listed[~np.isfinite(rounded)] = None
    numbers: list[float | int | None] = listed.tolist()
    return numbers


def described(store: Store, indicator: Indicator) -> dict[str, Any]:
    """Return what the catalogue says of an indicator."""
    return {
        "id": indicator.id,
        "label": indicator.label,
        "domain": indicator.domain,
        "definition": indicator.definition,
        "reading": indicator.reading,
        "synonyms": list(indicator.synonyms),
        "odd": indicator.odd,
        "unit": indicator.unit,
        "aggregate_unit": indicator.aggregate_unit or indicator.unit,
        "nature": indicator.nature.value,
        "direction": int(indicator.direction),
        "direction_reason": indicator.direction_reason,
        "centre": indicator.centre,
        "decimals": indicator.decimals,
        "finest_level": indicator.finest_level,
        "aggregation": indicator.aggregation.value,
        "vintage": indicator.vintage,
        "source": store.sources[indicator.source].short,
        "confidence": indicator.confidence,
        "inherited_from": indicator.inherited_from or None,
        "caveat": indicator.caveat,
    }


def parent(store: Store, level: Level, code: str | None) -> dict[str, str] | None:
    """Return the code and the name of a parent, or None where there is none."""
    return None if code is None else {"code": code, "name": store.territories(level).get(code).name}


def columns(store: Store, level: Level) -> dict[str, Any]:
    """Return the territories of a level as columns, in index order."""
    territories = store.territories(level)

    def parents(higher: Level) -> list[int]:
        positions: list[int] = territories.parents[higher].tolist()
        return positions

    return {
        "level": level.value,
        "code": territories.codes,
        "name": territories.names,
        "population": territories.population.tolist(),
        "stratum": territories.stratum.tolist(),
        "region": parents(Level.REGION),
        "departement": parents(Level.DEPARTEMENT),
        "epci": parents(Level.EPCI),
        "lon": np.round(territories.points[:, 0], 3).tolist(),
        "lat": np.round(territories.points[:, 1], 3).tolist(),
    }


def place_content(store: Store, territory: Territory) -> dict[str, Any]:
    """Return one territory, its parents and its bounds (west, south, east, north, in degrees)."""
    return {
        "level": territory.level.value,
        "code": territory.code,
        "index": territory.index,
        "name": territory.name,
        "population": territory.population,
        "population_year": territory.population_year,
        "stratum": STRATA[territory.stratum].value if 0 <= territory.stratum < len(STRATA) else None,
        "communes": territory.communes,
        "area_km2": round(territory.area_km2, 2),
        "seat": territory.seat,
        "point": [round(x, 4) for x in territory.point],
        "bounds": [round(x, 4) for x in territory.bounds],
        "epci": parent(store, Level.EPCI, territory.epci),
        "departement": parent(store, Level.DEPARTEMENT, territory.departement),
        "region": parent(store, Level.REGION, territory.region),
    }


def figure_content(store: Store, selection: Selection, index: int) -> dict[str, Any]:
    """Return the value of the selected territory, its status, its rank among `ranked`, the sentence."""
    selected = select(store, selection)
    among, name = peers(store, selection, selected, index)
    ranks = rank(selected.values, among, selected.indicator.direction)
    return {
        "indicator": selected.indicator.id,
        "unit": selected.unit,
        "vintage": selected.indicator.vintage,
        "source": store.sources[selected.indicator.source].short,
        "value": numbers(selected.values[index : index + 1], selected.indicator.decimals)[0],
        "status": Status(int(selected.status[index])).word,
        "rank": int(ranks[index]) or None,
        "ranked": int(among.sum()),
        "among": name,
        "sentence": sentence(store, selection),
    }


def _counted(status: NDArray[np.uint8]) -> dict[str, int]:
    sizes = np.bincount(status, minlength=len(Status))
    return {each.word: int(sizes[each]) for each in Status if sizes[each]}


def _characters(status: NDArray[np.uint8]) -> str:
    digits: Iterable[str] = DIGITS[status].tolist()
    return "".join(digits)


def classes_content(store: Store, selection: Selection) -> dict[str, Any]:
    """Return the classes of a selection, and the statuses of the values they are made of."""
    return _classes(select(store, selection))


def _classes(selected: Selected) -> dict[str, Any]:
    classes = selected.classes
    return {
        "method": classes.method.value,
        "asked": classes.asked,
        "bounds": list(classes.bounds),
        "sizes": list(classes.sizes),
        "around": classes.around,
        "statuses": sorted(status.word for status in selected.classed),
    }


def sentence_content(store: Store, selection: Selection) -> dict[str, Any]:
    """Return the sentence of a selection, whom it is about, and what its territories are compared with."""
    reference = reference_value(store, selection)
    about = selection.territory and store.territories(selection.level).get(selection.territory).name
    return {
        "sentence": sentence(store, selection),
        "about": about or "",
        "reference": None
        if reference is None
        else {
            "word": reference.word,
            "name": reference.name,
            "to": to(reference.name) if reference.name else "",
            "value": reference.value if reference.is_known else None,
            "reason": reference.reason,
            "caution": reference.caution,
        },
    }


def values_content(store: Store, selection: Selection) -> dict[str, Any]:
    """Return what a map, a legend and a table need to show one indicator at one level."""
    selected = select(store, selection)
    indicator = selected.indicator
    return {
        "level": selection.level.value,
        "indicator": indicator.id,
        "label": indicator.label,
        "domain": indicator.domain,
        "unit": selected.unit,
        "decimals": indicator.decimals,
        "nature": indicator.nature.value,
        "direction": int(indicator.direction),
        "centre": indicator.centre,
        "vintage": indicator.vintage,
        "source": store.sources[indicator.source].short,
        "release": store.manifest.release,
        "strata": [stratum.value for stratum in selection.strata],
        "values": numbers(selected.values, indicator.decimals),
        "status": _characters(selected.status),
        "classes": _classes(selected),
        "statuses": _counted(selected.status),
    }
