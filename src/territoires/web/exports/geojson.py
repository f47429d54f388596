"""Tables of territories as GeoJSON (RFC 7946): outlines in degrees, outer rings counterclockwise.

Written feature by feature, so that 35 000 communes never stand in memory together.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from territoires.analysis.tables import Table
from territoires.store.outlines import Polygon

#: Decimals of the coordinates: 0.00001° is a metre, finer than the outlines that ship.
DECIMALS = 5

#: Features written at a time.
BATCH = 500

#: Level of gzip: beyond it, half a second more spares 2 %.
GZIP_LEVEL = 5


def geojson(table: Table, bounds: NDArray[np.float64], outlines: Iterable[list[Polygon]]) -> Iterator[bytes]:
    """Yield a FeatureCollection: a feature per row of `table`, in its order, with its code as `id`.

    `outlines` are those of the rows; `bounds` (n, 4) are west, south, east, north in degrees. Properties are
    the columns; facts and notes, which hold for every feature, are members of the collection.
    """
    members = {
        "type": "FeatureCollection",
        "title": table.title,
        **{fact.name: fact.text for fact in (*table.facts, *table.notes)},
        **({"bbox": _extent(bounds)} if len(bounds) else {}),
    }
    yield (_json(members)[:-1] + ',"features":[\n').encode()
    if table.rows == 0:
        yield b"]}\n"
    names = [column.name for column in table.columns]
    shapes = iter(outlines)
    for start in range(0, table.rows, BATCH):
        stop = min(start + BATCH, table.rows)
        rows = zip(*(column.cells(start, stop) for column in table.columns), strict=True)
        features = (
            f'{{"type":"Feature","id":{_json(row[0])},"geometry":{_json(geometry(shape))},'
            f'"properties":{_json(dict(zip(names, row, strict=True)))}}}'
            for row, shape in zip(rows, islice(shapes, stop - start), strict=True)
        )
        yield (",\n".join(features) + (",\n" if stop < table.rows else "\n]}\n")).encode()


def gzipped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield `chunks` compressed as one gzip stream."""
    packer = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    for chunk in chunks:
        if packed := packer.compress(chunk):
            yield packed
    yield packer.flush()


def geometry(polygons: list[Polygon]) -> dict[str, object] | None:
    """Return a Polygon or a MultiPolygon; None for a territory without outline."""
    if not polygons:
        return None
    coordinates = [[_wound(ring, outer=not hole) for hole, ring in enumerate(rings)] for rings in polygons]
    if len(coordinates) == 1:
        return {"type": "Polygon", "coordinates": coordinates[0]}
    return {"type": "MultiPolygon", "coordinates": coordinates}


def _wound(ring: NDArray[np.float64], *, outer: bool) -> list[list[float]]:
    """Return a ring turned as RFC 7946 wants: outer rings counterclockwise, holes clockwise."""
    x, y = ring[:, 0] - ring[0, 0], ring[:, 1] - ring[0, 1]
    counterclockwise = float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) > 0
    turned = ring if counterclockwise == outer else ring[::-1]
    points: list[list[float]] = turned.round(DECIMALS).tolist()
    return points


def _extent(bounds: NDArray[np.float64]) -> list[float]:
    """Return what holds every outline, rounded outwards."""
    scale = 10**DECIMALS
    low, high = np.floor(bounds[:, :2].min(axis=0) * scale), np.ceil(bounds[:, 2:].max(axis=0) * scale)
    extent: list[float] = (np.concatenate([low, high]) / scale).tolist()
    return extent


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
