"""Maps drawn on the server: France in its frames, or one region, each territory in the tint it is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from territoires.model.levels import Level
from territoires.store.store import Store
from territoires.web.pages.home_map import GAP, MAINLAND, Placed, place
from territoires.web.typography import french

EDGE = "#85807a"
PAPER = "#fbfaf7"
SOFT = "#5a6472"
LAND = "#f1efe9"

#: The hatching of simulated figures: lines across any tint, at an angle that nothing else has.
HATCH_STEP = 26

#: The name of the tint of territories that are only outlined.
NONE = ""

#: Width of the drawing of one region, in its own units.
REGION_WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG document, its size, and the words that stand for it."""

    svg: str
    width: int
    height: int


def _hatching(placed: Placed) -> str:
    """Return the pattern laid over the simulated areas of a frame, of one step whatever its scale."""
    return (
        f'<pattern id="simule-{placed.zone}" width="{HATCH_STEP}" height="{HATCH_STEP}" '
        f'patternUnits="userSpaceOnUse" patternTransform="rotate(135) scale({1 / placed.scale:.4f})">'
        f'<rect width="{HATCH_STEP}" height="5" fill="{PAPER}" fill-opacity=".85"/>'
        f'<rect y="5" width="{HATCH_STEP}" height="3" fill="#1c2430" fill-opacity=".55"/></pattern>'
    )


def draw_country(
    store: Store, level: Level, fills: Sequence[str], hatched: frozenset[int] = frozenset()
) -> Picture:
    """Draw France: a fill per territory of `level`, the regions outlined; `hatched` regions crossed as simulated.

    Empty when the store has no print frame.
    """
    placed, height = place(store)
    width = max((each.x + each.frame.width * each.scale for each in placed), default=1.0)
    parts = [_frame(each, each.frame.paths.get(level, []), fills, hatched) for each in placed]
    names = dict(
        zip(store.territories(Level.REGION).zone, store.territories(Level.REGION).names, strict=True)
    )
    labels = [_label(each, names.get(each.zone, "")) for each in placed if each.zone != MAINLAND]
    body = "".join([*parts, *labels])
    return _picture(body, width, max(height, 1.0))


def draw_region(store: Store, code: str, level: Level, fills: Sequence[str]) -> Picture:
    """Draw one region with the territories of `level` that touch it; `UnknownError` without a print frame."""
    frame = store.frame(f"region:{code}")
    scale = REGION_WIDTH / frame.width
    placed = Placed(MAINLAND, frame, 0, 0, scale)
    body = _frame(
        placed, frame.paths.get(level, []), fills, frozenset(), outlined=(Level.DEPARTEMENT, Level.REGION)
    )
    return _picture(body, REGION_WIDTH, frame.height * scale)


def _frame(
    placed: Placed,
    shapes: list[tuple[int, str]],
    fills: Sequence[str],
    hatched: frozenset[int],
    outlined: tuple[Level, ...] = (Level.REGION,),
) -> str:
    unit = 1 / placed.scale
    regions = placed.frame.paths.get(Level.REGION, [])
    names = {path: f"{placed.zone}-{index}" for index, path in regions}
    # The outline of a region serves as land, as shape and as edge: it is written once.
    defined = "".join(f'<path id="{name}" d="{path}"/>' for path, name in names.items())
    drawn = [f'<use href="#{name}" fill="{LAND}"/>' for name in names.values()]
    parts: dict[str, list[str]] = {}
    for index, path in shapes:
        if fills[index] != NONE:
            parts.setdefault(fills[index], []).append(path)
    for fill, paths in sorted(parts.items()):
        style = f'fill="{fill}" stroke="{fill}" stroke-width="{0.8 * unit:.2f}"'
        drawn += [f'<use href="#{names[path]}" {style}/>' for path in paths if path in names]
        others = " ".join(path for path in paths if path not in names)
        drawn += [f'<path d="{others}" {style}/>'] if others else []
    crossed = [path for index, path in shapes if index in hatched]
    defined += _hatching(placed) if crossed else ""
    drawn += [f'<use href="#{names[path]}" fill="url(#simule-{placed.zone})"/>' for path in crossed]
    for level in outlined:
        ground, line = (5, 2) if level is Level.REGION else (2, 0.8)
        for _, path in placed.frame.paths.get(level, []):
            for colour, wide in ((PAPER, ground), (EDGE, line)):
                style = f'fill="none" stroke="{colour}" stroke-width="{wide * unit:.2f}"'
                drawn.append(
                    f'<use href="#{names[path]}" {style}/>'
                    if path in names
                    else f'<path d="{path}" {style}/>'
                )
    return f'<defs>{defined}</defs><g transform="{placed.transform}" stroke-linejoin="round">{"".join(drawn)}</g>'


def _label(placed: Placed, name: str) -> str:
    x = placed.x + placed.frame.width * placed.scale / 2
    y = placed.y + placed.frame.height * placed.scale + GAP
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" font-family="sans-serif" font-size="54" fill="{SOFT}" '
        f'text-anchor="middle">{escape(french(name))}</text>'
    )


def _picture(body: str, width: float, height: float) -> Picture:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}">{body}</svg>'
    return Picture(svg, round(width), round(height))
