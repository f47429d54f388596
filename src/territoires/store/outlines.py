"""The outlines of the territories, read as they ship: WKB polygons in EPSG:4326, one row after the other.

Written here because nothing else at run time needs a geometry library: a polygon is a count and numbers.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from territoires.errors import DataError
from territoires.model.levels import Level
from territoires.store.manifest import REBUILD, Manifest, locate

#: Rings of a polygon, the outer one first: arrays (n, 2) of longitudes and latitudes, closed.
Polygon = list[NDArray[np.float64]]

#: Rows decoded at a time: about a megabyte of communes.
BATCH = 1_024

POLYGON, MULTIPOLYGON = 3, 6
_HEAD = struct.Struct("<BII")
_COUNT = struct.Struct("<I")


class Outlines:
    """The outlines of one level, in index order; opened at once, read little by little.

    Raises `DataError` where the file is missing or holds something else than polygons.
    """

    def __init__(self, manifest: Manifest, level: Level, data: Path, geodata: Path) -> None:
        name = f"geodata/territories/{level}.parquet"
        entry = next((entry for entry in manifest.files if entry.path == name), None)
        if entry is None:
            raise DataError(f"Fichier absent du manifeste : {name}. {REBUILD}.")
        self._name = name
        try:
            self._file = pq.ParquetFile(locate(entry, data, geodata))
        except (OSError, pa.ArrowInvalid) as error:
            raise DataError(f"Fichier illisible : {name} ({error}). {REBUILD}.") from error
        if "geometry" not in self._file.schema_arrow.names:
            raise DataError(f"Colonne geometry absente : {name}. {REBUILD}.")

    def __len__(self) -> int:
        """Return the number of territories."""
        rows: int = self._file.metadata.num_rows
        return rows

    def __iter__(self) -> Iterator[list[Polygon]]:
        """Yield the polygons of each territory; none for a territory without outline."""
        with self._file:
            for batch in self._file.iter_batches(BATCH, columns=["geometry"]):
                for wkb in batch.column(0):
                    content: bytes | None = wkb.as_py()
                    try:
                        yield [] if content is None else decode(content)
                    except (struct.error, ValueError) as error:
                        raise DataError(f"Contour illisible : {self._name} ({error}). {REBUILD}.") from error


def decode(wkb: bytes) -> list[Polygon]:
    """Return the polygons of a little-endian WKB Polygon or MultiPolygon.

    Raises `ValueError` for any other geometry, `struct.error` or `ValueError` where bytes are missing.
    """
    order, kind, count = _HEAD.unpack_from(wkb)
    if order != 1 or kind not in (POLYGON, MULTIPOLYGON):
        raise ValueError(f"ni polygone ni multipolygone : type {kind}, ordre {order}")
    if kind == POLYGON:
        return [_rings(wkb, _HEAD.size, count)[0]]
    polygons: list[Polygon] = []
    offset = _HEAD.size
    for _ in range(count):
        order, kind, rings = _HEAD.unpack_from(wkb, offset)
        if order != 1 or kind != POLYGON:
            raise ValueError(f"un polygone était attendu : type {kind}, ordre {order}")
        polygon, offset = _rings(wkb, offset + _HEAD.size, rings)
        polygons.append(polygon)
    return polygons


def _rings(wkb: bytes, offset: int, count: int) -> tuple[Polygon, int]:
    """Return `count` rings found at `offset`, and where they end."""
    polygon: Polygon = []
    for _ in range(count):
        (points,) = _COUNT.unpack_from(wkb, offset)
        offset += _COUNT.size
        ring = np.frombuffer(wkb, dtype="<f8", count=2 * points, offset=offset).reshape(points, 2)
        offset += ring.nbytes
        polygon.append(ring)
    return polygon, offset
