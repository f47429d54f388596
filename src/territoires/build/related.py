"""Which indicators go together across the communes: rank correlation, co-occurrence and never cause."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from territoires.build.indicators import Computed
from territoires.model.alerts import compared_mask
from territoires.model.indicators import Indicator, Nature
from territoires.model.levels import Level

#: Indicators told for each one: so many of its domain, so many of the others.
TOLD = 3

#: Fewest communes in which both must be known.
FEWEST = 500

#: Correlations weaker than this are not told.
WEAKEST = 0.2

Floats = NDArray[np.float64]


def ranks_of(values: Floats, known: NDArray[np.bool_]) -> Floats:
    """Return centred ranks (ties share their mean rank) of the `known` values, NaN elsewhere."""
    out = np.full(values.shape, np.nan)
    kept = values[known]
    if kept.size:
        ordered = np.sort(kept)
        low = np.searchsorted(ordered, kept, side="left")
        high = np.searchsorted(ordered, kept, side="right")
        out[known] = (low + high - 1) / 2.0 - (kept.size - 1) / 2.0
    return out


def correlations(ranks: Floats) -> tuple[Floats, Floats]:
    """Return the correlation of every pair of columns over the rows where both are known, and their number.

    `ranks` is (communes, indicators); ranks are those among all communes where the indicator is known.
    """
    known = np.isfinite(ranks).astype(np.float64)
    filled = np.where(known > 0, ranks, 0.0)
    n = known.T @ known
    with np.errstate(invalid="ignore", divide="ignore"):
        mean_left = (filled.T @ known) / n
        mean_right = mean_left.T
        covariance = (filled.T @ filled) / n - mean_left * mean_right
        square = ((filled**2).T @ known) / n
        spread = np.sqrt(square - mean_left**2) * np.sqrt(square.T - mean_right**2)
        result = np.where(spread > 0, covariance / spread, np.nan)
    return result, n


def write_related(indicators: Sequence[Indicator], computed: Computed, data: Path) -> None:
    """Write related.json: for each indicator, the strongest of its domain and of the others.

    Entries are `[id, correlation, communes]`, by decreasing strength, rounded to two decimals.
    """
    told = [
        i
        for i in indicators
        if i.finest_level == Level.COMMUNE and i.nature not in (Nature.FLAG, Nature.STOCK)
    ]
    columns = []
    for indicator in told:
        values = np.round(computed.values[Level.COMMUNE][indicator.id], indicator.decimals)
        known = compared_mask(computed.status[Level.COMMUNE][indicator.id]) & np.isfinite(values)
        columns.append(ranks_of(values, known))
    content: dict[str, dict[str, list[list[Any]]]] = {}
    if columns:
        strength, common = correlations(np.column_stack(columns))
        for position, indicator in enumerate(told):
            row, n = strength[position], common[position]
            order = [
                other
                for other in np.argsort(-np.abs(np.nan_to_num(row)), kind="stable")
                if other != position and n[other] >= FEWEST and abs(row[other]) >= WEAKEST
            ]
            entry: dict[str, list[list[Any]]] = {}
            for name, same in (("within", True), ("across", False)):
                picked = [other for other in order if (told[other].domain == indicator.domain) is same][:TOLD]
                entry[name] = [[told[o].id, round(float(row[o]), 2), int(n[o])] for o in picked]
            content[indicator.id] = entry
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (data / "related.json").write_text(text + "\n", encoding="utf-8")
