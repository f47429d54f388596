"""Read the cells of one row: words of a vocabulary, numbers in French or English, texts that do no harm.

Each reader returns None after noting the problem in the report, so that a row says all that is wrong with it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from territoires.imports.perception_schema import plain
from territoires.imports.problems import Report

Word = TypeVar("Word")

#: Longest text kept (characters).
LONGEST_TEXT = 400

#: What spreadsheets take for a formula at the beginning of a cell.
FORMULA_STARTS = ("=", "@", "\t", "\r")

SPACES = str.maketrans("", "", " \u00a0\u202f")

plain_word = lru_cache(maxsize=50_000)(plain)


@dataclass(frozen=True, slots=True)
class Cells:
    """One row: `cells` by field, `names` the title of each field's column in the file."""

    row: int
    cells: Mapping[str, str]
    names: Mapping[str, str]
    report: Report

    def problem(self, field: str, found: str, expected: str, remedy: str = "") -> None:
        """Note a problem of this row."""
        self.report.add(self.row, self.names.get(field, field), found, expected, remedy)

    def text(self, field: str, *, required: bool = False) -> str:
        """Return a text; an empty string when it is absent or refused."""
        cell = self.cells.get(field, "")
        if not cell:
            if required:
                self.problem(field, "cellule vide", "une valeur")
            return ""
        if cell.startswith(FORMULA_STARTS):
            self.problem(
                field, f"une formule ({cell[:30]})", "un texte ou un nombre", "Écrire la valeur elle-même"
            )
            return ""
        if len(cell) > LONGEST_TEXT:
            self.problem(field, f"{len(cell)} caractères", f"au plus {LONGEST_TEXT} caractères")
            return ""
        if not cell.isprintable():
            cell = " ".join("".join(c if c.isprintable() else " " for c in cell).split())
        return cell

    def word(
        self, field: str, words: Mapping[str, Word], allowed: str, *, default: Word | None = None
    ) -> Word | None:
        """Return the word of a vocabulary, whatever its case and accents; `default` for an empty cell."""
        cell = self.cells.get(field, "")
        if not cell and default is not None:
            return default
        found = words.get(plain_word(cell)) if cell else None
        if found is None:
            self.problem(field, f"« {cell[:40]} » inconnu" if cell else "cellule vide", allowed)
        return found

    def number(
        self, field: str, low: float, high: float, expected: str, *, required: bool = True
    ) -> float | None:
        """Return a number between `low` and `high`, bounds included; None when it is absent or refused."""
        cell = self.cells.get(field, "")
        if not cell:
            if required:
                self.problem(field, "cellule vide", expected)
            return None
        value = parse_number(cell)
        if value is None:
            kind = "une formule" if cell.startswith("=") else "pas un nombre"
            self.problem(field, f"« {cell[:40]} » ({kind})", expected)
        elif not low <= value <= high:
            self.problem(field, cell[:40], expected)
            return None
        return value

    def whole(self, field: str, low: int, high: int, expected: str) -> int | None:
        """Return a whole number between `low` and `high`."""
        value = self.number(field, low, high, expected)
        if value is None:
            return None
        if not value.is_integer():
            self.problem(field, self.cells[field][:40], expected)
            return None
        return int(value)


@lru_cache(maxsize=50_000)
def parse_number(text: str) -> float | None:
    """Return the finite number written in `text` ("12,5", "1 234", "12.5 %"), or None."""
    bare = text.translate(SPACES).removesuffix("%").replace("\u2212", "-")
    if "," in bare and "." not in bare:
        bare = bare.replace(",", ".", 1)
    if "_" in bare:
        return None
    try:
        value = float(bare)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
