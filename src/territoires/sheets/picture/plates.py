"""The map of a picture: shapes by colour, patterns, upper borders, circles, marks and names, frame by frame."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from territoires.model.formats import NARROW, number
from territoires.model.indicators import MISSING, Status
from territoires.model.levels import Level
from territoires.sheets.picture.colours import (
    ACCENT,
    CIRCLES,
    EDGE,
    HAIRLINE,
    INK,
    LAND,
    OUTSIDE,
    PAPER,
    SOFT,
    SURFACE,
    pattern,
)
from territoires.sheets.picture.content import Picture
from territoires.sheets.picture.layout import Frames, Plate
from territoires.sheets.picture.text import measure, text
from territoires.store.territories import Territories

#: The level under which the régions around a frame are stored.
NEIGHBOUR = "neighbour"

#: Most territories of a frame that still show the edge of each.
EDGED = 700

#: Radius of the largest circle (units of the drawing): of the country, of a région.
LARGEST_COUNTRY, LARGEST_REGION = 46.0, 62.0

#: Under this radius, circles are dots without an edge, drawn together by steps of `DOT_STEP`.
DOT, DOT_STEP = 1.6, 0.2

#: A marked territory smaller than this (units) is ringed.
SMALL = 22.0

#: Towns named on a map of the country, and of a région.
TOWNS_COUNTRY, TOWNS_REGION = 12, 9
TOWN_SIZE = 16.0


def largest_radius(picture: Picture) -> float:
    """Return the radius of the largest circle."""
    return LARGEST_REGION if len(picture.selection.regions) == 1 else LARGEST_COUNTRY


def largest_value(picture: Picture) -> float:
    """Return the value of the largest circle: the highest one shown."""
    shown = picture.selected.values[picture.selected.inside]
    return float(np.nanmax(shown, initial=0.0))


def draw_plate(picture: Picture, frames: Frames, plate: Plate, prefix: str) -> str:
    """Draw one frame: its patterns are named with `prefix`."""
    level = picture.selection.level
    kinds = _kinds(picture, plate)
    unit = 1 / plate.scale
    used = sorted({status for _, status in kinds if status is not None})
    parts = (
        [f"<defs>{''.join(pattern(f'{prefix}{each.word}', each, unit) for each in used)}</defs>"]
        if used
        else []
    )
    parts.append(
        f'<g transform="translate({plate.x:.2f} {plate.y:.2f}) scale({plate.scale:.5f})" stroke-linejoin="round">'
    )
    around = "".join(path for _, path in plate.frame.paths.get(NEIGHBOUR, ()))
    if around:
        parts.append(f'<path d="{around}" fill="#f6f4f0"/>')
    if picture.is_count:
        ground = "".join(path for _, path in plate.frame.paths.get(Level.REGION, ()))
        parts.append(f'<path d="{ground}" fill="{LAND}"/>')
    own_edge = len(plate.frame.paths.get(level, ())) <= EDGED
    for (fill, _), path in sorted(kinds.items(), key=lambda item: item[0][0] != OUTSIDE):
        if fill:
            edge = (
                SURFACE
                if own_edge and fill != OUTSIDE
                else HAIRLINE
                if fill == OUTSIDE and own_edge
                else fill
            )
            width = 0.7 if own_edge else 0.6
            parts.append(
                f'<path d="{path}" fill="{fill}" stroke="{edge}" stroke-width="{width * unit:.2f}"/>'
            )
    for (_, status), path in kinds.items():
        if status is not None:
            line = f' stroke="{EDGE}" stroke-opacity=".4" stroke-width="{0.6 * unit:.2f}"' if own_edge else ""
            parts.append(
                f'<path d="{path}" fill="url(#{prefix}{status.word})"{line} data-status="{status.word}"/>'
            )
    parts.append(_borders(plate, level, unit))
    parts.append("</g>")
    if picture.is_count:
        parts.append(_circles(picture, frames, plate))
    return "".join(parts)


def _kinds(picture: Picture, plate: Plate) -> dict[tuple[str, Status | None], str]:
    """Return one path per fill and pattern; a missing value has a pattern and no fill."""
    selected, level = picture.selected, picture.selection.level
    found: dict[tuple[str, Status | None], list[str]] = {}
    for index, path in plate.frame.paths.get(level, ()):
        status = Status(int(selected.status[index]))
        shown = None if status is Status.OK else status
        fill = ""
        if not selected.inside[index]:
            fill, shown = OUTSIDE, None
        elif status not in MISSING and not picture.is_count:
            fill = picture.colours[picture.which[index]] if picture.which[index] >= 0 else LAND
        if fill or shown is not None:
            found.setdefault((fill, shown), []).append(path)
    return {kind: "".join(paths) for kind, paths in found.items()}


def _borders(plate: Plate, level: Level, unit: float) -> str:
    """Draw the borders of the levels above, the finest first."""
    parts = []
    if level in (Level.COMMUNE, Level.EPCI):
        path = "".join(each for _, each in plate.frame.paths.get(Level.DEPARTEMENT, ()))
        parts.append(
            f'<path d="{path}" fill="none" stroke="{INK}" stroke-opacity=".45" stroke-width="{0.8 * unit:.2f}"/>'
        )
    path = "".join(each for _, each in plate.frame.paths.get(Level.REGION, ()))
    parts.append(
        f'<path d="{path}" fill="none" stroke="{INK}" stroke-opacity=".75" stroke-width="{1.3 * unit:.2f}"/>'
    )
    return "".join(parts)


def _circles(picture: Picture, frames: Frames, plate: Plate) -> str:
    """Draw a circle per territory shown, the largest first; small ones are dots drawn together."""
    selected = picture.selected
    most, largest = largest_value(picture), largest_radius(picture)
    if most <= 0:
        return ""
    dots: dict[int, list[str]] = {}
    marks: list[tuple[float, str]] = []
    level = picture.selection.level
    for index in frames.paths(plate.frame.name, level):
        value = float(selected.values[index])
        anchor = frames.anchor(plate.frame.name, level, index) if value > 0 else None
        if anchor is None or not selected.inside[index]:
            continue
        radius = largest * (value / most) ** 0.5
        x, y = plate.x + anchor.x * plate.scale, plate.y + anchor.y * plate.scale
        if radius < DOT:
            dots.setdefault(max(1, round(radius / DOT_STEP)), []).append(f"M{x:.1f} {y:.1f}h0")
        else:
            marks.append((radius, f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'))
    colour = CIRCLES[bool(selected.indicator.direction)]
    small = "".join(
        f'<path d="{"".join(paths)}" stroke-width="{2 * step * DOT_STEP:.1f}"/>'
        for step, paths in sorted(dots.items())
    )
    large = "".join(circle for _, circle in sorted(marks, key=lambda mark: -mark[0]))
    return (
        f'<g fill="none" stroke="{colour}" stroke-opacity=".72" stroke-linecap="round">{small}</g>'
        f'<g fill="{colour}" fill-opacity=".72" stroke="{SURFACE}" stroke-width=".6">{large}</g>'
    )


def draw_scale(plate: Plate, x: float, y: float, room: float) -> str:
    """Draw the longest round distance that fits `room`, from `x`, `y`, its words beside it."""
    fitting = [step * 10**power for power in range(4) for step in (1, 2, 5)]
    kilometres = max((each for each in fitting if each * 1000 / plate.metres <= room), default=1)
    length = kilometres * 1000 / plate.metres
    bar = f'<path d="M{x:.1f} {y - 5:.1f}v5h{length:.1f}v-5" fill="none" stroke="{SOFT}" stroke-width="1.2"/>'
    return bar + text(x + length + 7, y, f"{number(kilometres)}{NARROW}km", 14, fill=SOFT)


class Taken:
    """The rectangles where something is written: names do not cover each other."""

    def __init__(self) -> None:
        self._boxes: list[tuple[float, float, float, float]] = []

    def take(self, x: float, y: float, width: float, height: float) -> bool:
        """Take a rectangle unless it meets one that is taken; whether it was."""
        box = (x, y, x + width, y + height)
        for left, top, right, bottom in self._boxes:
            if box[0] < right and box[2] > left and box[1] < bottom and box[3] > top:
                return False
        self._boxes.append(box)
        return True


def draw_marks(picture: Picture, frames: Frames, shown: Iterable[Plate], taken: Taken) -> str:
    """Outline the followed and the pinned territories; ring the small ones; name or number them."""
    parts = []
    level = picture.selection.level
    for plate in shown:
        paths = frames.paths(plate.frame.name, level)
        for mark in reversed(picture.marks):
            anchor = frames.anchor(plate.frame.name, level, mark.index)
            if anchor is None:
                continue
            x, y = plate.x + anchor.x * plate.scale, plate.y + anchor.y * plate.scale
            colour = INK if mark.number else ACCENT
            placed = f'transform="translate({plate.x:.2f} {plate.y:.2f}) scale({plate.scale:.5f})"'
            for stroke, width in ((SURFACE, 5.0), (colour, 2.6)):
                parts.append(
                    f'<path {placed} d="{paths[mark.index]}" fill="none" stroke="{stroke}" '
                    f'stroke-width="{width / plate.scale:.2f}" stroke-linejoin="round"/>'
                )
            small = anchor.extent * plate.scale < SMALL
            if small:
                parts.extend(
                    f'<circle cx="{x:.1f}" cy="{y:.1f}" r="13" fill="none" stroke="{stroke}" stroke-width="{width}"/>'
                    for stroke, width in ((SURFACE, 5.5), (colour, 2.6))
                )
            if mark.number:
                parts.append(badge(x + (18 if small else 0), y - (18 if small else 0), mark.number))
                taken.take(x - 14, y - 34, 50, 50)
                continue
            width = measure(mark.name, 21, 600)
            if anchor.extent * plate.scale > 1.5 * width:
                taken.take(x - width / 2 - 6, y - 18, width + 12, 36)
                parts.append(
                    text(x, y + 7, mark.name, 21, fill=ACCENT, weight=600, anchor="middle", halo=PAPER)
                )
                continue
            left = x + 20 + width > plate.x + plate.width and x - 20 - width > 0
            taken.take(x - 20 - width if left else x - 16, y - 18, width + 44, 36)
            parts.append(
                text(
                    x - 20 if left else x + 20,
                    y + 7,
                    mark.name,
                    21,
                    fill=ACCENT,
                    weight=600,
                    anchor="end" if left else "start",
                    halo=PAPER,
                )
            )
    return "".join(parts)


def badge(x: float, y: float, position: int) -> str:
    """Draw the number of a pinned territory."""
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="11" fill="{INK}" stroke="{SURFACE}" stroke-width="2"/>'
        + text(x, y + 5.5, str(position), 16, fill=SURFACE, weight=600, anchor="middle")
    )


def draw_names(picture: Picture, frames: Frames, plate: Plate, communes: Territories, taken: Taken) -> str:
    """Name the largest towns of a frame, far enough from each other to find one's way."""
    if picture.selection.level is Level.REGION:
        return ""
    shown = frames.paths(plate.frame.name, Level.COMMUNE)
    most = TOWNS_REGION if len(picture.selection.regions) == 1 else TOWNS_COUNTRY
    apart = plate.width / 14
    placed: list[tuple[float, float]] = []
    parts = []
    for index in sorted(shown, key=lambda each: -int(communes.population[each])):
        anchor = frames.anchor(plate.frame.name, Level.COMMUNE, index)
        if len(placed) == most or anchor is None:
            break
        x, y = plate.x + anchor.x * plate.scale, plate.y + anchor.y * plate.scale
        near = any((x - px) ** 2 + (y - py) ** 2 < apart**2 for px, py in placed)
        name = communes.names[index].replace("'", "’")
        width = measure(name, TOWN_SIZE)
        left = x + 9 + width > plate.x + plate.width
        if near or not taken.take(x - 9 - width if left else x - 4, y - 9, width + 13, 20):
            continue
        placed.append((x, y))
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{INK}" stroke="{PAPER}" stroke-width="1.4"/>'
        )
        parts.append(
            text(
                x - 7 if left else x + 7,
                y + 5.5,
                name,
                TOWN_SIZE,
                fill=INK,
                anchor="end" if left else "start",
                halo=PAPER,
            )
        )
    return "".join(parts)


def draw_inset_words(plate: Plate) -> str:
    """Name an inset, say its scale beside that of the Hexagone, and give it a scale bar."""
    y = plate.y + plate.height + 17
    times = (
        f"×{NARROW}{number(plate.factor)}" if plate.factor >= 1 else f"÷{NARROW}{number(1 / plate.factor)}"
    )
    name = plate.name.replace("'", "’")
    return (
        text(plate.x, y, name, 16, fill=INK, weight=600)
        + text(plate.x + measure(name, 16, 600) + 8, y, times, 15, fill=SOFT)
        + draw_scale(plate, plate.x + 1, y + 19, 60)
    )
