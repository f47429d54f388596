"""What a file about the map gives to take away: the rows that it shows, and the second indicator beside."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from territoires.analysis.exports import indicator_table
from territoires.analysis.selected import select
from territoires.analysis.tables import Column, Fact, Table
from territoires.model.levels import Level
from territoires.model.selection import Selection
from territoires.model.sizes import LABELS
from territoires.store.store import Store

#: The columns of a second indicator: name, and the column of its own table that each repeats.
SECOND_COLUMNS: dict[str, str] = {
    "second_value": "value",
    "second_status": "status",
    "second_status_label": "status_label",
}


def shown_table(store: Store, selection: Selection) -> tuple[Table, NDArray[np.bool_]]:
    """Return the table of what a selection shows, and which territories of the level its rows are.

    Ranks stay those of all territories of the level. The filters are facts of the table; a second indicator
    adds its value and status to each row.
    """
    inside = select(store, selection).inside
    level, strata = selection.level, selection.strata
    whole = indicator_table(store, store.indicator(selection.indicator), level, strata)
    columns = list(whole.columns)
    facts = [*whole.facts, *_filters(store, selection)]
    notes = list(whole.notes)
    if selection.second is not None:
        second = store.indicator(selection.second)
        other = indicator_table(store, second, level, strata)
        found = {column.name: column for column in other.columns}
        for name, origin in SECOND_COLUMNS.items():
            column = found[origin]
            columns.append(
                Column(name, f"{column.title} ({second.label})", column.kind, column.values, column.decimals)
            )
        facts += [
            Fact(f"second_{fact.name}", f"{fact.title} (second indicateur)", fact.text)
            for fact in other.facts
            if fact.name in ("indicator", "label", "unit", "vintage", "source", "licence")
        ]
        notes += [
            Fact(f"second_{note.name}", f"{note.title} (second indicateur)", note.text)
            for note in other.notes
        ]
    kept = tuple(_kept(column, inside) for column in columns)
    title = f"{whole.title}{_where(store, selection)}"
    return Table(title, level, int(inside.sum()), kept, tuple(facts), tuple(notes)), inside


def _kept(column: Column, inside: NDArray[np.bool_]) -> Column:
    """Return the rows of a column that are shown."""
    values = column.values
    chosen = (
        values[inside]
        if isinstance(values, np.ndarray)
        else [value for value, is_in in zip(values, inside, strict=True) if is_in]
    )
    return Column(column.name, column.title, column.kind, chosen, column.decimals)


def _filters(store: Store, selection: Selection) -> list[Fact]:
    """Return the filters as facts."""
    facts = []
    if selection.strata:
        subject = "Tailles" if selection.level in (Level.COMMUNE, Level.EPCI) else "Tailles des communes"
        facts.append(Fact("strata", subject, ", ".join(LABELS[stratum] for stratum in selection.strata)))
    if selection.regions:
        regions = store.territories(Level.REGION)
        facts.append(
            Fact("regions", "Régions", ", ".join(regions.get(code).name for code in selection.regions))
        )
    return facts


def _where(store: Store, selection: Selection) -> str:
    """Say the filters at the end of a title."""
    phrases = [fact.text for fact in _filters(store, selection)]
    return f" ({' ; '.join(phrases)})" if phrases else ""
