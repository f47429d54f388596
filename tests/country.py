"""A small invented country, in the format of the official lists and outlines.

2 régions (one overseas), 3 départements, 5 intercommunalités, 40 communes, at places that exist: Corsica and
Martinique. Outlines are jittered grids whose neighbours share every vertex. Nothing is random.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable, Iterable
from pathlib import Path

import pyproj

#: Position → municipal population of the communes of 2 000 inhabitants or more.
LARGER = {0: 71_361, 5: 3_865, 9: 26_480, 14: 2_214, 20: 9_812, 23: 15_763, 30: 52_006, 36: 21_344}

Point = tuple[float, float]

#: The island commune, outside any intercommunalité, and the commune of the largest population.
ISLAND, LARGEST = "30115", "2A004"

NAMES = (
    "Ambrecourt", "Saint-Aubin-les-Genêts", "L'Estérelle", "Valombreuse", "Pont-l'Évêché", "Montcendré",
    "Saint-Éloi-sur-Orbe", "La Roche-aux-Fées", "Clairefougère", "Le Mesnil-Doré", "Sainte-Ursanne",
    "Vieux-Moulins", "Aigrefeuille-le-Haut", "Port-d'Ambre", "Bois-Mêlé", "Échallières",
    "Saint-Cyprien-du-Causse", "Fontvive", "Les Trois-Ormes", "Œuvrecourt", "Neuville-ès-Prés",
    "Chante-Alouette", "Saint-Jean-d'Aulps-le-Bas", "Garde-Freinche", "Rivesault", "Mas-Blanc",
    "Villeneuve-d'Orbe", "Hautecombe-l'Abbaye", "Ribeauval", "Île-aux-Macareux", "Anse-Vanille",
    "Le Morne-Bleu", "Sainte-Rose-du-Vent", "Grand'Anse", "Fonds-Saint-Paul", "Case-Navire",
    "Le Lamentin-Vert", "Rivière-Cannelle", "Saint-Esprit-des-Mornes", "Belle-Plaine",
)  # fmt: skip

EPCI = (
    ("200030001", "CA du Golfe d'Ambre", "CA"),
    ("200030002", "CC Orbe et Causse", "CC"),
    ("200030003", "CC des Hautes-Vallées", "CC"),
    ("249720001", "CU Anse-Vanille Métropole", "CU"),
    ("249720002", "CC du Nord-Caraïbe", "CC"),
)
DEPARTEMENTS = (
    ("2A", "Ambre-du-Sud", "94", "2A004"),
    ("30", "Orbe-et-Causse", "94", "30107"),
    ("972", "Île-Vanille", "02", "97209"),
)
REGIONS = (
    ("02", "Île-Vanille", "97209", "drom"),
    ("94", "Côte-d'Ambre", LARGEST, "metro"),
)


def communes() -> list[dict[str, str]]:
    """Return the rows of the commune list, in code order; every size stratum is there."""
    rows = []
    codes = [f"2A{4 + k:03d}" for k in range(15)] + [f"30{101 + k}" for k in range(15)]
    codes += [f"972{1 + k:02d}" for k in range(10)]
    for k, (code, name) in enumerate(zip(codes, NAMES, strict=True)):
        departement = code[:3] if code.startswith("97") else code[:2]
        people = LARGER.get(k, 60 + (k * 761) % 1_900)
        rows.append(
            {
                "code": code,
                "name": name,
                "departement": departement,
                "region": "02" if departement == "972" else "94",
                "arrondissement": f"{departement}1",
                "epci": "" if code == ISLAND else epci_of(k),
                "seat_rank": "0",
                "postcodes": f"{code[:2].replace('2A', '20')}{100 + k}",
                "population": str(people),
            }
        )
    return rows


def epci_of(position: int) -> str:
    """Return the intercommunalité of a commune; the second one stands on two départements."""
    bounds = (9, 19, 30, 36, 40)
    return next(code for (code, _, _), end in zip(EPCI, bounds, strict=True) if position < end)


def grid(columns: int, rows: int, side: float, corner: Point) -> list[list[Point]]:
    """Return jittered cells, column by column: vertices every fifth of `side` (metres), all shared."""

    def node(i: float, j: float) -> Point:
        across = 0.06 * side * math.sin(12.9898 * i + 78.233 * j)
        along = 0.06 * side * math.cos(39.425 * i - 11.135 * j)
        return corner[0] + i * side + across, corner[1] + j * side + along

    def ring(i: int, j: int) -> list[Point]:
        corners = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)]
        points: list[Point] = []
        for start, end in zip(corners, [*corners[1:], corners[0]], strict=True):
            forward = start < end
            first, last = (start, end) if forward else (end, start)
            # Both sides of a border compute the same vertices, whichever way they turn.
            steps = [
                node(*(round(a + (b - a) * step / 5, 3) for a, b in zip(first, last, strict=True)))
                for step in range(6)
            ]
            points += (steps if forward else steps[::-1])[:-1]
        return points

    return [ring(i, j) for i in range(columns) for j in range(rows)]


def polygons() -> dict[str, list[Point]]:
    """Return each commune's unclosed ring (EPSG:4326): 6 × 5 cells of 6 km, and 5 × 2 of 7 km overseas."""
    mainland = grid(6, 5, 6_000, (1_180_000, 6_080_000))
    mainland[-1] = [(x + 15_000, y + 4_000) for x, y in mainland[-1]]
    overseas = grid(5, 2, 7_000, (695_000, 1_605_000))
    rings = [
        *map(to_degrees(2154), mainland),
        *map(to_degrees(5490), overseas),
    ]
    return {row["code"]: ring for row, ring in zip(communes(), rings, strict=True)}


def to_degrees(epsg: int) -> Callable[[Iterable[Point]], list[Point]]:
    """Return a function from projected points to longitudes and latitudes, to about 0.1 m."""
    transformer = pyproj.Transformer.from_crs(epsg, 4326, always_xy=True)

    def convert(ring: Iterable[Point]) -> list[Point]:
        pairs = (transformer.transform(x, y) for x, y in ring)
        return [(round(longitude, 6), round(latitude, 6)) for longitude, latitude in pairs]

    return convert


def write_csv(path: Path, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Write a comma-separated UTF-8 file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def write_outlines(path: Path, shapes: dict[str, list[Point]]) -> Path:
    """Write a GeoJSON of commune outlines."""
    features = [
        {
            "type": "Feature",
            "properties": {"code": code},
            "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
        }
        for code, ring in shapes.items()
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def write_geography(folder: Path) -> Path:
    """Write the four lists and `outlines.geojson` into `folder`; return the path of the outlines."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = communes()
    write_csv(folder / "communes_2026.csv", rows[0].keys(), (row.values() for row in rows))
    write_csv(folder / "epci_2026.csv", ("code", "name", "kind"), EPCI)
    write_csv(folder / "departements_2026.csv", ("code", "name", "region", "seat"), DEPARTEMENTS)
    write_csv(folder / "regions_2026.csv", ("code", "name", "seat", "zone"), REGIONS)
    return write_outlines(folder / "outlines.geojson", polygons())
