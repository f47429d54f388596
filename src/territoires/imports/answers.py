"""A table of answers (one respondent per row) as perceptions: weighted figures by territory and by size.

Figures are computed for each territory of the file, each size of communes within it, and France when every région
of the mainland has respondents. Answers themselves are not kept anywhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from territoires.imports.cells import Cells, parse_number, plain_word
from territoires.imports.estimation import estimate
from territoires.imports.figures import Places, address, imported_from, remark_secret, territory, wave_of
from territoires.imports.perception_schema import ACTOR_WORDS, EXPECTED, STRATUM_WORDS, UNITS
from territoires.imports.problems import Report
from territoires.model.formats import plural
from territoires.model.fragilities import DOMAINS, Domain
from territoires.model.indicators import Status
from territoires.model.levels import FRANCE_CODE, Level
from territoires.model.perceptions import (
    ACTOR_LABELS,
    FRAGILITIES,
    HIGHEST_NOTE,
    MINIMUM_BASE,
    Actor,
    Perception,
    Unit,
)
from territoires.model.sizes import Stratum

YES_NO: dict[str, float] = {
    "oui": 1.0,
    "o": 1.0,
    "1": 1.0,
    "vrai": 1.0,
    "x": 1.0,
    "non": 0.0,
    "n": 0.0,
    "0": 0.0,
    "faux": 0.0,
}

HEAVIEST = 1e6

#: The wave, its year, the actor, the level, the code, the name and the size of the territory.
Group = tuple[str, int, Actor, Level, str, str, Stratum | None]


@dataclass(slots=True)
class Collected:
    """What the respondents of a group said: answers and weights per domain, and what describes the survey."""

    words: dict[str, str]
    answers: dict[str, list[float]] = field(default_factory=dict)
    weights: dict[str, list[float]] = field(default_factory=dict)

    def add(self, domain: str, answer: float, weight: float) -> None:
        """Add one answer."""
        self.answers.setdefault(domain, []).append(answer)
        self.weights.setdefault(domain, []).append(weight)


def read_answers(
    rows: list[Cells], asked: tuple[str, ...], places: Places, report: Report
) -> list[Perception]:
    """Return the figures computed from the rows, whose columns `asked` are those of domains."""
    unit = _unit(rows, report)
    groups: dict[Group, Collected] = {}
    silent = 0
    for cells in rows:
        groups_of = _groups(cells, places)
        weight = cells.number("weight", 0.0, HEAVIEST, "un poids plus grand que 0", required=False)
        if cells.cells.get("weight") and weight == 0:
            cells.problem("weight", "un poids de 0", "un poids plus grand que 0", "Ôter cette ligne")
        answers = [(domain, _answer(cells, domain, unit)) for domain in asked]
        silent += not any(cells.cells.get(domain) for domain in asked)
        for group in groups_of:
            collected = groups.get(group) or groups.setdefault(group, Collected(_words(cells)))
            for domain, answer in answers:
                if answer is not None:
                    collected.add(domain, answer, 1.0 if weight is None else weight)
    if len({group[3] for group in groups} - {Level.FRANCE}) + (_asked_of_france(groups)) > 1:
        title = rows[0].names.get("level", "niveau")
        report.add(None, title, "plusieurs niveaux dans le fichier", "un seul niveau par fichier")
    if report.problems:
        return []
    if silent:
        report.remark(f"Aucune réponse à aucun domaine : {plural(silent, 'répondant')}.")
    covered = _mainland_covered(groups, places)
    figures = [
        figure
        for group, collected in groups.items()
        if group[3] is not Level.FRANCE or covered[group[0], group[2]]
        for figure in _figures(group, collected, unit)
    ]
    if figures and all(figure.status is Status.SECRET for figure in figures):
        report.add(
            None, None, f"aucun territoire n’a {MINIMUM_BASE} répondants", "une ligne par répondant",
            "Si chaque ligne est déjà un résultat, mettre les valeurs dans une colonne « valeur », avec leur base",
        )  # fmt: skip
    report.remark(
        f"{plural(len(rows), 'répondant')} résumés en {plural(len(figures), 'valeur')} : leurs réponses ne sont pas "
        "conservées."
    )
    remark_secret(figures, report)
    return figures


def _unit(rows: list[Cells], report: Report) -> Unit:
    """Return the unit of the answers: one for the whole file."""
    found: Unit | None = None
    for cells in rows:
        unit = cells.word("unit", UNITS, f"{Unit.NOTE} ou {Unit.SHARE}", default=Unit.NOTE)
        if unit is Unit.RANK or (unit and found and unit is not found):
            cells.problem(
                "unit", f"« {unit} »", f"une seule unité dans le fichier : {Unit.NOTE} ou {Unit.SHARE}"
            )
        found = found or unit
    return found or Unit.NOTE


def _groups(cells: Cells, places: Places) -> Iterable[Group]:
    """Return the groups a respondent belongs to."""
    when, where = wave_of(cells), territory(cells, places)
    actor = cells.word("actor", ACTOR_WORDS, EXPECTED["actor"])
    size: Stratum | None = None
    if cells.cells.get("stratum"):
        size = cells.word("stratum", STRATUM_WORDS, EXPECTED["stratum"])
    if cells.cells.get("url"):
        address(cells)
    if not when or not where or actor is None:
        return ()
    france = (Level.FRANCE, FRANCE_CODE, "France")
    areas = (where,) if where[0] is not Level.REGION else (where, france)
    return [(*when, actor, *area, stratum) for area in areas for stratum in dict.fromkeys((None, size))]


def _answer(cells: Cells, domain: str, unit: Unit) -> float | None:
    """Return the answer of a cell; None when it is empty or refused."""
    cell = cells.cells.get(domain, "")
    if not cell:
        return None
    if unit is Unit.SHARE:
        answer = YES_NO.get(plain_word(cell))
        if answer is None:
            cells.problem(domain, f"« {cell[:20]} »", "oui ou non (1 ou 0)")
        return answer
    note = parse_number(cell)
    if note is None or not 0 <= note <= HIGHEST_NOTE:
        cells.problem(domain, f"« {cell[:20]} »", "une note de 0 à 10, ou rien")
        return None
    return note


def _words(cells: Cells) -> dict[str, str]:
    """Return what describes the survey, from the first respondent of a group."""
    words = {
        name: cells.text(name)
        for name in ("programme", "respondents", "representative", "source", "url", "note")
    }
    return words | {"source": words["source"] or imported_from(cells)}


def _asked_of_france(groups: Iterable[Group]) -> bool:
    """Whether respondents were placed at level France by the file itself: no région is there."""
    levels = {group[3] for group in groups}
    return Level.FRANCE in levels and Level.REGION not in levels


def _mainland_covered(groups: dict[Group, Collected], places: Places) -> dict[tuple[str, Actor], bool]:
    """Return, per wave and actor, whether France may be shown: asked as such, or every région of the mainland present.

    The codes of overseas régions begin by 0.
    """
    mainland = {code for code in places.get(Level.REGION, {}) if not code.startswith("0")}
    present: dict[tuple[str, Actor], set[str]] = {}
    for wave, _, actor, level, code, _, _ in groups:
        codes = present.setdefault((wave, actor), set())
        if level is Level.REGION:
            codes.add(code)
    return {when: not codes or (bool(mainland) and mainland <= codes) for when, codes in present.items()}


def _figures(group: Group, collected: Collected, unit: Unit) -> Iterable[Perception]:
    """Yield the figures of a group, in the order of the domains."""
    for domain in DOMAINS:
        if domain.id in collected.answers:
            yield _figure(group, collected, domain, unit)


def _figure(group: Group, collected: Collected, domain: Domain, unit: Unit) -> Perception:
    """Return the figure of a group on a domain."""
    wave, year, actor, level, code, area, stratum = group
    answers, weights = collected.answers[domain.id], collected.weights[domain.id]
    found = estimate(np.array(answers), np.array(weights), unit)
    secret = found.base < MINIMUM_BASE
    words = collected.words
    effective = f"Effectif efficace (Kish) : {found.effective:.0f}."
    return Perception(
        wave=wave,
        year=year,
        programme=words["programme"],
        question=FRAGILITIES,
        actor=actor,
        respondents=words["respondents"] or ACTOR_LABELS[actor],
        level=level,
        code=code,
        area=area,
        stratum=stratum,
        domain=domain.id,
        label=domain.label,
        value=math.nan if secret else found.value,
        unit=unit,
        base=found.base,
        low=None if secret else found.low,
        high=None if secret else found.high,
        status=Status.SECRET if secret else Status.OK,
        representative=words["representative"],
        source=words["source"],
        url=words["url"],
        note=words["note"] if secret else f"{words['note']} {effective}".strip(),
        origin="imported",
        wording="note sur 10" if unit is Unit.NOTE else "% de citations",
    )
