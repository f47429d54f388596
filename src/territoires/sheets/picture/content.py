"""What a picture of the map says: its titles, its legend, the territories it marks, and the same as data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from territoires.analysis.reference import ReferenceValue, reference_value
from territoires.analysis.selected import SIZED_LEVELS, Selected, select
from territoires.analysis.sentences import sentence
from territoires.model.classes import METHOD_LABELS, Classes, class_of
from territoires.model.formats import number, plural, population, with_unit
from territoires.model.fragilities import DOMAINS
from territoires.model.indicators import (
    DIRECTION_LABELS,
    STATUS_LABELS,
    Direction,
    Indicator,
    Nature,
    Status,
)
from territoires.model.levels import WORDS, Level
from territoires.model.selection import Selection, format_query
from territoires.sheets.figures import figure
from territoires.sheets.picture.colours import class_colours, cut_at_centre
from territoires.sheets.wording import month_of, of_size, tied
from territoires.store.store import Store

#: How much of the manifest's version stands in a picture.
VERSION_LENGTH = 12


@dataclass(frozen=True, slots=True)
class ClassEntry:
    """A class of the legend: its colour, its bounds as data and in words, the territories shown in it."""

    colour: str
    low: float
    high: float
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """A status of the legend, and how many territories shown have it."""

    status: Status
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A territory that is marked: followed (`number` 0) or pinned (1 to 4)."""

    index: int
    number: int
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All that a picture says. `which` is the class of each territory (−1: none), `colours` those of classes.

    Classes may be one more than those of `selected`: around a named centre, the class that holds it is cut.
    """

    selection: Selection
    selected: Selected
    title: str
    overline: str
    subtitle: str
    sentence: str
    colours: tuple[str, ...]
    which: NDArray[np.int8]
    classes: tuple[ClassEntry, ...]
    statuses: tuple[StatusEntry, ...]
    notes: tuple[str, ...]
    marks: tuple[Mark, ...]
    source: str
    release: str
    version: str
    data: dict[str, Any]

    @property
    def is_count(self) -> bool:
        """Whether it is drawn as circles."""
        return self.selected.indicator.is_count


def compose(store: Store, selection: Selection) -> Picture:
    """Return what the picture of a selection says; `UnknownError` for an unknown indicator or code."""
    selected = select(store, selection)
    reference = reference_value(store, selection, selected)
    indicator = selected.indicator
    if reference is not None and reference.is_known and not indicator.is_count:
        # Colours diverge around what one compares with, as on the screen.
        indicator = replace(indicator, centre=reference.value)
        selected = replace(selected, indicator=indicator)
    bounds = cut_at_centre(selected.classes.bounds, indicator.centre)
    drawn = Classes(selected.classes.method, selected.classes.asked, bounds, (0,) * max(0, len(bounds) - 1))
    which = (
        class_of(selected.values, drawn) if drawn.sizes else np.full(selected.values.shape, -1, dtype=np.int8)
    )
    colours = class_colours(indicator, bounds)
    classed = np.isin(selected.status, [int(status) for status in selected.classed])
    compared = classed & selected.inside & (which >= 0)
    sizes = np.bincount(which[compared], minlength=len(colours))
    entries = tuple(
        ClassEntry(colour, low, high, class_words(selected, k, low, high), int(sizes[k]))
        for k, (colour, (low, high)) in enumerate(zip(colours, pairwise(bounds), strict=True))
    )
    present = np.bincount(selected.status[selected.inside], minlength=len(Status))
    statuses = tuple(
        StatusEntry(status, STATUS_LABELS[status], int(present[status]))
        for status in Status
        if status is not Status.OK and present[status]
    )
    manifest = store.manifest
    source = store.sources[indicator.source]
    said = sentence(store, selection).rpartition(" Source : ")[0]
    picture = Picture(
        selection=selection,
        selected=selected,
        title=tied(indicator.label),
        overline=_overline(store, selection, indicator),
        subtitle=_subtitle(selection, selected),
        sentence=tied(said),
        colours=colours,
        which=which,
        classes=() if indicator.is_count else entries,
        statuses=statuses,
        notes=tuple(tied(note) for note in _notes(selection, selected, reference)),
        marks=tuple(_marks(store, selection, selected)),
        source=tied(f"{source.producer}, {source.title} ({indicator.vintage})"),
        release=month_of(manifest.release),
        version=manifest.version[:VERSION_LENGTH],
        data={},
    )
    picture.data.update(_data(store, picture))
    return picture


def class_words(selected: Selected, k: int, low: float, high: float) -> str:
    """Write a class as the map's legend does: values are rounded, so a class starts at the next step up."""
    indicator = selected.indicator
    if selected.unit == "oui/non":
        return with_unit(high, selected.unit)
    first = low if k == 0 else low + 10.0**-indicator.decimals
    start, end = figure(indicator, first), figure(indicator, high)
    return end if start == end else f"{start} à {end}"


