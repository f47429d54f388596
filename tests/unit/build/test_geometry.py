"""Outlines become one clean polygon per commune; whatever is missing or too much stops the build."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from territoires.build.geography import build_geography
from territoires.build.geometry import (
    Zone,
    assemble,
    dissolve_levels,
    mismatched,
    project,
    repair,
)
from territoires.build.territories import members
from territoires.errors import InputError
from territoires.model.levels import MAPPED, Level
from territoires.sources.geography import Lists, Outlines, read_lists, read_outlines, read_restored
from tests.country import ISLAND, LARGEST, polygons, write_geography, write_outlines


def silent(_: str) -> None:
    """A progress that says nothing."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lists")
    write_geography(folder)
    return folder


@pytest.fixture(scope="module")
def lists(folder: Path) -> Lists:
    return read_lists(folder)


@pytest.fixture(scope="module")
def outlines(folder: Path) -> Outlines:
    return read_outlines(folder / "outlines.geojson")


@pytest.fixture(scope="module")
def built(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("geodata")
    build_geography(folder, folder / "outlines.geojson", out, silent)
    return out


def nothing() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"code": []}, geometry=[], crs=4326)


def table(built: Path, level: str) -> gpd.GeoDataFrame:
    return gpd.read_parquet(built / "territories" / f"{level}.parquet")


def square(x: float, y: float, side: float = 1000.0) -> shapely.Polygon:
    return shapely.box(x, y, x + side, y + side)


def zone(*shapes: shapely.Polygon) -> Zone:
    return Zone("hexagone", 2154, np.arange(len(shapes)), np.array(shapes, dtype=object))


def without(outlines: Outlines, *codes: str) -> gpd.GeoDataFrame:
    return outlines.communes[~outlines.communes["code"].isin(codes)]


def shape_of(outlines: Outlines, code: str) -> shapely.Polygon:
    return outlines.communes.set_index("code").geometry[code]


def test_lost_outline_stops_the_build_and_is_named(folder: Path, tmp_path: Path) -> None:
    shapes = polygons()
    del shapes["30107"]
    with pytest.raises(InputError, match=r"communes sans contour \(30107\)"):
        build_geography(folder, write_outlines(tmp_path / "o.geojson", shapes), tmp_path / "out", silent)


def test_outline_without_commune_stops_the_build_and_is_named(folder: Path, tmp_path: Path) -> None:
    shapes = polygons() | {"30999": polygons()[ISLAND]}
    with pytest.raises(InputError, match=r"sans commune dans la liste \(30999\)"):
        build_geography(folder, write_outlines(tmp_path / "o.geojson", shapes), tmp_path / "out", silent)


def test_gap_between_neighbours_is_closed() -> None:
    fixed, report = repair(
        zone(
            square(0, 0),
            square(1008, 0),
            shapely.box(0, 1000, 2008, 2000),
            shapely.box(0, -1000, 2008, 0),
        )
    )
    assert report.after == mismatched(fixed.shapes) == 0
    assert shapely.area(fixed.shapes).sum() == pytest.approx(2008 * 3000)
    assert shapely.union_all(fixed.shapes).equals(shapely.box(0, -1000, 2008, 2000))


def test_overlap_between_neighbours_goes_to_one_of_them() -> None:
    fixed, report = repair(zone(square(0, 0), square(990, 0)))
    assert (report.before, report.after) == (2, 0)
    assert shapely.area(fixed.shapes).sum() == pytest.approx(1000 * 1990)


def test_vertex_that_a_neighbour_lacks_is_given_to_it() -> None:
    bent = shapely.Polygon([(1000, 0), (2000, 0), (2000, 1000), (1000, 1000), (1000, 400)])
    _, report = repair(zone(square(0, 0), bent))
    assert (report.before, report.after) == (2, 0)


def test_enclave_that_is_not_french_stays_open() -> None:
    around = shapely.box(0, 0, 3000, 3000).difference(square(1000, 1000))
    fixed, _ = repair(zone(around))
    assert fixed.shapes[0].area == pytest.approx(8_000_000)


def test_sea_between_two_communes_stays_open() -> None:
    fixed, _ = repair(zone(square(0, 0), square(1100, 0)))
    assert shapely.area(fixed.shapes).sum() == pytest.approx(2_000_000)


