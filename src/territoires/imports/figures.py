"""A table of figures (one value per row) as perceptions, every problem noted with its row and column."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from territoires.imports.cells import Cells
from territoires.imports.perception_schema import (
    ACTOR_WORDS,
    DOMAIN_WORDS,
    EXPECTED,
    LEVEL_WORDS,
    STRATUM_WORDS,
    UNITS,
)
from territoires.imports.problems import Report
from territoires.model.formats import plural
from territoires.model.fragilities import BY_ID, DOMAINS
from territoires.model.indicators import Status
from territoires.model.levels import WORDS, Level
from territoires.model.perceptions import (
    ACTOR_LABELS,
    FRAGILITIES,
    HIGHEST_NOTE,
    MINIMUM_BASE,
    QUESTIONS,
    Perception,
    Unit,
    interval,
)
from territoires.model.sizes import Stratum
from territoires.store.perceptions import Key, key

#: Code → name of the territories of each level.
Places = Mapping[Level, Mapping[str, str]]

#: How many characters the codes of a level have: spreadsheets drop the zeros they begin with.
WIDTHS: dict[Level, int] = {Level.COMMUNE: 5, Level.DEPARTEMENT: 2, Level.REGION: 2}

#: The scale of each unit, and its words.
SCALES: dict[Unit, tuple[float, float, str]] = {
    Unit.NOTE: (0.0, HIGHEST_NOTE, "une note de 0 à 10"),
    Unit.SHARE: (0.0, 100.0, "un pourcentage de 0 à 100"),
    Unit.RANK: (1.0, 200.0, "un rang, à partir de 1"),
}

#: How a unit is worded when the file does not say.
USUAL_WORDINGS: dict[Unit, str] = {
    Unit.NOTE: "note sur 10",
    Unit.SHARE: "% des réponses",
    Unit.RANK: "rang",
}

#: Largest base and largest standard deviation that notes can have.
MOST_PEOPLE, LARGEST_DEVIATION = 100_000_000, 5.0

#: From this many percentages, all at most 1 means that shares were written instead.
ENOUGH_SHARES = 5

YEAR = re.compile(r"(?:19|20)\d\d")
ADDRESS = re.compile(r"https?://[^\s<>\"']+")


def read_figures(rows: list[Cells], places: Places, report: Report) -> list[Perception]:
    """Return the figures of the rows without a problem; the others are in the report, conflicts included."""
    found: list[Perception] = []
    seen: dict[Key, tuple[int, Perception]] = {}
    padded = 0
    for cells in rows:
        before = len(report)
        figure = _figure(cells, places)
        if figure is None or len(report) > before:
            continue
        padded += figure.code != cells.cells.get("code")
        same = seen.setdefault(key(figure), (cells.row, figure))
        if same[1] is not figure:
            _conflict(cells, figure, *same)
            continue
        found.append(figure)
    shares = [figure.value for figure in found if figure.unit is Unit.SHARE and figure.shown]
    if len(shares) >= ENOUGH_SHARES and max(shares) <= 1:
        report.add(
            None, "valeur", "tous les pourcentages sont inférieurs ou égaux à 1", "des nombres de 0 à 100",
            "Multiplier par 100 : un tableur garde 12 % comme 0,12",
        )  # fmt: skip
    if padded:
        report.remark(f"Zéro rétabli au début d’un code, sur {plural(padded, 'ligne')}.")
    remark_secret(found, report)
    return found


def remark_secret(figures: Sequence[Perception], report: Report) -> None:
    """Say how many values rest on too few answers to be kept."""
    secret = sum(figure.status is Status.SECRET for figure in figures)
    if secret:
        report.remark(
            f"Moins de {MINIMUM_BASE} réponses pour {plural(secret, 'valeur')} : rien n’en est gardé."
        )


def _conflict(cells: Cells, figure: Perception, row: int, other: Perception) -> None:
    """Note that two rows answer the same question."""
    if (figure.value, figure.base) == (other.value, other.base):
        found = f"même ligne que la ligne {row}"
    else:
        found = f"{cells.cells.get('value', '')} contredit la ligne {row}"
    cells.problem("value", found, "une seule valeur par vague, acteur, territoire, taille et domaine")


def territory(cells: Cells, places: Places) -> tuple[Level, str, str] | None:
    """Return the level, code and name of a row's territory."""
    level = cells.word("level", LEVEL_WORDS, EXPECTED["level"], default=Level.REGION)
    code = cells.text("code", required=True)
    if level is None or not code:
        return None
    known = places.get(level, {})
    if code not in known:
        code = code.upper().zfill(WIDTHS.get(level, 0))
    if code not in known:
        cells.problem(
            "code",
            f"« {cells.cells['code'][:20]} » n’est pas un code connu",
            f"un code de l’échelon « {WORDS[level].singular} »",
            "Les territoires sont ceux de 2026",
        )
        return None
    return level, code, known[code]


