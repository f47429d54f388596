"""Outlines of a print frame: which frame holds a territory, its window, and who touches whom."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

import numpy as np

from territoires.model.levels import Level
from territoires.sheets.vertices import RING, Box, vertices
from territoires.store.remembering import remembered
from territoires.store.store import Frame, Store

Window = tuple[float, float, float, float]
Point = tuple[int, int]

#: The level under which a region's frame holds the regions around it (see `build.prints`).
NEIGHBOUR = "neighbour"

#: The zone of the country whose communes are drawn together.
MAINLAND = "hexagone"

_NUMBER = re.compile(r"-?\d+")


@remembered(6)
def frame_of(store: Store, name: str) -> Frame:
    """Return a frame, kept for the sheets that follow."""
    return store.frame(name)


def frame_around(store: Store, level: Level, index: int) -> Frame:
    """Return the frame in which a territory is shown by commune.

    A region or a département has its own; an intercommunalité or a commune is shown in its département, or in
    its region where the département is a single commune or the intercommunalité goes beyond it.
    """
    own = store.territories(level)
    if level in (Level.REGION, Level.DEPARTEMENT):
        return frame_of(store, f"{level}:{own.codes[index]}")
    communes = store.territories(Level.COMMUNE)
    departement = int(own.parents[Level.DEPARTEMENT][index])
    region = int(own.parents[Level.REGION][index])
    if level is Level.EPCI:
        members = communes.parents[Level.EPCI] == index
    else:
        epci = int(communes.parents[Level.EPCI][index])
        members = communes.parents[Level.EPCI] == epci if epci >= 0 else np.arange(len(communes)) == index
    spans = np.unique(communes.parents[Level.DEPARTEMENT][members]).size > 1
    alone = departement >= 0 and int((communes.parents[Level.DEPARTEMENT] == departement).sum()) < 2
    if departement >= 0 and not spans and not alone:
        return frame_of(store, f"departement:{store.territories(Level.DEPARTEMENT).codes[departement]}")
    return frame_of(store, f"region:{store.territories(Level.REGION).codes[region]}")


def country_frame(store: Store, region: int) -> Frame:
    """Return the frame of the zone of the country that a region belongs to: mainland or one overseas region."""
    regions = store.territories(Level.REGION)
    zone = regions.zone[region]
    return _country(store, f"france:{zone if zone == MAINLAND else regions.codes[region]}")


@remembered(8)
def _country(store: Store, name: str) -> Frame:
    """Return the frame of a zone without its communes, kept apart from the frames that hold them."""
    frame = store.frame(name)
    return replace(
        frame, paths={level: paths for level, paths in frame.paths.items() if level != Level.COMMUNE}
    )


@lru_cache(maxsize=64)
def rings(path: str) -> list[list[Point]]:
    """Return the vertices of a path of a print frame: an absolute point, then relative steps."""
    found: list[list[Point]] = []
    for match in RING.finditer(path):
        steps = [int(each) for each in _NUMBER.findall(match[3])]
        x, y = int(match[1]), int(match[2])
        ring = [(x, y)]
        for dx, dy in zip(steps[::2], steps[1::2], strict=False):
            x, y = x + dx, y + dy
            ring.append((x, y))
        found.append(ring)
    return found


def box(frame: Frame, level: Level, index: int) -> Box:
    """Return min x, min y, max x, max y of a territory that `frame` holds."""
    known = vertices(frame, level)
    left, top, right, bottom = known.boxes[known.position(index)].tolist()
    return left, top, right, bottom


@lru_cache(maxsize=512)
def middle(path: str) -> tuple[float, float]:
    """Return a point inside the largest ring of a path, as far as a mean of its vertices is."""
    largest = max(rings(path), key=_area)
    area = _area(largest)
    if area == 0:
        return float(largest[0][0]), float(largest[0][1])
    cx = cy = signed = 0.0
    for (x1, y1), (x2, y2) in zip(largest, [*largest[1:], largest[0]], strict=True):
        cross = x1 * y2 - x2 * y1
        signed += cross
        cx += (x1 + x2) * cross
        cy += (y1 + y2) * cross
    return cx / (3 * signed), cy / (3 * signed)


def _area(ring: list[Point]) -> float:
    following = [*ring[1:], ring[0]]
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, following, strict=True))) / 2


def touching(frame: Frame, level: Level, index: int) -> list[int]:
    """Return the positions of the territories of `level` in `frame` that share a border with the one at `index`."""
    known = vertices(frame, level)
    position = known.position(index)
    return known.touching(position) if position >= 0 else []


def seen_in(frame: Frame, level: Level, window: Window) -> list[tuple[int, str]]:
    """Return the position and the path of the territories of `level` whose box meets a window."""
    x, y, width, height = window
    met = vertices(frame, level).meeting((x, y, x + width, y + height))
    return [pair for pair, is_met in zip(frame.paths.get(level, ()), met.tolist(), strict=True) if is_met]


def window_around(frame: Frame, subject: Box, *, least: float, ratio: float) -> Window:
    """Return a window of width/height `ratio` around `subject`, inside the frame where it can be.

    At least `least` times as wide and high as the subject.
    """
    x1, y1, x2, y2 = subject
    width, height = max(x2 - x1, 1.0) * least, max(y2 - y1, 1.0) * least
    width, height = max(width, height * ratio), max(height, width / ratio)
    if width > frame.width or height > frame.height:
        scale = max(frame.width / width, frame.height / height)
        width, height = (width * scale, height * scale) if scale < 1 else (width, height)
    x = min(max((x1 + x2 - width) / 2, 0.0), max(frame.width - width, 0.0))
    y = min(max((y1 + y2 - height) / 2, 0.0), max(frame.height - height, 0.0))
    if width > frame.width:
        x = (frame.width - width) / 2
    if height > frame.height:
        y = (frame.height - height) / 2
    return round(x, 1), round(y, 1), round(width, 1), round(height, 1)
