"""The files to take away: read again as a person or a program would, they give back what the store holds."""

import csv
import gzip
import io
import json
import struct
from dataclasses import replace

import numpy as np
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
import shapely

from territoires.analysis.exports import indicator_table
from territoires.analysis.tables import Column, Fact, Kind, Table
from territoires.errors import DataError
from territoires.model.indicators import Nature, Status
from territoires.model.levels import MAPPED, Level
from territoires.store.outlines import Outlines, decode
from territoires.web.application import create_app
from territoires.web.downloads import catalogue_links, download_links, level_link
from territoires.web.exports.delimited import FORMULA_STARTS, FRENCH, MACHINE, delimited, neutral
from territoires.web.exports.geojson import geometry
from territoires.web.exports.workbook import letters, workbook

COMMUNES = "/telecharger/commune/chomage"
BOM = b"\xef\xbb\xbf"


def fetch(client, address, *, method="GET", **options):
    """Ask for a file and close it: what stands on disk is sent from there."""
    with client.open(address, method=method, **options) as answer:
        answer.get_data()
        return answer


def french_rows(content):
    assert content.startswith(BOM)
    assert content.count(BOM) == 1
    assert content.count(b"\n") == content.count(b"\r\n")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def machine_frame(content, **options):
    assert not content.startswith(BOM)
    assert b"\r" not in content
    text = {"code": str, "departement_code": str, "region_code": str, "epci_code": str}
    return pd.read_csv(io.BytesIO(content), dtype=text, **options)


def expected(store, level, indicator):
    found = store.indicator(indicator)
    return np.round(store.values(level, indicator).astype(np.float64), found.decimals)


def as_number(text):
    return float(text.replace(",", ".")) if text else np.nan


# CSV


def test_french_csv_gives_back_values_codes_and_reasons(client, country_store):
    rows = french_rows(fetch(client, f"{COMMUNES}.csv").data)
    territories = country_store.territories(Level.COMMUNE)
    assert [row["Code"] for row in rows] == territories.codes
    assert [row["Clé (échelon et code)"] for row in rows] == [f"commune-{c}" for c in territories.codes]
    np.testing.assert_array_equal(
        [as_number(row["Valeur"]) for row in rows], expected(country_store, Level.COMMUNE, "chomage")
    )
    assert [row["Statut, code"] for row in rows] == [
        Status(code).word for code in country_store.status(Level.COMMUNE, "chomage")
    ]
    assert {row["En alerte"] for row in rows} <= {"oui", "non", ""}
    assert all("." not in row["Valeur"] for row in rows)
    for title in ("Source", "Période", "Unité", "Licence", "Parution", "Version des données"):
        assert all(row[title] for row in rows), title


def test_machine_csv_is_read_by_pandas_without_options(client, country_store):
    answer = fetch(client, f"{COMMUNES}.csv?format=machine")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    frame = machine_frame(answer.data)
    np.testing.assert_array_equal(frame["value"], expected(country_store, Level.COMMUNE, "chomage"))
    assert list(frame["code"]) == country_store.territories(Level.COMMUNE).codes
    assert frame["population"].dtype == "int64"
    assert "key" not in frame.columns
    assert set(frame["data_version"]) == {country_store.manifest.version[:12]}


def test_overseas_and_corsican_codes_stay_text(shipped_client):
    frame = machine_frame(
        fetch(shipped_client, "/telecharger/departement/emp_txchom_1564.csv?format=machine").data
    )
    assert {"01", "2A", "2B", "971", "976"} <= set(frame["code"])
    assert {"01", "11", "94"} <= set(frame["region_code"])


def test_negative_numbers_are_numbers_in_both(shipped_client, shipped_store):
    changes = (each.id for each in shipped_store.indicators if each.nature is Nature.CHANGE)
    falling = next(id_ for id_ in changes if (shipped_store.values(Level.DEPARTEMENT, id_) < 0).any())
    address = f"/telecharger/departement/{falling}.csv"
    values = expected(shipped_store, Level.DEPARTEMENT, falling)
    rows = french_rows(fetch(shipped_client, address).data)
    np.testing.assert_array_equal([as_number(row["Valeur"]) for row in rows], values)
    frame = machine_frame(fetch(shipped_client, f"{address}?format=machine").data)
    np.testing.assert_array_equal(frame["value"], values)


