"""Our own SVG: the map of a sheet and the swatches of its legend, with words that say them.

The same drawings stand in the page and in the PDF. Colours are those of `assets/tokens.css`; every
distinction also holds in grey: lightness for classes, hatching for what is missing, shape for marks.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from territoires.model.formats import NARROW
from territoires.sheets.sheet import MapSection

INK = "#1c2430"
SOFT = "#5a6472"
EDGE = "#85807a"
WHITE = "#ffffff"

#: Plain fills by kind: "seq5-1" to "seq5-5" (darker is more fragile), "neutral-1" to "neutral-7" (context).
FILLS: dict[str, str] = {
    "seq5-1": "#f7e5b9", "seq5-2": "#e6a75a", "seq5-3": "#d16219", "seq5-4": "#9e2e21", "seq5-5": "#5b161f",
    "neutral-1": "#dee8ef", "neutral-2": "#b9c9d6", "neutral-3": "#96abbd", "neutral-4": "#758da4",
    "neutral-5": "#597088", "neutral-6": "#3f546c", "neutral-7": "#263951",
    "inside": "#b9c9d6", "outside": "#f1efe9",
    "beyond": "#f6f4ef", "around": "#e7e2d8", "here": "#0b5e6b",
}  # fmt: skip

#: Hatchings by status word: (ground, stroke, angle in degrees, dotted).
HATCHINGS: dict[str, tuple[str, str, int, bool]] = {
    "not_published": ("#ffffff", "#8a8f98", 45, False),
    "secret": ("#ffffff", "#5a6472", 0, True),
    "censored": ("#f7e5b9", "#85807a", 90, False),
    "not_applicable": ("#ffffff", "#c3c6cb", 0, False),
    "not_computable": ("#ffffff", "#c3c6cb", 90, False),
    "simulated": ("#ffffff", "#5b161f", 135, False),
    "estimated": ("#f1efe9", "#5a6472", 135, False),
    "small_base": ("#f1efe9", "#5a6472", 0, True),
    "inherited": ("#eceae4", "#8a8f98", 0, False),
    "partial": ("#eceae4", "#8a8f98", 135, False),
}

#: Most communes of a map that still shows the edge of each.
EDGED_COMMUNES = 600

#: How the segments of an outline are joined: on lines of a quarter of a millimetre no eye tells round joins, which
#: take Typst three times as long.
JOINED = 'stroke-linejoin="bevel"'

#: Ground lengths of a scale bar, in kilometres.
SCALES = (1, 2, 5, 10, 20, 50, 100, 200)


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG document with its width and height in its own units, and the words that stand for it."""

    svg: str
    alt: str
    width: float
    height: float


def document(
    width: float, height: float, body: str, alt: str, origin: tuple[float, float] = (0.0, 0.0)
) -> Drawing:
    """Wrap `body` as an SVG document; as an image of a page it is named by `alt`, or hidden without it.

    `origin` is the point of the body at the top left corner.
    """
    role = f'role="img" aria-label="{escape(alt, quote=True)}"' if alt else 'aria-hidden="true"'
    return Drawing(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{origin[0]:g} {origin[1]:g} {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" {role}>{body}</svg>',
        alt,
        width,
        height,
    )


def _hatching(name: str, kind: str, step: float) -> str:
    """Return the pattern of a missing value; `step` is the distance between two hatches."""
    ground, stroke, angle, dotted = HATCHINGS[kind]
    mark = (
        f'<circle cx="{step / 2:g}" cy="{step / 2:g}" r="{step / 5:g}" fill="{stroke}"/>'
        if dotted
        else f'<rect width="{step:g}" height="{step / 3.5:g}" fill="{stroke}"/>'
    )
    return (
        f'<pattern id="{name}-{kind}" width="{step:g}" height="{step:g}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({angle})"><rect width="{step:g}" height="{step:g}" fill="{ground}"/>'
        f"{mark}</pattern>"
    )


def draw_map(section: MapSection) -> Drawing:
    """Draw the map of a sheet: fills, outlines of the départements and of the territory, a scale bar.

    Shapes of one kind are one path. Up to `EDGED_COMMUNES` each commune keeps a white edge; beyond, edges
    take the colour of the fill, so that no gap shows between communes.
    """
    unit = max(section.width, section.height) / 1000
    hatched = [kind for kind, _ in section.shapes if kind in HATCHINGS]
    x, y = section.origin
    parts = [
        "<defs>",
        *(_hatching("carte", kind, 9 * unit) for kind in hatched),
        f'<clipPath id="carte-cadre"><rect x="{x:g}" y="{y:g}" width="{section.width:g}" '
        f'height="{section.height:g}"/></clipPath></defs><g clip-path="url(#carte-cadre)">',
    ]
    own = WHITE if section.communes <= EDGED_COMMUNES else ""
    for kind, path in section.shapes:
        fill = FILLS.get(kind, f"url(#carte-{kind})")
        edge = "#d9d6cf" if kind == "outside" else EDGE if kind in HATCHINGS else own or fill
        parts.append(
            f'<path d="{path}" fill="{fill}" stroke="{edge}" stroke-width="{0.8 * unit:.3g}" {JOINED}/>'
        )
    for level, path in section.outlines:
        heavy = level == "region"
        parts.append(
            f'<path d="{path}" fill="none" stroke="{INK if heavy else WHITE}" '
            f'stroke-width="{(2.2 if heavy else 2.4) * unit:.3g}" {JOINED}/>'
        )
        if not heavy:
            parts.append(
                f'<path d="{path}" fill="none" stroke="{INK}" stroke-width="{0.9 * unit:.3g}" {JOINED}/>'
            )
    parts += ["</g>", _scale_bar(section, unit)]
    height = section.height + 44 * unit
    return document(section.width, height, "".join(parts), section.alt, section.origin)


def _scale_bar(section: MapSection, unit: float) -> str:
    """Draw the longest round distance that fits a fifth of the width, under the map."""
    room = section.width * section.metres_per_unit / 5000
    kilometres = max((each for each in SCALES if each <= room), default=SCALES[0])
    length = kilometres * 1000 / section.metres_per_unit
    left, y = section.origin[0], section.origin[1] + section.height + 32 * unit
    return (
        f'<path d="M{left:.2f} {y - 6 * unit:.2f}V{y:.2f}H{left + length:.2f}V{y - 6 * unit:.2f}" fill="none" '
        f'stroke="{SOFT}" stroke-width="{1.4 * unit:.3g}"/>'
        f'<text x="{left + length + 10 * unit:.2f}" y="{y:.2f}" font-family="Source Sans Pro" '
        f'font-size="{24 * unit:.3g}" fill="{SOFT}">{kilometres}{NARROW}km</text>'
    )


def draw_swatch(kind: str, width: float = 22, height: float = 12) -> Drawing:
    """Draw one fill of the legend; the words beside it name it, so it has none of its own."""
    defs = f"<defs>{_hatching('cle', kind, 4)}</defs>" if kind in HATCHINGS else ""
    fill = FILLS.get(kind, f"url(#cle-{kind})")
    edge = EDGE if kind in HATCHINGS or kind in ("outside", "seq5-1", "neutral-1") else fill
    body = (
        f'{defs}<rect x=".3" y=".3" width="{width - 0.6:g}" height="{height - 0.6:g}" fill="{fill}" '
        f'stroke="{edge}" stroke-width=".6"/>'
    )
    return document(width, height, body, "")
