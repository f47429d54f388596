"""The map of « Où en manque-t-il ? »: territories in alert, those that nobody is near, and who acts."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from territoires.catalysts.catalyst import Catalyst
from territoires.catalysts.shortage import Shortage
from territoires.model.levels import Level
from territoires.store.store import Store
from territoires.web.pages.home_map import Placed, place
from territoires.web.regards.drawing import NONE, Picture, draw_country

#: Colours of tokens.css: --seq-6, --seq-2, --hairline, --ink, --surface.
MISSING = "#872523"
SERVED = "#ebbd7a"
UNKNOWN = "#d9d6cf"

#: Above this number of territories, those where the domain is unknown are counted, not drawn.
MOST_UNKNOWN = 6_000

#: The dot of an organisation, in units of the drawing.
DOT = 11
INK, PAPER = "#1c2430", "#ffffff"

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def draw(store: Store, level: Level, found: Shortage, acting: Iterable[Catalyst]) -> Picture:
    """Draw France: missing territories dark, those in alert near somebody light, a dot per organisation."""
    unknown = ~found.known
    grey = UNKNOWN if np.count_nonzero(unknown) <= MOST_UNKNOWN else NONE
    served = found.alert & ~found.missing
    fills = np.where(found.missing, MISSING, np.where(served, SERVED, np.where(unknown, grey, NONE)))
    picture = draw_country(store, level, fills.tolist())
    dots = _dots(store, acting)
    return Picture(picture.svg.removesuffix("</svg>") + dots + "</svg>", picture.width, picture.height)


def _dots(store: Store, acting: Iterable[Catalyst]) -> str:
    """Draw a dot at the commune of each organisation, hollow where all those of a commune are invented."""
    communes = store.territories(Level.COMMUNE)
    real: dict[int, bool] = {}
    for each in acting:
        if each.commune is not None and each.commune in communes:
            index = communes.index(each.commune)
            real[index] = real.get(index, False) or not each.fictitious
    return "".join(
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{DOT}" fill="{INK if real[index] else PAPER}" stroke="{INK}" '
        'stroke-width="4"/>'
        for placed in place(store)[0]
        for index, path in placed.frame.paths.get(Level.COMMUNE, [])
        if index in real
        for x, y in (_middle(placed, path),)
    )


def _middle(placed: Placed, path: str) -> tuple[float, float]:
    """Return the middle of the longest ring of a print path ("M x y l dx dy …z"), in units of the drawing."""
    ring = max(path.split("M"), key=len)
    numbers = np.array([float(each) for each in _NUMBER.findall(ring)])
    points = numbers.reshape(-1, 2).cumsum(axis=0)
    x, y = (points.min(axis=0) + points.max(axis=0)) / 2
    return float(x) * placed.scale + placed.x, float(y) * placed.scale + placed.y
