"""What is being looked at: one value shared by the map, the table, the sheet, the exports and the address.

`parse` never raises: what it cannot use falls back and is named in a notice. For every selection made of
known words, `parse(format(selection)) == selection`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Protocol
from urllib.parse import urlencode

from territoires.model.classes import DEFAULT_CLASSES, Method
from territoires.model.levels import MAPPED, Level
from territoires.model.parameters import Parameters
from territoires.model.parameters import quoted as quoted
from territoires.model.sizes import STRATA, Stratum

#: The query names, in the order in which an address is written.
PARAMETERS = (
    "niveau",
    "indicateur",
    "taille",
    "region",
    "territoire",
    "methode",
    "classes",
    "bornes",
    "reference",
    "epingle",
    "second",
    "comparaison",
    "fond",
    "catalyseurs",
    "vue",
)

#: The numbers of classes that may be asked for.
CLASS_COUNTS = range(3, 8)

#: How many territories may be pinned.
MOST_PINS = 4

#: The word of the base map, and of a layer that is on.
BASE_MAP = "ign"
ON = "1"

BOUND = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,6})?")
CAMERA = re.compile(
    r"([0-9]{1,2}(?:\.[0-9]{1,2})?)/(-?[0-9]{1,2}(?:\.[0-9]{1,4})?)/(-?[0-9]{1,3}(?:\.[0-9]{1,4})?)"
)


class Reference(StrEnum):
    """What territories are compared with, when it is not a territory named by its code."""

    FRANCE = "france"
    REGION = "region"
    SIZE = "taille"


class Comparison(StrEnum):
    """How a second indicator stands beside the first."""

    MAPS = "cartes"
    PLOT = "nuage"


class Vocabulary(Protocol):
    """The words a selection may use: what the shipped data knows."""

    @property
    def default_indicator(self) -> str:
        """The indicator shown first."""

    def knows_indicator(self, indicator: str) -> bool:
        """Whether `indicator` is an id of the catalogue."""

    def knows_territory(self, level: Level, code: str) -> bool:
        """Whether `code` exists at `level`."""


@dataclass(frozen=True, slots=True)
class Selection:
    """A level, an indicator, and what limits, cuts, compares or marks them.

    `strata` and `regions` are empty when nothing is filtered; both are kept in canonical order. `territory`
    and `pins` are codes at `level`. `bounds` are the inner bounds (increasing) of the manual method, and empty
    for the others, which make `classes` of them. `reference` is a word of `Reference` or a code at `level`.
    `comparison` matters when there is a `second` indicator. `camera` is zoom, latitude and longitude, with two,
    four and four decimals.
    """

    level: Level
    indicator: str
    strata: tuple[Stratum, ...] = ()
    regions: tuple[str, ...] = ()
    territory: str | None = None
    method: Method = Method.QUANTILES
    classes: int = DEFAULT_CLASSES
    bounds: tuple[float, ...] = ()
    reference: str | None = None
    pins: tuple[str, ...] = ()
    second: str | None = None
    comparison: Comparison = Comparison.MAPS
    background: bool = False
    catalysts: bool = False
    camera: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A selection, and the French notices that say what was ignored in the address."""

    selection: Selection
    notices: tuple[str, ...] = field(default=())


def read_bounds(text: str) -> tuple[float, ...]:
    """Return the inner bounds written in an address ("5_10.5_20"), or () when they are not acceptable."""
    parts = text.split("_", CLASS_COUNTS[-1])
    if len(parts) + 1 not in CLASS_COUNTS or not all(BOUND.fullmatch(part) for part in parts):
        return ()
    bounds = tuple(float(part) + 0.0 for part in parts)
    return bounds if all(low < high for low, high in pairwise(bounds)) else ()


def read_camera(text: str) -> tuple[float, float, float] | None:
    """Return the zoom, latitude and longitude written in an address ("5.2/46.5/2.4"), or None."""
    found = CAMERA.fullmatch(text)
    if found is None:
        return None
    zoom, latitude, longitude = (float(part) + 0.0 for part in found.groups())
    return (
        (zoom, latitude, longitude) if zoom <= 22 and abs(latitude) <= 85 and abs(longitude) <= 180 else None
    )


