"""Vector tiles of each level: geometry and the territory index, nothing else, in one PMTiles file.

A tile holds a layer for its own level and one for each level drawn as lines over it: the map reads one source
(docs/adr/0030). Borders are simplified once per zoom, in metres and as a coverage, and the higher levels are
dissolved from the communes of that zoom: at every zoom the levels nest exactly. What was written is read back
and counted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pmtiles.reader import MemorySource, all_tiles
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from territoires.build.geometry import FINEST, Shapes, Zone, dissolve_levels, reproject
from territoires.build.vector_tile import PROPERTY, decode_rows, encode_layer, make_tile
from territoires.errors import InputError
from territoires.model.levels import MAPPED, Level

#: Zoom → simplification (metres: square root of the area of the triangles left out). With tiles of 512
#: pixels at latitude 46°, a pixel is 1.7 km at zoom 5 and 26 m at zoom 11. The source is drawn to about
#: 100 m, with a vertex every 500 m: from zoom 9 on next to nothing is left out.
TOLERANCE: dict[int, float] = {
    3: 4_000,
    4: 2_000,
    5: 1_000,
    6: 600,
    7: 400,
    8: 280,
    9: FINEST,
    10: FINEST,
    11: FINEST,
}

#: Units per tile side: half a pixel.
EXTENT = 1024

#: How far around a tile its shapes reach, as a share of the tile's side: 4 pixels of 512, the half width of
#: the thickest border.
MARGIN = 1 / 128

#: From this zoom on every territory must be in the tiles; below, at least `SHARE_BELOW` of them.
COMPLETE_FROM, SHARE_BELOW = 6, 0.999

#: Level → the levels whose borders are drawn over it.
LINES: dict[Level, tuple[Level, ...]] = {
    Level.COMMUNE: (Level.DEPARTEMENT, Level.REGION),
    Level.EPCI: (Level.DEPARTEMENT, Level.REGION),
    Level.DEPARTEMENT: (Level.REGION,),
    Level.REGION: (),
}

#: Half the circumference of the Earth in EPSG:3857 (metres): the pyramid is the square of ± this.
HALF_WORLD = 20_037_508.342789244


@dataclass(frozen=True)
class TileFile:
    """A written file: its level, how many territories each zoom holds, and its size in bytes."""

    level: Level
    path: Path
    per_zoom: dict[int, int]
    size: int


def mercator(zones: list[Zone], count: int) -> Shapes:
    """Return the communes of all zones in index order, in units of the world's side (0 to 1, y downwards)."""
    shapes = np.empty(count, dtype=object)
    for zone in zones:
        shapes[zone.rows] = reproject(zone.shapes, zone.epsg, 3857)
    side = 2 * HALF_WORLD
    return shapely.transform(shapes, lambda c: c * [1 / side, -1 / side] + 0.5)


def split(zoom: int, shapes: Shapes) -> Iterator[tuple[int, int, NDArray[np.intp], Shapes]]:
    """Yield x, y, the rows and the clipped shapes (units of the world's side) of each tile that has any.

    Clips in steps, so that a région of 50 000 vertices is not clipped anew for each of 300 small tiles.
    """
    rows = np.flatnonzero(~shapely.is_empty(shapes))
    steps = [*range(zoom % 3 or 3, zoom, 3), zoom]
    yield from _split(steps, 0, 0, 0, zoom, rows, shapes[rows])


def _split(
    steps: list[int], done: int, x: int, y: int, zoom: int, rows: NDArray[np.intp], shapes: Shapes
) -> Iterator[tuple[int, int, NDArray[np.intp], Shapes]]:
    """Yield the tiles of `zoom` inside tile x, y of zoom `done`."""
    if not steps:
        yield x, y, rows, shapes
        return
    scale, margin = 2.0 ** steps[0], MARGIN / 2.0**zoom
    inside = 2 ** (steps[0] - done)
    bounds = shapely.bounds(shapes)
    low = np.floor((bounds[:, :2] - margin) * scale).astype(int)
    high = np.floor((bounds[:, 2:] + margin) * scale).astype(int)
    left, top = x * inside, y * inside
    for column in range(max(left, low[:, 0].min()), min(left + inside - 1, high[:, 0].max()) + 1):
        in_column = np.flatnonzero((low[:, 0] <= column) & (high[:, 0] >= column))
        if not len(in_column):
            continue
        near = low[in_column, 1].min(), high[in_column, 1].max()
        for line in range(max(top, near[0]), min(top + inside - 1, near[1]) + 1):
            some = in_column[(low[in_column, 1] <= line) & (high[in_column, 1] >= line)]
            if not len(some):
                continue
            box = (
                column / scale - margin,
                line / scale - margin,
                (column + 1) / scale + margin,
                (line + 1) / scale + margin,
            )
            clipped = shapes[some]
            across = (bounds[some, :2] < box[:2]).any(axis=1) | (bounds[some, 2:] > box[2:]).any(axis=1)
            clipped[across] = shapely.clip_by_rect(clipped[across], *box)
            full = ~shapely.is_empty(clipped)
            if full.any():
                yield from _split(steps[1:], steps[0], column, line, zoom, rows[some[full]], clipped[full])


