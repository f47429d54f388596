"""The cells that the build empties because they cannot be right: the rows of `set_aside.csv`."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from territoires.errors import DataError
from territoires.model.levels import Level
from territoires.store.manifest import REBUILD

FILE = "set_aside.csv"

#: A condition on the cells themselves, instead of a list of territories.
EQUAL = "equal"


@dataclass(frozen=True, slots=True)
class SetAside:
    """Cells set aside: a `variable` ("*" for all) of a `source`, in the communes of `codes`.

    `level` is that of `codes`; None when the cells are found by a condition, and `codes` is then empty.
    """

    source: str
    variable: str
    level: Level | None
    codes: tuple[str, ...]
    note: str


def read_set_aside(data: Path) -> tuple[SetAside, ...]:
    """Read `set_aside.csv` of the folder `data`, in its order; nothing where there is no such file.

    `DataError` for a file that cannot be read.
    """
    path = data / FILE
    if not path.is_file():
        return ()
    try:
        lines = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
        return tuple(_row(line) for line in lines)
    except (OSError, UnicodeDecodeError, ValueError, KeyError, csv.Error) as error:
        raise DataError(f"Fichier illisible : {data.name}/{FILE} ({error}). {REBUILD}.") from error


def _row(line: dict[str, str]) -> SetAside:
    """Return one typed row; `ValueError` or `KeyError` for a cell that is not acceptable."""
    where, _, codes = line["where"].partition(":")
    if where == EQUAL:
        return SetAside(line["source"], line["variable"], None, (), line["note"])
    return SetAside(line["source"], line["variable"], Level(where), tuple(codes.split()), line["note"])
