"""From outlines as published to one clean polygon per commune, in metres, with borders that match exactly.

Every zone is projected on its own: EPSG:2154 (Lambert-93) for the mainland and Corsica, a UTM projection
for each overseas département. A clean set of polygons that share their borders vertex for vertex is called
a coverage: simplifying it (`shapely.coverage_simplify`) or dissolving it (`shapely.coverage_union`) leaves
no gap.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from numpy.typing import NDArray

from territoires.errors import InputError
from territoires.model.levels import Level
from territoires.sources.geography import Lists, Outlines

Shapes = NDArray[Any]

#: The zone of the mainland and Corsica; every other zone is named by its region's code.
HEXAGONE = "hexagone"

#: Projection (EPSG) of each zone, in the order in which zones are processed.
EPSG: dict[str, int] = {HEXAGONE: 2154, "01": 5490, "02": 5490, "03": 2972, "04": 2975, "06": 4471}

#: Gaps between communes narrower than this are closed (metres). The widest fault in the source is under 10 m;
#: the narrowest true gap, a creek, is over 60 m.
GAP_WIDTH = 30.0

#: Vertices whose triangle is smaller than the square of this are left out of all that ships (metres).
FINEST = 120.0

#: An outline that covers more than this share of a rebuilt commune still includes it.
STILL_COVERS = 0.01


@dataclass(frozen=True)
class Assembled:
    """One outline per commune of the lists, in their order (EPSG:4326), before repair.

    `points` are town halls (None where unknown); `rebuilt` had no outline; `completed` lacked a former
    member.
    """

    shapes: Shapes
    points: Shapes
    rebuilt: tuple[str, ...]
    completed: tuple[str, ...]


@dataclass(frozen=True)
class Zone:
    """The communes of one zone: `rows` are territory indices (ascending), `shapes` a coverage in metres."""

    name: str
    epsg: int
    rows: NDArray[np.intp]
    shapes: Shapes

    def simplified(self, tolerance: float) -> Zone:
        """Return the zone without the vertices whose triangle is smaller than `tolerance`² (metres)."""
        return replace(self, shapes=shapely.coverage_simplify(self.shapes, tolerance))


@dataclass(frozen=True)
class Repair:
    """How many communes of a zone had edges that do not match their neighbours', before and after."""

    zone: str
    communes: int
    before: int
    after: int


def zone_of(regions: pd.Series) -> pd.Series:
    """Return the zone of each region code."""
    return regions.where(regions.isin(list(EPSG)), HEXAGONE)


def reproject(shapes: Shapes, source: int, target: int) -> Shapes:
    """Return `shapes` in another projection (EPSG codes; x or longitude first)."""
    transformer = pyproj.Transformer.from_crs(source, target, always_xy=True)
    return shapely.transform(shapes, lambda c: np.column_stack(transformer.transform(c[:, 0], c[:, 1])))


def dissolve(shapes: Shapes, groups: NDArray[np.intp], count: int) -> Shapes:
    """Return `count` polygons: entry g is the union of the `shapes` (a coverage) whose group is g.

    A group without any shape gives None; shapes of a negative group belong nowhere.
    """
    merged = np.full(count, None, dtype=object)
    order = np.argsort(groups, kind="stable")
    numbers, starts = np.unique(groups[order], return_index=True)
    for number, members in zip(numbers, np.split(order, starts[1:]), strict=True):
        if number >= 0:
            alone = len(members) == 1
            merged[number] = shapes[members[0]] if alone else shapely.coverage_union_all(shapes[members])
    return merged


def dissolve_levels(
    communes: Shapes, members: dict[Level, NDArray[np.intp]], counts: dict[Level, int]
) -> dict[Level, Shapes]:
    """Return the polygons of every mapped level, all made of `communes` (a coverage), so that borders nest.

    `members` tells the territory of each commune per level (−1: none), `counts` how many territories a
    level has. Régions are dissolved from départements: the same polygons, sooner.
    """
    merged = {
        level: dissolve(communes, members[level], counts[level])
        for level in (Level.COMMUNE, Level.EPCI, Level.DEPARTEMENT)
    }
    region_of = np.full(counts[Level.DEPARTEMENT], -1, dtype=np.intp)
    inside = members[Level.DEPARTEMENT] >= 0
    region_of[members[Level.DEPARTEMENT][inside]] = members[Level.REGION][inside]
    merged[Level.REGION] = dissolve(merged[Level.DEPARTEMENT], region_of, counts[Level.REGION])
    return merged


