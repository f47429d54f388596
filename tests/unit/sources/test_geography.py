"""Lists and outlines are read as they are published; what is not as published is refused, and named."""

from __future__ import annotations

import io
import lzma
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from territoires.errors import InputError
from territoires.sources.geography import fetch_outlines, read_lists, read_outlines, read_restored
from territoires.sources.outlines import CURRENT, PREVIOUS, TABLE, archive_name
from tests.country import LARGEST, write_geography


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_geography(tmp_path)
    return tmp_path


def edit(path: Path, change: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    change(pd.read_csv(path, dtype=str, keep_default_na=False)).to_csv(path, index=False)


def row(
    identifier: int, code: str, kind: str, x: float | None, parent: int | None = None
) -> dict[str, object]:
    """Return a commune of the archive: a square of one degree at longitude `x`."""
    return {
        "id": identifier,
        "code": code,
        "type": kind,
        "nom": "Sans article",
        "commune_parent_id": r"\N" if parent is None else parent,
        "geometry": r"\N" if x is None else shapely.box(x, 0, x + 1, 1).wkb_hex,
        "mairie_localisation": r"\N" if x is None else shapely.Point(x + 0.5, 0.5).wkb_hex,
    }


def write_archive(folder: Path, version: str, rows: list[dict[str, object]]) -> Path:
    buffer = io.BytesIO()
    pd.DataFrame(rows).to_csv(buffer, index=False)
    path = folder / archive_name(version)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(TABLE, lzma.compress(buffer.getvalue()))
    return path


def test_lists_are_sorted_by_code_and_populations_are_whole(folder: Path) -> None:
    lists = read_lists(folder)
    assert [len(frame) for frame in (lists.communes, lists.epci, lists.departements, lists.regions)] == [
        40,
        5,
        3,
        2,
    ]
    assert list(lists.communes["code"]) == sorted(lists.communes["code"])
    assert lists.communes["code"].iloc[0] == LARGEST
    assert lists.communes["population"].dtype == "int32"


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("population", "beaucoup", ["« population »", "beaucoup"]),
        ("population", "12.5", ["« population »", "2A004"]),
        ("population", "", ["« population »", "2A004"]),
        ("epci", "999", ["« epci »", "rattachement inconnu", "2A004"]),
        ("departement", "", ["« departement »", "2A004"]),
        ("region", "02", ["« region »", "2A004"]),
        ("code", "2A005", ["« code »", "double", "2A005"]),
    ],
)
def test_bad_commune_is_named_with_its_column(
    folder: Path, column: str, value: str, words: list[str]
) -> None:
    def spoil(frame: pd.DataFrame) -> pd.DataFrame:
        frame.loc[0, column] = value
        return frame

    edit(folder / "communes_2026.csv", spoil)
    with pytest.raises(InputError) as caught:
        read_lists(folder)
    for word in ["communes_2026.csv", *words]:
        assert word in str(caught.value)


def test_intercommunalite_without_commune_is_refused(folder: Path) -> None:
    with (folder / "epci_2026.csv").open("a", encoding="utf-8") as file:
        file.write("200099999,CC du Vide,CC\n")
    with pytest.raises(InputError, match="200099999"):
        read_lists(folder)


def test_seat_that_is_no_commune_is_refused(folder: Path) -> None:
    edit(folder / "regions_2026.csv", lambda frame: frame.replace({LARGEST: "2A999"}))
    with pytest.raises(InputError, match=r"regions_2026\.csv, colonne « seat »"):
        read_lists(folder)


def test_geojson_and_geoparquet_give_the_same_outlines(folder: Path) -> None:
    first = read_outlines(folder / "outlines.geojson")
    gpd.read_file(folder / "outlines.geojson").to_parquet(folder / "outlines.parquet")
    second = read_outlines(folder / "outlines.parquet")
    assert shapely.equals(first.communes.geometry, second.communes.geometry).all()
    assert first.communes["town_hall"].isna().all()
    assert first.delegated.empty
    assert first.former.empty


@pytest.mark.parametrize("name", ["outlines.geojson", "outlines.parquet"])
def test_truncated_outlines_are_refused(folder: Path, name: str) -> None:
    (folder / name).write_bytes((folder / "outlines.geojson").read_bytes()[:5000])
    with pytest.raises(InputError, match="illisible"):
        read_outlines(folder / name)


def test_projected_outlines_are_refused(folder: Path) -> None:
    frame = gpd.read_file(folder / "outlines.geojson").to_crs(2154)
    frame.to_parquet(folder / "outlines.parquet")
    with pytest.raises(InputError, match="EPSG:4326"):
        read_outlines(folder / "outlines.parquet")


def test_archives_give_outlines_their_delegated_communes_and_former_members(tmp_path: Path) -> None:
    write_archive(tmp_path, CURRENT, [
        row(1, "30001", "COM", 0), row(2, "30002", "COM", None), row(3, "30003", "COM", 5),
        row(4, "30002", "COMD", 1, parent=2), row(5, "30009", "COMD", 2, parent=2),
        row(6, "30010", "COMD", None, parent=3), row(7, "30055", "ARM", 3, parent=1),
    ])  # fmt: skip
    write_archive(tmp_path, PREVIOUS, [
        row(1, "30001", "COM", 0), row(2, "30009", "COM", 2), row(3, "30010", "COM", 6),
        row(4, "25297", "COM", 7),
    ])  # fmt: skip
    found = read_outlines(tmp_path)
    communes = found.communes.set_index("code")
    assert list(communes.index) == ["30001", "30002", "30003"]
    assert communes.geometry.isna().tolist() == [False, True, False]
    assert communes.loc["30001", "town_hall"] == shapely.Point(0.5, 0.5)
    assert list(found.delegated["code"]) == ["30002", "30009"]
    assert set(found.delegated["commune"]) == {"30002"}
    assert dict(zip(found.former["code"], found.former["commune"], strict=True)) == {
        "25297": "25364",
        "30009": "30002",
        "30010": "30003",
    }


def test_commune_that_disappeared_without_trace_is_refused(tmp_path: Path) -> None:
    write_archive(tmp_path, CURRENT, [row(1, "30001", "COM", 0)])
    write_archive(tmp_path, PREVIOUS, [row(1, "30001", "COM", 0), row(2, "30002", "COM", 1)])
    with pytest.raises(InputError, match="30002"):
        read_outlines(tmp_path)


def test_archive_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / archive_name(CURRENT)).write_bytes(b"PK rubbish")
    with pytest.raises(InputError, match="archive illisible"):
        read_outlines(tmp_path)


def test_missing_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="absent"):
        read_outlines(tmp_path)


def test_archive_with_other_bytes_is_refused_without_any_download(tmp_path: Path) -> None:
    write_archive(tmp_path, CURRENT, [row(1, "30001", "COM", 0)])
    with pytest.raises(InputError, match="contenu altéré"):
        fetch_outlines(tmp_path)


def test_refused_download_is_said_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    with pytest.raises(InputError, match="téléchargement refusé") as caught:
        fetch_outlines(tmp_path)
    assert "\n" not in str(caught.value)


def test_restored_communes_are_read_from_their_file(folder: Path) -> None:
    assert read_restored(folder).empty
    (folder / "cantal_2016.geojson").write_text((folder / "outlines.geojson").read_text("utf-8"), "utf-8")
    assert len(read_restored(folder)) == 40
    (folder / "cantal_2016.geojson").write_text('{"features": [{}]}', "utf-8")
    with pytest.raises(InputError, match=r"cantal_2016\.geojson"):
        read_restored(folder)
