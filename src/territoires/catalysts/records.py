"""The records of the directory as rows of a file: their columns, and how each cell is read.

One canonical form for what ships, what is imported and what is exported: UTF-8, commas, several values of a cell
separated by " | ", a territory written "epci:200054781".
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from territoires.catalysts.catalyst import Catalyst
from territoires.errors import DataError
from territoires.model.catalysts import CATALYSTS, Certainty, Echelon, Kind, Origin, Profile, Trade
from territoires.model.fragilities import BY_ID
from territoires.model.levels import Level
from territoires.model.sizes import STRATA, Stratum

if TYPE_CHECKING:
    from territoires.store.store import Store
    from territoires.store.territories import Territories

#: The columns of a canonical file, in order.
COLUMNS: tuple[str, ...] = (
    "id", "name", "kind", "profile", "town", "commune", "departement", "region", "lon", "lat", "level", "covers",
    "domains", "trades", "strata", "presentation", "website", "source", "source_url", "verified_on", "certainty",
    "near_network", "note",
)  # fmt: skip

RESTORE = "Rétablir ce fichier, ou importer l’annuaire de nouveau"

#: What stands between the values of a cell that holds several.
SEPARATOR = " | "


def several(cell: str) -> tuple[str, ...]:
    """Return the values of a cell that may hold several."""
    return tuple(value.strip() for value in cell.split(SEPARATOR.strip()) if value.strip())


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a canonical file; `DataError` for a file that cannot be read or lacks a column."""
    try:
        return parse_rows(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, csv.Error, ValueError) as error:
        raise DataError(f"Annuaire illisible : {path.name} ({error}). {RESTORE}.") from error


def parse_rows(text: str) -> list[dict[str, str]]:
    """Return the rows of the text of a canonical file; `ValueError` for a column that lacks."""
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise ValueError(f"colonnes absentes : {', '.join(missing)}")
    rows = list(reader)
    if any(None in row or None in row.values() for row in rows):
        raise ValueError("une ligne n’a pas autant de cellules que de colonnes")
    return rows


def format_rows(rows: Iterable[Mapping[str, str]]) -> str:
    """Write rows in the canonical form."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def catalyst_of(
    row: Mapping[str, str], origin: Origin, communes: Territories, reachable: bool = False
) -> Catalyst:
    """Return the record of a canonical row; `ValueError` for a word or a code that does not exist."""
    commune = row["commune"] or None
    departement, region = row["departement"] or None, row["region"] or None
    lon = lat = None
    stratum = None
    if commune is not None:
        if commune not in communes:
            raise ValueError(f"{row['id']} : commune inconnue, {commune}")
        place = communes.get(commune)
        departement, region = place.departement, place.region
        lon, lat = place.point
        stratum = STRATA[place.stratum]
    if row["lon"] and row["lat"]:
        lon, lat = float(row["lon"]), float(row["lat"])
    certainty = Certainty(row["certainty"]) if row["certainty"] else None
    return Catalyst(
        id=row["id"],
        name=row["name"],
        kind=Kind(row["kind"]),
        profile=Profile(row["profile"]),
        town=row["town"],
        commune=commune,
        departement=departement,
        region=region,
        lon=lon,
        lat=lat,
        stratum=stratum,
        level=Echelon(row["level"]) if row["level"] else None,
        covers=tuple(territory_of(cell) for cell in several(row["covers"])),
        domains=tuple(BY_ID[cell].id for cell in several(row["domains"])),
        trades=tuple(Trade(cell) for cell in several(row["trades"])),
        strata=tuple(Stratum(cell) for cell in several(row["strata"])),
        presentation=row["presentation"],
        website=row["website"],
        reachable=reachable,
        source=row["source"],
        source_url=row["source_url"],
        verified_on=row["verified_on"],
        status=origin,
        certainty=certainty,
        near_network=row["near_network"] == "yes" or (certainty is not None and certainty not in CATALYSTS),
        note=row["note"],
    )


def territory_of(cell: str) -> tuple[Level, str]:
    """Return the territory written "epci:200054781"."""
    level, _, code = cell.partition(":")
    return Level(level), code


def records_of(
    rows: Iterable[Mapping[str, str]],
    file: str,
    origin: Origin,
    store: Store,
    reachable: frozenset[str] = frozenset(),
) -> list[Catalyst]:
    """Return the records of canonical rows, in order; `reachable` are the ids that a contact is held of.

    `DataError` names the `file` they come from and what is wrong.
    """
    communes = store.territories(Level.COMMUNE)
    try:
        return [catalyst_of(row, origin, communes, row["id"] in reachable) for row in rows]
    except (ValueError, KeyError) as error:
        raise DataError(f"Annuaire illisible : {file} ({error}). {RESTORE}.") from error


def read_records(path: Path, origin: Origin, store: Store) -> list[Catalyst]:
    """Return the records of a canonical file, in its order; `DataError` names the file and what is wrong."""
    return records_of(read_rows(path), path.name, origin, store)
