"""Read the table that somebody brings, CSV or XLSX, as text cells with their row number in the file.

A CSV may be in UTF-8, in Windows-1252 (latin-1) or in the "Unicode text" of spreadsheets (UTF-16), with ";", ",",
tabulation or "|" between cells. A workbook is read on its first sheet. What a person sees and what a program reads
differ for merged cells and formulas: both are refused, with the cells concerned.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from territoires.imports.problems import RefusedError, Report

#: Largest file read (bytes): 200 000 rows weigh about 20 MB.
LARGEST_FILE = 60_000_000

#: Most rows read.
MOST_ROWS = 500_000

SEPARATORS = (";", ",", "\t", "|")
SEPARATOR_WORDS = {";": "point-virgule", ",": "virgule", "\t": "tabulation", "|": "barre verticale"}

#: The first line by which a spreadsheet may declare its separator.
SEPARATOR_LINE = re.compile(r"sep=([;,\t|])\s*")

#: The bytes that any XLSX file begins with (it is a ZIP archive).
ZIP_START = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Table:
    """A table as text: `columns` in lower case without spaces around, `rows` of (row number in the file, cells).

    Each row has as many cells as there are columns; a cell has no spaces around it; a number of a workbook is
    written with a decimal point. Empty rows are left out. `head` is the row number of the titles; `remarks` say how the
    file was understood.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    remarks: tuple[str, ...] = ()
    head: int = 1

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield each row as (row number, cells by column)."""
        for number, cells in self.rows:
            yield number, dict(zip(self.columns, cells, strict=True))


def read_table(path: Path) -> Table:
    """Read a CSV or XLSX file; `RefusedError` lists everything that keeps it from being read."""
    report = Report(path.name)
    content = _content(path, report)
    if content.startswith(ZIP_START):
        from territoires.imports.workbooks import read_workbook

        lines = read_workbook(content, report)
    else:
        lines = _delimited(content, report)
    return _table(lines, report)


def _content(path: Path, report: Report) -> bytes:
    """Return the bytes of a file that can be read, is not empty and is not too large."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST_FILE else b""
    except OSError as error:
        report.add(None, None, f"fichier illisible ({error.strerror})", "un fichier CSV ou XLSX")
        raise RefusedError(report.file, report.problems) from error
    if size > LARGEST_FILE:
        report.add(None, None, f"{size // 1_000_000} Mo", f"au plus {LARGEST_FILE // 1_000_000} Mo")
    elif not content.strip():
        report.add(None, None, "fichier vide", "une ligne d’en-têtes, puis une ligne par réponse")
    report.refuse()
    return content


def _decode(content: bytes, report: Report) -> str:
    """Return the text of a delimited file."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        report.remark("Fichier lu en UTF-16.")
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            report.add(None, None, f"texte illisible ({error.reason})", "un fichier CSV en UTF-8")
            raise RefusedError(report.file, report.problems) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        report.remark("Le fichier n’est pas en UTF-8 : il a été lu en Windows-1252 (latin-1).")
        # The five bytes that Windows-1252 leaves undefined mean nothing in either encoding.
        return content.decode("cp1252", errors="replace")


def _delimited(content: bytes, report: Report) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a delimited text with their line number."""
    if b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        report.add(
            None, None, "ce n’est ni un texte ni un classeur XLSX", "un fichier CSV ou XLSX",
            "Enregistrer le tableau sous l’un de ces formats (les anciens .xls et .ods ne sont pas lus)",
        )  # fmt: skip
        report.refuse()
    text = _decode(content, report)
    first = next((line for line in text.splitlines() if line.strip()), "")
    declared = SEPARATOR_LINE.fullmatch(first)
    separator = declared[1] if declared else max(SEPARATORS, key=first.count)
    if separator != "," and first.count(separator):
        report.remark(f"Séparateur reconnu : {SEPARATOR_WORDS[separator]}.")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    start = 1
    try:
        for cells in reader:
            if not (declared and start == 1):
                yield start, [cell.strip() for cell in cells]
            start = reader.line_num + 1
    except csv.Error as error:
        report.add(start, None, f"ligne illisible ({error})", "des cellules entre guillemets refermés")
        raise RefusedError(report.file, report.problems) from error


def _table(lines: Iterator[tuple[int, list[str]]], report: Report) -> Table:
    """Return the table of `lines`, the first non-empty one being the headers."""
    filled = ((number, cells) for number, cells in lines if any(cells))
    head, headers = next(filled, (1, []))
    while headers and not headers[-1]:
        headers = headers[:-1]
    columns = tuple(header.lower() for header in headers)
    for position, column in enumerate(columns):
        if not column:
            report.add(head, None, f"en-tête vide en {position + 1}e colonne", "un nom pour chaque colonne")
        elif column in columns[:position]:
            report.add(head, column, "colonne présente deux fois", "une seule colonne de ce nom")
    report.refuse()
    width = len(columns)
    rows: list[tuple[int, tuple[str, ...]]] = []
    for number, cells in filled:
        if len(cells) < width:
            cells = cells + [""] * (width - len(cells))
        if any(cells[width:]):
            report.add(
                number, None, f"{len(cells)} cellules", f"{width} cellules, autant que d’en-têtes",
                "Un texte qui contient le séparateur doit être entre guillemets",
            )  # fmt: skip
        rows.append((number, tuple(cells[:width])))
        if len(rows) > MOST_ROWS:
            report.add(number, None, "trop de lignes", f"au plus {MOST_ROWS} lignes")
            break
    if not rows:
        report.add(None, None, "des en-têtes, mais aucune ligne", "au moins une ligne sous les en-têtes")
    report.refuse()
    return Table(report.file, columns, tuple(rows), tuple(report.remarks), head)
