"""Our own SVG: counts as squares, two ranks on one axis, the sizes of communes on one scale, and the QR code."""

from __future__ import annotations

import segno

from territoires.model.formats import number, ordinal
from territoires.sheets.drawing import EDGE, INK, WHITE, Drawing, document
from territoires.sheets.sections import DomainRow, SizeEffectRow
from territoires.sheets.strips import ACCENT, StripStyle
from territoires.sheets.survey import FeltDomain

#: Radius of the disc of each size of communes, in text sizes.
DISCS: tuple[float, ...] = (0.22, 0.32, 0.44, 0.58)

#: Modules of blank around a QR code, as its standard asks.
QUIET = 4


def draw_tally(row: DomainRow, style: StripStyle, most: int) -> Drawing:
    """Draw one square per known indicator of a domain, full for those in alert; `most` squares fill the width.

    Hidden from screen readers: the count is written beside it.
    """
    side = min(style.width / max(most, 1), style.text * 0.92)
    gap = side * 0.2
    full: list[str] = []
    empty: list[str] = []
    for k in range(row.known):
        square = f"M{k * side:.2f} {gap:.2f}h{side - gap:.2f}v{side - gap:.2f}h{gap - side:.2f}z"
        (full if k < row.alerts else empty).append(square)
    body = (
        f'<path d="{"".join(full)}" fill="{INK}" stroke="{INK}" stroke-width="{side * 0.08:.2f}"/>'
        if full
        else ""
    )
    if empty:
        body += (
            f'<path d="{"".join(empty)}" fill="{WHITE}" stroke="{EDGE}" stroke-width="{side * 0.08:.2f}"/>'
        )
    return document(style.width, side + gap, body, "")


def draw_ranks(row: FeltDomain, style: StripStyle) -> Drawing | None:
    """Draw the rank of what is felt (disc) and of what is measured (square) on one axis, 1 on the left."""
    if not (row.perceived_rank and row.objective_rank and row.ranked > 1):
        return None
    t = style.text
    y, margin = t * 0.8, t * 0.7

    def place(rank: int) -> float:
        return margin + (rank - 1) / (row.ranked - 1) * (style.width - 2 * margin)

    felt, measured = place(row.perceived_rank), place(row.objective_rank)
    ticks = "".join(f"M{place(k):.2f} {y - t * 0.12:.2f}v{t * 0.24:.2f}" for k in range(1, row.ranked + 1))
    half = t * 0.36
    body = (
        f'<path d="M{margin:.2f} {y:.2f}H{style.width - margin:.2f}{ticks}" stroke="{EDGE}" fill="none" '
        f'stroke-width="{t * 0.06:.2f}"/>'
        f'<path d="M{felt:.2f} {y:.2f}H{measured:.2f}" stroke="{INK}" stroke-width="{t * 0.18:.2f}"/>'
        f'<rect x="{measured - half:.2f}" y="{y - half:.2f}" width="{2 * half:.2f}" height="{2 * half:.2f}" '
        f'fill="{INK}"/>'
        f'<circle cx="{felt:.2f}" cy="{y:.2f}" r="{t * 0.42:.2f}" fill="{WHITE}" stroke="{ACCENT}" '
        f'stroke-width="{t * 0.2:.2f}"/>'
    )
    words = (
        f"Ressenti {ordinal(row.perceived_rank, feminine=False)}, mesuré "
        f"{ordinal(row.objective_rank, feminine=False)}, sur {number(row.ranked)} régions"
    )
    return document(style.width, t * 1.6, body, words)


def draw_sizes(row: SizeEffectRow, positions: tuple[int, ...], style: StripStyle) -> Drawing:
    """Draw the value of each size of communes on one scale: the larger the communes, the larger the disc.

    `positions` are those of the sizes in `STRATA`; the most fragile one is full. Values are written beside.
    """
    t = style.text
    y, margin = t * 0.85, t * 0.8
    known = [each.value for each in row.readings if each.value is not None]
    low, high = min(known), max(known)

    def place(value: float) -> float:
        if high <= low:
            return style.width / 2
        return margin + (value - low) / (high - low) * (style.width - 2 * margin)

    discs = []
    for k, (reading, position) in enumerate(zip(row.readings, positions, strict=True)):
        if reading.value is not None:
            fill = ACCENT if k == row.most else WHITE
            discs.append(
                (
                    DISCS[position],
                    f'<circle cx="{place(reading.value):.2f}" cy="{y:.2f}" r="{DISCS[position] * t:.2f}" '
                    f'fill="{fill}" stroke="{ACCENT if k == row.most else INK}" stroke-width="{t * 0.1:.2f}"/>',
                )
            )
    axis = (
        f'<path d="M{margin:.2f} {y:.2f}H{style.width - margin:.2f}" stroke="{EDGE}" '
        f'stroke-width="{t * 0.07:.2f}"/>'
    )
    body = axis + "".join(disc for _, disc in sorted(discs, reverse=True))
    return document(style.width, t * 1.7, body, "")


def draw_code(address: str, side: float) -> Drawing:
    """Draw the QR code of an address (error correction M), `side` wide, blank margin included."""
    matrix = segno.make(address, error="m", micro=False).matrix
    size = len(matrix) + 2 * QUIET
    dark = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, line in enumerate(matrix)
        for x, on in enumerate(line)
        if on
    )
    body = (
        f'<g transform="scale({side / size:.4f})"><rect width="{size}" height="{size}" fill="{WHITE}"/>'
        f'<path d="{dark}" fill="{INK}"/></g>'
    )
    return document(side, side, body, f"Code QR qui mène à {address}")