def invented(texts, numbers):
    columns = (
        Column("code", "Code", Kind.TEXT, texts),
        Column("value", "Valeur", Kind.NUMBER, np.array(numbers), 1),
    )
    facts = (Fact("source", "Source", "=2+3"),)
    return Table("=1+1", None, len(texts), columns, facts, (Fact("note", "Note", "@SUM(A1)\x00<&>"),))


def test_texts_that_would_be_formulas_are_neutralised_and_numbers_are_not():
    texts = ["=HYPERLINK(1)", "+33", "-1+1", "@SUM(A1)", "\t=1", 'plain; with "quotes"\nand lines']
    table = invented(texts, [-0.5, -12.0, 3.0, 0.0, np.nan, 1.5])
    for dialect, delimiter in ((FRENCH, ";"), (MACHINE, ",")):
        text = delimited(table, dialect).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))[1:]
        assert [row[0] for row in rows] == [f"'{t}" for t in texts[:5]] + texts[5:]
        assert [as_number(row[1]) for row in rows[:4]] == [-0.5, -12.0, 3.0, 0.0]
        assert rows[4][1] == ""
        assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)


def test_no_shipped_text_needs_to_be_neutralised(shipped_client, shipped_store):
    names = [name for level in Level for name in shipped_store.territories(level).names]
    assert not [name for name in names if neutral(name) != name]
    rows = french_rows(fetch(shipped_client, "/telecharger/catalogue.csv").data)
    # A hyphen may open a number, never a text.
    assert not [cell for row in rows for cell in row.values() if cell.startswith("'")]


def test_the_catalogue_is_whole_in_both(shipped_client, shipped_store):
    rows = french_rows(fetch(shipped_client, "/telecharger/catalogue.csv").data)
    assert [row["Identifiant"] for row in rows] == [each.id for each in shipped_store.indicators]
    frame = machine_frame(fetch(shipped_client, "/telecharger/catalogue.csv?format=machine").data)
    assert list(frame["label"]) == [each.label for each in shipped_store.indicators]
    assert list(frame["scale"]) == [each.scale for each in shipped_store.indicators]


def test_all_the_communes_of_france(shipped_client, shipped_store):
    frame = machine_frame(
        fetch(shipped_client, "/telecharger/commune/emp_txchom_1564.csv?format=machine").data
    )
    assert len(frame) == 34_875
    assert frame["code"].iloc[0] == "01001"
    np.testing.assert_array_equal(frame["value"], expected(shipped_store, Level.COMMUNE, "emp_txchom_1564"))
    marseille = frame.set_index("code").loc["13055"]
    assert (marseille["name"], marseille["departement_code"]) == ("Marseille", "13")
    again = 100 * marseille["numerator"] / marseille["denominator"]
    assert again == pytest.approx(marseille["value"], abs=0.06)


# XLSX


def test_workbook_is_typed_and_its_header_stays(client, country_store):
    answer = fetch(client, f"{COMMUNES}.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames == ["Données", "Lire"]
    sheet = book["Données"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == sheet.dimensions
    heads = [cell.value for cell in sheet[1]]
    rows = [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=2)]
    assert [row["Code"].value for row in rows] == country_store.territories(Level.COMMUNE).codes
    assert all(row["Code"].data_type in ("s", "inlineStr") for row in rows)
    assert {row["Code"].number_format for row in rows} == {"@"}
    values = [np.nan if row["Valeur"].value is None else row["Valeur"].value for row in rows]
    np.testing.assert_array_equal(values, expected(country_store, Level.COMMUNE, "chomage"))
    assert {row["Valeur"].number_format for row in rows if row["Valeur"].value is not None} == {"#,##0.0"}
    assert all(isinstance(row["Population"].value, int) for row in rows)
    assert all(row["Source"].value and row["Parution"].value for row in rows)
    subjects = [row[0].value for row in book["Lire"].iter_rows(min_row=2)]
    assert {"Définition", "Lecture", "Licence", "Statut « publié »"} <= set(subjects)


def test_a_text_in_a_workbook_is_never_a_formula():
    texts = ["=1+1", "+1", "a\x00<b>&\"'", " held ", "\ud800x"]
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(invented(texts, [-1.5] * 5))))["Données"]
    read = [(row[0].value, row[0].data_type) for row in sheet.iter_rows(min_row=2)]
    assert [value for value, _ in read] == ["=1+1", "+1", "a<b>&\"'", " held ", "x"]
    assert "f" not in {kind for _, kind in read}
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == [-1.5] * 5


