"""Vector tiles: the bytes of a mapped PMTiles archive, passed on as they are stored."""

from __future__ import annotations

import gzip
import mmap
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, request
from pmtiles.tile import (
    Compression,
    Entry,
    MagicNumberNotFound,
    SpecVersionUnsupported,
    deserialize_directory,
    deserialize_header,
    find_tile,
    zxy_to_tileid,
)

from territoires.errors import DataError
from territoires.model.levels import MAPPED
from territoires.store.manifest import REBUILD
from territoires.store.store import Store
from territoires.web.encoding import IMMUTABLE, SHORT, accepts
from territoires.web.held import held

MIMETYPE = "application/vnd.mapbox-vector-tile"

#: Length of a PMTiles header (bytes), and the deepest chain of directories of the format.
HEADER_LENGTH = 127
DEEPEST = 4

blueprint = Blueprint("tiles", __name__)


class TileArchive:
    """One archive, mapped; its directories are read once."""

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as handle:
                self._bytes = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
            self.header: dict[str, Any] = deserialize_header(self._bytes[:HEADER_LENGTH])
        except (OSError, ValueError, IndexError, MagicNumberNotFound, SpecVersionUnsupported) as error:
            raise DataError(
                f"Archive de tuiles illisible : {path.name} ({type(error).__name__}). {REBUILD}."
            ) from error
        if self.header["tile_compression"] is not Compression.GZIP:
            raise DataError(f"Archive de tuiles sans compression gzip : {path.name}. {REBUILD}.")
        self._directory = lru_cache(maxsize=64)(self._read_directory)

    @property
    def zooms(self) -> tuple[int, int]:
        """The first and last zoom of the archive."""
        return self.header["min_zoom"], self.header["max_zoom"]

    def _read_directory(self, offset: int, length: int) -> list[Entry]:
        return deserialize_directory(self._bytes[offset : offset + length])

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """Return the gzipped tile, or None if nothing lies there."""
        tile_id = zxy_to_tileid(z, x, y)
        offset, length = self.header["root_offset"], self.header["root_length"]
        for _ in range(DEEPEST):
            entry = find_tile(self._directory(offset, length), tile_id)
            if entry is None:
                return None
            if entry.run_length > 0:
                start = self.header["tile_data_offset"] + entry.offset
                return self._bytes[start : start + entry.length]
            offset, length = self.header["leaf_directory_offset"] + entry.offset, entry.length
        return None


class TileArchives:
    """The archives of every mapped level."""

    def __init__(self, store: Store) -> None:
        self._archives = {level.value: TileArchive(store.tiles(level)) for level in MAPPED}

    def get(self, level: str) -> TileArchive | None:
        """Return the archive of a level, or None for an unknown word."""
        return self._archives.get(level)


@blueprint.get("/tuiles/<level>/<int:z>/<int:x>/<int:y>.mvt")
def tile(level: str, z: int, x: int, y: int) -> Response:
    """Serve a tile: 204 where nothing lies, 404 for a level, a zoom or a position that does not exist."""
    archive = held().tiles.get(level)
    if archive is None:
        abort(404, f"Aucune tuile pour l’échelon « {level[:20]} ».")
    first, last = archive.zooms
    if not first <= z <= last or x >= 1 << z or y >= 1 << z:
        abort(404, f"Aucune tuile en {z}/{x}/{y} : les zooms vont de {first} à {last}.")
    content = archive.tile(z, x, y)
    response = Response(status=204) if content is None else Response(content, mimetype=MIMETYPE)
    if content is not None:
        if accepts(request.headers.get("Accept-Encoding", ""), "gzip"):
            response.headers["Content-Encoding"] = "gzip"
        else:
            response.set_data(gzip.decompress(content))
    response.headers["Vary"] = "Accept-Encoding"
    fresh = request.args.get("v") == held().version
    response.headers["Cache-Control"] = IMMUTABLE if fresh else SHORT
    return response
