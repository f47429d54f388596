"""Where an organisation is: its commune, by code, by name and département, or by the outline that holds a point."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from territoires.analysis.search import normalise
from territoires.catalysts.former import Former, read_former
from territoires.model.levels import Level
from territoires.store.outlines import Outlines, Polygon
from territoires.store.store import Store

#: Side of the cells (degrees) by which the communes around a point are found.
CELL = 0.25

#: How far out of the outlines (degrees, about a kilometre) a point still belongs to the nearest commune: the
#: outlines that ship are simplified.
TOLERANCE = 0.01

Point = tuple[float, float]


class Locator:
    """The communes of today, looked up in three ways; `data` and `geodata` are the shipped folders."""

    def __init__(self, store: Store, data: Path, geodata: Path) -> None:
        self.communes = store.territories(Level.COMMUNE)
        self._store = store
        self._folders = (data, geodata)

    @cached_property
    def former(self) -> dict[str, Former]:
        """The communes that merged, by code."""
        return read_former(self._folders[0])

    def code(self, cell: str) -> tuple[str, Former | None] | None:
        """Return today's commune of a code, and the merged one that it named; None for an unknown code.

        A spreadsheet drops the first zero of a code: it is put back.
        """
        code = cell.upper().zfill(5)
        if code in self.communes:
            return code, None
        merged = self.former.get(code)
        return (merged.becomes, merged) if merged and merged.becomes in self.communes else None

    @cached_property
    def _by_name(self) -> dict[str, list[tuple[int, Former | None]]]:
        """The communes of each name, today's first."""
        found: dict[str, list[tuple[int, Former | None]]] = defaultdict(list)
        for position, name in enumerate(self.communes.names):
            found[normalise(name)].append((position, None))
        for merged in self.former.values():
            if merged.name and merged.becomes in self.communes:
                found[normalise(merged.name)].append((self.communes.index(merged.becomes), merged))
        return found

    def named(self, name: str, departement: str | None) -> list[tuple[str, Former | None]]:
        """Return the communes that bear a name, in a département where one is given; today's before merged ones."""
        parents = self.communes.parent_codes[Level.DEPARTEMENT]
        here = [
            (position, merged)
            for position, merged in self._by_name.get(normalise(name), ())
            if departement is None or parents[position] == departement
        ]
        kept = [each for each in here if each[1] is None] or here
        found: dict[str, Former | None] = {}
        for position, merged in kept:
            found.setdefault(self.communes.codes[position], merged)
        return list(found.items())

    def parent(self, level: Level, cell: str) -> str | None:
        """Return the code of a higher territory written as a code or as a name."""
        territories = self._store.territories(level)
        for code in (cell.upper(), cell.upper().zfill(2)):
            if code in territories:
                return code
        return self._names(level).get(normalise(cell))

    def _names(self, level: Level) -> dict[str, str]:
        if level not in self._named_levels:
            territories = self._store.territories(level)
            self._named_levels[level] = {
                normalise(name): code for name, code in zip(territories.names, territories.codes, strict=True)
            }
        return self._named_levels[level]

    @cached_property
    def _named_levels(self) -> dict[Level, dict[str, str]]:
        return {}

    def near(self, code: str, point: Point, margin: float) -> bool:
        """Whether a point stands in the bounds of a commune, widened by `margin` degrees."""
        west, south, east, north = self.communes.bounds[self.communes.index(code)]
        lon, lat = point
        return bool(west - margin <= lon <= east + margin and south - margin <= lat <= north + margin)

    @cached_property
    def _cells(self) -> dict[tuple[int, int], list[int]]:
        """The communes whose bounds, widened by the tolerance, meet each cell."""
        found: dict[tuple[int, int], list[int]] = defaultdict(list)
        low = np.floor((self.communes.bounds[:, :2] - TOLERANCE) / CELL).astype(int).tolist()
        high = np.floor((self.communes.bounds[:, 2:] + TOLERANCE) / CELL).astype(int).tolist()
        for position, ((west, south), (east, north)) in enumerate(zip(low, high, strict=True)):
            for x in range(west, east + 1):
                for y in range(south, north + 1):
                    found[x, y].append(position)
        return found

    def around(self, points: Sequence[Point]) -> list[str | None]:
        """Return the commune whose outline holds each point, or None at sea or abroad.

        One reading of the outlines serves all points. Degrees, EPSG:4326.
        """
        wanted: dict[int, list[int]] = defaultdict(list)
        for number, (lon, lat) in enumerate(points):
            for position in self._cells.get((math.floor(lon / CELL), math.floor(lat / CELL)), ()):
                if self.near(self.communes.codes[position], (lon, lat), TOLERANCE):
                    wanted[position].append(number)
        best: list[tuple[float, str] | None] = [None] * len(points)
        for position, polygons in self._outlines(wanted):
            for number in wanted[position]:
                away = distance(points[number], polygons)
                found = best[number]
                if away <= TOLERANCE and (found is None or away < found[0]):
                    best[number] = (away, self.communes.codes[position])
        return [found[1] if found else None for found in best]

    def _outlines(self, wanted: Iterable[int]) -> Iterable[tuple[int, list[Polygon]]]:
        kept = set(wanted)
        if not kept:
            return
        outlines = Outlines(self._store.manifest, Level.COMMUNE, *self._folders)
        for position, polygons in enumerate(outlines):
            if position in kept:
                yield position, polygons


def distance(point: Point, polygons: Iterable[Polygon]) -> float:
    """Return how far (degrees) a point is from polygons; 0 inside."""
    nearest = math.inf
    for rings in polygons:
        if sum(_crossings(point, ring) for ring in rings) % 2:
            return 0.0
        nearest = min(nearest, *(_to_ring(point, ring) for ring in rings))
    return nearest


def _crossings(point: Point, ring: NDArray[np.float64]) -> int:
    """Return how often a ray going east from a point crosses a ring."""
    x, y = ring[:, 0] - point[0], ring[:, 1] - point[1]
    x0, y0, x1, y1 = x[:-1], y[:-1], x[1:], y[1:]
    spans = (y0 > 0) != (y1 > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        east = x0 + (0 - y0) * (x1 - x0) / (y1 - y0) > 0
    return int((spans & east).sum())


def _to_ring(point: Point, ring: NDArray[np.float64]) -> float:
    """Return the distance (degrees) from a point to the segments of a ring."""
    start = ring[:-1] - np.asarray(point)
    along = ring[1:] - ring[:-1]
    lengths = (along**2).sum(axis=1)
    share = np.clip(-(start * along).sum(axis=1) / np.where(lengths == 0, 1, lengths), 0, 1)
    nearest = start + along * share[:, None]
    return float(np.sqrt((nearest**2).sum(axis=1)).min())
