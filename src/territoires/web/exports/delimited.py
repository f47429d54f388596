"""Tables as delimited text: one way for a French spreadsheet, one for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from territoires.analysis.tables import Cell, Column, Kind, Table

#: Rows written at a time.
BATCH = 2_000

#: What makes a spreadsheet read a text as a formula, whole-width signs included.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are separated and written."""

    name: str
    encoding: str
    delimiter: str
    line_end: str
    comma: bool
    french: bool


#: What a French Excel opens by a double click.
FRENCH = Dialect("tableur", "utf-8-sig", ";", "\r\n", comma=True, french=True)

#: What a program reads without options.
MACHINE = Dialect("machine", "utf-8", ",", "\n", comma=False, french=False)


def delimited(table: Table, dialect: Dialect) -> bytes:
    """Return `table` as text; the French one has French titles and a key that a spreadsheet leaves alone."""
    columns = keyed(table) if dialect.french else table.flat
    heads = [column.title if dialect.french else column.name for column in columns]
    # The mark of the encoding, if any, stands once, before everything.
    parts = [_lines([heads], dialect).encode(dialect.encoding)]
    for start in range(0, table.rows, BATCH):
        stop = min(start + BATCH, table.rows)
        cells = [writer(column, dialect)(column.cells(start, stop)) for column in columns]
        parts.append(_lines(zip(*cells, strict=True), dialect).encode())
    return b"".join(parts)


def keyed(table: Table) -> tuple[Column, ...]:
    """Return the columns with, after a code, the same behind its level: "commune-01001".

    A spreadsheet reads "01001" as a number and drops its zero; it reads the key as text.
    """
    columns = list(table.flat)
    if table.level is not None:
        keys = [f"{table.level}-{code}" for code in columns[0].values]
        columns.insert(1, replace(columns[0], name="key", title="Clé (échelon et code)", values=keys))
    return tuple(columns)


def neutral(text: str) -> str:
    """Return `text` unable to start a formula: an apostrophe stands before what could."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def writer(column: Column, dialect: Dialect) -> Callable[[list[Cell]], Iterator[str]]:
    """Return the function that writes the cells of `column`; a missing cell is empty."""
    yes, no = ("oui", "non") if dialect.french else ("true", "false")

    def write(cell: Cell) -> str:
        if cell is None:
            return ""
        if column.kind is Kind.TEXT:
            return neutral(str(cell))
        if column.kind is Kind.FLAG:
            return yes if cell else no
        text = decimal(cell, column.decimals)
        return text.replace(".", ",") if dialect.comma else text

    return lambda cells: map(write, cells)


def decimal(cell: Cell, decimals: int | None) -> str:
    """Write a number with a point: with `decimals`, or as short as it is exact when that is None."""
    if isinstance(cell, int):
        return str(cell)
    assert isinstance(cell, float)  # noqa: S101 - the only other number of `Cell`
    if decimals is not None:
        return f"{cell:.{decimals}f}"
    return str(int(cell)) if cell.is_integer() else repr(cell)


def _lines(rows: Iterator[tuple[str, ...]] | list[list[str]], dialect: Dialect) -> str:
    """Return rows as lines; quotes only where a cell needs them."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=dialect.delimiter, lineterminator=dialect.line_end).writerows(rows)
    return buffer.getvalue()
