"""Which indicators go together across the communes: the entries of `related.json`, written by the build."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from territoires.errors import DataError
from territoires.store.manifest import REBUILD

FILE = "related.json"


@dataclass(frozen=True, slots=True)
class Related:
    """An indicator that goes with another: rank correlation (−1 to 1) over `communes` communes.

    A correlation of the values as published, whatever the direction of fragility; never a cause.
    """

    indicator: str
    correlation: float
    communes: int


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The strongest correlations of an indicator, `within` its domain and `across` the others."""

    within: tuple[Related, ...] = ()
    across: tuple[Related, ...] = ()


def read_related(data: Path) -> dict[str, Neighbours]:
    """Read `related.json` of the folder `data`; `DataError` if it cannot be read.

    An indicator that is not told (a count, a yes or no, no value by commune) has no entry.
    """
    try:
        content: dict[str, dict[str, list[list[Any]]]] = json.loads((data / FILE).read_text(encoding="utf-8"))
        return {
            name: Neighbours(_entries(entry["within"]), _entries(entry["across"]))
            for name, entry in content.items()
        }
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"Fichier illisible : {data.name}/{FILE} ({error}). {REBUILD}.") from error


def _entries(rows: list[list[Any]]) -> tuple[Related, ...]:
    """Return typed entries; `ValueError` for a row that has not its three cells."""
    return tuple(Related(str(name), float(strength), int(communes)) for name, strength, communes in rows)
