"""Where things stand in a picture: its sizes, and the frames of the territory put in the room for the map."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from territoires.errors import UnknownError
from territoires.model.levels import Level
from territoires.store.store import Frame, Store

#: The zone of metropolitan France; overseas, the zone is the code of the région.
HEXAGON = "hexagone"

#: The scale of overseas régions, as a multiple of that of the Hexagone: Guyane is as large as Portugal.
LARGE_ZONES: dict[str, float] = {"03": 0.5}
ZONE_FACTOR = 3.0

#: The rows of insets, from the top: two small islands stand side by side under Brittany.
INSET_ROWS: tuple[tuple[str, ...], ...] = (("01",), ("02",), ("03",), ("04", "06"))

#: Under this area (units²) a ring has no middle but that of its points.
SMALLEST_AREA = 1e-6

#: Frames kept in memory: those of the country, and of some régions.
KEPT = 12

#: Blank between insets, and the two lines of words under each.
INSET_GAP, INSET_WORDS = 14.0, 42.0


class Size(StrEnum):
    """A size of picture; its value is the word used in addresses."""

    SCREEN = "ecran"
    PAPER = "a4"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: width and height in units of the drawing, pixels of its PNG, and how the SVG states its size."""

    width: float
    height: float
    pixels: tuple[int, int]
    stated: tuple[str, str]
    per_inch: int


#: 4:3 for a screen or a document, and A4 landscape at 200 dots per inch.
SHEETS: dict[Size, Sheet] = {
    Size.SCREEN: Sheet(1600, 1200, (1600, 1200), ("1600", "1200"), 96),
    Size.PAPER: Sheet(1600, 1600 * 210 / 297, (2339, 1654), ("297mm", "210mm"), 200),
}


@dataclass(frozen=True, slots=True)
class Room:
    """A rectangle of the drawing."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Plate:
    """A frame put in the drawing: shift and scale; `factor` is its scale over that of the main frame."""

    frame: Frame
    name: str
    x: float
    y: float
    scale: float
    factor: float

    @property
    def metres(self) -> float:
        """The ground length of one unit of the drawing."""
        return self.frame.metres_per_unit / self.scale

    @property
    def width(self) -> float:
        """The width in units of the drawing."""
        return self.frame.width * self.scale

    @property
    def height(self) -> float:
        """The height in units of the drawing."""
        return self.frame.height * self.scale


@dataclass(frozen=True, slots=True)
class Anchor:
    """The middle of a territory and its longest side, in units of a frame."""

    x: float
    y: float
    extent: float


class Frames:
    """The print frames of a store, the most recent ones kept: reading one again takes a tenth of a second."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._frame = lru_cache(maxsize=KEPT)(store.frame)
        self._paths = lru_cache(maxsize=KEPT)(self._index)
        self._anchors: dict[tuple[str, Level, int], Anchor] = {}

    def frame(self, name: str) -> Frame:
        """Return a frame; `UnknownError` if there is none of this name."""
        return self._frame(name)

    def paths(self, name: str, level: Level) -> dict[int, str]:
        """Return the path of each territory of a frame, by index."""
        return self._paths(name, level)

    def anchor(self, name: str, level: Level, index: int) -> Anchor | None:
        """Return where a territory of a frame is, or None if the frame does not show it."""
        key = (name, level, index)
        path = self.paths(name, level).get(index)
        if path is not None and key not in self._anchors:
            self._anchors[key] = middle(path)
        return self._anchors.get(key)

    def _index(self, name: str, level: Level) -> dict[int, str]:
        return dict(self.frame(name).paths.get(level, ()))


def plates(frames: Frames, regions: tuple[str, ...], room: Room) -> list[Plate]:
    """Return the frames to draw: that of the only région asked for, or the Hexagone and the overseas régions.

    `UnknownError` where the shipped data has no print frame for them.
    """
    territories = frames.store.territories(Level.REGION)
    if len(regions) == 1:
        frame = frames.frame(f"region:{regions[0]}")
        scale = min(room.width / frame.width, room.height / frame.height)
        x = room.x + (room.width - frame.width * scale) / 2
        y = room.y + (room.height - frame.height * scale) / 2
        return [Plate(frame, territories.get(regions[0]).name, x, y, scale, 1.0)]
    zones = dict.fromkeys(territories.zone)
    if HEXAGON not in zones:
        raise UnknownError("Aucun cadre d’impression pour la France entière.")
    main = frames.frame(f"france:{HEXAGON}")
    scale = min(room.width / main.width, room.height / main.height)
    found = [Plate(main, "", room.x + room.width - main.width * scale, room.y, scale, 1.0)]
    names = dict(zip(territories.zone, territories.names, strict=True))
    insets = [[zone for zone in row if zone in zones] for row in INSET_ROWS]
    listed = {zone for row in insets for zone in row}
    insets += [[zone] for zone in zones if zone not in listed and zone != HEXAGON]
    y = room.y
    for row in insets:
        x, tallest = room.x, 0.0
        for zone in row:
            frame = frames.frame(f"france:{zone}")
            factor = LARGE_ZONES.get(zone, ZONE_FACTOR)
            own = frame.metres_per_unit * scale * factor / main.metres_per_unit
            found.append(Plate(frame, names[zone], x, y, own, factor))
            x += frame.width * own + 2 * INSET_GAP
            tallest = max(tallest, frame.height * own)
        y += tallest + INSET_WORDS + INSET_GAP if row else 0.0
    return found


def middle(path: str) -> Anchor:
    """Return the centroid and the extent of the longest ring of a path ("M12 34l5-6 7 8z…")."""
    points = _points(max(path.split("M"), key=len))
    x, y = points[:, 0], points[:, 1]
    extent = float(max(x.max() - x.min(), y.max() - y.min()))
    nx, ny = np.roll(x, -1), np.roll(y, -1)
    cross = x * ny - nx * y
    area = float(cross.sum())
    if abs(area) < SMALLEST_AREA:
        return Anchor(float(x.mean()), float(y.mean()), extent)
    cx, cy = float(((x + nx) * cross).sum()), float(((y + ny) * cross).sum())
    return Anchor(cx / (3 * area), cy / (3 * area), extent)


def _points(ring: str) -> NDArray[np.float64]:
    """Return the points of a ring, from its first point and its relative steps."""
    numbers = ring.replace("l", " ").replace("z", "").replace("-", " -")
    points: NDArray[np.float64] = np.array(numbers.split(), dtype=np.float64).reshape(-1, 2).cumsum(axis=0)
    return points