def where_and_what(store: Store, selection: Selection, selected: Selected) -> str:
    """Say in one line the domain, where, the unit, the date and what a mark on the map is."""
    return f"{_overline(store, selection, selected.indicator)} · {_subtitle(selection, selected)}"


def _overline(store: Store, selection: Selection, indicator: Indicator) -> str:
    """Say the domain, then where and for which sizes."""
    domain = next(each.label for each in DOMAINS if each.id == indicator.domain)
    regions = store.territories(Level.REGION)
    where = [regions.get(code).name for code in selection.regions] or ["France"]
    return tied(f"{domain} · {', '.join(where)}")


def _subtitle(selection: Selection, selected: Selected) -> str:
    """Say the unit, the date and what a mark on the map is."""
    unit = "oui ou non" if selected.unit == "oui/non" else selected.unit
    words = WORDS[selection.level]
    level = f"par {words.singular}"
    if selection.strata:
        size = of_size(selection.strata)
        level = f"{words.plural} {size}" if selection.level in SIZED_LEVELS else f"{level}, communes {size}"
    parts = [unit, selected.indicator.vintage, level]
    text = " · ".join(part for part in parts if part)
    return tied(text[0].upper() + text[1:])


def _notes(selection: Selection, selected: Selected, reference: ReferenceValue | None) -> list[str]:
    """Return what the legend says under its classes: the method, what the classes are those of, the direction."""
    indicator, classes = selected.indicator, selected.classes
    if indicator.is_count and not np.isfinite(selected.values[selected.inside]).any():
        return ["Aucune valeur à montrer pour cette sélection."]
    if indicator.is_count:
        return ["La surface d’un cercle est proportionnelle au nombre, partout à la même échelle."]
    shown = len(cut_at_centre(classes.bounds, indicator.centre)) - 1
    if shown < 1:
        return ["Aucune valeur à classer pour cette sélection."]
    notes = []
    if selected.unit != "oui/non":
        method = METHOD_LABELS[classes.method]
        notes.append(f"{method[0].upper()}{method[1:]}, {plural(shown, 'classe')}.")
        if classes.collapsed:
            notes.append(f"{number(classes.asked)} classes demandées : beaucoup de valeurs sont égales.")
    if selection.regions and selection.level is not Level.REGION:
        words = WORDS[selection.level]
        every = "toutes les" if words.feminine else "tous les"
        notes.append(f"Classes communes à {every} {words.plural} de France.")
    if indicator.centre is not None:
        name = f" {figure(indicator, indicator.centre)}" if indicator.centre else " zéro"
        if reference is not None and reference.is_known:
            name = f"{name} ({reference.name})"
        warm = "plus fragile" if indicator.direction is not Direction.CONTEXT else "au-dessus"
        notes.append(f"Couleurs opposées de part et d’autre de{name} ; orangé : {warm}.")
    elif indicator.direction is not Direction.CONTEXT and shown > 1:
        notes.append("Plus foncé : plus fragile.")
    else:
        notes.append(DIRECTION_LABELS[Direction.CONTEXT])
    return notes


def _marks(store: Store, selection: Selection, selected: Selected) -> list[Mark]:
    """Return the followed territory, then the pinned ones."""
    territories = store.territories(selection.level)
    codes = [(selection.territory, 0)] if selection.territory is not None else []
    codes += [(code, n + 1) for n, code in enumerate(selection.pins)]
    marks = []
    for code, position in codes:
        index = territories.index(code or "")
        territory = territories.at(index)
        value = float(selected.values[index])
        said = STATUS_LABELS[Status(int(selected.status[index]))]
        if np.isfinite(value):
            change = selected.indicator.nature is Nature.CHANGE
            said = with_unit(value, selected.unit, selected.indicator.decimals, change=change)
        people = population(territory.population)
        marks.append(Mark(index, position, tied(territory.name), tied(f"{said} · {people}")))
    return marks


def _data(store: Store, picture: Picture) -> dict[str, Any]:
    """Return the picture as data: what the API answers for the same selection, and what is drawn of it."""
    selection, selected = picture.selection, picture.selected
    classes, indicator = selected.classes, selected.indicator
    return {
        "address": f"/carte?{format_query(selection)}",
        "indicator": indicator.id,
        "label": indicator.label,
        "level": selection.level.value,
        "unit": selected.unit,
        "vintage": indicator.vintage,
        "source": store.sources[indicator.source].short,
        "licence": store.sources[indicator.source].licence,
        "release": store.manifest.release,
        "version": picture.version,
        "strata": [stratum.value for stratum in selection.strata],
        "regions": list(selection.regions),
        "territory": selection.territory,
        "pins": list(selection.pins),
        "reference": selection.reference,
        "centre": selected.indicator.centre,
        "classes": {
            "method": classes.method.value,
            "asked": classes.asked,
            "bounds": list(classes.bounds),
            "sizes": list(classes.sizes),
        },
        "drawn": [
            {"low": each.low, "high": each.high, "colour": each.colour, "territories": each.count}
            for each in picture.classes
        ],
        "statuses": {each.status.word: each.count for each in picture.statuses},
    }
