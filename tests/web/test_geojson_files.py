"""GeoJSON files have every territory, turned the right way."""

import gzip
import json
import struct
from dataclasses import replace

import pyarrow.parquet as pq
import pytest
import shapely

from territoires.analysis.exports import indicator_table
from territoires.errors import DataError
from territoires.model.levels import Level
from territoires.store.outlines import Outlines, decode
from territoires.web.application import create_app
from territoires.web.exports.geojson import geometry
from tests.web.files import COMMUNES, fetch


@pytest.mark.parametrize("level", list(Level))
def test_geojson_has_every_territory_turned_the_right_way(client, country_store, level):
    answer = fetch(client, f"/telecharger/{level}/chomage.geojson")
    assert answer.mimetype == "application/geo+json"
    content = json.loads(answer.data)
    territories = country_store.territories(level)
    assert content["type"] == "FeatureCollection"
    assert [feature["id"] for feature in content["features"]] == territories.codes
    assert content["release"] == country_store.manifest.release
    assert content["source"]
    assert content["vintage"] == "2022"
    assert "crs" not in content
    west, south, east, north = content["bbox"]
    table = indicator_table(country_store, country_store.indicator("chomage"), level)
    names = [column.name for column in table.columns]
    for feature, row in zip(
        content["features"], zip(*(c.cells(0, table.rows) for c in table.columns), strict=True), strict=True
    ):
        assert list(feature) == ["type", "id", "geometry", "properties"]
        assert feature["properties"] == dict(zip(names, row, strict=True))
        shape = shapely.geometry.shape(feature["geometry"])
        assert shape.is_valid
        x0, y0, x1, y1 = shape.bounds
        assert west <= x0 <= x1 <= east
        assert south <= y0 <= y1 <= north
        for polygon in shapely.get_parts(shape):
            assert polygon.exterior.is_ccw
            assert not any(hole.is_ccw for hole in polygon.interiors)


def test_geojson_of_all_the_communes(shipped_client, shipped_store, shipped_settings):
    address = "/telecharger/commune/emp_txchom_1564.geojson"
    answer = fetch(shipped_client, address, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.data) < 12_000_000
    features = json.loads(gzip.decompress(answer.data))["features"]
    assert len(features) == 34_875
    path = shipped_settings.geodata / "territories" / "commune.parquet"
    shipped = shapely.from_wkb(pq.read_table(path, columns=["geometry"])["geometry"].to_pylist())
    for index in range(0, 34_875, 1_743):
        given = shapely.geometry.shape(features[index]["geometry"])
        assert given.exterior.is_ccw if given.geom_type == "Polygon" else given.geoms[0].exterior.is_ccw
        assert given.area == pytest.approx(shipped[index].area, rel=2e-3)
    assert sum(len(shapely.get_parts(shape)) for shape in shipped) == sum(
        len(f["geometry"]["coordinates"]) if f["geometry"]["type"] == "MultiPolygon" else 1 for f in features
    )


def test_holes_turn_clockwise():
    square = shapely.box(0, 0, 10, 10)
    for ring in (square, square.reverse()):
        shape = geometry(decode(shapely.to_wkb(ring.difference(shapely.box(4, 4, 6, 6)))))
        polygon = shapely.geometry.shape(shape)
        assert polygon.exterior.is_ccw
        assert not polygon.interiors[0].is_ccw
        assert polygon.area == 96
    both = shapely.union(square, shapely.box(20, 0, 21, 1))
    assert shapely.geometry.shape(geometry(decode(shapely.to_wkb(both)))).equals(both)
    assert geometry([]) is None


@pytest.mark.parametrize(
    "spoilt",
    [
        shapely.to_wkb(shapely.Point(1, 2)),
        shapely.to_wkb(shapely.MultiPoint([(1, 2)])),
        shapely.to_wkb(shapely.box(0, 0, 1, 1), byte_order=0),
        shapely.to_wkb(shapely.box(0, 0, 1, 1))[:40],
        b"",
    ],
)
def test_an_outline_that_is_not_a_polygon_is_refused(spoilt):
    with pytest.raises((ValueError, struct.error)):
        decode(spoilt)


def test_a_missing_outline_file_is_said_before_anything_is_sent(country, country_store, tmp_path):
    app = create_app(replace(country.settings, geodata=tmp_path), store=country_store)
    assert app.server.test_client().get(f"{COMMUNES}.geojson").status_code == 503
    with pytest.raises(DataError, match=r"geodata/territories/commune\.parquet"):
        Outlines(country_store.manifest, Level.COMMUNE, tmp_path, tmp_path)
