"""Polygons as rings of whole numbers: what vector tiles and print outlines both draw.

Vertices are rounded the same way on both sides of a border, so neighbours still meet. Axes: x to the right,
y downwards. Every function works on all rings of many polygons at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Rings:
    """Vertices (n, 2), unclosed, with the number of the ring and of the shape each one belongs to.

    Shapes are in ascending order, the rings of a shape follow each other. Outer rings turn clockwise on
    screen, holes the other way.
    """

    points: Ints
    ring: Ints
    shape: Ints

    def starts(self) -> Ints:
        """Return the position of each ring's first vertex."""
        return np.flatnonzero(np.diff(self.ring, prepend=-1))


def whole_rings(shapes: NDArray[Any], keep: NDArray[np.bool_]) -> Rings:
    """Return `shapes` (polygons) rounded to whole units.

    A ring that vanishes when rounded is left out; a shape that vanishes altogether too, unless `keep` says
    that it becomes a square of one unit.
    """
    parts, owner = shapely.get_parts(shapes, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    outer = np.ones(len(rings), dtype=bool)
    outer[1:] = part[1:] != part[:-1]
    points, ring = without_repeats(np.rint(coordinates).astype(np.int64), ring)
    points, ring = without_straights(points, ring)
    area = ring_areas(points, ring, len(rings))
    alive = area != 0
    if len(rings):  # a hole goes with the outer ring it is cut from
        alive &= alive[np.flatnonzero(outer)[np.cumsum(outer) - 1]]

    gone = keep.copy()
    gone[owner[part[alive]]] = False
    squares, square_ring = _squares(shapes[gone])

    kept = alive[ring]
    points = np.vstack([_oriented(points, ring, area, outer)[kept], squares])
    ring = np.concatenate([ring[kept], square_ring + len(rings)])
    shape = np.concatenate([owner[part], np.flatnonzero(gone)])[ring]
    order = np.argsort(shape, kind="stable")
    return Rings(points[order], ring[order], shape[order])


def without_repeats(points: Ints, ring: Ints) -> tuple[Ints, Ints]:
    """Drop each ring's closing vertex and every vertex equal to the one before it."""
    same = np.zeros(len(ring), dtype=bool)
    same[1:] = (ring[1:] == ring[:-1]) & (points[1:] == points[:-1]).all(axis=1)
    points, ring = points[~same], ring[~same]
    last = np.ones(len(ring), dtype=bool)
    last[:-1] = ring[1:] != ring[:-1]
    return points[~last], ring[~last]


def without_straights(points: Ints, ring: Ints) -> tuple[Ints, Ints]:
    """Drop every vertex on the straight line between its neighbours: the areas stay what they are."""
    following = _following(ring)
    leaving = points[following] - points
    arriving = np.empty_like(leaving)
    arriving[following] = leaving
    bends = arriving[:, 0] * leaving[:, 1] != arriving[:, 1] * leaving[:, 0]
    return points[bends], ring[bends]


def ring_areas(points: Ints, ring: Ints, count: int) -> Ints:
    """Return twice the signed area of each of `count` rings (positive when clockwise on screen)."""
    following = _following(ring)
    cross = points[:, 0] * points[following, 1] - points[following, 0] * points[:, 1]
    areas = np.zeros(count, dtype=np.int64)
    np.add.at(areas, ring, cross)
    return areas


def _following(ring: Ints) -> Ints:
    """Return the position of the vertex after each one, the last of a ring being followed by its first."""
    following = np.arange(1, len(ring) + 1)
    starts = np.flatnonzero(np.diff(ring, prepend=-1))
    following[np.append(starts[1:], len(ring))[: len(starts)] - 1] = starts
    return following


def _oriented(points: Ints, ring: Ints, area: Ints, outer: NDArray[np.bool_]) -> Ints:
    """Turn outer rings clockwise and holes counter-clockwise, on screen."""
    turn = (area > 0) != outer
    position = np.arange(len(ring))
    starts = np.searchsorted(ring, ring, side="left")
    ends = np.searchsorted(ring, ring, side="right") - 1
    return points[np.where(turn[ring], starts + ends - position, position)]


def _squares(shapes: NDArray[Any]) -> tuple[Ints, Ints]:
    """Return the corners of a one-unit square in the middle of each shape, and the square of each corner."""
    bounds = shapely.bounds(shapes).reshape(-1, 4)
    middle = np.floor((bounds[:, :2] + bounds[:, 2:]) / 2).astype(np.int64)
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]])
    return (middle[:, None, :] + corners).reshape(-1, 2), np.repeat(np.arange(len(shapes)), 4)
