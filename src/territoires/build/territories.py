"""The table of territories of each level: names, parents, population, stratum, point, extent and outline.

Rows are sorted by code, and the row number is the territory index used in the tiles, the prints, the values
and the browser. Outlines are EPSG:4326 and nest exactly: those of the higher levels are dissolved from the
communes.
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from territoires.build.geometry import (
    HEXAGONE,
    Shapes,
    Zone,
    mismatched,
    positions,
    reproject,
    zone_of,
)
from territoires.errors import InputError
from territoires.model.levels import FRANCE_CODE, WORDS, Level
from territoires.model.sizes import stratum_index
from territoires.sources.geography import Lists

#: Year of reference of the municipal populations in force in 2026, and that of Mayotte's (INSEE).
POPULATION_YEAR, MAYOTTE, POPULATION_YEAR_MAYOTTE = 2023, "06", 2017

#: Coordinates are multiples of 2^-n degree, for the first n that leaves every outline valid: 16 is 1.7 m. The
#: zeros at the end of each number are what makes the file small.
GRID_BITS = (16, 18, 20, 22, 24, 30)

COLUMNS = [
    "code",
    "name",
    "population",
    "population_year",
    "stratum",
    "region",
    "departement",
    "epci",
    "kind",
    "seat",
    "zone",
    "lon",
    "lat",
    "xmin",
    "ymin",
    "xmax",
    "ymax",
    "area_km2",
    "communes",
    "geometry",
]
TEXT = ("code", "name", "region", "departement", "epci", "kind", "seat", "zone")


def members(lists: Lists, level: Level) -> NDArray[np.intp]:
    """Return, for each commune, the index of its territory at `level` (−1 where it has none)."""
    communes = lists.communes
    match level:
        case Level.COMMUNE:
            return np.arange(len(communes), dtype=np.intp)
        case Level.EPCI:
            return positions(lists.epci["code"], communes["epci"])
        case Level.DEPARTEMENT:
            return positions(lists.departements["code"], communes["departement"])
        case Level.REGION:
            return positions(lists.regions["code"], communes["region"])
        case Level.FRANCE:
            return np.zeros(len(communes), dtype=np.intp)


def commune_outlines(zones: list[Zone]) -> Shapes:
    """Return the commune outlines in index order (EPSG:4326), a coverage on a fine grid."""
    shapes = np.empty(sum(len(zone.rows) for zone in zones), dtype=object)
    for zone in zones:
        shapes[zone.rows] = reproject(zone.shapes, zone.epsg, 4326)
    for bits in GRID_BITS:
        step = 2.0**-bits
        snapped = shapely.transform(shapes, lambda c, step=step: np.round(c / step) * step)
        if shapely.is_valid(snapped).all() and not mismatched(snapped):
            return snapped
    raise InputError(
        "contours simplifiés",
        "des polygones invalides après arrondi",
        "des contours de plus d’un mètre de large",
    )


def commune_facts(lists: Lists, zones: list[Zone], points: Shapes) -> tuple[NDArray[np.float64], Shapes]:
    """Return each commune's area (km², projected, before simplification) and its point (EPSG:4326).

    The point is the town hall where it lies inside the commune, else a point well inside it.
    """
    area = np.zeros(len(lists.communes))
    chosen = np.empty(len(lists.communes), dtype=object)
    for zone in zones:
        area[zone.rows] = shapely.area(zone.shapes) / 1e6
        halls = reproject(points[zone.rows], 4326, zone.epsg)
        inside = shapely.covers(zone.shapes, halls)
        chosen[zone.rows] = points[zone.rows]
        elsewhere = shapely.point_on_surface(zone.shapes[~inside])
        chosen[zone.rows[~inside]] = reproject(elsewhere, zone.epsg, 4326)
    return area, chosen


def commune_table(lists: Lists, zones: list[Zone], shapes: Shapes, points: Shapes) -> gpd.GeoDataFrame:
    """Return the table of communes (see `COLUMNS`)."""
    area, chosen = commune_facts(lists, zones, points)
    table = lists.communes.assign(
        epci=lists.communes["epci"].replace("", None),
        kind=None,
        seat=None,
        zone=zone_of(lists.communes["region"]),
        area_km2=area,
        communes=1,
        lon=shapely.get_x(chosen),
        lat=shapely.get_y(chosen),
        population_year=np.where(
            lists.communes["region"] == MAYOTTE, POPULATION_YEAR_MAYOTTE, POPULATION_YEAR
        ),
    )
    return _finished(table, shapes)


def higher_table(lists: Lists, level: Level, communes: gpd.GeoDataFrame, shapes: Shapes) -> gpd.GeoDataFrame:
    """Return the table of a level above the commune, from the table of communes and the level's outlines.

    An EPCI's département and région are those where most of its inhabitants live. The point is that of the
    seat where it is known, else a point well inside. `population_year` of the country is that of all but
    Mayotte.
    """
    listed = {
        Level.EPCI: lists.epci,
        Level.DEPARTEMENT: lists.departements,
        Level.REGION: lists.regions,
        Level.FRANCE: pd.DataFrame({"code": [FRANCE_CODE], "name": [WORDS[Level.FRANCE].singular]}),
    }[level]
    group = members(lists, level)
    inside = communes[group >= 0].assign(group=group[group >= 0])
    sums = inside.groupby("group").agg(
        population=("population", "sum"),
        population_year=("population_year", "max"),
        area_km2=("area_km2", lambda areas: areas.astype("float64").sum()),
        communes=("code", "size"),
        zone=("zone", "first"),
    )
    table = listed.reset_index(drop=True).join(sums)
    if level is Level.FRANCE:
        table["zone"] = HEXAGONE
    if level is Level.EPCI:
        table["departement"] = _most_inhabited(inside, "departement")
        table["region"] = _most_inhabited(inside, "region")
    inner = shapely.point_on_surface(shapes)
    table = table.reindex(columns=[name for name in COLUMNS if name != "geometry"])
    seat = positions(communes["code"], table["seat"].astype("object").fillna(""))
    for column, measure in (("lon", shapely.get_x), ("lat", shapely.get_y)):
        table[column] = np.where(seat >= 0, communes[column].to_numpy()[seat], measure(inner))
    return _finished(table, shapes)


def _most_inhabited(inside: gpd.GeoDataFrame, parent: str) -> pd.Series:
    """Return, per group, the code of the parent that holds most inhabitants (the first code when equal)."""
    sums = inside.groupby(["group", parent], as_index=False)["population"].sum()
    ranked = sums.sort_values(["group", "population", parent], ascending=[True, False, True])
    return ranked.groupby("group")[parent].first()


def _finished(table: pd.DataFrame, shapes: Shapes) -> gpd.GeoDataFrame:
    """Return the columns of `COLUMNS`, in order and typed, with stratum and extent."""
    bounds = shapely.bounds(shapes)
    table = table.assign(
        stratum=[stratum_index(int(population)) for population in table["population"]],
        lon=table["lon"].round(5),
        lat=table["lat"].round(5),
        **{name: bounds[:, column] for column, name in enumerate(("xmin", "ymin", "xmax", "ymax"))},
    ).astype(
        {
            "population": "int32",
            "population_year": "int16",
            "stratum": "int8",
            "communes": "int32",
            "area_km2": "float32",
        }
    )
    for name in TEXT:
        text = table[name].astype(object)
        table[name] = text.where(text.notna(), None).astype("string")
    return gpd.GeoDataFrame(table, geometry=shapes, crs=4326)[COLUMNS]


def write_table(table: gpd.GeoDataFrame, path: Path) -> None:
    """Write a table as GeoParquet (zstd); codes of parents are the only columns worth a dictionary."""
    path.parent.mkdir(parents=True, exist_ok=True)
    few = ["region", "departement", "epci", "kind", "zone", "population_year", "stratum"]
    table.to_parquet(path, compression="zstd", compression_level=12, use_dictionary=few, index=False)
