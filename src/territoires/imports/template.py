"""The template of a survey as a workbook: empty sheets to fill, an example, and what each column accepts."""

from __future__ import annotations

import io

import xlsxwriter

from territoires.imports.perception_schema import ANSWERS, FIGURES, Column, domain_columns
from territoires.model.fragilities import DOMAINS
from territoires.model.perceptions import QUESTIONS

WIDTH = 18


def template_workbook(*, answers: bool = False) -> bytes:
    """Return an XLSX: the table of figures, or of `answers`, then an example and the list of the columns.

    Only the first sheet is imported. Cells to fill are typed as text where a code could lose its zero.
    """
    columns = (*ANSWERS, *domain_columns()) if answers else FIGURES
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        title = book.add_format({"bold": True, "bg_color": "#e3eef0", "bottom": 1})
        text = book.add_format({"num_format": "@"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for name in ("À remplir", "Exemple"):
            sheet = book.add_worksheet(name)
            for position, column in enumerate(columns):
                sheet.write_string(0, position, column.name, title)
                sheet.set_column(position, position, WIDTH, text if column.field == "code" else None)
                if name == "Exemple":
                    sheet.write_string(1, position, column.example)
            sheet.freeze_panes(1, 0)
        guide = book.add_worksheet("Colonnes")
        guide.set_column(0, 1, WIDTH)
        guide.set_column(2, 2, 90, wrapped)
        for row, words in enumerate(_guide(columns)):
            for position, word in enumerate(words):
                guide.write_string(row, position, word, title if row == 0 else None)
    return buffer.getvalue()


def _guide(columns: tuple[Column, ...]) -> list[tuple[str, str, str]]:
    """Return the rows of the sheet that explains the columns."""
    rows = [("Colonne", "Obligatoire", "Ce qu’elle contient")]
    rows += [(column.name, "oui" if column.required else "non", column.meaning) for column in columns]
    rows += [("", "", ""), ("Domaine", "", "")]
    rows += [(domain.id, "", domain.label) for domain in DOMAINS]
    rows += [("", "", ""), ("Question", "", "")]
    rows += [(word, "", label) for word, label in QUESTIONS.items()]
    return rows
