"""A worksheet being written row by row, and the formats of its cells."""

from __future__ import annotations

import math
from typing import Any

#: A value and the name of its format.
Cell = tuple[object, str]


class Worksheet:
    """A worksheet being written row by row; text is always text, never a formula or a link."""

    def __init__(self, book: Any, name: str, formats: dict[str, Any]) -> None:
        self._sheet = book.add_worksheet(name)
        self._formats = formats
        self._row = 0

    def head(self, names: list[str], widths: list[int]) -> None:
        """Write the header, frozen, and set the widths (characters)."""
        for column, (name, width) in enumerate(zip(names, widths, strict=True)):
            self._sheet.write_string(self._row, column, name, self._formats["head"])
            self._sheet.set_column(column, column, width)
        self._row += 1
        self._sheet.freeze_panes(self._row, 0)

    def row(self, cells: list[Cell]) -> None:
        """Write one row of (value, format); None or NaN leaves a typed column empty."""
        for column, (value, style) in enumerate(cells):
            if isinstance(value, str):
                self._sheet.write_string(self._row, column, value, self._formats[style])
            elif isinstance(value, (int, float)) and math.isfinite(value):
                self._sheet.write_number(self._row, column, value, self._formats[style])
        self._row += 1

    def filtered(self, columns: int) -> None:
        """Let the reader filter the rows written so far."""
        self._sheet.autofilter(0, 0, max(1, self._row - 1), columns - 1)

    def keep_left(self, columns: int) -> None:
        """Keep the first columns in view beside the frozen header."""
        self._sheet.freeze_panes(1, columns)


def cell_formats(book: Any) -> dict[str, Any]:
    """Return the cell formats by name; "0" to "4" are numbers with that many decimals."""
    base = {"font_name": "Arial", "font_size": 10, "valign": "top"}
    numbers = {str(k): {**base, "num_format": "#,##0" + ("." + "0" * k if k else "")} for k in range(5)}
    styles: dict[str, dict[str, object]] = {
        "text": base,
        "plain": {**base, "num_format": "0"},
        "wrapped": {**base, "text_wrap": True},
        "head": {**base, "bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#EEEBE4"},
        **numbers,
    }
    return {name: book.add_format(style) for name, style in styles.items()}
