"""The sentence beside the map: what the selection says, ready to be quoted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from territoires.analysis.ranks import rank, tied
from territoires.analysis.reference import ReferenceValue, gap, reference_value, than
from territoires.analysis.selected import SIZED_LEVELS, Selected, france_value, select
from territoires.model.alerts import compared_mask
from territoires.model.classes import DEFAULT_CLASSES, Method
from territoires.model.formats import number, ordinal, plural, population, with_unit
from territoires.model.indicators import (
    STATUS_EXPLANATIONS,
    STATUS_LABELS,
    Direction,
    Indicator,
    Nature,
    Status,
)
from territoires.model.levels import WORDS, Level
from territoires.model.selection import Reference, Selection
from territoires.model.sizes import LABELS, STRATA
from territoires.store.store import Store

#: The zones whose value a commune may take, as a sentence names them.
ZONES: dict[str, str] = {"ze": "zone d’emploi", "bassin": "bassin d’emploi"}


def ranking_order(direction: Direction, level: Level) -> str:
    """Say from which end a ranking starts: "en partant de la plus fragile"."""
    if direction is Direction.CONTEXT:
        return "en partant de la valeur la plus élevée"
    return "en partant de la plus fragile" if WORDS[level].feminine else "en partant du plus fragile"


def shown(selected: Selected, value: float) -> str:
    """Write one value of the selection with its unit, unless the label already says it."""
    change = selected.indicator.nature is Nature.CHANGE
    unit = "" if selected.unit in selected.indicator.label else selected.unit
    return with_unit(value, unit, selected.indicator.decimals, change=change)


def sentence(store: Store, selection: Selection) -> str:
    """Return one French sentence for the selected territory, or for the whole selection, with its source.

    It does not depend on how the values are cut into classes. With a reference it says the gap, where there is
    a value to compare with.
    """
    selected = select(store, replace(selection, method=Method.QUANTILES, classes=DEFAULT_CLASSES, bounds=()))
    reference = reference_value(store, selection, selected)
    known = reference if reference is not None and reference.is_known else None
    text = (
        _about_territory(store, selection, selected, known)
        if selection.territory is not None
        else _about_all(store, selection, selected, known)
    )
    return f"{text} Source : {credit(store, selected.indicator)}."


def credit(store: Store, indicator: Indicator) -> str:
    """Return the short source of an indicator and its vintage, said once."""
    short = store.sources[indicator.source].short
    return short if indicator.vintage in short else f"{short} ({indicator.vintage})"


def peers(store: Store, selection: Selection, selected: Selected, index: int) -> tuple[np.ndarray, str]:
    """Return the territories that the one at `index` is ranked among, and how to name them.

    Communes and intercommunalités are compared with those of their size; départements and régions with all.
    """
    territories = store.territories(selection.level)
    words = WORDS[selection.level]
    mask = compared_mask(selected.status)
    if selection.level in (Level.COMMUNE, Level.EPCI):
        size = territories.stratum[index]
        return mask & (territories.stratum == size), f"{words.plural} {_of(LABELS[STRATA[size]])}"
    return mask, words.plural


def _of(label: str) -> str:
    """Join a stratum label to a noun: "de 50 000 habitants ou plus", "de moins de 2 000 habitants"."""
    return label if label.startswith("de ") else f"de {label}"


def _about_territory(
    store: Store, selection: Selection, selected: Selected, reference: ReferenceValue | None
) -> str:
    """Say the value of the selected territory, its rank among its peers, its gap and the value of France."""
    territories = store.territories(selection.level)
    index = territories.index(selection.territory or "")
    territory = territories.at(index)
    who = f"{territory.name} ({population(territory.population)})"
    status = Status(int(selected.status[index]))
    label = selected.indicator.label
    value = float(selected.values[index])
    if not np.isfinite(value):
        reason = STATUS_EXPLANATIONS[status]
        return f"{who}. {label} : {STATUS_LABELS[status]}. {reason}"
    parts = f"{who}. {label} : {shown(selected, value)}"
    among, name = peers(store, selection, selected, index)
    ranks = rank(selected.values, among, selected.indicator.direction)
    if ranks[index] > 0 and selected.unit == "oui/non":
        same = tied(ranks, index) + 1
        parts += f", comme {number(same)} des {number(int(among.sum()))} {name}"
    elif ranks[index] > 0:
        feminine = WORDS[selection.level].feminine
        others = tied(ranks, index)
        equal = f", à égalité avec {plural(others, 'autre')}" if others else ""
        place = ordinal(int(ranks[index]), feminine=feminine)
        order = ranking_order(selected.indicator.direction, selection.level)
        parts += f". {place} sur {number(int(among.sum()))} {name}{equal}, {order}"
        if selection.regions and selected.inside[index]:
            here = among & selected.inside
            local = int(rank(selected.values, here, selected.indicator.direction)[index])
            regions = store.territories(Level.REGION)
            where = ", ".join(regions.get(code).name for code in selection.regions)
            parts += f" ; {ordinal(local, feminine=feminine)} sur {number(int(here.sum()))} ici ({where})"
    elif status is not Status.OK:
        parts += f" ({STATUS_LABELS[status]}, hors classement)"
    if reference is not None and reference.word != selection.territory:
        said = gap(selected, value, reference)
        parts += f". {said[0].upper()}{said[1:]}"
    france, france_status = france_value(store, selected.indicator)
    if reference is not None and reference.word == Reference.FRANCE:
        return parts + "."
    if np.isfinite(france) and selected.indicator.nature is not Nature.STOCK:
        unit = selected.indicator.unit_at(Level.FRANCE)
        if unit == selected.unit:
            text = shown(selected, france)
            caution = f" ({STATUS_LABELS[france_status]})" if france_status is not Status.OK else ""
            parts += f". France : {text}{caution}"
    return parts + "."


def _subject(store: Store, selection: Selection) -> str:
    """Name the territories of a selection: "communes de moins de 2 000 habitants, Bretagne"."""
    name = WORDS[selection.level].plural
    if selection.strata and selection.level in SIZED_LEVELS:
        name += " " + " ou ".join(_of(LABELS[stratum]) for stratum in selection.strata)
    if selection.regions:
        regions = store.territories(Level.REGION)
        name += ", " + ", ".join(regions.get(code).name for code in selection.regions)
    return name


def _about_all(
    store: Store, selection: Selection, selected: Selected, reference: ReferenceValue | None
) -> str:
    """Say between which values the middle eight tenths of the selected territories lie."""
    words, label = WORDS[selection.level], selected.indicator.label
    name = _subject(store, selection)
    compared = compared_mask(selected.status) & selected.inside & np.isfinite(selected.values)
    kept = selected.values[compared]
    inherited = selected.values[(selected.status == Status.INHERITED) & selected.inside]
    if kept.size == 0 and inherited.size:
        zone = ZONES.get(selected.indicator.inherited_from, "zone")
        least, most = shown(selected, float(inherited.min())), shown(selected, float(inherited.max()))
        who = f"{number(int(inherited.size))} {name}{',' if selection.regions else ''}"
        return f"{label} : {who} prennent la valeur de leur {zone}, qui va de {least} à {most}."
    if kept.size == 0:
        reasons = sorted({STATUS_LABELS[Status(int(each))] for each in selected.status[selected.inside]})
        why = ", ".join(reasons) if reasons else "aucun territoire dans cette sélection"
        return f"{label} : aucune valeur à comparer pour les {name} ({why})."
    if selected.unit == "oui/non":
        yes = int(np.count_nonzero(kept >= 0.5))
        return f"{label} : oui pour {number(yes)} {name}, sur {number(int(kept.size))}."
    low, median, high = (float(x) for x in np.quantile(kept, [0.1, 0.5, 0.9]))
    if kept.size < 10:
        low, high = float(kept.min()), float(kept.max())
        spread = f"les valeurs vont de {shown(selected, low)} à {shown(selected, high)}"
    else:
        spread = f"huit sur dix se situent entre {shown(selected, low)} et {shown(selected, high)}"
    subject = f"{number(int(kept.size))} {name}"
    article = "l’" if words.singular[0] in "aeiouéh" else "la " if words.feminine else "le "
    middle = f"{article}{words.singular} du milieu est à {shown(selected, median)}"
    above = _above(selected, kept, reference) if reference is not None else ""
    return f"{label} : sur {subject}, {spread} ; {middle}{above}."


def _above(selected: Selected, kept: np.ndarray, reference: ReferenceValue) -> str:
    """Say how many of the values shown are above the reference."""
    count = int(np.count_nonzero(kept > reference.value))
    caution = f", {reference.caution}" if reference.caution else ""
    verb = "a" if count < 2 else "ont"
    there = f"{shown(selected, reference.value)}{caution}"
    return f" ; {number(count)} {verb} une valeur plus élevée {than(reference.name)} ({there})"
