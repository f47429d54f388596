"""The first rows of the ranking of a selection: what a page says of the map in a plain table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from territoires.analysis.ranks import rank
from territoires.analysis.selected import Selected
from territoires.analysis.sentences import ranking_order
from territoires.model.alerts import compared_mask
from territoires.model.formats import number, with_unit
from territoires.model.indicators import STATUS_LABELS, Status
from territoires.model.levels import WORDS, Level
from territoires.model.selection import Selection
from territoires.sheets.figures import figure
from territoires.store.store import Store


@dataclass(frozen=True, slots=True)
class Row:
    """A territory: its rank (0: not ranked), where it lies, its value in words."""

    rank: int
    name: str
    where: str
    population: int
    value: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Ranking:
    """The rows shown, how many territories there are in all, and the words of the table."""

    rows: tuple[Row, ...]
    total: int
    caption: str
    unit: str
    where: str


def ranking(store: Store, selection: Selection, selected: Selected, most: int) -> Ranking:
    """Return the followed and the pinned territories, then the first of the ranking, at most `most` rows.

    Territories are ranked among those that pass the filters; those without a compared value come last.
    """
    territories = store.territories(selection.level)
    inside = selected.inside
    direction = selected.indicator.direction
    ranks = rank(selected.values, inside & compared_mask(selected.status), direction)
    candidates = np.flatnonzero(inside)
    order = candidates[np.lexsort((candidates, np.where(ranks > 0, ranks, ranks.size + 1)[candidates]))]
    codes = [code for code in (selection.territory, *selection.pins) if code is not None]
    marked = list(dict.fromkeys(territories.index(code) for code in codes))
    chosen = [*marked, *(int(index) for index in order[:most] if int(index) not in marked)][:most]
    parent = Level.DEPARTEMENT if selection.level in (Level.COMMUNE, Level.EPCI) else Level.REGION
    rows = []
    for index in chosen:
        value = float(selected.values[index])
        status = STATUS_LABELS[Status(int(selected.status[index]))]
        position = -1 if selection.level is Level.REGION else int(territories.parents[parent][index])
        rows.append(
            Row(
                int(ranks[index]),
                territories.names[index].replace("'", "’"),
                store.territories(parent).names[position].replace("'", "’") if position >= 0 else "",
                int(territories.population[index]),
                _bare(selected, value) if np.isfinite(value) else status,
                index in marked,
            )
        )
    words = WORDS[selection.level]
    total = int(np.count_nonzero(inside))
    plural = words.plural if total > 1 else words.singular
    first = f"Les {number(len(rows))} premières lignes sur {number(total)} {plural}"
    caption = first if total > len(rows) else f"{number(total)} {plural}"
    return Ranking(
        tuple(rows),
        total,
        f"{caption}, {ranking_order(direction, selection.level)}",
        selected.unit,
        "" if selection.level is Level.REGION else WORDS[parent].singular.capitalize(),
    )


def _bare(selected: Selected, value: float) -> str:
    """Write a value under a head that says its unit."""
    is_flag = selected.unit == "oui/non"
    return with_unit(value, selected.unit) if is_flag else figure(selected.indicator, value)
