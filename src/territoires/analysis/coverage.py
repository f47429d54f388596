"""Where an indicator is known: how many territories, how many of their inhabitants, why not the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from territoires.model.alerts import compared_mask
from territoires.model.indicators import Indicator, Status
from territoires.model.levels import Level
from territoires.store.store import Store


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is known of an indicator at a level.

    Of `total` territories, `known` have a value and `compared` of them are ranked. `people` and
    `people_compared` are the shares (0–1) of the inhabitants of the level who live there. `others` counts by
    reason, most frequent first, the territories that are not compared.
    """

    level: Level
    total: int
    known: int
    compared: int
    people: float
    people_compared: float
    others: tuple[tuple[Status, int], ...]


def coverage(store: Store, indicator: Indicator, level: Level) -> Coverage:
    """Return what is known of `indicator` at `level`."""
    status = store.status(level, indicator.id)
    has_value = np.isfinite(store.values(level, indicator.id))
    compared = compared_mask(status) & has_value
    inhabitants = store.territories(level).population.astype(np.float64)
    everyone = float(inhabitants.sum()) or 1.0
    sizes = np.bincount(status[~compared], minlength=len(Status))
    others = sorted(((each, int(sizes[each])) for each in Status if sizes[each]), key=lambda pair: -pair[1])
    return Coverage(
        level,
        len(status),
        int(has_value.sum()),
        int(compared.sum()),
        float(inhabitants[has_value].sum()) / everyone,
        float(inhabitants[compared].sum()) / everyone,
        tuple(others),
    )


def levels_known(store: Store, indicator: Indicator) -> tuple[Level, ...]:
    """Return the levels at which at least one territory has a value, finest first."""
    return tuple(level for level in Level if np.isfinite(store.values(level, indicator.id)).any())