def test_the_same_table_gives_the_same_workbook():
    table = invented(["a"], [1.0])
    assert workbook(table) == workbook(table)


def test_columns_have_letters():
    assert [letters(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_catalogue_workbook(shipped_client):
    book = openpyxl.load_workbook(io.BytesIO(fetch(shipped_client, "/telecharger/catalogue.xlsx").data))
    assert book["Données"].max_row == 334
    assert book["Données"].freeze_panes == "B2"


# GeoJSON


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


# Parquet


def check_level(store, level, content):
    file = pq.ParquetFile(io.BytesIO(content))
    schema, table = file.schema_arrow, file.read()
    assert schema.metadata[b"release"].decode() == store.manifest.release
    assert schema.metadata[b"data_version"].decode() == store.manifest.version[:12]
    assert set(json.loads(schema.metadata[b"sources"])) == {each.source for each in store.indicators}
    assert table["code"].to_pylist() == store.territories(level).codes
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"
    for indicator in store.indicators:
        field = schema.field(indicator.id)
        assert field.metadata[b"label"].decode() == indicator.label
        assert field.metadata[b"unit"].decode() == indicator.unit_at(level)
        values = table[indicator.id].to_numpy()
        np.testing.assert_array_equal(values, store.values(level, indicator.id))
        assert table[indicator.id].null_count == int(np.isnan(values).sum())
        words = [Status(code).word for code in store.status(level, indicator.id)]
        assert table[f"{indicator.id}__status"].to_pylist() == words


@pytest.mark.parametrize("level", list(Level))
def test_parquet_is_the_store(client, country_store, level):
    answer = fetch(client, f"/telecharger/{level}.parquet")
    assert answer.mimetype == "application/vnd.apache.parquet"
    check_level(country_store, level, answer.data)


def test_parquet_of_the_shipped_regions_and_communes(shipped_client, shipped_store):
    check_level(shipped_store, Level.REGION, fetch(shipped_client, "/telecharger/region.parquet").data)
    content = fetch(shipped_client, "/telecharger/commune.parquet").data
    assert len(content) < 20_000_000
    table = pq.read_table(io.BytesIO(content), columns=["code", "stratum", "emp_txchom_1564"])
    assert table.num_rows == 34_875
    np.testing.assert_array_equal(
        table["emp_txchom_1564"].to_numpy(), shipped_store.values(Level.COMMUNE, "emp_txchom_1564")
    )


def test_parquet_is_made_once_and_without_a_cache_too(country, country_store, client):
    fetch(client, "/telecharger/region.parquet")
    folder = country.settings.cache / country_store.manifest.version[:16]
    kept = list(folder.glob("all-region*"))
    assert len(kept) == 1
    assert not list(folder.glob(".draft*"))
    without = create_app(replace(country.settings, cache=None), store=country_store).server.test_client()
    answer = fetch(without, "/telecharger/region.parquet")
    assert answer.data == kept[0].read_bytes()


# Addresses


def test_real_file_names(shipped_client, client):
    def name(address, asked=shipped_client):
        return fetch(asked, address).headers["Content-Disposition"]

    stem = "territoires-taux-de-chomage-des-15-64-ans-region-2026-11"
    address = "/telecharger/region/emp_txchom_1564"
    assert name(f"{address}.csv") == f'attachment; filename="{stem}.csv"'
    assert (
        name(f"{address}.csv?format=machine")
        == f'attachment; filename="{stem}'.replace("-2026-11", "-machine-2026-11") + '.csv"'
    )
    assert name(f"{address}.xlsx") == f'attachment; filename="{stem}.xlsx"'
    assert name(f"{address}.geojson") == f'attachment; filename="{stem}.geojson"'
    assert name("/telecharger/catalogue.csv") == 'attachment; filename="territoires-catalogue-2026-11.csv"'
    assert "territoires-tous-les-indicateurs-region-" in name("/telecharger/region.parquet", client)


def test_the_french_csv_announces_the_plain_one(client):
    link = fetch(client, f"{COMMUNES}.csv").headers["Link"]
    assert link.startswith("</telecharger/commune/chomage.csv?format=machine&v=")
    assert fetch(client, link[1:].partition(">")[0]).status_code == 200


ADDRESSES = [
    f"{COMMUNES}.csv",
    f"{COMMUNES}.csv?format=machine",
    f"{COMMUNES}.xlsx",
    f"{COMMUNES}.geojson",
    "/telecharger/commune.parquet",
    "/telecharger/catalogue.csv",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_the_client_holds_is_not_sent_again(client, country_store, address):
    first = fetch(client, address)
    tag = first.headers["ETag"]
    again = fetch(client, address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"].removeprefix("W/") == tag.removeprefix("W/")
    assert first.headers["Cache-Control"] == "public, max-age=300"
    version = country_store.manifest.version[:12]
    kept = fetch(client, f"{address}{'&' if '?' in address else '?'}v={version}")
    assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert kept.headers["ETag"] == tag
    assert fetch(client, address, method="HEAD").status_code == 200


def test_each_file_has_its_own_tag(client):
    tags = [fetch(client, address).headers["ETag"] for address in ADDRESSES]
    assert len(set(tags)) == len(tags)


def test_text_is_compressed(client):
    packed = fetch(client, f"{COMMUNES}.csv", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == fetch(client, f"{COMMUNES}.csv").data
    outlined = fetch(client, f"{COMMUNES}.geojson", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(outlined.data) == fetch(client, f"{COMMUNES}.geojson").data


@pytest.mark.parametrize(
    "address",
    [
        "/telecharger/galaxie/chomage.csv",
        "/telecharger/commune/inconnu.csv",
        "/telecharger/commune/inconnu.geojson",
        "/telecharger/commune/chomage.docx",
        "/telecharger/commune/chomage",
        "/telecharger/catalogue.geojson",
        "/telecharger/catalogue.parquet",
        "/telecharger/galaxie.parquet",
        "/telecharger/galaxie/chomage.geojson",
        "/telecharger/commune/%00.xlsx",
        "/telecharger/commune/..%2fchomage.csv",
    ],
)
def test_what_does_not_exist_is_not_found(client, address):
    answer = fetch(client, address)
    assert answer.status_code == 404
    assert answer.mimetype == "text/html"
    assert "Content-Disposition" not in answer.headers
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "address",
    [
        f"{COMMUNES}.csv?format=excel",
        f"{COMMUNES}.csv?epingle=01001",
        f"{COMMUNES}.xlsx?format=machine",
        f"{COMMUNES}.geojson?format=machine",
        "/telecharger/commune.parquet?format=machine",
    ],
)
def test_a_file_that_cannot_be_what_was_asked_is_refused(client, address):
    assert fetch(client, address).status_code == 400


def test_links_lead_to_files_that_may_be_kept(client, country_store):
    found = [*catalogue_links(country_store), *(level_link(country_store, level) for level in MAPPED)]
    indicator = country_store.indicator("chomage")
    found += download_links(country_store, indicator, Level.EPCI)
    assert [label for label, _ in found[-4:]] == [
        "CSV pour tableur", "CSV pour programme", "Classeur XLSX", "Contours GeoJSON",
    ]  # fmt: skip
    for _, address in found:
        answer = fetch(client, address)
        assert answer.status_code == 200, address
        assert "immutable" in answer.headers["Cache-Control"]


def test_no_link_where_there_is_no_value(country_store):
    assert download_links(country_store, country_store.indicator("chomage_zone"), Level.REGION) == []


def test_marks_of_formulas_are_all_watched():
    assert {"=", "+", "-", "@"} <= set(FORMULA_STARTS)
