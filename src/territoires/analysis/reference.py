"""What territories are compared with: one named value, and how far others are from it.

The reference is never a mean of rates: it is the Σ/Σ value of the larger whole, or what a producer publishes for
it, and where there is neither, the median of its territories, which says that it is one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from territoires.analysis.selected import (
    SIZED_LEVELS,
    Selected,
    aggregated_values,
    france_value,
    select,
    strata_mask,
)
from territoires.model.aggregation import aggregate
from territoires.model.alerts import compared_mask
from territoires.model.formats import NO_BREAK, number, with_unit
from territoires.model.indicators import STATUS_LABELS, Indicator, Nature, Status
from territoires.model.levels import WORDS, Level
from territoires.model.selection import Reference, Selection
from territoires.model.sizes import LABELS, STRATA, Stratum
from territoires.store.store import Store


@dataclass(frozen=True, slots=True)
class ReferenceValue:
    """The value that territories are compared with, rounded as displayed.

    `name` follows "à", "de" or "que" through `joined`: "la région Occitanie". `value` is NaN where there is
    none, and `reason` then says why in a French sentence. `caution` is the label of a status that calls for a word.
    """

    word: str
    name: str
    value: float
    reason: str = ""
    caution: str = ""

    @property
    def is_known(self) -> bool:
        """Whether there is a value to compare with."""
        return bool(np.isfinite(self.value))


def to(name: str) -> str:
    """Join "à" to a name: "à la France", "au Havre", "aux Ulis"."""
    for article, short in (("Le ", "au "), ("Les ", "aux ")):
        if name.startswith(article):
            return short + name.removeprefix(article)
    return f"à {name}"


def than(name: str) -> str:
    """Join "que" to a name: "que la France", "qu’Albi"."""
    return f"qu’{name}" if name[0] in "AEIOUÀÉÈÊÎ" else f"que {name}"


def _sized_name(level: Level, strata: tuple[Stratum, ...]) -> str:
    """Name the territories of some sizes: "communes de 2 000 à 20 000 habitants"."""
    labels = [LABELS[each] if LABELS[each].startswith("de ") else f"de {LABELS[each]}" for each in strata]
    return f"{WORDS[level].plural} {' ou '.join(labels)}"


def of_communes(level: Level, strata: tuple[Stratum, ...]) -> str:
    """Say the sizes of communes that values above the EPCI are restricted to, or ""."""
    if not strata or level in SIZED_LEVELS:
        return ""
    return f" ({_sized_name(Level.COMMUNE, strata)})"


def _sized_value(
    store: Store, indicator: Indicator, level: Level, strata: tuple[Stratum, ...]
) -> tuple[float, Status]:
    """Return the Σ/Σ value of all territories of `level` of some sizes, taken together, and its status."""
    if level is not Level.EPCI:
        return france_value(store, indicator, strata)
    communes, counted = store.territories(Level.COMMUNE), store.counts(indicator.id)
    if counted is None or counted[0] is not Level.COMMUNE:
        return float("nan"), Status.NOT_COMPUTABLE
    epci = communes.parents[Level.EPCI]
    keep = (epci >= 0) & strata_mask(store.territories(Level.EPCI).stratum, strata)[epci]
    whole = aggregate(indicator, counted[1], communes.population, np.zeros(epci.size, np.intp), 1, keep)
    return float(whole.values[0]), Status(int(whole.status[0]))


def _or_median(
    selected: Selected,
    word: str,
    name: str,
    whole: tuple[float, Status],
    parts: NDArray[np.bool_],
    among: str,
) -> ReferenceValue:
    """Return the value of a whole, or the median of its territories (`parts`, named `among`) where it has none."""
    value, status = whole
    decimals = selected.indicator.decimals
    if np.isfinite(value):
        caution = "" if status is Status.OK else STATUS_LABELS[status]
        return ReferenceValue(word, name, round(value, decimals) + 0.0, caution=caution)
    kept = selected.values[parts & compared_mask(selected.status)]
    if kept.size == 0:
        return ReferenceValue(word, name, float("nan"), f"Aucune valeur à comparer pour {name}.")
    return ReferenceValue(word, f"la médiane des {among}", round(float(np.median(kept)), decimals) + 0.0)


def _same_unit(selected: Selected, level: Level, whole: tuple[float, Status]) -> tuple[float, Status]:
    """Return the value of a whole if it is in the unit of the territories; a sum of counts is not comparable."""
    indicator = selected.indicator
    same = indicator.unit_at(level) == selected.unit and not indicator.is_count
    return whole if same else (float("nan"), Status.NOT_COMPUTABLE)


def _region_index(store: Store, selection: Selection) -> int:
    """Return the position of the region of the followed territory, or of the only region chosen, or −1."""
    regions = store.territories(Level.REGION)
    if selection.territory is not None:
        if selection.level is Level.REGION:
            return regions.index(selection.territory)
        territories = store.territories(selection.level)
        return int(territories.parents[Level.REGION][territories.index(selection.territory)])
    return regions.index(selection.regions[0]) if len(selection.regions) == 1 else -1


def _of_region(
    store: Store, selection: Selection, selected: Selected, strata: tuple[Stratum, ...]
) -> ReferenceValue:
    index, word = _region_index(store, selection), Reference.REGION
    if index < 0:
        return ReferenceValue(
            word,
            "la région",
            float("nan"),
            "Suivez un territoire, ou choisissez une région, pour comparer à la région.",
        )
    regions = store.territories(Level.REGION)
    name = f"la région {regions.names[index]}"
    values, status = aggregated_values(store, selected.indicator, Level.REGION, strata)
    whole = _same_unit(selected, Level.REGION, (float(values[index]), Status(int(status[index]))))
    if selection.level is Level.REGION:
        parts = np.arange(len(regions)) == index
    else:
        parts = store.territories(selection.level).parents[Level.REGION] == index
    among = f"{WORDS[selection.level].plural} de {name}"
    return _or_median(selected, word, name + of_communes(selection.level, strata), whole, parts, among)


def _of_size(store: Store, selection: Selection, selected: Selected) -> ReferenceValue:
    level, strata, word = selection.level, selection.strata, Reference.SIZE
    territories = store.territories(level)
    if level in SIZED_LEVELS and selection.territory is not None:
        strata = (STRATA[territories.stratum[territories.index(selection.territory)]],)
    if not strata:
        first = "Suivez un territoire, ou choisissez" if level in SIZED_LEVELS else "Choisissez"
        reason = f"{first} une taille, pour comparer aux territoires de même taille."
        return ReferenceValue(word, "la même taille", float("nan"), reason)
    if level in SIZED_LEVELS:
        among, parts = _sized_name(level, strata), strata_mask(territories.stratum, strata)
    else:
        among, parts = WORDS[level].plural, np.ones(len(territories), dtype=bool)
    named = among if level in SIZED_LEVELS else _sized_name(Level.COMMUNE, strata)
    whole = _same_unit(selected, Level.FRANCE, _sized_value(store, selected.indicator, level, strata))
    return _or_median(selected, word, f"l’ensemble des {named}", whole, parts, among)


def _of_territory(store: Store, selection: Selection, selected: Selected, code: str) -> ReferenceValue:
    territories = store.territories(selection.level)
    index = territories.index(code)
    name, status = territories.names[index], Status(int(selected.status[index]))
    caution = "" if status is Status.OK else STATUS_LABELS[status]
    value = float(selected.values[index])
    reason = "" if np.isfinite(value) else f"{name} : {STATUS_LABELS[status]}, il n’y a rien à comparer."
    return ReferenceValue(code, name, value, reason, caution if np.isfinite(value) else "")


def reference_value(
    store: Store, selection: Selection, selected: Selected | None = None
) -> ReferenceValue | None:
    """Return what the territories of a selection are compared with; None where no reference is asked for.

    The whole (France, a region, all territories of a size) is recomputed from counts or as published; where it
    has no value, or one in another unit, the median of its territories stands for it, and its name says so.
    """
    word = selection.reference
    if word is None:
        return None
    seen = selected or select(store, selection)
    if seen.unit == "oui/non":
        return ReferenceValue(word, "", float("nan"), "Un oui ou un non n’a pas d’écart à un repère.")
    strata = () if selection.level in SIZED_LEVELS else selection.strata
    match word:
        case Reference.FRANCE:
            level = selection.level
            whole = _same_unit(seen, Level.FRANCE, france_value(store, seen.indicator, strata))
            everything = np.ones(seen.values.size, dtype=bool)
            among = f"{WORDS[level].plural} de France"
            return _or_median(seen, word, "la France" + of_communes(level, strata), whole, everything, among)
        case Reference.REGION:
            return _of_region(store, selection, seen, strata)
        case Reference.SIZE:
            return _of_size(store, selection, seen)
    return _of_territory(store, selection, seen, word)


def gap(selected: Selected, value: float, reference: ReferenceValue) -> str:
    """Say how far a value is from the reference: "2,3 points de plus que la France (10,1 %)"."""
    decimals, unit = selected.indicator.decimals, selected.unit
    difference = round(value - reference.value, decimals) + 0.0
    change = selected.indicator.nature is Nature.CHANGE
    caution = f", {reference.caution}" if reference.caution else ""
    there = f"{with_unit(reference.value, unit, decimals, change=change)}{caution}"
    if difference == 0:
        return f"au même niveau {than(reference.name)} ({there})"
    if unit.startswith("%") or unit == "points":
        size = f"{number(abs(difference), decimals)}{NO_BREAK}point{'s' if abs(difference) >= 2 else ''}"
    else:
        size = with_unit(abs(difference), unit, decimals)
    return f"{size} de {'plus' if difference > 0 else 'moins'} {than(reference.name)} ({there})"
