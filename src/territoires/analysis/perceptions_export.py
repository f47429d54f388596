"""Perceptions as a table to take away, where a simulated number never stands without its word.

Value, bounds and number of answers are written as text, with "(simulé)" after each of a simulated row. Those of a
published or imported row are repeated as numbers in columns that stay empty on a simulated one: nothing that a formula
could add up was invented.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from territoires.analysis.tables import Column, Fact, Kind, Table
from territoires.model.formats import number
from territoires.model.fragilities import BY_ID
from territoires.model.indicators import STATUS_LABELS
from territoires.model.perceptions import (
    ACTOR_LABELS,
    CERTAINTY_LABELS,
    MINIMUM_BASE,
    QUESTIONS,
    UNIT_LABELS,
    Perception,
)
from territoires.model.sizes import LABELS

#: What follows every simulated number.
MARK = " (simulé)"

ORIGINS = {"published": "publié", "imported": "importé", "demonstration": "simulé"}


def marked(row: Perception, value: float | None) -> str | None:
    """Return a number of `row` as French text with up to two decimals, marked when simulated; None when absent."""
    if value is None or not math.isfinite(value):
        return None
    text = number(value, 2).rstrip("0").removesuffix(",")
    return text + MARK if row.simulated else text


def perceptions_table(rows: Sequence[Perception], release: str) -> Table:
    """Return the rows as a table; `release` is that of the data."""

    def text(name: str, title: str, read: Callable[[Perception], str | None]) -> Column:
        return Column(name, title, Kind.TEXT, [read(row) or None for row in rows])

    real = np.array(
        [row.value if row.shown and not row.simulated else np.nan for row in rows], dtype=np.float64
    )
    base = np.array(
        [np.nan if row.base is None or row.simulated else row.base for row in rows], dtype=np.float64
    )
    columns = (
        text("status", "Statut", lambda row: STATUS_LABELS[row.status]),
        text("origin", "Origine", lambda row: ORIGINS[row.origin]),
        text("question", "Question", lambda row: QUESTIONS[row.question]),
        text("wave", "Vague", lambda row: row.wave),
        text("actor", "Acteur", lambda row: ACTOR_LABELS[row.actor] if row.actor else None),
        text("respondents", "Répondants, tels que publiés", lambda row: row.respondents),
        text("level", "Échelon", lambda row: row.level.value),
        text("code", "Code", lambda row: row.code),
        text("key", "Clé (échelon et code)", lambda row: row.code and f"{row.level}-{row.code}"),
        text("area", "Territoire, tel que publié", lambda row: row.area),
        text("stratum", "Taille des communes", lambda row: LABELS[row.stratum] if row.stratum else None),
        text("domain", "Domaine", lambda row: BY_ID[row.domain].label if row.domain else None),
        text("label", "Intitulé", lambda row: row.label),
        text("value", "Valeur", lambda row: marked(row, row.value)),
        Column("value_number", "Valeur publiée ou importée (nombre)", Kind.NUMBER, real),
        text("unit", "Unité", lambda row: UNIT_LABELS[row.unit]),
        text("wording", "Unité, telle que publiée", lambda row: row.wording),
        text("low", "Borne basse à 95 %", lambda row: marked(row, row.low)),
        text("high", "Borne haute à 95 %", lambda row: marked(row, row.high)),
        text("base", "Nombre de réponses", lambda row: marked(row, row.base)),
        Column("base_number", "Nombre de réponses publié ou importé (nombre)", Kind.INTEGER, base),
        text("programme", "Programme", lambda row: row.programme),
        text("representative", "Représentativité", lambda row: row.representative),
        text("source", "Source", lambda row: row.source),
        text("url", "Adresse", lambda row: row.url),
        text("certainty", "Relevé", lambda row: CERTAINTY_LABELS[row.certainty] if row.certainty else None),
        text("note", "Remarque", lambda row: row.note),
    )
    notes = (SIMULATED, *NOTES) if any(row.simulated for row in rows) else NOTES
    return Table("Perceptions", None, len(rows), columns, (Fact("release", "Version", release),), notes)


SIMULATED = Fact(
    "simulated",
    "Valeurs simulées",
    f"Suivies de «{MARK} » dans chaque cellule : inventées, à ne jamais citer.",
)
NOTES: tuple[Fact, ...] = (
    Fact("scales", "Unités", "Notes, pourcentages et rangs ne se comparent pas."),
    Fact("interval", "Intervalles", "À 95 % ; deux valeurs dont les intervalles se recouvrent sont proches."),
    Fact("secret", "Petits effectifs", f"Sous {MINIMUM_BASE} réponses, la valeur n’est ni gardée ni montrée."),
)  # fmt: skip