def zoom_layers(level: Level, zoom: int, shapes: Shapes) -> dict[int, bytes]:
    """Return the layers of one level and zoom: PMTiles number → bytes; `shapes` in units of the world's side."""
    # A territory too small to draw is kept in the tile of its middle.
    bounds = shapely.bounds(shapes)
    home = np.floor((bounds[:, :2] + bounds[:, 2:]) / 2 * 2**zoom).astype(int)
    layers = {}
    for x, y, rows, clipped in split(zoom, shapes):
        scaled = shapely.transform(clipped, lambda c, x=x, y=y: (c * 2.0**zoom - (x, y)) * EXTENT)
        data = encode_layer(level.value, EXTENT, rows, scaled, (home[rows] == (x, y)).all(axis=1))
        if data:
            layers[zxy_to_tileid(zoom, x, y)] = data
    return layers


def joined(level: Level, layers: dict[Level, dict[int, bytes]]) -> dict[int, bytes]:
    """Return the gzipped tiles of a level: its own layer, then those of its lines; `layers` of one zoom."""
    parts = [layers[each] for each in (level, *LINES[level])]
    numbers = sorted(set().union(*parts))
    return {number: make_tile(part.get(number, b"") for part in parts) for number in numbers}


def write_tiles(
    zones: list[Zone],
    members: dict[Level, NDArray[np.intp]],
    counts: dict[Level, int],
    folder: Path,
    progress: Callable[[str], None],
) -> list[TileFile]:
    """Write `{level}.{hash8}.pmtiles` for each mapped level into `folder`, read them back and count.

    `zones` are simplified to `FINEST` already. `members` tells each commune's territory per level (−1 for
    none), `counts` how many territories a level has. The hash is the start of the file's sha256.
    `InputError` if a territory is not in the tiles.
    """
    tiles: dict[Level, dict[int, bytes]] = {level: {} for level in MAPPED}
    shapes: dict[Level, Shapes] = {}
    for zoom in sorted(TOLERANCE, reverse=True):
        if TOLERANCE[zoom] > FINEST:
            zones = [zone.simplified(TOLERANCE[zoom]) for zone in zones]
        if not shapes or TOLERANCE[zoom] > FINEST:
            communes = mercator(zones, counts[Level.COMMUNE])
            shapes = dissolve_levels(communes, members, counts)
        layers = {level: zoom_layers(level, zoom, shapes[level]) for level in MAPPED}
        for level in MAPPED:
            tiles[level] |= joined(level, layers)
        progress(f"tuiles : zoom {zoom}")
    folder.mkdir(parents=True, exist_ok=True)
    return [
        _write(level, tiles[level], shapely.total_bounds(shapes[level]), counts[level], folder)
        for level in MAPPED
    ]


def _write(level: Level, tiles: dict[int, bytes], extent: Any, count: int, folder: Path) -> TileFile:
    """Write one PMTiles file, tiles in the order of their numbers, and check it."""
    lon = (extent[[0, 2]] - 0.5) * 360
    lat = np.degrees(np.arctan(np.sinh((0.5 - extent[[3, 1]]) * 2 * np.pi)))
    west, east, south, north = (int(value) for value in np.rint(np.concatenate([lon, lat]) * 1e7))
    header = {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.GZIP,
        "min_lon_e7": west,
        "min_lat_e7": south,
        "max_lon_e7": east,
        "max_lat_e7": north,
        "center_zoom": min(TOLERANCE),
        "center_lon_e7": (west + east) // 2,
        "center_lat_e7": (south + north) // 2,
    }
    layers = [
        {
            "id": each.value,
            "fields": {PROPERTY: "Number"},
            "minzoom": min(TOLERANCE),
            "maxzoom": max(TOLERANCE),
        }
        for each in (level, *LINES[level])
    ]
    buffer = BytesIO()
    writer = Writer(buffer)
    for number in sorted(tiles):
        writer.write_tile(number, tiles[number])
    writer.finalize(header, {"name": level.value, "vector_layers": layers})
    data = buffer.getvalue()
    path = folder / f"{level}.{hashlib.sha256(data).hexdigest()[:8]}.pmtiles"
    path.write_bytes(data)
    per_zoom = count_rows(path, level)
    check_counts(level, per_zoom, count)
    return TileFile(level, path, per_zoom, len(data))


def count_rows(path: Path, level: Level) -> dict[int, int]:
    """Return how many territories of a level each zoom of a written file holds."""
    rows: dict[int, set[int]] = {}
    for (zoom, _, _), tile in all_tiles(MemorySource(path.read_bytes())):
        rows.setdefault(zoom, set()).update(decode_rows(tile, level.value))
    return {zoom: len(rows[zoom]) for zoom in sorted(rows)}


def check_counts(level: Level, per_zoom: dict[int, int], count: int) -> None:
    """Raise `InputError` if a zoom holds too few of the `count` territories."""
    for zoom in TOLERANCE:
        found = per_zoom.get(zoom, 0)
        wanted = count if zoom >= COMPLETE_FROM else int(np.ceil(count * SHARE_BELOW))
        if found < wanted:
            raise InputError(
                f"tuiles {level}, zoom {zoom}", f"{found} territoires", f"au moins {wanted} sur {count}"
            )
