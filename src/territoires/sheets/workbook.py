"""The sheet as a workbook (XLSX): every figure typed, with its unit, its source and why it is missing."""

from __future__ import annotations

import io
import math
from datetime import datetime
from typing import Any

import xlsxwriter

from territoires.model.indicators import STATUS_EXPLANATIONS, STATUS_LABELS, Direction, Status
from territoires.model.levels import WORDS
from territoires.sheets.method import method_paragraphs, statuses_of
from territoires.sheets.pdf import release_date
from territoires.sheets.sheet import Line, Reading, Sheet
from territoires.sheets.wording import HERE, month_of, tied

DIRECTIONS = {
    Direction.MORE_FRAGILE: "valeur élevée plus fragile",
    Direction.LESS_FRAGILE: "valeur faible plus fragile",
    Direction.CONTEXT: "contexte",
}

#: Name and width (characters) of the columns of indicators; "{here}" is the word for the territory.
COLUMNS: tuple[tuple[str, int], ...] = (
    ("Critère", 16), ("Domaine", 26), ("Identifiant", 20), ("Indicateur", 46), ("Unité", 20),
    ("{here}", 12), ("{here}, statut", 22), ("France", 12), ("France, statut", 22),
    ("Rang", 7), ("Territoires classés", 11), ("Médiane des autres", 12),
    ("Échelon de la dispersion", 17), ("Territoires comparés", 12), ("Minimum", 11), ("1er décile", 11),
    ("1er quartile", 11), ("Médiane", 11), ("3e quartile", 11), ("9e décile", 11), ("Maximum", 11),
    ("Hors comparaison", 34), ("Communes concernées", 12), ("Communes connues", 12),
    ("Sens", 24), ("Période", 14), ("Source", 38), ("Définition", 70), ("Réserve", 50),
)  # fmt: skip


class _Page:
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

    def row(self, cells: list[tuple[object, str]]) -> None:
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


def render_workbook(sheet: Sheet) -> bytes:
    """Return the workbook of `sheet`: profile, indicators, how to read it. Same sheet, same bytes.

    A missing value is an empty cell with its reason in the status column beside it.
    """
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        created: datetime = release_date(sheet.release).replace(tzinfo=None)
        book.set_properties({"title": sheet.title, "author": "Territoires", "created": created})
        formats = _formats(book)
        _write_profile(_Page(book, "Profil", formats), sheet)
        _write_indicators(_Page(book, "Indicateurs", formats), sheet)
        _write_reading(_Page(book, "Lire", formats), sheet)
    return buffer.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    """Return the cell formats by name; "0" to "4" are numbers with that many decimals."""
    base = {"font_name": "Arial", "font_size": 10, "valign": "top"}
    numbers = {str(k): {**base, "num_format": "#,##0" + ("." + "0" * k if k else "")} for k in range(5)}
    styles: dict[str, dict[str, object]] = {
        "text": base,
        "wrapped": {**base, "text_wrap": True},
        "head": {**base, "bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#EEEBE4"},
        **numbers,
    }
    return {name: book.add_format(style) for name, style in styles.items()}


def _write_profile(page: _Page, sheet: Sheet) -> None:
    """Write who the territory is, and its communes by size."""
    page.head(
        ["Taille des communes (habitants)", "Communes", "Population", "Part de la population, %",
         "Part en France, %", "Retenue dans la fiche", "Territoire", "Échelon", "Code", "Source", "Données",
         "Version"],
        [30, 12, 14, 14, 14, 12, 26, 18, 8, 34, 18, 16],
    )  # fmt: skip
    for row in sheet.sizes:
        kept = row.chosen or (row.stratum is not None and not sheet.strata)
        page.row(
            [
                (row.label, "text"),
                (row.communes, "0"),
                (row.inhabitants, "0"),
                (round(row.share, 1), "1"),
                (round(row.france, 1), "1"),
                ("oui" if kept else "non" if row.stratum else "total", "text"),
                (sheet.name, "text"),
                (WORDS[sheet.level].singular, "text"),
                (sheet.code, "text"),
                (sheet.sizes_source, "text"),
                (month_of(sheet.release), "text"),
                (sheet.version, "text"),
            ]
        )


def _write_indicators(page: _Page, sheet: Sheet) -> None:
    """Write one row per indicator of the sheet."""
    names = [name.format(here=HERE[sheet.level]) for name, _ in COLUMNS]
    page.head(names, [width for _, width in COLUMNS])
    page.keep_left(4)
    for section in sheet.domains:
        for line in section.lines:
            family = (section.domain.criterion.value, "text")
            page.row([family, (tied(section.domain.label), "text"), *_indicator_cells(line)])
    page.filtered(len(COLUMNS))


def _indicator_cells(line: Line) -> list[tuple[object, str]]:
    """Return the cells of one indicator, from its identifier on."""
    indicator, spread = line.indicator, line.spread
    style = str(min(indicator.decimals, 4))
    concerned = line.concerned or (None, None)
    missing = spread.missing if spread else ()
    left_out = "; ".join(f"{STATUS_LABELS[status]} : {count}" for status, count in missing)
    points = [value for _, value in spread.points] if spread else [math.nan] * 7
    return [
        (indicator.id, "text"),
        (tied(indicator.label), "text"),
        (line.unit, "text"),
        *_reading_cells(line.here, style),
        *_reading_cells(line.france, style),
        (line.rank or None, "0"),
        (line.ranked if line.rank else None, "0"),
        (round(line.elsewhere[0], indicator.decimals), style),
        (WORDS[spread.level].plural if spread else "", "text"),
        (spread.n if spread else None, "0"),
        *((point, style) for point in points),
        (left_out, "text"),
        (concerned[0], "0"),
        (concerned[1], "0"),
        (DIRECTIONS[indicator.direction], "text"),
        (indicator.vintage, "text"),
        (line.source, "text"),
        (tied(indicator.definition), "text"),
        (tied(indicator.caveat), "text"),
    ]


def _reading_cells(reading: Reading, style: str) -> list[tuple[object, str]]:
    """Return a value and its status word."""
    return [(reading.value, style), (STATUS_LABELS[reading.status], "text")]


def _write_reading(page: _Page, sheet: Sheet) -> None:
    """Write the method and the words for what is missing."""
    page.head(["Sujet", "Texte"], [34, 110])
    page.row([("Fiche", "text"), (sheet.title, "wrapped")])
    page.row([("Phrase", "text"), (sheet.lead, "wrapped")])
    if sheet.address:
        page.row([("Adresse", "text"), (sheet.address, "text")])
    for paragraph in method_paragraphs(sheet):
        page.row([("Méthode", "text"), (paragraph, "wrapped")])
    for status in (Status.OK, *statuses_of(sheet)):
        page.row([(STATUS_LABELS[status], "text"), (tied(STATUS_EXPLANATIONS[status]), "wrapped")])
