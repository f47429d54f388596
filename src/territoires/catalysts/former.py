"""The communes that are no longer: their codes and names, and the commune that holds their land today."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from territoires.errors import DataError
from territoires.store.manifest import REBUILD

#: Under the shipped data. Source: Code officiel géographique 2026 (INSEE), by @etalab/decoupage-administratif.
FILE = "catalysts/former_communes.csv"

COLUMNS: tuple[str, ...] = ("code", "becomes", "name")


@dataclass(frozen=True, slots=True)
class Former:
    """A commune that merged: its code, that of today's commune, and its name where it is known."""

    code: str
    becomes: str
    name: str


def read_former(data: Path) -> dict[str, Former]:
    """Return the former communes by code; none where the file does not ship. `DataError` if it is unreadable."""
    path = data / FILE
    if not path.is_file():
        return {}
    try:
        lines = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
        return {line["code"]: Former(*(line[column] for column in COLUMNS)) for line in lines}
    except (OSError, UnicodeDecodeError, KeyError, csv.Error) as error:
        raise DataError(f"Fichier illisible : {FILE} ({error}). {REBUILD}.") from error
