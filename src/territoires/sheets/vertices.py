"""The outlines of a level in a print frame, as numbers: what a drawing asks of them without reading paths again."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from territoires.store.remembering import remembered
from territoires.store.store import Frame

Box = tuple[float, float, float, float]

#: Vertices that two outlines share when they touch along a line.
SHARED = 2

#: A ring of a path: an absolute point, then relative steps.
RING = re.compile(r"M(-?\d+) (-?\d+)l([^z]*)z")


@dataclass(frozen=True, slots=True)
class Vertices:
    """The vertices of `n` territories, in the order of the frame, in its units.

    `territories` (n) are their positions in the store, `boxes` (n × 4) their min x, min y, max x, max y; `points`
    (m × 2) the vertices of all of them, and `starts` (n + 1) where those of each begin. All whole numbers.
    """

    territories: NDArray[np.int64]
    boxes: NDArray[np.int64]
    points: NDArray[np.int64]
    starts: NDArray[np.int64]

    def meeting(self, box: Box) -> NDArray[np.bool_]:
        """Return, per territory, whether its box meets another (edges included)."""
        left, top, right, bottom = self.boxes.T
        found: NDArray[np.bool_] = (left <= box[2]) & (right >= box[0]) & (top <= box[3]) & (bottom >= box[1])
        return found

    def position(self, territory: int) -> int:
        """Return which of the `n` a territory of the store is, or −1."""
        found = np.flatnonzero(self.territories == territory)
        return int(found[0]) if found.size else -1

    def touching(self, k: int) -> list[int]:
        """Return the positions of the territories that share `SHARED` different vertices or more with the `k`-th."""
        own = np.unique(self._keys(k))
        near = np.flatnonzero(self.meeting(tuple(self.boxes[k].tolist())))
        return [
            int(self.territories[other])
            for other in near.tolist()
            if other != k and np.isin(own, self._keys(other)).sum() >= SHARED
        ]

    def _keys(self, k: int) -> NDArray[np.int64]:
        """Return one number per vertex of a territory."""
        points = self.points[self.starts[k] : self.starts[k + 1]]
        return points[:, 0] * (1 << 32) + points[:, 1]


@remembered(8)
def vertices(frame: Frame, level: str) -> Vertices:
    """Read the outlines of a level in a frame: "M12 34l5-6 7 8z", an absolute point, then relative steps."""
    paths = frame.paths.get(level, [])
    rings = [
        (k, f"{match[1]} {match[2]} {match[3].replace('-', ' -').lstrip()}")
        for k, (_, path) in enumerate(paths)
        for match in RING.finditer(path)
    ]
    points = np.fromstring(" ".join(text for _, text in rings), dtype=np.int64, sep=" ").reshape(-1, 2)
    # Steps are summed over all rings, then what was summed before each of them is taken off.
    lengths = np.array([text.count(" ") // 2 + 1 for _, text in rings], dtype=np.int64)
    begins = np.cumsum(lengths) - lengths
    sums = np.cumsum(points, axis=0)
    before = np.zeros((len(rings), 2), dtype=np.int64)
    before[1:] = sums[begins[1:] - 1]
    points = sums - np.repeat(before, lengths, axis=0)
    owners = np.array([k for k, _ in rings], dtype=np.int64)
    sizes = np.bincount(owners, weights=lengths, minlength=len(paths)).astype(np.int64)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    low = np.minimum.reduceat(points, starts[:-1])
    high = np.maximum.reduceat(points, starts[:-1])
    return Vertices(np.array([i for i, _ in paths], dtype=np.int64), np.hstack([low, high]), points, starts)
