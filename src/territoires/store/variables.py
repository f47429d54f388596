"""The French words of the counts that formulas are made of: the rows of `variables.csv`."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from territoires.errors import DataError
from territoires.store.manifest import REBUILD

FILE = "variables.csv"

COLUMNS = ("variable", "label")


def read_variables(data: Path) -> dict[str, str]:
    """Return the words of each `source.variable` of `variables.csv`; nothing where there is no such file.

    `DataError` for a file that cannot be read. A variable without a row is shown by its name.
    """
    path = data / FILE
    if not path.is_file():
        return {}
    try:
        lines = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
        if tuple(lines.fieldnames or ()) != COLUMNS:
            raise DataError(f"Colonnes inattendues : {data.name}/{FILE}. {REBUILD}.")
        return {line["variable"]: line["label"] for line in lines}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"Fichier illisible : {data.name}/{FILE} ({error}). {REBUILD}.") from error