def test_commune_without_outline_is_the_union_of_its_delegated_communes(
    lists: Lists, outlines: Outlines
) -> None:
    whole = shape_of(outlines, "30107")
    west, south, east, north = whole.bounds
    middle = (west + east) / 2
    halves = [
        whole.intersection(shapely.box(*box))
        for box in ((west, south, middle, north), (middle, south, east, north))
    ]
    delegated = gpd.GeoDataFrame(
        {"code": ["30901", "30902"], "commune": ["30107"] * 2}, geometry=halves, crs=4326
    )
    given = Outlines("essai", without(outlines, "30107"), delegated, Outlines.nothing())
    assembled = assemble(lists, given, nothing())
    assert assembled.rebuilt == ("30107",)
    position = list(lists.communes["code"]).index("30107")
    assert assembled.shapes[position].symmetric_difference(whole).area < 1e-12


def test_rebuilt_commune_is_taken_away_from_the_one_that_still_covers_it(
    lists: Lists, outlines: Outlines
) -> None:
    part, host = shape_of(outlines, "30107"), shape_of(outlines, "30106")
    communes = without(outlines, "30107").set_index("code")
    communes.loc["30106", "geometry"] = shapely.union(part, host)
    delegated = gpd.GeoDataFrame({"code": ["30907"], "commune": ["30107"]}, geometry=[part], crs=4326)
    given = Outlines("essai", communes.reset_index(), delegated, Outlines.nothing())
    assembled = assemble(lists, given, nothing())
    position = list(lists.communes["code"]).index("30106")
    assert assembled.shapes[position].area == pytest.approx(host.area)


def test_member_merged_since_the_outlines_were_drawn_is_added(lists: Lists, outlines: Outlines) -> None:
    whole = shape_of(outlines, "30107")
    west, south, east, north = whole.bounds
    member = whole.intersection(shapely.box(west, south, east, (south + north) / 2))
    communes = outlines.communes.set_index("code")
    communes.loc["30107", "geometry"] = whole.difference(member)
    former = gpd.GeoDataFrame({"code": ["30950"], "commune": ["30107"]}, geometry=[member], crs=4326)
    given = Outlines("essai", communes.reset_index(), Outlines.nothing(), former)
    assembled = assemble(lists, given, nothing())
    position = list(lists.communes["code"]).index("30107")
    assert assembled.completed == ("30107",)
    assert assembled.shapes[position].area == pytest.approx(whole.area)


def test_restored_communes_share_out_the_outline_they_were_part_of(lists: Lists, outlines: Outlines) -> None:
    whole = shapely.union(shape_of(outlines, "30106"), shape_of(outlines, "30107"))
    communes = without(outlines, "30106", "30107")
    communes = gpd.GeoDataFrame(
        {"code": [*communes["code"], "30106"], "town_hall": None},
        geometry=[*communes.geometry, whole],
        crs=4326,
    )
    # The other source draws its parts a little smaller: what it leaves is shared out too.
    parts = [shapely.buffer(shape_of(outlines, code), -0.001) for code in ("30106", "30107")]
    restored = gpd.GeoDataFrame({"code": ["30106", "30107"]}, geometry=parts, crs=4326)
    given = Outlines("essai", communes, Outlines.nothing(), Outlines.nothing())
    assembled = assemble(lists, given, restored)
    codes = list(lists.communes["code"])
    pieces = [assembled.shapes[codes.index(code)] for code in ("30106", "30107")]
    assert assembled.rebuilt == ("30107",)
    assert shapely.intersection(*pieces).area < 1e-9
    assert shapely.union_all(pieces).area == pytest.approx(whole.area)


def test_every_level_nests_exactly(lists: Lists, outlines: Outlines) -> None:
    shapes = assemble(lists, outlines, nothing()).shapes
    mainland = repair(project(lists, shapes)[0])[0].simplified(300)
    belongs = {level: members(lists, level)[mainland.rows] for level in MAPPED}
    counts = {level: int(members(lists, level).max()) + 1 for level in MAPPED}
    levels = dissolve_levels(mainland.shapes, belongs, counts)
    region = levels[Level.REGION][1]
    for level in (Level.COMMUNE, Level.EPCI, Level.DEPARTEMENT):
        inside = [shape for shape in levels[level] if shape is not None]
        if level is Level.EPCI:  # the island commune has none
            inside.append(mainland.shapes[list(lists.communes["code"][mainland.rows]).index(ISLAND)])
        assert shapely.equals(shapely.coverage_union_all(inside), region)


