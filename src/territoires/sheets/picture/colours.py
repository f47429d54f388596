"""The colours of classes and the patterns of statuses: those of the interactive map (palette.js, patterns.js)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from territoires.model.indicators import MISSING, Direction, Indicator, Status

INK = "#1c2430"
SOFT = "#5a6472"
HAIRLINE = "#d9d6cf"
EDGE = "#85807a"
PAPER = "#fbfaf7"
SURFACE = "#ffffff"
ACCENT = "#0b5e6b"

#: Territories that the filters leave out, the ground of a count, the ground of a missing value.
OUTSIDE = "#f3f1ec"
LAND = "#ffffff"
BLANK = "#efece5"

#: The ramps of tokens.css.
SEQUENTIAL = ("#f7e5b9", "#ebbd7a", "#e09142", "#d16219", "#b03f20", "#872523", "#5b161f")
FIVE = ("#f7e5b9", "#e6a75a", "#d16219", "#9e2e21", "#5b161f")
NEUTRAL = ("#dee8ef", "#b9c9d6", "#96abbd", "#758da4", "#597088", "#3f546c", "#263951")
DIVERGING = ("#234e82", "#4b89bb", "#92c6e5", "#f0ece7", "#ecaf79", "#cb5f31", "#862721")

#: With few classes, the ends of a ramp that are used: neither white nor black.
ENDS: dict[int, tuple[float, float]] = {1: (0.5, 0.5), 2: (0.08, 0.7), 3: (0.05, 0.85)}

#: Circles of counts: of a fragility, of a context.
CIRCLES: dict[bool, str] = {True: SEQUENTIAL[4], False: NEUTRAL[5]}

#: Side of a pattern (units of the picture), and its drawing by status.
TILE = 8
PATTERNS: dict[Status, str] = {
    Status.NOT_PUBLISHED: '<path d="M-8 8L0 0M0 8L8 0M8 8L16 0"/>',
    Status.SECRET: '<circle cx="2" cy="2" r=".9"/><circle cx="6" cy="6" r=".9"/>',
    Status.CENSORED: '<path d="M0 2H8M0 6H8"/>',
    Status.NOT_APPLICABLE: '<path d="M2 4H6"/>',
    Status.NOT_COMPUTABLE: '<path d="M0 8L8 0M0 0L8 8"/>',
    Status.SIMULATED: '<path d="M0 2L2 6L4 2L6 6L8 2" fill="none"/>',
    Status.ESTIMATED: '<circle cx="4" cy="4" r="1"/>',
    Status.SMALL_BASE: '<circle cx="4" cy="4" r="2" fill="none"/>',
    Status.INHERITED: '<path d="M-8 0L0 8M0 0L8 8M8 0L16 8"/>',
    Status.PARTIAL: '<path d="M2 0V4M6 4V8"/>',
}
DOTTED = frozenset({Status.SECRET, Status.ESTIMATED})


def _sample(ramp: Sequence[str], at: float) -> str:
    """Return the colour at position `at` (0 to 1) of a ramp."""
    where = at * (len(ramp) - 1)
    low = min(int(where), len(ramp) - 2)
    ends = [[int(ramp[k][i : i + 2], 16) for i in (1, 3, 5)] for k in (low, low + 1)]
    mixed = (int(a + (b - a) * (where - low) + 0.5) for a, b in zip(*ends, strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _steps(ramp: Sequence[str], n: int) -> tuple[str, ...]:
    """Return `n` colours from light to dark."""
    if ramp is SEQUENTIAL and n == len(FIVE):
        return FIVE
    first, last = ENDS.get(n, (0.0, 1.0))
    return tuple(_sample(ramp, first + (last - first) * k / max(1, n - 1)) for k in range(n))


def cut_at_centre(bounds: Sequence[float], centre: float | None) -> tuple[float, ...]:
    """Return `bounds`, where a class that holds the named centre on both sides is cut there."""
    if centre is not None:
        for k, (low, high) in enumerate(pairwise(bounds)):
            if low < centre < high:
                return (*bounds[: k + 1], centre, *bounds[k + 1 :])
    return tuple(bounds)


def class_colours(indicator: Indicator, bounds: Sequence[float]) -> tuple[str, ...]:
    """Return the colour of each class, from the lowest: darker is more fragile; the warm side around a centre."""
    n = max(0, len(bounds) - 1)
    if indicator.centre is not None:
        return _around(
            indicator.centre, bounds, n, warm_above=indicator.direction is not Direction.LESS_FRAGILE
        )
    if indicator.direction is Direction.CONTEXT:
        return _steps(NEUTRAL, n)
    colours = _steps(SEQUENTIAL, n)
    return colours[::-1] if indicator.direction is Direction.LESS_FRAGILE else colours


def _around(centre: float, bounds: Sequence[float], n: int, *, warm_above: bool) -> tuple[str, ...]:
    side = [
        -1 if high <= centre and low < centre else 1 if low >= centre else 0 for low, high in pairwise(bounds)
    ]
    below, above = side.count(-1), side.count(1)
    most = max(below, above, 1)
    colours = []
    for k, s in enumerate(side):
        far = (below - k if s < 0 else k - (n - above) + 1) if s else 0
        warm = 1 if (s > 0) is warm_above else -1
        colours.append(_sample(DIVERGING, 0.5 + warm * 0.5 * far / most))
    return tuple(colours)


def pattern(name: str, status: Status, scale: float) -> str:
    """Return the pattern of a status; `scale` undoes that of the group in which it is used.

    A missing value has a ground of its own; under caution, the colour of the class shows through.
    """
    missing = status in MISSING
    colour = EDGE if missing else INK
    ground = f'<rect width="{TILE}" height="{TILE}" fill="{BLANK}" stroke="none"/>' if missing else ""
    paint = f'fill="{colour}" stroke="none"' if status in DOTTED else f'stroke="{colour}" stroke-width=".8"'
    return (
        f'<pattern id="{name}" width="{TILE}" height="{TILE}" patternUnits="userSpaceOnUse" '
        f'patternTransform="scale({scale:.4g})">{ground}'
        f'<g {paint} opacity="{0.75 if missing else 0.6}">{PATTERNS[status]}</g></pattern>'
    )
