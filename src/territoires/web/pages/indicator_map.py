"""The small map of an indicator: one image of France drawn from the print frames, with its legend in words.

A rate is drawn in colour by intercommunalité, or by département; a count in circles; what exists by commune
alone in dots, so that the image stays light. The interactive map shows the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from flask import Blueprint, Response, render_template, request

from territoires.analysis.coverage import coverage
from territoires.analysis.selected import Selected, select
from territoires.model.alerts import compared_mask
from territoires.model.classes import class_of
from territoires.model.indicators import Direction, Indicator
from territoires.model.levels import WORDS, Level
from territoires.model.selection import Selection
from territoires.sheets.drawing import FILLS
from territoires.sheets.figures import figure
from territoires.sheets.mapping import class_fills
from territoires.store.store import Store
from territoires.web.encoding import IMMUTABLE, SHORT, Body
from territoires.web.held import current_store, held
from territoires.web.pages.home_map import GAP, MAINLAND, MISSING, Placed, place

blueprint = Blueprint("indicator_map", __name__)

#: Share of the territories of a level that must be compared for it to be drawn in colour.
WORTH_DRAWING = 0.5

#: The ramp around a named centre (tokens.css, --div-1 to --div-7).
DIVERGING = ("#234e82", "#4b89bb", "#92c6e5", "#f0ece7", "#ecaf79", "#cb5f31", "#862721")

#: Shapes are drawn in steps of this many units: the image is shown small.
COARSE = 3

#: Circles of counts: fill, and the largest radius in units of the drawing.
CIRCLE = "#b03f20"
LARGEST_RADIUS = 62.0

#: Dots of communes stand on a grid of this step, in units of the drawing; fewer dots are drawn larger.
DOT_STEP = 4
DOT = 9
LARGE_DOT = 16
FEW_DOTS = 6000

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the legend: a colour, its words, how many territories."""

    fill: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class MapImage:
    """What the page says of its small map; `circles` when areas stand for counts."""

    address: str
    level: Level
    width: int
    height: int
    legend: tuple[Entry, ...]
    missing: int
    circles: bool
    dots: bool


def drawn_level(store: Store, indicator: Indicator) -> Level | None:
    """Return the level that the image shows, or None when nothing can be compared anywhere."""
    levels = (Level.EPCI, Level.DEPARTEMENT)
    if indicator.is_count:
        levels = levels[::-1]
    for level in levels:
        found = coverage(store, indicator, level)
        if found.compared >= WORTH_DRAWING * found.total:
            return level
    if indicator.is_count or not coverage(store, indicator, Level.COMMUNE).compared:
        return None
    return Level.COMMUNE


def fills_of(selected: Selected) -> tuple[str, ...]:
    """Return the colour of each class, the same as on the interactive map."""
    indicator, bounds = selected.indicator, selected.classes.bounds
    n = len(selected.classes.sizes)
    if indicator.centre is None:
        return tuple(FILLS[name] for name in class_fills(n, indicator.direction))
    centre = indicator.centre
    side = [
        -1 if high <= centre and low < centre else 1 if low >= centre else 0 for low, high in pairwise(bounds)
    ]
    below, above = side.count(-1), side.count(1)
    most = max(below, above, 1)
    warm = 1 if indicator.direction is not Direction.LESS_FRAGILE else -1
    return tuple(
        _sample(0.5 + 0.5 * warm * s * ((below - k) if s < 0 else (k - (n - above) + 1)) / most)
        for k, s in enumerate(side)
    )


