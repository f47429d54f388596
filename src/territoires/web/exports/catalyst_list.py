"""The imported list given back as it was brought: CSV, XLSX or GeoJSON, in the columns that the import reads.

A text that a spreadsheet would take for a formula gets an apostrophe in the CSV; the import takes it away.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import numpy as np

from territoires.analysis.tables import Column, Kind, Table
from territoires.catalysts.bringing import coordinate
from territoires.catalysts.columns import CONTACT_COLUMNS, TITLES
from territoires.catalysts.holding import Contact
from territoires.catalysts.records import COLUMNS
from territoires.store.territories import Territories
from territoires.web.exports.delimited import FRENCH, delimited
from territoires.web.exports.workbook import workbook

TITLE = "Annuaire des catalyseurs"

COORDINATES: tuple[str, ...] = ("lon", "lat")

ENDINGS: tuple[str, ...] = (".csv", ".xlsx", ".geojson")

Rows = Sequence[Mapping[str, str]]


def list_bytes(
    rows: Rows, contacts: Mapping[str, Contact] | None, ending: str, communes: Territories
) -> bytes:
    """Return the file of `ending` (one of `ENDINGS`); `contacts` None leaves the columns of contacts out."""
    held = [_with_contact(row, contacts) for row in rows]
    names = COLUMNS if contacts is None else (*COLUMNS, *CONTACT_COLUMNS)
    if ending == ".geojson":
        return _geojson(held, names, communes)
    table = _table(held, names)
    return workbook(table) if ending == ".xlsx" else delimited(table, FRENCH)


def _with_contact(row: Mapping[str, str], contacts: Mapping[str, Contact] | None) -> dict[str, str]:
    contact = (contacts or {}).get(row["id"])
    if contact is None:
        return {**row, **dict.fromkeys(CONTACT_COLUMNS, "")}
    return {**row, "email": contact.email, "phone": contact.phone, "consent": "oui"}


def _table(rows: Rows, names: Sequence[str]) -> Table:
    columns = []
    for name in names:
        if name in COORDINATES:
            numbers = np.array([float(row[name] or "nan") for row in rows], dtype=np.float64)
            columns.append(Column(name, TITLES[name], Kind.NUMBER, numbers))
        else:
            columns.append(Column(name, TITLES[name], Kind.TEXT, [row[name] or None for row in rows]))
    return Table(TITLE, None, len(rows), tuple(columns), (), ())


def _geojson(rows: Rows, names: Sequence[str], communes: Territories) -> bytes:
    """Return a FeatureCollection; what has no point of its own stands at that of its commune."""
    features = [
        json.dumps(
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": _point(row, communes)},
                "properties": {name: row[name] for name in names if name not in COORDINATES},
            },
            ensure_ascii=False,
        )
        for row in rows
    ]
    return ('{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n").encode()


def _point(row: Mapping[str, str], communes: Territories) -> list[float]:
    if row["lon"] and row["lat"]:
        return [float(row["lon"]), float(row["lat"])]
    lon, lat = communes.get(row["commune"]).point
    return [float(coordinate(lon)), float(coordinate(lat))]