def wave_of(cells: Cells) -> tuple[str, int] | None:
    """Return the wave of a row and its year, that of the wave unless another is given."""
    wave = cells.text("wave", required=True)
    if cells.cells.get("year"):
        year = cells.whole("year", 1900, 2100, "une année")
        return (wave, year) if wave and year is not None else None
    years = YEAR.findall(wave)
    if not wave:
        return None
    if not years:
        cells.problem(
            "wave", f"« {wave[:20]} » ne contient pas d’année", "une année", "Ou remplir la colonne « annee »"
        )
        return None
    return wave, int(years[-1])


def imported_from(cells: Cells) -> str:
    """Return the source of a figure whose file names none: the file."""
    return f"Fichier importé : {cells.report.file}"


def address(cells: Cells) -> str:
    """Return the address of a row's publication: empty or http(s)."""
    found = cells.text("url")
    if found and not ADDRESS.fullmatch(found):
        cells.problem("url", f"« {found[:40]} »", "une adresse qui commence par http:// ou https://")
        return ""
    return found


def _subject(cells: Cells) -> tuple[str, str | None, str] | None:
    """Return the question of a row, its domain if any, and its label."""
    question = cells.text("question") or FRAGILITIES
    if question not in QUESTIONS:
        cells.problem("question", f"« {question[:40]} » inconnue", "une des questions de --schema")
        return None
    label = cells.text("label")
    if question != FRAGILITIES and not cells.cells.get("domain"):
        return question, None, label
    domain = cells.word("domain", DOMAIN_WORDS, "un domaine : " + ", ".join(each.id for each in DOMAINS))
    return None if domain is None else (question, domain, label or BY_ID[domain].label)


def _bounds(cells: Cells, unit: Unit, value: float, base: int) -> tuple[float, float] | None:
    """Return the interval of a row: as given, or from its base and its deviation."""
    low, high, words = SCALES[unit]
    if cells.cells.get("low") or cells.cells.get("high"):
        given = [cells.number(field, low, high, words, required=False) for field in ("low", "high")]
        least, most = given
        if least is None or most is None or not least <= value <= most:
            cells.problem(
                "low", "un intervalle qui ne contient pas la valeur", "bas ≤ valeur ≤ haut, ou rien"
            )
            return None
        return least, most
    deviation = cells.number(
        "deviation", 0.0, LARGEST_DEVIATION, "un écart-type de 0 à 5 (pour des notes)", required=False
    )
    return interval(value, unit, base, deviation)


def _figure(cells: Cells, places: Places) -> Perception | None:
    """Return one row; None when something essential is missing, which the report says."""
    when, where, subject = wave_of(cells), territory(cells, places), _subject(cells)
    actor = cells.word("actor", ACTOR_WORDS, EXPECTED["actor"])
    stratum = _stratum(cells)
    unit = cells.word("unit", UNITS, EXPECTED["unit"])
    base = cells.whole("base", 1, MOST_PEOPLE, "un nombre de réponses d’au moins 1")
    value = cells.number("value", *SCALES[unit]) if unit else None
    url = address(cells)
    if not when or not where or not subject or actor is None or unit is None or base is None or value is None:
        return None
    secret = base < MINIMUM_BASE
    low, high = _bounds(cells, unit, value, base) or (None, None)
    return Perception(
        *when,
        programme=cells.text("programme"),
        question=subject[0],
        actor=actor,
        respondents=cells.text("respondents") or ACTOR_LABELS[actor],
        level=where[0],
        code=where[1],
        area=where[2],
        stratum=stratum,
        domain=subject[1],
        label=subject[2],
        value=math.nan if secret else value,
        unit=unit,
        base=base,
        low=None if secret else low,
        high=None if secret else high,
        status=Status.SECRET if secret else Status.OK,
        representative=cells.text("representative"),
        source=cells.text("source") or imported_from(cells),
        url=url,
        note=cells.text("note"),
        origin="imported",
        wording=cells.text("wording") or USUAL_WORDINGS[unit],
    )


def _stratum(cells: Cells) -> Stratum | None:
    """Return the size of communes of a row, None for all."""
    if not cells.cells.get("stratum"):
        return None
    return cells.word("stratum", STRATUM_WORDS, EXPECTED["stratum"])
