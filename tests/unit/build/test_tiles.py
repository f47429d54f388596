"""Tiles hold every territory at every zoom, its index and nothing else, and neighbours meet."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path
from typing import Any

import mapbox_vector_tile
import numpy as np
import pytest
import shapely
from pmtiles.reader import MemorySource, Reader, all_tiles

from territoires.build.geography import build_geography
from territoires.build.rings import whole_rings
from territoires.build.tiles import LINES, TOLERANCE, check_counts, count_rows, split
from territoires.build.vector_tile import decode_rows, encode_layer, make_tile, varints
from territoires.errors import InputError
from territoires.model.levels import Level
from tests.country import write_geography

COUNTS = {Level.COMMUNE: 40, Level.EPCI: 5, Level.DEPARTEMENT: 3, Level.REGION: 2}


@pytest.fixture(scope="module")
def tiles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("country")
    outlines = write_geography(folder)
    build_geography(folder, outlines, folder / "out", lambda _: None)
    return folder / "out" / "tiles"


def archive(tiles: Path, level: Level) -> Path:
    (path,) = tiles.glob(f"{level}.*.pmtiles")
    return path


def decoded(tile: bytes) -> dict[str, Any]:
    return mapbox_vector_tile.decode(gzip.decompress(tile), default_options={"y_coord_down": True})


def encoded(*shapes: shapely.Polygon, keep: bool = True) -> bytes:
    rows = np.arange(len(shapes)) + 300
    kept = np.full(len(shapes), keep)
    return make_tile([encode_layer("commune", 1024, rows, np.array(shapes, dtype=object), kept)])


@pytest.mark.parametrize("level", COUNTS, ids=str)
def test_every_zoom_holds_every_territory(tiles: Path, level: Level) -> None:
    for drawn in (level, *LINES[level]):
        assert count_rows(archive(tiles, level), drawn) == dict.fromkeys(TOLERANCE, COUNTS[drawn])


@pytest.mark.parametrize("level", COUNTS, ids=str)
def test_another_decoder_finds_the_same_indices_and_no_other_property(tiles: Path, level: Level) -> None:
    names = [each.value for each in (level, *LINES[level])]
    found: dict[tuple[int, str], set[int]] = {}
    for (zoom, _, _), tile in all_tiles(MemorySource(archive(tiles, level).read_bytes())):
        layers = decoded(tile)
        # A tile may hold nothing of the level itself: some communes belong to no EPCI.
        assert list(layers) in (names, names[1:])
        for name, layer in layers.items():
            assert all(set(feature["properties"]) == {"i"} for feature in layer["features"])
            indices = {feature["properties"]["i"] for feature in layer["features"]}
            assert indices == decode_rows(tile, name)
            found.setdefault((zoom, name), set()).update(indices)
    assert found == {(zoom, name): set(range(COUNTS[Level(name)])) for zoom in TOLERANCE for name in names}


def test_file_name_bears_the_hash_of_its_bytes(tiles: Path) -> None:
    for level in COUNTS:
        path = archive(tiles, level)
        assert path.name == f"{level}.{hashlib.sha256(path.read_bytes()).hexdigest()[:8]}.pmtiles"


def test_archive_says_its_zooms_and_its_extent(tiles: Path) -> None:
    header = Reader(MemorySource(archive(tiles, Level.REGION).read_bytes())).header()
    assert (header["min_zoom"], header["max_zoom"]) == (3, 11)
    assert header["min_lon_e7"] == pytest.approx(-61.2e7, rel=0.01)
    assert header["max_lat_e7"] == pytest.approx(41.94e7, rel=0.01)


def test_too_few_territories_stop_the_build() -> None:
    full = dict.fromkeys(TOLERANCE, 10_000)
    check_counts(Level.COMMUNE, full, 10_000)
    check_counts(Level.COMMUNE, full | {4: 9_990}, 10_000)
    with pytest.raises(InputError, match="zoom 4 : 9989 territoires"):
        check_counts(Level.COMMUNE, full | {4: 9_989}, 10_000)
    with pytest.raises(InputError, match="zoom 6"):
        check_counts(Level.COMMUNE, full | {6: 9_999}, 10_000)


def test_tile_draws_the_polygons_it_was_given() -> None:
    ring = shapely.Polygon(
        [(10, 10), (500, 20), (480, 600), (30, 580)],
        [[(100, 100), (200, 110), (190, 200)]],
    )
    pair = shapely.MultiPolygon([shapely.box(600, 600, 700, 700), shapely.box(800, 600, 900, 650)])
    layer = decoded(encoded(ring, pair))["commune"]
    assert layer["extent"] == 1024
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in layer["features"]]
    assert [feature["properties"]["i"] for feature in layer["features"]] == [300, 301]
    assert shapely.equals(shapes, [ring, pair]).all()


def test_territory_smaller_than_a_unit_becomes_a_small_square_where_it_is_at_home() -> None:
    speck = shapely.box(500.1, 500.1, 500.2, 500.2)
    (feature,) = decoded(encoded(speck))["commune"]["features"]
    assert shapely.geometry.shape(feature["geometry"]).equals(shapely.box(500, 500, 501, 501))
    assert encoded(speck, keep=False) == b""


def test_outer_rings_turn_clockwise_and_holes_the_other_way() -> None:
    shape = shapely.box(0, 0, 100, 100).difference(shapely.box(40, 40, 60, 60)).reverse()
    rings = whole_rings(np.array([shape, shapely.box(200, 0, 300, 50)]), np.ones(2, dtype=bool))
    areas = [
        sum(x * v - u * y for (x, y), (u, v) in zip(ring, np.roll(ring, -1, axis=0), strict=True))
        for ring in np.split(rings.points, rings.starts()[1:])
    ]
    assert areas == [20_000, -800, 10_000]


def test_neighbours_still_meet_when_vertices_are_rounded() -> None:
    left = shapely.Polygon([(0, 0), (10.4, 0), (10.6, 5.5), (10.4, 11), (0, 11)])
    right = shapely.Polygon([(10.4, 0), (20, 0), (20, 11), (10.4, 11), (10.6, 5.5)])
    features = decoded(encoded(left, right))["commune"]["features"]
    first, second = (shapely.geometry.shape(feature["geometry"]) for feature in features)
    assert first.area + second.area == 20 * 11
    assert shapely.intersection(first, second).area == 0


def test_split_covers_a_shape_with_tiles_and_a_margin() -> None:
    shape = shapely.box(0.40, 0.40, 0.60, 0.55)
    pieces = {(x, y): clipped[0] for x, y, _, clipped in split(4, np.array([shape], dtype=object))}
    assert set(pieces) == {(x, y) for x in range(6, 10) for y in range(6, 9)}
    assert shapely.union_all(list(pieces.values())).equals(shape)
    margin = 1 / 128 / 16
    expected = (7 / 16 - margin, 7 / 16 - margin, 8 / 16 + margin, 8 / 16 + margin)
    assert pieces[7, 7].bounds == pytest.approx(expected)


def test_varints_are_those_of_the_format() -> None:
    data, ends = varints(np.array([0, 127, 128, 300, 1 << 34]))
    assert data.hex(" ") == "00 7f 80 01 ac 02 80 80 80 80 40"
    assert ends.tolist() == [1, 2, 4, 6, 11]