def assemble(lists: Lists, outlines: Outlines, restored: gpd.GeoDataFrame) -> Assembled:
    """Give every commune of `lists` an outline; `InputError` if one lacks any, or if one has no commune.

    A commune without outline is the union of its delegated communes, and is taken away from an outline that
    still covers it. `restored` outlines cut up the outline of the commune they were part of. Communes of the
    previous version that merged since are added to the commune they joined.
    """
    codes = list(lists.communes["code"])
    given = outlines.communes.set_index("code")
    shapes: dict[str, Any] = given.geometry[given.geometry.notna()].to_dict()
    _refuse(outlines.source, "contours sans commune dans la liste", sorted(set(given.index) - set(codes)))
    missing = [code for code in codes if code not in shapes]

    shapes |= _cut_up(shapes, restored)
    parts = outlines.delegated[outlines.delegated["commune"].isin(set(missing) - set(shapes))]
    united = {code: shapely.union_all(group.geometry.to_numpy()) for code, group in parts.groupby("commune")}
    shapes = _take_away(shapes, united) | united
    completed = []
    for code, members in outlines.former.groupby("commune"):
        if code in shapes and code not in missing:
            shapes[code] = shapely.union_all([shapes[code], *members.geometry])
            completed.append(code)

    lost = [code for code in codes if code not in shapes]
    _refuse(outlines.source, "communes sans contour", lost)
    result = np.array([_areas_of(shapes[code]) for code in codes], dtype=object)
    flat = [code for code, shape in zip(codes, result, strict=True) if shape.is_empty]
    _refuse(outlines.source, "contours qui ne sont pas des polygones", flat)
    points = given["town_hall"].reindex(codes).to_numpy(object).copy()
    points[pd.isna(points)] = None
    return Assembled(result, points, tuple(missing), tuple(completed))


def _refuse(source: str, found: str, codes: list[str]) -> None:
    """Raise `InputError` if there is any code."""
    if codes:
        raise InputError(source, found, "exactement un contour par commune de la liste", rows=codes)


def _areas_of(shape: Any) -> Any:
    """Return the polygons of a shape, without stray lines and points; make it valid if it is not."""
    valid = shape if shapely.is_valid(shape) else shapely.make_valid(shape)
    polygons = [part for part in shapely.get_parts(valid) if part.geom_type == "Polygon"]
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)


def _cut_up(shapes: dict[str, Any], restored: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return the restored communes, cut out of the one that covered them, whose outer border is kept.

    What no part claims (the two sources are not drawn at the same scale) goes to the part with the longest
    common border.
    """
    covering = [code for code in restored["code"] if code in shapes]
    if restored.empty or not covering:
        return {}
    whole = shapely.union_all([shapes[code] for code in covering])
    pieces: dict[str, Any] = {}
    left = whole
    for code, part in zip(restored["code"], restored.geometry, strict=True):
        pieces[code] = shapely.intersection(left, part)
        left = shapely.difference(left, part)
    for scrap in shapely.get_parts(left):
        border = {code: shapely.intersection(scrap.boundary, piece).length for code, piece in pieces.items()}
        owner = max(pieces, key=lambda code: border[code])
        pieces[owner] = shapely.union(pieces[owner], scrap)
    return pieces


def _take_away(shapes: dict[str, Any], rebuilt: dict[str, Any]) -> dict[str, Any]:
    """Return `shapes`, less the rebuilt communes that they still cover."""
    codes = list(shapes)
    tree = shapely.STRtree([shapes[code] for code in codes])
    result = dict(shapes)
    for shape in rebuilt.values():
        for near in tree.query(shape, predicate="intersects"):
            code = codes[near]
            if shapely.intersection(result[code], shape).area > STILL_COVERS * shape.area:
                result[code] = shapely.difference(result[code], shape)
    return result


def project(lists: Lists, shapes: Shapes) -> list[Zone]:
    """Return the zones that have communes, each in its projection (metres)."""
    names = zone_of(lists.communes["region"]).to_numpy()
    zones = []
    for name, epsg in EPSG.items():
        rows = np.flatnonzero(names == name)
        if len(rows):
            zones.append(Zone(name, epsg, rows, reproject(shapes[rows], 4326, epsg)))
    return zones


def repair(zone: Zone) -> tuple[Zone, Repair]:
    """Return the zone as a valid coverage: overlaps given to one side, gaps under `GAP_WIDTH` closed.

    Raises `InputError` if edges that do not match remain, or if a commune vanished.
    """
    before = mismatched(zone.shapes)
    cleaned = shapely.coverage_clean(zone.shapes, gap_width=GAP_WIDTH)
    after = mismatched(cleaned)
    lost = zone.rows[shapely.is_empty(cleaned)]
    if after or len(lost):
        raise InputError(
            f"contours de la zone {zone.name}",
            f"{after} limites discordantes et {len(lost)} communes effacées après réparation",
            "des contours qui ne se recouvrent pas",
            rows=list(lost),
        )
    return replace(zone, shapes=cleaned), Repair(zone.name, len(zone.rows), before, after)


def mismatched(shapes: Shapes) -> int:
    """Return how many polygons have an edge that crosses, overlaps or does not match a neighbour's."""
    return int(np.count_nonzero(~shapely.is_empty(shapely.coverage_invalid_edges(shapes))))


def positions(codes: Iterable[str], wanted: pd.Series) -> NDArray[np.intp]:
    """Return the position in `codes` of each entry of `wanted` (−1 where it is absent or empty)."""
    index = {code: position for position, code in enumerate(codes)}
    return np.fromiter((index.get(code, -1) for code in wanted), np.intp, len(wanted))
