"""Our own SVG: the dispersion strips, with the marks of the territory and of France, and their key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from territoires.model.formats import NARROW, number
from territoires.model.levels import WORDS
from territoires.sheets.drawing import EDGE, INK, SOFT, WHITE, Drawing, document
from territoires.sheets.figures import figure
from territoires.sheets.readings import Line, Spread
from territoires.sheets.sheet import StratumRow

#: The middle of the communes, and the mark of the territory.
BAND = "#cdc8bd"
ACCENT = "#0b5e6b"

#: Fewest territories whose deciles and quartiles are drawn; with fewer, the extremes and the middle only.
FEWEST_FOR_DECILES = 10


@dataclass(frozen=True, slots=True)
class StripStyle:
    """Size of a strip: `width` of the drawing and `text` size, in the same units."""

    width: float
    text: float


def draw_strip(line: Line, name: str, style: StripStyle) -> Drawing | None:
    """Draw how the communes differ, with the marks of the territory and of France; None without a spread."""
    spread = line.spread
    if spread is None or spread.n < 2:
        return None
    few = spread.n < FEWEST_FOR_DECILES
    here = line.here.value if line.marked else None
    france = line.france.value if line.marked else None
    place, broken_low, broken_high = _scale(spread, here, france, style)
    t = style.text
    axis, baseline = t * 1.55, t * 3.35
    left, right = place(spread.minimum), place(spread.maximum)
    parts = [
        _segment(left, right, axis, t * 0.07, EDGE),
        "" if few else _band(spread, place, axis, t),
        *(_tick(x, axis, t * 0.3, t * 0.09, EDGE) for x in (left, right)),
        *(_break(x, axis, t) for x, broken in ((left, broken_low), (right, broken_high)) if broken),
        _tick(place(spread.median), axis, t * 0.62, t * 0.17, INK),
    ]
    if france is not None:
        parts.append(_diamond(place(france), axis, t * 0.42))
    if here is not None:
        parts.append(_arrow(place(here), axis - t * 0.5, t))
    labelled = [(spread.median, True), (spread.minimum, False), (spread.maximum, False)]
    if not few:
        labelled += [(spread.d1, False), (spread.d9, False)]
    parts.append(_labels(line, labelled, place, baseline, style))
    return document(style.width, t * 3.7, "".join(parts), _strip_words(line, spread, name))


def _scale(
    spread: Spread, here: float | None, france: float | None, style: StripStyle
) -> tuple[Callable[[float], float], bool, bool]:
    """Return value → abscissa, and whether the axis is broken before the minimum or the maximum.

    The scale is linear where eight communes in ten stand, half their range beyond, and as far as the marks;
    an extreme further out stands at the end of the axis, behind a break.
    """
    marks = [mark for mark in (here, france) if mark is not None]
    reach = 0.5 * (spread.d9 - spread.d1)
    low, high = spread.minimum, spread.maximum
    if reach > 0:
        low = max(low, spread.d1 - reach)
        high = min(high, spread.d9 + reach)
    inner_low, inner_high = min([low, *marks]), max([high, *marks])
    broken_low, broken_high = spread.minimum < inner_low, spread.maximum > inner_high
    margin = style.text * 0.9
    start = margin + (style.text * 2.2 if broken_low else 0.0)
    end = style.width - margin - (style.text * 2.2 if broken_high else 0.0)
    width = inner_high - inner_low

    def place(value: float) -> float:
        if value < inner_low:
            return margin
        if value > inner_high:
            return style.width - margin
        if width <= 0:
            return (start + end) / 2
        return start + (value - inner_low) / width * (end - start)

    return place, broken_low, broken_high


def _band(spread: Spread, place: Callable[[float], float], axis: float, t: float) -> str:
    """Draw where eight territories in ten stand, and the middle half."""
    return _segment(place(spread.d1), place(spread.d9), axis, t * 0.3, BAND) + (
        f'<rect x="{place(spread.q1):.2f}" y="{axis - t * 0.42:.2f}" '
        f'width="{max(place(spread.q3) - place(spread.q1), 0.4):.2f}" height="{t * 0.84:.2f}" '
        f'fill="{BAND}" stroke="{EDGE}" stroke-width="{t * 0.07:.2f}"/>'
    )


def _segment(x1: float, x2: float, y: float, width: float, colour: str) -> str:
    """Draw a horizontal line."""
    return f'<path d="M{x1:.2f} {y:.2f}H{x2:.2f}" stroke="{colour}" stroke-width="{width:.2f}"/>'


def _tick(x: float, y: float, half: float, width: float, colour: str) -> str:
    """Draw a vertical tick centred on the axis."""
    return f'<path d="M{x:.2f} {y - half:.2f}V{y + half:.2f}" stroke="{colour}" stroke-width="{width:.2f}"/>'


def _break(x: float, y: float, t: float) -> str:
    """Draw the sign of a broken axis between an extreme and the scale."""
    middle = x + t * 1.1 if x < t * 2 else x - t * 1.1
    return (
        f'<path d="M{middle - t * 0.3:.2f} {y:.2f}h{t * 0.6:.2f}" stroke="{WHITE}" '
        f'stroke-width="{t * 0.5:.2f}"/>'
        f'<path d="M{middle - t * 0.42:.2f} {y + t * 0.32:.2f}l{t * 0.3:.2f} {-t * 0.64:.2f}'
        f'm{t * 0.24:.2f} {t * 0.64:.2f}l{t * 0.3:.2f} {-t * 0.64:.2f}" stroke="{EDGE}" fill="none" '
        f'stroke-width="{t * 0.09:.2f}"/>'
    )


def _diamond(x: float, y: float, r: float) -> str:
    """Draw the mark of France: a hollow diamond on the axis."""
    return (
        f'<path d="M{x:.2f} {y - r:.2f}l{r:.2f} {r:.2f}l{-r:.2f} {r:.2f}l{-r:.2f} {-r:.2f}z" fill="{WHITE}" '
        f'stroke="{INK}" stroke-width="{r * 0.3:.2f}"/>'
    )


def _arrow(x: float, y: float, t: float) -> str:
    """Draw the mark of the territory: a full triangle above the axis, pointing at it."""
    half, height = t * 0.5, t * 0.85
    return f'<path d="M{x:.2f} {y:.2f}l{-half:.2f} {-height:.2f}h{2 * half:.2f}z" fill="{ACCENT}"/>'


def _labels(
    line: Line,
    labelled: list[tuple[float, bool]],
    place: Callable[[float], float],
    baseline: float,
    style: StripStyle,
) -> str:
    """Write numbers under their marks, the first ones served first, never overlapping.

    A number that would repeat another or finds no room is left out of the drawing: the words of the strip
    hold them all. The strong one, True, is the median.
    """
    t = style.text
    placed: list[tuple[float, float, str, bool]] = []
    texts: set[str] = set()
    for value, strong in labelled:
        text = figure(line.indicator, value)
        half = 0.27 * t * len(text)
        x = min(max(place(value), half), style.width - half)
        free = all(x + half + 0.5 * t <= left or x - half - 0.5 * t >= right for left, right, _, _ in placed)
        if text in texts or not free:
            continue
        texts.add(text)
        placed.append((x - half, x + half, text, strong))
    return "".join(
        f'<text x="{(left + right) / 2:.2f}" y="{baseline:.2f}" text-anchor="middle" '
        f'font-family="Source Sans Pro" font-size="{t:g}" font-weight="{600 if strong else 400}" '
        f'fill="{INK if strong else SOFT}">{escape(text)}</text>'
        for left, right, text, strong in sorted(placed)
    )


def _strip_words(line: Line, spread: Spread, name: str) -> str:
    """Say a strip: its seven numbers, the territory and France."""
    words = WORDS[spread.level]
    who = words.plural if spread.n > 1 else words.singular
    numbers = ", ".join(f"{label} {figure(line.indicator, value)}" for label, value in spread.points)
    unit = f", {line.unit}" if line.unit else ""
    text = f"{line.indicator.label}{unit}, {number(spread.n)} {who} : {numbers}."
    if line.marked:
        text += f" {name} : {line.here.text}. France : {line.france.text}."
    return text


def draw_share(row: StratumRow, style: StripStyle) -> Drawing:
    """Draw the share (%) of the inhabitants living in communes of one size, here and in France."""
    t = style.text
    axis, margin = t * 1.15, t * 0.6

    def place(share: float) -> float:
        return margin + share / 100 * (style.width - 2 * margin)

    parts = [
        _segment(place(0), place(100), axis, t * 0.07, EDGE),
        *(_tick(place(share), axis, t * (0.3 if share % 50 == 0 else 0.18), t * 0.07, EDGE)
          for share in range(0, 101, 10)),
        _diamond(place(row.france), axis, t * 0.42),
        _arrow(place(row.share), axis - t * 0.2, t),
    ]  # fmt: skip
    words = f"{number(row.share, 1)}{NARROW}%, France {number(row.france, 1)}{NARROW}%"
    return document(style.width, t * 1.6, "".join(parts), words)


def draw_key(text: str, style: StripStyle) -> Drawing:
    """Draw one mark of the key of the strips: "territory", "france", "median", "half" or "most"."""
    t = style.text
    x, y, width = t, t * 0.9, t * 2
    bodies = {
        "territory": _arrow(x, y + t * 0.4, t),
        "france": _diamond(x, y, t * 0.42),
        "median": _tick(x, y, t * 0.62, t * 0.17, INK),
        "half": (
            f'<rect x="{t * 0.2:.2f}" y="{y - t * 0.42:.2f}" width="{t * 1.6:.2f}" height="{t * 0.84:.2f}" '
            f'fill="{BAND}" stroke="{EDGE}" stroke-width="{t * 0.07:.2f}"/>'
        ),
        "most": _segment(0, width, y, t * 0.3, BAND),
        "all": _segment(0, width, y, t * 0.07, EDGE) + _tick(t * 0.05, y, t * 0.3, t * 0.09, EDGE)
        + _tick(width - t * 0.05, y, t * 0.3, t * 0.09, EDGE),
    }  # fmt: skip
    return document(width, t * 1.8, bodies[text], "")
