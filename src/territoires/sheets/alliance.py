"""The dynamics of alliance: published figures about working together, those of the territory's region first."""

from __future__ import annotations

from collections.abc import Iterable

from territoires.model.formats import with_unit
from territoires.model.levels import FRANCE_CODE, Level
from territoires.model.perceptions import (
    ACTOR_LABELS,
    FRAGILITIES,
    QUESTIONS,
    UNIT_DECIMALS,
    UNIT_SUFFIXES,
    Perception,
)
from territoires.sheets.survey import Alliance, AllianceFigure
from territoires.sheets.wording import tied
from territoires.store.perceptions import Perceptions
from territoires.store.store import Store
from territoires.store.territories import Territory

#: How many figures stand on a sheet.
FIGURES = 9

#: Questions about what a share of people think or do, the most telling first; the others fill what is left.
FIRST: tuple[str, ...] = (
    "urgence-alliance", "devoir-alliance", "territoire-cooperation", "territoire-en-mouvement",
    "mobilisation-insuffisante", "alliance-accelerateur", "alliance-innovation", "alliance-leviers",
)  # fmt: skip


def alliance(store: Store, survey: Perceptions, territory: Territory) -> Alliance | None:
    """Return the figures of the region of a territory then those of France, the latest first; None without any."""
    region = territory.code if territory.level is Level.REGION else territory.region
    rows = [row for row in survey.rows if row.question != FRAGILITIES and row.shown and row.stratum is None]
    near = _ordered(row for row in rows if row.level is Level.REGION and row.code == region)
    country = _ordered(
        row
        for row in rows
        if row.level is Level.FRANCE and row.code == FRANCE_CODE and row.question in FIRST and not row.label
    )
    kept = (near + [row for row in country if row not in near])[:FIGURES]
    if not kept:
        return None
    return Alliance(tuple(_figure(row) for row in kept), any(row.simulated for row in kept))


def _ordered(rows: Iterable[Perception]) -> list[Perception]:
    """Return published figures first, then by question, then the latest; one per question and respondents."""
    rank = {question: position for position, question in enumerate(FIRST)}
    found: dict[tuple[str, str, str], Perception] = {}
    for row in sorted(
        rows, key=lambda row: (row.simulated, rank.get(row.question, len(FIRST)), -row.year, -row.value)
    ):
        found.setdefault((row.question, row.actor or row.respondents, row.label), row)
    return list(found.values())


def _figure(row: Perception) -> AllianceFigure:
    words = QUESTIONS.get(row.question, row.question)
    label = f"{words} : {row.label}" if row.label else words
    base = f", {row.base} réponses" if row.base else ""
    return AllianceFigure(
        label=tied(label),
        text=with_unit(row.value, UNIT_SUFFIXES[row.unit], UNIT_DECIMALS[row.unit]),
        area=tied(row.area),
        year=row.year,
        respondents=tied((ACTOR_LABELS[row.actor] if row.actor else row.respondents) + base),
        source=tied(row.source),
        url=row.url,
        simulated=row.simulated,
    )
