"""The table of dominoes: sixteen rows, sixteen columns, in each cell how much more often than apart."""

from __future__ import annotations

import math
from dataclasses import dataclass

from territoires.analysis.dominoes import Domino, Dominoes
from territoires.model.formats import number, plural, population
from territoires.model.fragilities import BY_ID, DOMAINS, Domain
from territoires.model.levels import WORDS, Level
from territoires.web.regards.choice import short
from territoires.web.regards.domino_choice import DominoChoice

#: Where a tint becomes darker: "1,2 times more often than apart", and so on.
STEPS = (1.2, 1.5, 2.0, 3.0)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its number, its tint (1–5, 0 when nothing is found), its words and address; empty on the diagonal."""

    text: str
    tint: int
    words: str
    address: str
    chosen: bool
    unknown: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A domain and what it meets."""

    domain: Domain
    head: str
    cells: tuple[Cell, ...]


def times(lift: float) -> str:
    """Write how much more often: "2,4 fois"; a dash where it cannot be told."""
    return f"{number(lift, 1)}\u00a0fois" if math.isfinite(lift) else "–"


def expected(domino: Domino) -> str:
    """Write how many territories chance would bring together."""
    return number(domino.expected, 0 if domino.expected >= 10 else 1)


def brief(domino: Domino, each: str = "{}") -> str:
    """Return the first words of the labels of the domains, joined; `each` may put quotes around."""
    labels = [each.format(short(BY_ID[domain])) for domain in domino.domains]
    return ", ".join(labels[:-1]) + " et " + labels[-1]


def names(domino: Domino) -> str:
    """Return the labels of the domains of a domino, joined."""
    labels = [BY_ID[each].label for each in domino.domains]
    return ", ".join(labels[:-1]) + " et " + labels[-1]


def describe(domino: Domino, level: Level) -> str:
    """Say a domino in a few words, as it is read in a cell."""
    words = WORDS[level]
    if not domino.known:
        return f"{names(domino)} : jamais connus ensemble."
    count = plural(domino.together, words.singular, words.plural)
    text = f"{names(domino)} : ensemble dans {count} sur {number(domino.known)}"
    if domino.together:
        text += f", {population(domino.inhabitants)}"
    if not domino.tested:
        return f"{text}. Trop peu de territoires pour conclure."
    text += f" ; {expected(domino)} attendues si chaque domaine allait de son côté"
    return f"{text} : {times(domino.lift)}." if domino.found else f"{text} : pas d’écart établi."


def matrix(found: Dominoes, choice: DominoChoice) -> list[Row]:
    """Return the rows of the table, domains in published order."""
    pairs = {each.domains: each for each in found.pairs}
    rows = []
    for i, row in enumerate(DOMAINS):
        cells = []
        for j, column in enumerate(DOMAINS):
            if i == j:
                cells.append(Cell("", 0, "", "", chosen=False, unknown=False))
                continue
            pair = pairs[(row.id, column.id) if i < j else (column.id, row.id)]
            cells.append(_cell(pair, choice))
        rows.append(Row(row, short(row), tuple(cells)))
    return rows


def _cell(pair: Domino, choice: DominoChoice) -> Cell:
    known = pair.tested and math.isfinite(pair.lift)
    return Cell(
        number(pair.lift, 1) if known else "–",
        1 + sum(pair.lift >= step for step in STEPS) if pair.found else 0,
        describe(pair, choice.level),
        choice.looking_at(pair.domains).address(anchor="#domino"),
        pair.domains == choice.domino,
        not known,
    )
