"""Print outlines fill their frame, fit each other, and place every territory."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

from territoires.build.geography import build_geography
from territoires.build.prints import svg_paths
from tests.country import write_geography


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("country")
    outlines = write_geography(folder)
    build_geography(folder, outlines, folder / "out", lambda _: None)
    return folder / "out"


@pytest.fixture(scope="module")
def prints(built: Path) -> pd.DataFrame:
    return pd.read_parquet(built / "prints.parquet")


@pytest.fixture(scope="module")
def frames(built: Path) -> pd.DataFrame:
    return pd.read_parquet(built / "frames.parquet").set_index("frame")


def polygon(path: str) -> shapely.Geometry:
    """Read a path back: absolute start, relative steps, one ring per sub-path."""
    assert re.fullmatch(r"(M\d+ \d+l[-\d ]+z)+", path)
    rings = []
    for part in path.split("z")[:-1]:
        start, steps = part[1:].split("l")
        points = [tuple(int(number) for number in start.split())]
        numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            points.append((points[-1][0] + dx, points[-1][1] + dy))
        rings.append(shapely.Polygon(points))
    shape = rings[0]
    for ring in rings[1:]:
        shape = shape.symmetric_difference(ring)
    return shape


def shapes(prints: pd.DataFrame, frame: str, level: str) -> dict[int, shapely.Geometry]:
    rows = prints[(prints["frame"] == frame) & (prints["level"] == level)]
    return {i: polygon(path) for i, path in zip(rows["i"], rows["path"], strict=True)}


def test_frames_are_the_zones_the_regions_and_the_departements(frames: pd.DataFrame) -> None:
    assert list(frames.index) == [
        "france:hexagone", "france:02", "region:02", "region:94",
        "departement:2A", "departement:30", "departement:972",
    ]  # fmt: skip
    assert (frames[["width", "height"]].max(axis=1) == 2000).all()
    assert frames.loc["region:94", "epsg"] == 2154
    assert frames.loc["france:02", "epsg"] == 5490


def test_outlines_stay_in_their_frame_and_fill_it(prints: pd.DataFrame, frames: pd.DataFrame) -> None:
    for name, frame in frames.iterrows():
        bounds = shapely.total_bounds(list(shapes(prints, str(name), "commune").values()))
        assert bounds[0] == pytest.approx(20, abs=1)
        assert bounds[1] == pytest.approx(20, abs=1)
        assert bounds[2] == pytest.approx(frame["width"] - 20, abs=2)
        assert bounds[3] == pytest.approx(frame["height"] - 20, abs=2)


def test_every_territory_is_drawn_once_per_frame(prints: pd.DataFrame) -> None:
    assert not prints.duplicated(["frame", "level", "i"]).any()
    drawn = prints.groupby(["frame", "level"])["i"].agg(list)
    assert drawn["region:94", "commune"] == list(range(30))
    assert drawn["region:02", "commune"] == list(range(30, 40))
    assert drawn["departement:30", "commune"] == list(range(15, 30))
    assert drawn["departement:30", "epci"] == [1, 2]
    assert drawn["region:94", "departement"] == [0, 1]
    assert drawn["france:hexagone", "region"] == [1]


def test_communes_of_a_frame_fill_its_departements_and_its_region(prints: pd.DataFrame) -> None:
    communes = shapely.union_all(list(shapes(prints, "region:94", "commune").values()))
    departements = shapely.union_all(list(shapes(prints, "region:94", "departement").values()))
    (region,) = shapes(prints, "region:94", "region").values()
    assert shapely.equals(communes, region)
    assert shapely.equals(departements, region)


def test_y_goes_downwards_from_the_north(built: Path, prints: pd.DataFrame, frames: pd.DataFrame) -> None:
    table = pd.read_parquet(built / "territories" / "commune.parquet", columns=["lat"])
    drawn = shapes(prints, "departement:972", "commune")
    heights = [drawn[i].centroid.y for i in drawn]
    assert np.corrcoef(heights, table["lat"].to_numpy()[list(drawn)])[0, 1] < -0.95


def test_units_and_origin_give_the_ground_back(prints: pd.DataFrame, frames: pd.DataFrame) -> None:
    frame = frames.loc["region:02"]
    (region,) = shapes(prints, "region:02", "region").values()
    area = region.area * frame["metres_per_unit"] ** 2 / 1e6
    assert area == pytest.approx(490, rel=0.01)
    assert frame["min_x"] + region.bounds[0] * frame["metres_per_unit"] == pytest.approx(695_000, abs=500)


def test_territory_smaller_than_a_unit_is_still_drawn() -> None:
    speck, square = shapely.box(3.1, 3.1, 3.2, 3.2), shapely.box(0, 0, 2, 2)
    assert svg_paths(np.array([speck, square])) == ["M3 3l1 0 0 1-1 0z", "M2 0l0 2-2 0 0-2z"]


def test_neighbouring_region_is_drawn_around_a_region_and_cut_at_its_frame(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests import country

    # Département 30 becomes a région of its own.
    rows = [row | ({"region": "76"} if row["departement"] == "30" else {}) for row in country.communes()]
    monkeypatch.setattr(country, "communes", lambda: rows)
    departements = [(c, n, "76" if c == "30" else r, s) for c, n, r, s in country.DEPARTEMENTS]
    monkeypatch.setattr(country, "DEPARTEMENTS", departements)
    monkeypatch.setattr(country, "REGIONS", (*country.REGIONS, ("76", "Causse", "30107", "metro")))
    build_geography(tmp_path, write_geography(tmp_path), tmp_path / "out", lambda _: None)
    prints = pd.read_parquet(tmp_path / "out" / "prints.parquet")
    frames = pd.read_parquet(tmp_path / "out" / "frames.parquet").set_index("frame")
    ((index, around),) = shapes(prints, "region:94", "neighbour").items()
    (region,) = shapes(prints, "region:94", "region").values()
    assert index == 1
    assert around.bounds[2] == frames.loc["region:94", "width"]
    assert shapely.intersection(around, region).area == 0
    assert shapely.intersection(around, region).length > 1000
