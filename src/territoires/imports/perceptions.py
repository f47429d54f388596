"""Import a survey: read, check everything, and publish all of it or nothing.

The new figures join those imported before; a figure that answers the same question replaces the former one. Under
`<state>/perceptions/`: `current.csv`, `previous.csv` and `journal.jsonl` (see `publishing`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from territoires.imports.answers import read_answers
from territoires.imports.cells import Cells, plain_word
from territoires.imports.figures import Places, read_figures
from territoires.imports.perception_schema import ANSWERS, DOMAIN_WORDS, FIGURES, Column
from territoires.imports.problems import Report
from territoires.imports.publishing import fingerprint, publish
from territoires.imports.tables import Table, read_table
from territoires.model.perceptions import Perception
from territoires.store.perceptions import FOLDER, format_rows, key, read_imported


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did, or would do: figures of the file, of them those that replace one, and figures in all."""

    figures: tuple[Perception, ...]
    replaced: int
    total: int
    remarks: tuple[str, ...]


def read_survey(path: Path, places: Places) -> tuple[tuple[Perception, ...], tuple[str, ...]]:
    """Return the figures of a file and the remarks made on the way; `RefusedError` lists every problem."""
    table = read_table(path)
    report = Report(table.name, remarks=list(table.remarks))
    answers = _holds_answers(table)
    columns, asked = _columns(table, ANSWERS if answers else FIGURES, report, answers=answers)
    names = {field: title for title, field in columns.items()}
    fields = [columns.get(title, "") for title in table.columns]
    rows = [
        Cells(row, {field: cell for field, cell in zip(fields, cells, strict=True) if field}, names, report)
        for row, cells in table.rows
    ]
    figures = read_answers(rows, asked, places, report) if answers else read_figures(rows, places, report)
    report.refuse()
    return tuple(figures), tuple(report.remarks)


def import_survey(path: Path, places: Places, state: Path, *, who: str, dry_run: bool = False) -> Outcome:
    """Import the file `path` into the folder `state`; nothing is written by a dry run nor when a problem is found.

    `RefusedError` lists every problem; `DataError` when the figures imported before cannot be read.
    """
    figures, remarks = read_survey(path, places)
    folder = state / FOLDER
    former = fingerprint(folder)
    kept = {key(row): row for row in read_imported(state)}
    replaced = sum(key(figure) in kept for figure in figures)
    kept |= {key(figure): figure for figure in figures}
    if not dry_run:
        content = format_rows(kept.values()).encode()
        publish(
            folder,
            content,
            who=who,
            what="import de perceptions",
            file=path.name,
            rows=len(figures),
            made_from=former,
        )
    return Outcome(figures, replaced, len(kept), remarks)


def _holds_answers(table: Table) -> bool:
    """Return whether the rows are respondents: columns named after domains, and no column of values."""
    words = {plain_word(title) for title in table.columns}
    return bool(words & set(DOMAIN_WORDS)) and not words & {"valeur", "value"}


def _columns(
    table: Table, schema: tuple[Column, ...], report: Report, *, answers: bool
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the field of each title, and the domains among them; refuse titles unknown or missing."""
    known = {plain_word(word): column.field for column in schema for word in column.words}
    if answers:
        known |= DOMAIN_WORDS
    columns: dict[str, str] = {}
    for title in table.columns:
        field = known.get(plain_word(title))
        if field is None:
            report.add(
                table.head, title, "colonne inconnue", "une des colonnes du modèle", "La renommer ou l’ôter"
            )
        elif field in columns.values():
            report.add(table.head, title, "deux colonnes pour la même chose", "une seule")
        else:
            columns[title] = field
    for column in schema:
        if column.required and column.field not in columns.values():
            report.add(table.head, column.name, "colonne absente", column.meaning)
    report.refuse()
    return columns, tuple(field for field in columns.values() if field in DOMAIN_WORDS.values())
