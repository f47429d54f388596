"""The file that somebody brings, CSV, XLSX or GeoJSON, as one table of text."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any, TypeGuard

from territoires.imports.problems import RefusedError, Report
from territoires.imports.tables import LARGEST_FILE, Table, read_table

#: Decimals kept of a coordinate: 0.000001° is ten centimetres.
DECIMALS = 6

GEOJSON_ENDINGS = (".geojson", ".json")


def read_list(path: Path) -> Table:
    """Read the file; `RefusedError` lists everything that keeps it from being read."""
    return _read_geojson(path) if path.suffix.lower() in GEOJSON_ENDINGS else read_table(path)


def coordinate(value: float) -> str:
    """Write a coordinate as files hold it: as short as it is exact, to `DECIMALS`."""
    return repr(round(value, DECIMALS))


def _read_geojson(path: Path) -> Table:
    """Read a FeatureCollection of points: a row per feature, numbered from 1, its properties as cells."""
    report = Report(path.name)
    features = _features(path, report)
    records: list[tuple[int, dict[str, str]]] = []
    for number, feature in enumerate(features, 1):
        record = _record(number, feature, report)
        if any(record.values()):
            records.append((number, record))
    report.refuse()
    columns = tuple(dict.fromkeys(column for _, record in records for column in record))
    if not records:
        report.add(None, None, "aucun objet", "au moins un objet dans « features »")
    report.refuse()
    rows = tuple((number, tuple(record.get(column, "") for column in columns)) for number, record in records)
    return Table(path.name, columns, rows)


def _features(path: Path, report: Report) -> list[Any]:
    expected = "un fichier GeoJSON (RFC 7946) : une collection de points"
    try:
        if path.stat().st_size > LARGEST_FILE:
            report.add(None, None, "fichier trop grand", f"au plus {LARGEST_FILE // 1_000_000} Mo")
            report.refuse()
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        report.add(None, None, f"fichier illisible ({error.strerror})", expected)
        raise RefusedError(report.file, report.problems) from error
    except (ValueError, RecursionError) as error:
        report.add(None, None, f"JSON illisible ({str(error)[:80]})", expected)
        raise RefusedError(report.file, report.problems) from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        report.add(None, None, "ce n’est pas une collection d’objets (« features »)", expected)
        report.refuse()
        return []
    return features


def _record(number: int, feature: Any, report: Report) -> dict[str, str]:
    """Return the cells of a feature; a point gives `lon` and `lat`."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        report.add(number, None, "objet sans « properties »", "des propriétés nommées")
        return {}
    record = {str(name).strip().lower(): _text(value) for name, value in properties.items()}
    if "id" not in record and isinstance(feature.get("id"), str | int):
        record["id"] = str(feature["id"])
    geometry = feature.get("geometry")
    if geometry is None:
        return record
    point = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or geometry.get("type") != "Point" or not _is_point(point):
        report.add(number, "geometry", "ce n’est pas un point", "un point, ou null")
    else:
        record["lon"], record["lat"] = coordinate(point[0]), coordinate(point[1])
    return record


def _is_point(point: Any) -> TypeGuard[list[float]]:
    return (
        isinstance(point, list)
        and len(point) >= 2
        and all(
            isinstance(each, int | float) and not isinstance(each, bool) and math.isfinite(each)
            for each in point[:2]
        )
    )


def _text(value: Any) -> str:
    """Return a property as the text of a cell; a list gives several values."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list):
        return " | ".join(_text(each) for each in value)
    return str(value).strip()
