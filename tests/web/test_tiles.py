"""Tiles are the stored bytes, compressed as stored; what does not exist is said."""

from __future__ import annotations

import gzip
import math
from typing import Any

import mapbox_vector_tile
import pytest

from territoires.errors import DataError
from territoires.model.levels import MAPPED, Level
from territoires.store.store import TableStore
from territoires.web.tiles import TileArchive

PARIS = "5/16/11"

#: From this zoom, no territory is too small for the tiles.
ZOOM = 6


@pytest.mark.parametrize("level", MAPPED)
def test_a_tile_is_passed_on_compressed_as_it_is_stored(
    shipped_client: Any, shipped_store: TableStore, level: Level
) -> None:
    response = shipped_client.get(f"/tuiles/{level}/{PARIS}.mvt", headers={"Accept-Encoding": "gzip, br"})
    assert response.status_code == 200
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.mimetype == "application/vnd.mapbox-vector-tile"
    assert response.data in shipped_store.tiles(level).read_bytes()
    layers = mapbox_vector_tile.decode(gzip.decompress(response.data))
    assert sum(len(layer["features"]) for layer in layers.values()) > 0


def test_a_client_without_gzip_receives_the_same_tile_decompressed(shipped_client: Any) -> None:
    packed = shipped_client.get(f"/tuiles/region/{PARIS}.mvt", headers={"Accept-Encoding": "gzip"})
    plain = shipped_client.get(f"/tuiles/region/{PARIS}.mvt", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    assert plain.data == gzip.decompress(packed.data)


def test_a_tile_where_nothing_lies_answers_204(shipped_client: Any) -> None:
    response = shipped_client.get("/tuiles/commune/5/1/1.mvt")
    assert response.status_code == 204
    assert response.data == b""


@pytest.mark.parametrize("path", ["france/5/16/11", "commune/0/0/0", "commune/25/1/1", "commune/5/32/0"])
def test_a_tile_that_cannot_exist_answers_404(shipped_client: Any, path: str) -> None:
    assert shipped_client.get(f"/tuiles/{path}.mvt").status_code == 404


def test_every_territory_of_the_invented_country_is_in_its_tiles(
    client: Any, country_store: TableStore
) -> None:
    for level in MAPPED:
        archive = TileArchive(country_store.tiles(level))
        zoom = max(archive.zooms[0], ZOOM)
        found: set[int] = set()
        west, south, east, north = _extent(country_store, level, zoom)
        for x in range(west, east + 1):
            for y in range(north, south + 1):
                answer = client.get(
                    f"/tuiles/{level}/{zoom}/{x}/{y}.mvt", headers={"Accept-Encoding": "identity"}
                )
                if answer.status_code == 200:
                    for layer in mapbox_vector_tile.decode(answer.data).values():
                        found |= {feature["properties"]["i"] for feature in layer["features"]}
        assert found == set(range(len(country_store.territories(level))))


def _extent(store: TableStore, level: Level, zoom: int) -> tuple[int, int, int, int]:
    """Return the columns and rows of the tiles that hold every mainland territory of a level."""
    bounds = store.territories(level).bounds
    side = 1 << zoom

    def column(longitude: float) -> int:
        return int((longitude + 180) / 360 * side)

    def row(latitude: float) -> int:
        return int((1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2 * side)

    return (
        column(bounds[:, 0].min()),
        row(bounds[:, 1].min()),
        column(bounds[:, 2].max()),
        row(bounds[:, 3].max()),
    )


def test_a_file_that_is_no_archive_is_named(tmp_path: Any) -> None:
    for name, content in (("vide", b""), ("court", b"PMTiles\x03"), ("autre", b"x" * 500)):
        path = tmp_path / f"{name}.pmtiles"
        path.write_bytes(content)
        with pytest.raises(DataError, match=name):
            TileArchive(path)