def _method(given: Parameters) -> tuple[Method, tuple[float, ...]]:
    """Return the method asked for, with its bounds when they are chosen by hand."""
    method = Method(given.one("methode", set(Method).__contains__) or Method.QUANTILES)
    if method is not Method.MANUAL:
        for value in given.values("bornes"):
            given.ignore("bornes", value, "les bornes ne se choisissent qu’avec methode=manuel")
        return method, ()
    written = given.one("bornes", lambda text: bool(read_bounds(text)))
    if written is None:
        reason = "il faut de 2 à 6 bornes croissantes, par exemple bornes=5_10.5_20"
        given.ignore("methode", Method.MANUAL, reason)
        return Method.QUANTILES, ()
    return method, read_bounds(written)


def parse(query: Mapping[str, Sequence[str]], vocabulary: Vocabulary) -> Parsed:
    """Read a selection from the parameters of an address (name → values, as repeated in the query)."""
    given = Parameters(query)
    levels = {level.value for level in MAPPED}
    level = Level(
        given.one("niveau", levels.__contains__, " ; l’échelon affiché est la commune") or Level.COMMUNE
    )
    indicator = given.one(
        "indicateur", vocabulary.knows_indicator, " ; l’indicateur affiché est celui d’ouverture"
    )

    def is_here(code: str) -> bool:
        return vocabulary.knows_territory(level, code)

    strata = set(given.several("taille", set(STRATA).__contains__))
    regions = given.several("region", lambda code: vocabulary.knows_territory(Level.REGION, code))
    territory = given.one("territoire", is_here)
    method, bounds = _method(given)
    counts = {str(count) for count in CLASS_COUNTS}
    classes = given.one("classes", counts.__contains__, " ; il en faut de 3 à 7")
    reference = given.one("reference", lambda word: word in set(Reference) or is_here(word))
    pins = given.several("epingle", is_here, MOST_PINS)
    second = given.one("second", vocabulary.knows_indicator)
    comparison = given.one("comparaison", set(Comparison).__contains__)
    if second is None and comparison is not None:
        given.ignore("comparaison", comparison, "il faut un second indicateur")
        comparison = None
    background = given.one("fond", BASE_MAP.__eq__) is not None
    catalysts = given.one("catalyseurs", ON.__eq__) is not None
    camera = given.one("vue", lambda text: read_camera(text) is not None)
    given.unknown(PARAMETERS)
    selection = Selection(
        level=level,
        indicator=indicator or vocabulary.default_indicator,
        strata=tuple(s for s in STRATA if s in strata) if len(strata) < len(STRATA) else (),
        regions=tuple(sorted(regions)),
        territory=territory,
        method=method,
        classes=int(classes) if classes else DEFAULT_CLASSES,
        bounds=bounds,
        reference=reference,
        pins=tuple(pins),
        second=second,
        comparison=Comparison(comparison or Comparison.MAPS),
        background=background,
        catalysts=catalysts,
        camera=read_camera(camera) if camera else None,
    )
    return Parsed(selection, given.notices)


def plain_number(value: float, decimals: int) -> str:
    """Write a number as an address does: with a point, without useless zeros nor a minus zero."""
    text = f"{value:.{decimals}f}".rstrip("0").rstrip(".") if decimals else f"{value:.0f}"
    return "0" if text == "-0" else text


def format_query(selection: Selection) -> str:
    """Write a selection as the query of an address, in canonical order and without what is usual or empty."""
    pairs: list[tuple[str, str]] = [
        ("niveau", selection.level.value),
        ("indicateur", selection.indicator),
        *(("taille", stratum.value) for stratum in selection.strata),
        *(("region", code) for code in selection.regions),
    ]

    def add(name: str, value: str | None) -> None:
        if value:
            pairs.append((name, value))

    add("territoire", selection.territory)
    add("methode", None if selection.method is Method.QUANTILES else selection.method.value)
    add("classes", None if selection.classes == DEFAULT_CLASSES else str(selection.classes))
    add("bornes", "_".join(plain_number(bound, 6) for bound in selection.bounds))
    add("reference", selection.reference)
    pairs.extend(("epingle", code) for code in selection.pins)
    add("second", selection.second)
    if selection.second and selection.comparison is not Comparison.MAPS:
        add("comparaison", selection.comparison.value)
    add("fond", BASE_MAP if selection.background else None)
    add("catalyseurs", ON if selection.catalysts else None)
    if selection.camera is not None:
        add(
            "vue",
            "/".join(plain_number(part, d) for part, d in zip(selection.camera, (2, 4, 4), strict=True)),
        )
    return urlencode(pairs, safe="/")
