"""The map of a sheet: the communes of the territory or around it, coloured by the classes of France."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from territoires.analysis.selected import select
from territoires.model.alerts import compared_mask
from territoires.model.classes import class_of
from territoires.model.formats import number
from territoires.model.indicators import STATUS_LABELS, Direction, Nature, Status
from territoires.model.levels import Level
from territoires.model.selection import Selection
from territoires.model.sizes import Stratum
from territoires.sheets.drawing import EDGED_COMMUNES
from territoires.sheets.figures import Reader, figure
from territoires.sheets.outlining import Window, box, frame_around, seen_in, window_around
from territoires.sheets.readings import Line
from territoires.sheets.sheet import LegendEntry, MapSection
from territoires.sheets.wording import scope_of
from territoires.store.store import Frame, Store

#: Width over height of a map cut around its subject.
WINDOW_RATIO = 1.3

#: Fewest communes that make a map.
FEWEST_MAPPED = 3

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


@dataclass(frozen=True, slots=True)
class Scene:
    """What a map draws before it is coloured: a frame, its window (None: the whole frame), communes.

    `paths` are those drawn, `coloured` the positions of the communes that wear a value, `outlines` the lines
    above them.
    """

    frame: Frame
    window: Window | None
    paths: tuple[tuple[int, str], ...]
    coloured: NDArray[np.intp]
    outlines: tuple[tuple[str, str], ...]


def scene(store: Store, reader: Reader) -> Scene:
    """Return the scene of a sheet: all communes of a region or a département, the surroundings of the others.

    An intercommunalité is coloured inside, with what surrounds it in one tone; around a commune, every commune
    in sight is coloured and its own outline is heavy.
    """
    frame = frame_around(store, reader.level, reader.index)
    every = tuple(frame.paths.get(Level.COMMUNE, ()))
    if reader.level in (Level.REGION, Level.DEPARTEMENT):
        return Scene(frame, None, every, reader.members, _borders(frame, (Level.DEPARTEMENT, Level.REGION)))
    subject = dict(frame.paths.get(reader.level, ())).get(reader.index)
    if subject is None:
        return Scene(frame, None, every, reader.members, _borders(frame, (Level.DEPARTEMENT,)))
    least = 1.25 if reader.level is Level.EPCI else 7.0
    window = window_around(frame, box(frame, reader.level, reader.index), least=least, ratio=WINDOW_RATIO)
    seen = tuple(seen_in(frame, Level.COMMUNE, window))
    borders = " ".join(path for _, path in seen_in(frame, Level.EPCI, window))
    outlines = ((Level.DEPARTEMENT.value, borders), (Level.REGION.value, subject))
    coloured = np.array([index for index, _ in seen], dtype=np.intp)
    if reader.level is Level.EPCI:
        coloured = coloured[np.isin(coloured, reader.members)]
    return Scene(frame, window, seen, coloured, outlines)


def _borders(frame: Frame, levels: tuple[Level, ...]) -> tuple[tuple[str, str], ...]:
    """Return the borders of some levels, those of a region heavier than the others."""
    return tuple(
        (Level.REGION.value if level is Level.REGION else Level.DEPARTEMENT.value, " ".join(paths))
        for level in levels
        if (paths := [path for _, path in frame.paths.get(level, ())])
    )


def mapped_line(
    store: Store, lines: Iterable[Line], drawn: Scene, strata: tuple[Stratum, ...]
) -> Line | None:
    """Return the first of `lines` that makes a map worth reading, or None.

    A rate published for most communes of the map, whose classes are not collapsed and whose communes do not
    nearly all fall in the same class.
    """
    communes = drawn.coloured
    for line in lines:
        if not _is_drawable(line) or communes.size < FEWEST_MAPPED:
            continue
        selected = select(store, Selection(Level.COMMUNE, line.indicator.id, strata))
        compared = compared_mask(selected.status[communes])
        if np.count_nonzero(compared) < MAPPED_SHARE * communes.size:
            continue
        which = class_of(selected.values[communes], selected.classes)[compared]
        largest = np.bincount(which[which >= 0], minlength=1).max() / max(1, which.size)
        if not selected.classes.collapsed and (largest <= UNIFORM_SHARE or which.size < FEWEST_VARIED):
            return line
    return None


def _is_drawable(line: Line) -> bool:
    """Whether a line is a rate known for the territory and by commune."""
    indicator = line.indicator
    if line.here.value is None or indicator.finest_level != Level.COMMUNE:
        return False
    return not indicator.is_count and line.spread is not None and indicator.nature is not Nature.CHANGE


def map_section(
    store: Store, drawn: Scene, line: Line | None, name: str, strata: tuple[Stratum, ...]
) -> MapSection:
    """Return the map of `line`; without a line, the communes of the sheet in one neutral tone."""
    frame = drawn.frame
    count = len(store.territories(Level.COMMUNE))
    kinds = np.full(count, OUTSIDE, dtype="<U16")
    legend: list[LegendEntry] = []
    members = drawn.coloured
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
    outside = sum(kinds[index] == OUTSIDE for index, _ in drawn.paths)
    if strata or outside:
        words = "commune d’une autre taille" if strata else "commune voisine"
        legend.append(LegendEntry(OUTSIDE, words, int(outside)))
    x, y, width, height = drawn.window or (0.0, 0.0, float(frame.width), float(frame.height))
    return MapSection(
        title=line.indicator.label if line else scope_of(strata),
        width=width,
        height=height,
        metres_per_unit=frame.metres_per_unit,
        communes=len(drawn.paths),
        shapes=_merged(drawn, kinds),
        outlines=drawn.outlines,
        legend=tuple(legend),
        line=line,
        alt=_described(line, name, strata),
        origin=(x, y),
    )


def class_fills(classes: int, direction: Direction) -> tuple[str, ...]:
    """Return the fill of each class from the lowest values: darker is more fragile, neutral for a context."""
    if direction is Direction.CONTEXT:
        return tuple(f"neutral-{position}" for position in NEUTRALS[classes])
    positions = SEQUENCES[classes]
    if direction is Direction.LESS_FRAGILE:
        positions = positions[::-1]
    return tuple(f"seq5-{position}" for position in positions)


def _merged(drawn: Scene, kinds: np.ndarray) -> tuple[tuple[str, str], ...]:
    """Return one path per fill, the communes left out first so that the others are drawn above.

    On the whole map of a territory of many communes, those left out are one shape: the territory, under the others.
    """
    parts: dict[str, list[str]] = {}
    for index, path in drawn.paths:
        parts.setdefault(str(kinds[index]), []).append(path)
    if OUTSIDE in parts and drawn.window is None and drawn.outlines and len(drawn.paths) > EDGED_COMMUNES:
        parts[OUTSIDE] = [drawn.outlines[-1][1]]
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
        f"Sur {number(spread.n)} {line.among}, une sur dix est à {low} ou moins, "
        f"la commune médiane à {middle}, une sur dix à {high} ou plus."
    )
