"""The map of a sheet: every commune of the territory, coloured by the classes of France."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from territoires.analysis.selected import select
from territoires.model.alerts import compared_mask
from territoires.model.classes import class_of
from territoires.model.formats import number
from territoires.model.indicators import STATUS_LABELS, Direction, Nature, Status
from territoires.model.levels import WORDS, Level
from territoires.model.selection import Selection
from territoires.model.sizes import Stratum
from territoires.sheets.figures import Reader, figure
from territoires.sheets.sheet import LegendEntry, Line, MapSection
from territoires.sheets.wording import scope_of
from territoires.store.store import Frame, Store

#: Share of the communes that must have a compared value for an indicator to be mapped.
MAPPED_SHARE = 0.8

#: Share of the compared communes above which one class fills the map and shows no difference.
UNIFORM_SHARE = 0.7

#: Fewest communes among which a map is asked to show differences.
FEWEST_VARIED = 10

#: The fill of communes that the size filter leaves out.
OUTSIDE = "outside"

#: Fills from the lowest to the highest fragility, for each number of classes.
SEQUENCES: dict[int, tuple[int, ...]] = {
    0: (),
    1: (3,),
    2: (2, 4),
    3: (1, 3, 5),
    4: (1, 2, 4, 5),
    5: (1, 2, 3, 4, 5),
}

#: The same on the neutral ramp of seven, for what is neither good nor bad.
NEUTRALS: dict[int, tuple[int, ...]] = {
    0: (),
    1: (3,),
    2: (2, 5),
    3: (1, 4, 6),
    4: (1, 3, 5, 7),
    5: (1, 3, 4, 5, 7),
}


def mapped_line(
    store: Store, lines: Iterable[Line], reader: Reader, strata: tuple[Stratum, ...]
) -> Line | None:
    """Return the first of `lines` that makes a map worth reading, or None.

    A rate published for most communes of the sheet, whose classes are not collapsed and whose communes do not
    nearly all fall in the same class.
    """
    for line in lines:
        if not _is_drawable(line, reader):
            continue
        selected = select(store, Selection(Level.COMMUNE, line.indicator.id, strata))
        compared = compared_mask(selected.status[reader.members])
        which = class_of(selected.values[reader.members], selected.classes)[compared]
        largest = np.bincount(which[which >= 0], minlength=1).max() / max(1, which.size)
        if not selected.classes.collapsed and (largest <= UNIFORM_SHARE or which.size < FEWEST_VARIED):
            return line
    return None


def _is_drawable(line: Line, reader: Reader) -> bool:
    """Whether a line is a rate known for the territory and for enough of its communes to colour the map."""
    indicator = line.indicator
    if line.here.value is None:
        return False
    if indicator.finest_level != Level.COMMUNE or indicator.is_count or line.spread is None:
        return False
    if indicator.nature is Nature.CHANGE or reader.members.size == 0:
        return False
    return line.spread.n >= MAPPED_SHARE * reader.members.size


def map_section(
    store: Store, frame: Frame, line: Line | None, reader: Reader, name: str, strata: tuple[Stratum, ...]
) -> MapSection:
    """Return the map of `line` in `frame`; without a line, the communes of the sheet in one neutral tone."""
    count = len(store.territories(Level.COMMUNE))
    kinds = np.full(count, OUTSIDE, dtype="<U16")
    legend: list[LegendEntry] = []
    members = reader.members
    if line is None:
        kinds[members] = "inside"
        if members.size:
            legend.append(LegendEntry("inside", "commune de cette taille", int(members.size)))
    else:
        selected = select(store, Selection(Level.COMMUNE, line.indicator.id, strata))
        classes = selected.classes
        which = class_of(selected.values[members], classes)
        status = selected.status[members]
        compared = compared_mask(status) & (which >= 0)
        fills = class_fills(len(classes.sizes), line.indicator.direction)
        kinds[members] = [
            fills[int(k)] if shown else Status(int(why)).word
            for k, shown, why in zip(which, compared, status, strict=True)
        ]
        sizes = np.bincount(which[compared], minlength=len(fills))
        for k, fill in enumerate(fills):
            low, high = (figure(line.indicator, bound) for bound in classes.bounds[k : k + 2])
            legend.append(LegendEntry(fill, f"{low} à {high}", int(sizes[k])))
        for each in Status:
            left_out = int(np.count_nonzero(status[~compared] == each))
            if left_out:
                legend.append(LegendEntry(each.word, STATUS_LABELS[each], left_out))
    if strata:
        outside = sum(kinds[index] == OUTSIDE for index, _ in frame.paths.get(Level.COMMUNE, ()))
        legend.append(LegendEntry(OUTSIDE, "commune d’une autre taille", int(outside)))
    return MapSection(
        title=line.indicator.label if line else scope_of(strata),
        width=frame.width,
        height=frame.height,
        metres_per_unit=frame.metres_per_unit,
        communes=len(frame.paths.get(Level.COMMUNE, ())),
        shapes=_merged(frame, kinds),
        outlines=tuple(
            (level.value, " ".join(path for _, path in frame.paths.get(level, ())))
            for level in (Level.DEPARTEMENT, Level.REGION)
            if frame.paths.get(level)
        ),
        legend=tuple(legend),
        line=line,
        alt=_described(line, name, strata),
    )


def class_fills(classes: int, direction: Direction) -> tuple[str, ...]:
    """Return the fill of each class from the lowest values: darker is more fragile, neutral for a context."""
    if direction is Direction.CONTEXT:
        return tuple(f"neutral-{position}" for position in NEUTRALS[classes])
    positions = SEQUENCES[classes]
    if direction is Direction.LESS_FRAGILE:
        positions = positions[::-1]
    return tuple(f"seq5-{position}" for position in positions)


def _merged(frame: Frame, kinds: np.ndarray) -> tuple[tuple[str, str], ...]:
    """Return one path per fill, the communes left out first so that the others are drawn above."""
    parts: dict[str, list[str]] = {}
    for index, path in frame.paths.get(Level.COMMUNE, ()):
        parts.setdefault(str(kinds[index]), []).append(path)
    order = sorted(parts, key=lambda kind: (kind != OUTSIDE, kind))
    return tuple((kind, " ".join(parts[kind])) for kind in order)


def _described(line: Line | None, name: str, strata: tuple[Stratum, ...]) -> str:
    """Describe the map in words: what it shows, and how the communes spread."""
    what = scope_of(strata)
    if line is None or line.spread is None:
        return f"Carte de {name}. {what}."
    spread = line.spread
    low, middle, high = (figure(line.indicator, x) for x in (spread.d1, spread.median, spread.d9))
    unit = f" ({line.unit})" if line.unit else ""
    return (
        f"Carte de {name} par commune : {line.indicator.label}{unit}. {what}. "
        f"Sur {number(spread.n)} {WORDS[spread.level].plural}, une sur dix est à {low} ou moins, "
        f"la commune médiane à {middle}, une sur dix à {high} ou plus."
    )