def test_shipped_outlines_of_intercommunalites_make_up_their_region(built: Path) -> None:
    epci, region = table(built, "epci"), table(built, "region")
    overseas = shapely.coverage_union_all(epci.geometry[epci["region"] == "02"].to_numpy())
    assert shapely.equals(overseas, region.geometry[region["code"] == "02"].iloc[0])


def test_tables_hold_the_country_sorted_by_code(built: Path) -> None:
    tables = {level: table(built, level) for level in ("commune", "epci", "departement", "region", "france")}
    assert {level: len(rows) for level, rows in tables.items()} == {
        "commune": 40,
        "epci": 5,
        "departement": 3,
        "region": 2,
        "france": 1,
    }
    for rows in tables.values():
        assert list(rows["code"]) == sorted(rows["code"])
        assert rows.geometry.is_valid.all()
        assert rows.crs.to_epsg() == 4326
    assert set(tables["commune"]["stratum"]) == {0, 1, 2, 3}


def test_populations_and_areas_add_up_from_commune_to_country(built: Path) -> None:
    communes = table(built, "commune")
    for level in ("departement", "region", "france"):
        rows = table(built, level)
        assert rows["population"].sum() == communes["population"].sum()
        assert rows["area_km2"].sum() == pytest.approx(communes["area_km2"].sum(), rel=1e-5)
        assert rows["communes"].sum() == 40


def test_intercommunalite_belongs_where_most_of_its_inhabitants_live(built: Path) -> None:
    epci = table(built, "epci").set_index("code")
    astride = table(built, "commune").query("epci == '200030002'")
    assert set(astride["departement"]) == {"2A", "30"}
    sums = astride.groupby("departement")["population"].sum()
    assert epci.loc["200030002", "departement"] == sums.idxmax() == "2A"
    assert epci.loc["200030002", "region"] == "94"


def test_island_commune_has_no_intercommunalite(built: Path) -> None:
    communes = table(built, "commune").set_index("code")
    assert communes.index[communes["epci"].isna()].tolist() == [ISLAND]


def test_point_is_the_town_hall_only_where_it_lies_inside(lists: Lists, outlines: Outlines) -> None:
    from territoires.build.territories import commune_facts

    codes = list(lists.communes["code"])
    shapes = assemble(lists, outlines, nothing()).shapes
    here = shapely.Point(shapely.get_coordinates(shapes[0]).mean(axis=0))
    points = np.full(len(codes), None, dtype=object)
    points[codes.index(LARGEST)], points[codes.index(ISLAND)] = here, here
    zones = [repair(each)[0] for each in project(lists, shapes)]
    _, chosen = commune_facts(lists, zones, points)
    assert chosen[codes.index(LARGEST)] == here
    assert chosen[codes.index(ISLAND)] != here
    assert shapely.covers(shapes, chosen).all()


def test_region_seat_gives_its_point(built: Path) -> None:
    region, commune = table(built, "region").set_index("code"), table(built, "commune").set_index("code")
    for axis in ("lon", "lat"):
        assert region.loc["94", axis] == commune.loc[LARGEST, axis]


def test_two_builds_give_the_same_bytes(built: Path, folder: Path, tmp_path: Path) -> None:
    build_geography(folder, folder / "outlines.geojson", tmp_path, silent)
    first, second = (
        {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        for root in (built, tmp_path)
    )
    assert len(first) == 11
    assert first == second


def test_report_counts_what_was_built(folder: Path, tmp_path: Path) -> None:
    report = build_geography(folder, folder / "outlines.geojson", tmp_path, silent)
    assert report.territories[Level.COMMUNE] == 40
    assert report.without_epci == (ISLAND,)
    assert [fixed.after for fixed in report.repairs] == [0, 0]
    assert sum(report.sizes.values()) == sum(p.stat().st_size for p in tmp_path.rglob("*") if p.is_file())
    assert any("communes sans intercommunalité : 1 (30115)" in line for line in report.lines())


def test_folder_without_restored_communes_gives_none(folder: Path) -> None:
    assert read_restored(folder).empty
