"""The sheet as a workbook (XLSX): every figure typed, with its unit, its source and why it is missing."""

from __future__ import annotations

import io
import math
from datetime import datetime

import xlsxwriter

from territoires.model.indicators import STATUS_EXPLANATIONS, STATUS_LABELS, Direction, Status
from territoires.model.levels import WORDS, Level
from territoires.sheets.method import method_paragraphs, statuses_of
from territoires.sheets.pdf import release_date
from territoires.sheets.readings import Line, Reading
from territoires.sheets.sheet import Sheet
from territoires.sheets.wording import HERE, month_of, tied
from territoires.sheets.workbook_sections import write_alerts, write_sections
from territoires.sheets.worksheet import Cell, Worksheet, cell_formats

DIRECTIONS = {
    Direction.MORE_FRAGILE: "valeur élevée plus fragile",
    Direction.LESS_FRAGILE: "valeur faible plus fragile",
    Direction.CONTEXT: "contexte",
}

#: The column of the region of a territory; empty for a region itself.
OWN_REGION = "Région de rattachement"

#: Name and width (characters) of the columns of indicators; "{here}" is the word for the territory.
COLUMNS: tuple[tuple[str, int], ...] = (
    ("Critère", 16), ("Domaine", 26), ("Identifiant", 20), ("Indicateur", 46), ("Unité", 20),
    ("{here}", 12), ("{here}, statut", 22), ("France", 12), ("France, statut", 22),
    ("{region}", 12), ("{region}, statut", 22),
    ("Rang", 7), ("Territoires classés", 11), ("En alerte", 10), ("Médiane des autres", 12),
    ("Échelon de la dispersion", 17), ("Territoires comparés", 12), ("Minimum", 11), ("1er décile", 11),
    ("1er quartile", 11), ("Médiane", 11), ("3e quartile", 11), ("9e décile", 11), ("Maximum", 11),
    ("Hors comparaison", 34), ("Communes concernées", 12), ("Communes connues", 12),
    ("Sens", 24), ("Période", 14), ("Source", 38), ("Définition", 70), ("Réserve", 50),
)  # fmt: skip


def render_workbook(sheet: Sheet) -> bytes:
    """Return the workbook of `sheet`: profile, indicators, how to read it. Same sheet, same bytes.

    A missing value is an empty cell with its reason in the status column beside it.
    """
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        created: datetime = release_date(sheet.release).replace(tzinfo=None)
        book.set_properties({"title": sheet.title, "author": "Territoires", "created": created})
        formats = cell_formats(book)
        _write_profile(Worksheet(book, "Profil", formats), sheet)
        write_alerts(book, formats, sheet)
        if sheet.domains:
            _write_indicators(Worksheet(book, "Indicateurs", formats), sheet)
        write_sections(book, formats, sheet)
        _write_reading(Worksheet(book, "Lire", formats), sheet)
    return buffer.getvalue()


def _write_profile(page: Worksheet, sheet: Sheet) -> None:
    """Write who the territory is: its figures, its population by year, its communes by size."""
    page.head(
        ["Sujet", "Valeur", "Unité", "Précision", "Part en France, %", "Retenue dans la fiche", "Source"],
        [44, 26, 18, 40, 14, 14, 44],
    )
    source = (sheet.sizes_source, "text")
    blank: Cell = (None, "1")

    def say(subject: str, value: str, detail: str = "") -> None:
        page.row([(subject, "text"), (value, "text"), ("", "text"), (detail, "text"), blank, blank, source])

    for subject, value in (
        ("Territoire", sheet.name), ("Échelon", WORDS[sheet.level].singular), ("Code", sheet.code),
        ("Communes de la fiche", sheet.scope), ("Rattachement", sheet.parents),
        ("Données", month_of(sheet.release)), ("Version", sheet.version),
    ):  # fmt: skip
        if value:
            say(subject, value)
    for each in sheet.key_figures:
        say(each.label, each.text)
    if sheet.profile:
        for fact in sheet.profile.facts:
            say(fact.label, fact.text)
        for year in sheet.profile.years:
            page.row(
                [
                    ("Population municipale", "text"), (year.inhabitants, "0"), ("habitants", "text"),
                    (str(year.year), "text"), blank, blank, (sheet.profile.source, "text"),
                ]
            )  # fmt: skip
        say("Évolution de la population", sheet.profile.change)
    for row in sheet.sizes:
        kept = "oui" if row.chosen or (row.stratum is not None and not sheet.strata) else "non"
        size = f"communes, {row.label}" if row.stratum is None else f"communes de {row.label} habitants"
        words: list[Cell] = [(kept if row.stratum else "total", "text"), source]
        page.row(
            [(size, "text"), (row.communes, "0"), ("communes", "text"), ("nombre", "text"), blank, *words]
        )
        page.row(
            [
                (size, "text"), (row.inhabitants, "0"), ("habitants", "text"), ("population", "text"), blank, *words,
            ]
        )  # fmt: skip
        page.row(
            [
                (size, "text"), (round(row.share, 1), "1"), ("%", "text"), ("part de la population", "text"),
                (round(row.france, 1), "1"), *words,
            ]
        )  # fmt: skip


def _write_indicators(page: Worksheet, sheet: Sheet) -> None:
    """Write one row per indicator of the sheet."""
    names = [name.format(here=HERE[sheet.level], region=OWN_REGION) for name, _ in COLUMNS]
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
        *(_reading_cells(line.region, style) if line.region else [(None, style), ("", "text")]),
        (line.rank or None, "0"),
        (line.ranked if line.rank else None, "0"),
        ("" if line.alert is None else "oui" if line.alert else "non", "text"),
        (round(line.elsewhere[0], indicator.decimals), style),
        (
            (line.among if spread.level is Level.COMMUNE else WORDS[spread.level].plural) if spread else "",
            "text",
        ),
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


def _write_reading(page: Worksheet, sheet: Sheet) -> None:
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
