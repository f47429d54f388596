"""The sizes of communes side by side, on what differs most between them inside one territory."""

from __future__ import annotations

import numpy as np

from territoires.model.formats import NARROW, NO_BREAK, plural
from territoires.model.indicators import Direction, Indicator
from territoires.model.levels import WORDS, Level
from territoires.model.sizes import STRATA, Stratum
from territoires.sheets.figures import Reader, reading
from territoires.sheets.peers import landscape, quartiles
from territoires.sheets.readings import Reading
from territoires.sheets.sections import SizeEffect, SizeEffectRow
from territoires.store.store import Store

#: Range (interquartile ranges of the level) beyond which the order of the catalogue decides.
FAR = 4.0

#: How many indicators are shown, one per domain at most.
ROWS = 6

#: Most inhabitants of the territory that one size may gather for the sizes to be compared (share).
ALONE = 0.98


def size_effect(store: Store, reader: Reader) -> SizeEffect | None:
    """Return what differs most between the sizes of communes of a territory; None where there is one size.

    The values of a size are Σ / Σ over its communes; a sheet limited to some sizes has no such section.
    """
    whole = reader
    if reader.level is Level.COMMUNE or reader.strata:
        return None
    communes = store.territories(Level.COMMUNE)
    sizes = communes.stratum[whole.members]
    people = communes.population[whole.members].astype(np.float64)
    strata = tuple(STRATA[k] for k in range(len(STRATA)) if (sizes == k).any())
    if len(strata) < 2 or max(people[sizes == k].sum() for k in range(len(STRATA))) > ALONE * people.sum():
        return None
    found = _distances(store, whole, strata)
    rows: dict[str, SizeEffectRow] = {}
    for indicator in sorted(store.indicators, key=lambda each: -found.get(each.id, 0.0)):
        if indicator.id not in found or indicator.domain in rows:
            continue
        rows[indicator.domain] = _row(store, whole, indicator, strata)
        if len(rows) == ROWS:
            break
    if not rows:
        return None
    rule = (
        f"Les {plural(len(rows), 'indicateur')} où les tailles de communes diffèrent le plus, un par domaine au plus"
        f"{NO_BREAK}: écart entre la plus forte et la plus faible valeur, rapporté à l’étendue interquartile des "
        f"{WORDS[reader.level].plural}. Valeurs recalculées sur les communes de chaque taille{NARROW}; "
        "en gras, la taille la plus fragile."
    )
    return SizeEffect(strata, tuple(rows.values()), rule)


def _distances(store: Store, whole: Reader, strata: tuple[Stratum, ...]) -> dict[str, float]:
    """Return, per indicator known for every size, the range of its values in interquartile ranges of the level."""
    sizes = [landscape(store, whole.level, (each,)) for each in strata]
    columns = np.stack([each.compared[:, whole.index] for each in sizes], axis=1)
    middle = quartiles(landscape(store, whole.level, ()).compared[:, whole.peers])
    width = middle[:, 2] - middle[:, 0]
    kept: dict[str, float] = {}
    for k, indicator in enumerate(store.indicators):
        unlike = indicator.is_count or indicator.unit == "oui/non" or indicator.direction is Direction.CONTEXT
        if unlike or not width[k] > 0:
            continue
        if np.isfinite(columns[k]).all():
            kept[indicator.id] = min(float(np.ptp(columns[k]) / width[k]), FAR)
    return kept


def _row(store: Store, whole: Reader, indicator: Indicator, strata: tuple[Stratum, ...]) -> SizeEffectRow:
    """Return one indicator with its value in the communes of each size."""
    readings: list[Reading] = []
    for stratum in strata:
        value, status = landscape(store, whole.level, (stratum,)).cell(indicator, whole.index)
        readings.append(reading(indicator, value, status, whole.level))
    values_known = [each.value if each.value is not None else np.nan for each in readings]
    most = int(np.nanargmax([int(indicator.direction) * each for each in values_known]))
    return SizeEffectRow(whole.line(indicator), tuple(readings), most)
