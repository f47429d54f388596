"""Read the first sheet of an XLSX workbook: typed cells as text; merged cells and formulas are refused.

Formulas are looked for in the sheet itself: the values that a spreadsheet stored beside them may be older than the
figures they were computed from, or absent.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator

import python_calamine as calamine

from territoires.imports.problems import RefusedError, Report

#: Most bytes that a workbook may hold once decompressed.
LARGEST_CONTENT = 600_000_000

#: Cells or ranges named in a message.
MOST_NAMED = 5

FORMULA = re.compile(rb'<c [^>]*?r="([A-Z]+[0-9]+)"[^>]*>\s*<f[ >/]')

Typed = int | float | str | bool | datetime.date | datetime.time | datetime.timedelta


def read_workbook(content: bytes, report: Report) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of the first sheet with their number; `RefusedError` says why a workbook cannot be read."""
    _check_archive(content, report)
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = workbook.get_sheet_by_index(0)
        merged = sheet.merged_cell_ranges or []
    except (calamine.CalamineError, OSError) as error:
        report.add(None, None, "classeur illisible", "un classeur XLSX sans mot de passe")
        raise RefusedError(report.file, report.problems) from error
    for start, end in merged[:MOST_NAMED]:
        report.add(
            start[0] + 1, None, f"cellules fusionnées {_name(*start)}:{_name(*end)}", "une valeur par cellule",
            "Défaire la fusion, et répéter la valeur dans chaque cellule",
        )  # fmt: skip
    if len(merged) > MOST_NAMED:
        report.add(None, None, f"{len(merged) - MOST_NAMED} autres fusions de cellules", "aucune fusion")
    report.refuse()
    others = len(workbook.sheet_names) - 1
    if others:
        report.remark(f"Seule la première feuille est lue (« {sheet.name} »), sur {others + 1}.")
    for number, cells in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        yield number, [_text(cell) for cell in cells]


def _check_archive(content: bytes, report: Report) -> None:
    """Refuse an archive that is not a workbook, is too large once opened, or holds formulas."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST_CONTENT:
                report.add(
                    None, None, "classeur trop grand", f"au plus {LARGEST_CONTENT // 1_000_000} Mo ouvert"
                )
                report.refuse()
            sheets = sorted(name for name in archive.namelist() if name.startswith("xl/worksheets/sheet"))
            first = archive.read(sheets[0]) if sheets else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        report.add(None, None, "archive illisible", "un classeur XLSX")
        raise RefusedError(report.file, report.problems) from error
    if not sheets:
        report.add(None, None, "archive sans feuille de calcul", "un classeur XLSX")
    cells = [found.decode() for found in FORMULA.findall(first)]
    for cell in cells[:MOST_NAMED]:
        row = int(re.sub("[A-Z]", "", cell))
        report.add(
            row, None, f"une formule dans la cellule {cell}", "une valeur",
            "Copier les cellules, puis « Collage spécial : valeurs »",
        )  # fmt: skip
    if len(cells) > MOST_NAMED:
        report.add(None, None, f"{len(cells) - MOST_NAMED} autres formules", "des valeurs")
    report.refuse()


def _name(row: int, column: int) -> str:
    """Return the name of a cell from its zero-based row and column: (0, 27) is "AB1"."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def _text(cell: Typed) -> str:
    """Return the text of a typed cell; a whole number has no decimal point."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return str(cell)
