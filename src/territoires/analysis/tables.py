"""A table to take away, whatever the format: typed columns, facts that hold for every row, notes.

Names are those of the API and of the catalogue; titles are French.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from territoires.model.levels import Level

Cell = str | int | float | bool | None


class Kind(StrEnum):
    """How the cells of a column are typed."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: a machine `name`, a French `title`, and one value per row.

    Text is a sequence of `str` or None. Integers, numbers and flags (1 or 0) are arrays whose NaN is a
    missing cell; numbers are rounded to `decimals` already, or written as they are when it is None.
    """

    name: str
    title: str
    kind: Kind
    values: Sequence[str | None] | NDArray[np.generic]
    decimals: int | None = None

    def cells(self, start: int, stop: int) -> list[Cell]:
        """Return the rows from `start` to `stop` as Python values; None where missing."""
        part = self.values[start:stop]
        if not isinstance(part, np.ndarray):
            return list(part)
        numbers = part.astype(np.float64)
        missing = ~np.isfinite(numbers)
        whole = self.kind is not Kind.NUMBER or self.decimals == 0
        cells = np.where(missing, 0, numbers).astype(np.int64 if whole else np.float64).astype(object)
        if self.kind is Kind.FLAG:
            cells = cells.astype(bool).astype(object)
        cells[missing] = None
        listed: list[Cell] = cells.tolist()
        return listed


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is true of every row of a table."""

    name: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """The content of a file: `columns` of equal length `rows`, `facts` of every row, `notes` to read it by.

    `level` is that of the territories in rows, None where rows are something else.
    """

    title: str
    level: Level | None
    rows: int
    columns: tuple[Column, ...]
    facts: tuple[Fact, ...]
    notes: tuple[Fact, ...]

    @property
    def flat(self) -> tuple[Column, ...]:
        """The columns, then one column per fact: what a file of rows alone must hold."""
        repeated = (
            Column(fact.name, fact.title, Kind.TEXT, [fact.text or None] * self.rows) for fact in self.facts
        )
        return (*self.columns, *repeated)
