"""Outlines for paper: SVG paths of whole numbers, one set per frame, for sheets and image exports.

A frame is a rectangle around a région, a département or a zone of the country, in the zone's projection; its
longest side is 2 000 units, y goes downwards, and its edge leaves 1 % around what it shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray

from territoires.build.geometry import Shapes, Zone, dissolve, dissolve_levels
from territoires.build.rings import Rings, whole_rings
from territoires.model.levels import MAPPED, Level

#: Units of a frame's longest side, and the blank part of that side at each end.
SIDE, BLANK = 2000, 0.01

#: Simplification of the frames, in their units (square root of the area of the triangles left out). A région holds up
#: to 4 000 communes, hence the coarsest: on its sheet, 3 units are a sixth of a millimetre.
ZONE, REGION, DEPARTEMENT = 2.0, 3.0, 1.5

#: The level under which the outlines of the régions around a région's frame are stored.
NEIGHBOUR = "neighbour"


@dataclass(frozen=True)
class Frame:
    """A rectangle on the ground: `min_x` and `max_y` (metres, EPSG `epsg`) are at the origin of the units."""

    name: str
    epsg: int
    min_x: float
    max_y: float
    metres_per_unit: float
    width: int
    height: int

    def box(self) -> tuple[float, float, float, float]:
        """Return min x, min y, max x, max y in metres."""
        scale = self.metres_per_unit
        return self.min_x, self.max_y - self.height * scale, self.min_x + self.width * scale, self.max_y

    def units(self, shapes: Shapes) -> Shapes:
        """Return projected shapes in units of the frame."""
        origin, scale = (self.min_x, self.max_y), (self.metres_per_unit, -self.metres_per_unit)
        return shapely.transform(shapes, lambda c: (c - origin) / scale)


@dataclass(frozen=True)
class Outline:
    """One path of a frame: the territory `index` of `level`."""

    frame: str
    level: str
    index: int
    path: str


def frame_around(name: str, epsg: int, shapes: Shapes) -> Frame:
    """Return the frame around projected shapes (metres)."""
    left, bottom, right, top = shapely.total_bounds(shapes)
    scale = max(right - left, top - bottom) / (SIDE * (1 - 2 * BLANK))
    width, height = right - left, top - bottom
    blank = SIDE * BLANK * scale
    return Frame(
        name,
        epsg,
        float(left - blank),
        float(top + blank),
        float(scale),
        int(np.ceil(width / scale + 2 * SIDE * BLANK - 1e-6)),
        int(np.ceil(height / scale + 2 * SIDE * BLANK - 1e-6)),
    )


def svg_paths(shapes: Shapes) -> list[str]:
    """Return the path of each shape (in units of a frame); one under a unit is drawn as a square of one unit.

    Form: "M12 34l5-6 7 8z", each ring from an absolute point on by relative steps.
    """
    rings = whole_rings(shapes, np.ones(len(shapes), dtype=bool))
    paths = [""] * len(shapes)
    for shape, text in _ring_texts(rings):
        paths[shape] += text
    return paths


def _ring_texts(rings: Rings) -> Iterator[tuple[int, str]]:
    """Yield the shape and the text of each ring."""
    starts = rings.starts()
    steps = np.diff(rings.points, axis=0, prepend=0).ravel().tolist()
    points, shapes = rings.points[starts].tolist(), rings.shape[starts].tolist()
    ends = [*starts[1:].tolist(), len(rings.ring)]
    for (x, y), shape, start, end in zip(points, shapes, starts.tolist(), ends, strict=True):
        line = " ".join(map(str, steps[2 * start + 2 : 2 * end])).replace(" -", "-")
        yield shape, f"M{x} {y}l{line}z"


def frame_outlines(
    frame: Frame,
    zone: Zone,
    inside: NDArray[np.bool_],
    members: dict[Level, NDArray[np.intp]],
    counts: dict[Level, int],
    tolerance: float,
) -> Iterator[Outline]:
    """Yield the outlines of every level made of the communes of `zone` that are `inside` the territory.

    The other communes of `zone` are drawn as régions cut at the frame, under the level `NEIGHBOUR`. Levels
    are dissolved from the simplified communes, so they nest; an EPCI is drawn for its part inside.
    """
    shapes = frame.units(zone.simplified(tolerance * frame.metres_per_unit).shapes)
    groups = {level: np.where(inside, members[level][zone.rows], -1) for level in MAPPED}
    for level, merged in dissolve_levels(shapes, groups, counts).items():
        yield from _paths(frame.name, level.value, merged)
    if not inside.all():
        regions = np.where(inside, -1, members[Level.REGION][zone.rows])
        around = dissolve(shapes, regions, counts[Level.REGION])
        cut = shapely.clip_by_rect(around, 0, 0, frame.width, frame.height)
        yield from _paths(frame.name, NEIGHBOUR, cut)


def _paths(frame: str, level: str, shapes: Shapes) -> Iterator[Outline]:
    """Yield the path of each shape that is neither missing nor empty."""
    there = np.flatnonzero(~(shapely.is_missing(shapes) | shapely.is_empty(shapes)))
    for index, path in zip(there.tolist(), svg_paths(shapes[there]), strict=True):
        yield Outline(frame, level, index, path)


def _part(zone: Zone, rows: NDArray[np.bool_]) -> Zone:
    """Return the zone with some of its communes."""
    return Zone(zone.name, zone.epsg, zone.rows[rows], zone.shapes[rows])


def draw_frames(
    zones: list[Zone],
    members: dict[Level, NDArray[np.intp]],
    counts: dict[Level, int],
    codes: dict[Level, list[str]],
) -> Iterator[tuple[Frame, list[Outline]]]:
    """Yield every frame with its outlines: the zones of the country, the régions, the départements."""
    for zone in zones:
        frame = frame_around(f"france:{zone.name}", zone.epsg, zone.shapes)
        everything = np.ones(len(zone.rows), dtype=bool)
        yield frame, list(frame_outlines(frame, zone, everything, members, counts, ZONE))
    for level in (Level.REGION, Level.DEPARTEMENT):
        for index, code in enumerate(codes[level]):
            zone, of_territory = next(
                (zone, found) for zone in zones if (found := members[level][zone.rows] == index).any()
            )
            frame = frame_around(f"{level}:{code}", zone.epsg, zone.shapes[of_territory])
            shown = of_territory
            if level is Level.REGION:
                left, bottom, right, top = frame.box()
                bounds = shapely.bounds(zone.shapes)
                shown = (bounds[:, 0] < right) & (bounds[:, 2] > left)
                shown &= (bounds[:, 1] < top) & (bounds[:, 3] > bottom)
            part = _part(zone, shown)
            tolerance = REGION if level is Level.REGION else DEPARTEMENT
            yield frame, list(frame_outlines(frame, part, of_territory[shown], members, counts, tolerance))


def write_prints(
    zones: list[Zone],
    members: dict[Level, NDArray[np.intp]],
    counts: dict[Level, int],
    codes: dict[Level, list[str]],
    folder: Path,
) -> tuple[Path, Path]:
    """Write `prints.parquet` and `frames.parquet` into `folder`; return both paths."""
    drawn = list(draw_frames(zones, members, counts, codes))
    frames = [frame for frame, _ in drawn]
    outlines = [outline for _, some in drawn for outline in some]
    prints = pa.table(
        {
            "frame": pa.array([outline.frame for outline in outlines], pa.string()),
            "level": pa.array([outline.level for outline in outlines], pa.string()),
            "i": pa.array([outline.index for outline in outlines], pa.int32()),
            "path": pa.array([outline.path for outline in outlines], pa.string()),
        }
    )
    table = pa.table(
        {
            "frame": pa.array([frame.name for frame in frames], pa.string()),
            "width": pa.array([frame.width for frame in frames], pa.int32()),
            "height": pa.array([frame.height for frame in frames], pa.int32()),
            "metres_per_unit": pa.array([frame.metres_per_unit for frame in frames], pa.float64()),
            "epsg": pa.array([frame.epsg for frame in frames], pa.int32()),
            "min_x": pa.array([frame.min_x for frame in frames], pa.float64()),
            "max_y": pa.array([frame.max_y for frame in frames], pa.float64()),
        }
    )
    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / "prints.parquet", folder / "frames.parquet"
    few = ["frame", "level"]
    pq.write_table(prints, paths[0], compression="zstd", compression_level=19, use_dictionary=few)
    pq.write_table(table, paths[1], compression="zstd")
    return paths
