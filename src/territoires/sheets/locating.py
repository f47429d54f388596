"""Our own SVG: the small maps that say where, a territory among its neighbours or organisations in a territory."""

from __future__ import annotations

from html import escape

from territoires.sheets.drawing import EDGE, FILLS, INK, JOINED, WHITE, Drawing, document
from territoires.sheets.sections import Locator
from territoires.sheets.strips import ACCENT

#: Fill, edge and width of the edge (thousandths of the map's longest side) of each kind of shape.
SHAPES: dict[str, tuple[str, str, float]] = {
    "beyond": (FILLS["beyond"], WHITE, 3.0),
    "around": (FILLS["around"], WHITE, 3.0),
    "inside": ("none", ACCENT, 5.0),
    "here": (FILLS["here"], WHITE, 2.0),
    "border": ("none", WHITE, 2.4),
}

#: Height of the letters, in thousandths of the longest side.
LETTERS = 47.0


def draw_locator(locator: Locator, name: str) -> Drawing:
    """Draw a small map; `name` tells its clip path apart from those of the other maps of the page."""
    x, y, width, height = locator.window
    unit = max(width, height) / 1000
    parts = [
        f'<defs><clipPath id="{name}"><rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"/></clipPath>'
        f'<pattern id="{name}-hachures" width="{12 * unit:g}" height="{12 * unit:g}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(135)"><rect width="{12 * unit:g}" height="{12 * unit:g}" fill="{WHITE}"/>'
        f'<rect width="{12 * unit:g}" height="{4 * unit:g}" fill="{INK}"/></pattern></defs>'
        f'<g clip-path="url(#{name})">'
    ]
    for kind, path in locator.shapes:
        fill, edge, thickness = SHAPES[kind]
        parts.append(
            f'<path d="{path}" fill="{fill}" stroke="{edge}" stroke-width="{thickness * unit:.3g}" {JOINED}/>'
        )
    parts += [_disc(point, unit, name) for point in locator.points]
    parts += _labels(locator, unit)
    parts.append("</g>")
    return document(width, height, "".join(parts), locator.alt, (x, y))


def _disc(point: tuple[float, float, int, int], unit: float, name: str) -> str:
    """Draw the organisations of a commune: area by number, hatched when they are all invented."""
    x, y, count, invented = point
    fill = f"url(#{name}-hachures)" if invented == count else ACCENT
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{(13 * count**0.5 + 5) * unit:.1f}" fill="{fill}" '
        f'stroke="{INK if invented == count else WHITE}" stroke-width="{3 * unit:.3g}"/>'
    )


def _labels(locator: Locator, unit: float) -> list[str]:
    """Write the names that find room, the first ones served first, each on a white halo."""
    x0, y0, width, height = locator.window
    size = LETTERS * unit
    placed: list[tuple[float, float, float, float]] = []
    written = []
    for x, y, text in locator.labels:
        half = 0.25 * size * len(text)
        left, right, top, bottom = x - half, x + half, y - size * 0.8, y + size * 0.3
        if left < x0 or right > x0 + width or top < y0 or bottom > y0 + height:
            continue
        if any(left < box[1] and right > box[0] and top < box[3] and bottom > box[2] for box in placed):
            continue
        placed.append((left, right, top, bottom))
        common = f'x="{x:.1f}" y="{y:.1f}" text-anchor="middle" font-family="Source Sans Pro" font-size="{size:.3g}"'
        written.append(
            f'<text {common} fill="{INK}" stroke="{WHITE}" stroke-width="{size * 0.2:.3g}" '
            f'paint-order="stroke" stroke-linejoin="round">{escape(text)}</text>'
        )
    return written


def draw_disc_key(invented: bool, side: float, name: str) -> Drawing:
    """Draw one disc of the key of the organisations."""
    fill = f"url(#{name})" if invented else ACCENT
    step = side / 5
    pattern = (
        f'<defs><pattern id="{name}" width="{step:g}" height="{step:g}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(135)"><rect width="{step:g}" height="{step:g}" fill="{WHITE}"/>'
        f'<rect width="{step:g}" height="{step / 3:g}" fill="{INK}"/></pattern></defs>'
    )
    body = (
        f'{pattern if invented else ""}<circle cx="{side / 2:g}" cy="{side / 2:g}" r="{side * 0.42:g}" fill="{fill}" '
        f'stroke="{INK if invented else EDGE}" stroke-width="{side * 0.06:g}"/>'
    )
    return document(side, side, body, "")