def _sample(at: float) -> str:
    """Return the colour at position `at` (0 to 1) of the diverging ramp."""
    where = at * (len(DIVERGING) - 1)
    low = min(int(where), len(DIVERGING) - 2)
    ends = [[int(DIVERGING[k][i : i + 2], 16) for i in (1, 3, 5)] for k in (low, low + 1)]
    mixed = (round(a + (b - a) * (where - low)) for a, b in zip(*ends, strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _colours(selected: Selected) -> list[str]:
    """Return the colour of each territory, an empty text where it is not compared."""
    fills = fills_of(selected)
    which = class_of(selected.values, selected.classes)
    compared = compared_mask(selected.status) & (which >= 0)
    return [fills[int(k)] if known else "" for k, known in zip(which, compared, strict=True)]


def draw(store: Store, indicator: Indicator, level: Level) -> str:
    """Draw the image: shapes by colour, then the outlines of the regions, then circles or dots."""
    placed, height = place(store)
    selected = select(store, Selection(level, indicator.id))
    in_shapes = level is not Level.COMMUNE and not indicator.is_count
    colours = _colours(selected)
    groups = []
    for each in placed:
        paths: dict[str, list[str]] = {}
        for index, path in each.frame.paths.get(level if in_shapes else Level.REGION, []):
            paths.setdefault((colours[index] if in_shapes else "") or MISSING, []).append(coarse(path))
        marks = ""
        if indicator.is_count:
            marks = _circles(each, selected, level)
        elif level is Level.COMMUNE:
            marks = _dots(each, colours)
        outlines = [coarse(path) for _, path in each.regions]
        shapes = {fill: " ".join(parts) for fill, parts in sorted(paths.items())}
        groups.append((each, shapes, outlines, marks))
    width = max((each.x + each.frame.width * each.scale for each in placed), default=1.0)
    names = _names(store)
    return render_template(
        "indicator_map.svg",
        width=width,
        height=height,
        groups=groups,
        names=names,
        mainland=MAINLAND,
        gap=GAP,
        coarse=COARSE,
    )


def _names(store: Store) -> dict[str, str]:
    """Return the name of the region of each overseas zone."""
    regions = store.territories(Level.REGION)
    return {zone: name for zone, name in zip(regions.zone, regions.names, strict=True) if zone != MAINLAND}


@lru_cache(maxsize=6000)
def coarse(path: str) -> str:
    """Return a print path in steps of `COARSE` units, the same point always rounded the same way."""
    rings = []
    for ring in path.split("M")[1:]:
        numbers = np.array([float(each) for each in _NUMBER.findall(ring)]).reshape(-1, 2)
        points = np.round(numbers.cumsum(axis=0) / COARSE).astype(np.int64)
        steps = np.diff(points, axis=0)
        steps = steps[np.any(steps != 0, axis=1)]
        if len(steps) > 1:
            line = " ".join(f"{x} {y}" for x, y in steps.tolist()).replace(" -", "-")
            rings.append(f"M{points[0, 0]} {points[0, 1]}l{line}z")
    return "".join(rings)


def _middle(path: str) -> tuple[float, float]:
    """Return the middle of the longest ring of a print path ("M x y l dx dy …z"), in units of its frame."""
    ring = max(path.split("M"), key=len)
    numbers = np.array([float(each) for each in _NUMBER.findall(ring)])
    points = numbers.reshape(-1, 2).cumsum(axis=0)
    x, y = (points.min(axis=0) + points.max(axis=0)) / 2
    return float(x), float(y)


def _circles(placed: Placed, selected: Selected, level: Level) -> str:
    """Draw a circle per territory, its area proportional to the count, the largest first."""
    compared = compared_mask(selected.status) & np.isfinite(selected.values)
    most = float(selected.values[compared].max(initial=0.0)) or 1.0
    marks = []
    for index, path in placed.frame.paths.get(level, []):
        if not compared[index] or selected.values[index] <= 0:
            continue
        x, y = _middle(path)
        radius = LARGEST_RADIUS * float(np.sqrt(selected.values[index] / most))
        marks.append((radius, x * placed.scale + placed.x, y * placed.scale + placed.y))
    return "".join(
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius:.1f}" fill="{CIRCLE}" fill-opacity=".75" '
        f'stroke="#fbfaf7" stroke-width="2"/>'
        for radius, x, y in sorted(marks, reverse=True)
    )


def _dots(placed: Placed, colours: list[str]) -> str:
    """Draw a dot per compared commune, one path per colour; neighbours in the same cell make one dot."""
    size = DOT if sum(map(bool, colours)) > FEW_DOTS else LARGE_DOT
    cells: dict[str, set[tuple[int, int]]] = {}
    for index, path in placed.frame.paths.get(Level.COMMUNE, []):
        if not colours[index]:
            continue
        x, y = _middle(path)
        cell = (
            round((y * placed.scale + placed.y) / DOT_STEP),
            round((x * placed.scale + placed.x) / DOT_STEP),
        )
        cells.setdefault(colours[index], set()).add(cell)
    marks = []
    for fill, found in sorted(cells.items()):
        steps, last = [], (0, 0)
        for row, column in sorted(found):
            steps.append(f"m{column - last[1]} {row - last[0]}h0")
            last = (row, column)
        marks.append(
            f'<path d="M0 0{"".join(steps)}" transform="scale({DOT_STEP})" fill="none" stroke="{fill}" '
            f'stroke-width="{size / DOT_STEP:g}" stroke-linecap="round"/>'
        )
    return "".join(marks)


@blueprint.get("/indicateurs/<indicator_id>/carte.svg")
def image(indicator_id: str) -> Response:
    """Answer the image of an indicator; 404 when it has none."""
    store = current_store()
    indicator = store.indicator(indicator_id)
    level = drawn_level(store, indicator)
    if level is None or not place(store)[0]:
        return Response(status=404, mimetype="text/plain")
    shown = level
    key = ("indicator map", indicator.id)
    body = held().bodies.get(key, lambda: Body(draw(store, indicator, shown).encode(), "image/svg+xml"))
    return body.answer(IMMUTABLE if request.args.get("v") == held().version else SHORT)


def describe(store: Store, indicator: Indicator) -> MapImage | None:
    """Return the address, the size and the legend of the image, or None when there is nothing to draw."""
    level = drawn_level(store, indicator)
    placed, height = place(store)
    if level is None or not placed:
        return None
    selected = select(store, Selection(level, indicator.id))
    compared = compared_mask(selected.status) & np.isfinite(selected.values)
    bounds, sizes = selected.classes.bounds, selected.classes.sizes
    legend = (
        ()
        if indicator.is_count
        else tuple(
            Entry(fill, _interval(indicator, bounds[k], bounds[k + 1]), size)
            for k, (fill, size) in enumerate(zip(fills_of(selected), sizes, strict=True))
        )
    )
    return MapImage(
        f"/indicateurs/{indicator.id}/carte.svg?v={held().version}",
        level,
        round(max(each.x + each.frame.width * each.scale for each in placed)),
        round(height),
        legend,
        int(np.count_nonzero(~compared)),
        indicator.is_count,
        level is Level.COMMUNE,
    )


def _interval(indicator: Indicator, low: float, high: float) -> str:
    """Write the two ends of a class, or its only value."""
    first, last = figure(indicator, low), figure(indicator, high)
    return first if first == last else f"{first} à {last}"


def caption(indicator: Indicator, shown: MapImage) -> str:
    """Say in one sentence what the image shows."""
    words = WORDS[shown.level]
    if shown.circles:
        return f"Par {words.singular}. La surface d’un cercle est proportionnelle au nombre."
    dots = " Un point par commune connue." if shown.dots else ""
    return f"Par {words.singular}, {indicator.unit_at(shown.level)}.{dots}"
