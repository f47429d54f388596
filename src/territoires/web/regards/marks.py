"""The marks of Regards in rows: positions are percentages, so that a row fits any width and texts keep their size.

Each row stands in a table whose cells say the same in words: the drawings are hidden from those who listen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from territoires.analysis.perceived import Rank, scale_of
from territoires.model.perceptions import Actor, Perception

#: Share of the width (%) kept free at each end, and the height of a row (CSS pixels).
MARGIN = 4.0
HEIGHT = 30
MIDDLE = HEIGHT // 2

#: The height of a row of waves.
TALL = 44

#: The shape of each actor: it is told apart without its colour.
SHAPES: dict[Actor, str] = {
    Actor.CITIZENS: "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z",
    Actor.MAYORS: "M-5.5-5.5h11v11h-11z",
    Actor.LEADERS: "M0-7L6.5 5h-13z",
    Actor.ASSOCIATIONS: "M0-7.5L7 0L0 7.5L-7 0z",
    Actor.FOUNDATIONS: "M0 7L6.5-5h-13z",
}

#: The mark of what is measured: a bar, unlike any actor.
MEASURED = "M-2-8h4v16h-4z"


@dataclass(frozen=True, slots=True)
class Span:
    """A scale from `low` to `high`, in the unit of the figures."""

    low: float
    high: float

    def place(self, value: float) -> float:
        """Return where `value` stands, in per cent of the width."""
        inside = min(max(value, self.low), self.high)
        return MARGIN + (100 - 2 * MARGIN) * (inside - self.low) / ((self.high - self.low) or 1.0)


def shape(path: str, at: float, css: str) -> Markup:
    """Draw a mark at `at` per cent of the width."""
    return Markup(
        '<svg x="{:.2f}%" y="{}" width="1" height="1" overflow="visible"><path class="{}" d="{}"/></svg>'
    ).format(at, MIDDLE, css, path)


def _row(content: Markup, css: str = "") -> Markup:
    return Markup(
        '<svg class="marks {}" width="100%" height="{}" focusable="false" aria-hidden="true">{}</svg>'
    ).format(css, HEIGHT, content)


def _line(a: float, b: float, css: str, y: int = MIDDLE) -> Markup:
    return Markup('<line class="{}" x1="{:.2f}%" x2="{:.2f}%" y1="{y}" y2="{y}"/>').format(css, a, b, y=y)


def _ticks(span: Span, values: Sequence[float]) -> Markup:
    return Markup("").join(
        Markup('<line class="tick" x1="{0:.2f}%" x2="{0:.2f}%" y1="0" y2="{1}"/>').format(
            span.place(value), HEIGHT
        )
        for value in values
    )


def rank_span(of: int) -> Span:
    """Return the scale of ranks among `of`: the first on the right, as the most of anything."""
    return Span(-float(max(of, 2)), -1.0)


def gap_row(felt: Rank, measured: Rank, actor: Actor) -> Markup:
    """Draw the rank felt, with the range that margins allow, and the rank measured, tied by a line."""
    span = rank_span(felt.of)
    a, b = span.place(-felt.rank), span.place(-measured.rank)
    half = span.place(-(felt.of // 2) - 0.5)
    return _row(
        Markup('<rect class="high" x="{:.2f}%" width="{:.2f}%" y="0" height="{}"/>').format(
            half, 100 - half, HEIGHT
        )
        + _line(span.place(-felt.worst), span.place(-felt.best), "range")
        + _line(a, b, "tie")
        + shape(MEASURED, b, "measured")
        + shape(SHAPES[actor], a, f"actor {actor.value}")
    )


def actors_row(ranks: dict[Actor, Rank]) -> Markup:
    """Draw the rank given by each actor on one scale, from the last rank to the first."""
    of = max(rank.of for rank in ranks.values())
    span = rank_span(of)
    places = {actor: span.place(-rank.rank) for actor, rank in ranks.items()}
    marks = Markup("").join(
        shape(SHAPES[actor], at, f"actor {actor.value}") for actor, at in sorted(places.items(), reverse=True)
    )
    return _row(
        _ticks(span, (-1.0, -float(of))) + _line(min(places.values()), max(places.values()), "tie") + marks
    )


def value_span(figures: Sequence[Perception]) -> Span:
    """Return the scale that holds the figures and their margins; all must be on one scale."""
    ends = [end for each in figures if each.shown for end in (each.interval or (each.value, each.value))]
    return Span(min(ends, default=0.0), max(ends, default=1.0))


def value_row(figure: Perception, span: Span, css: str) -> Markup:
    """Draw a figure and its margin."""
    low, high = figure.interval or (figure.value, figure.value)
    mark = shape(SHAPES[Actor.CITIZENS], span.place(figure.value), f"value {css}")
    return _row(_line(span.place(low), span.place(high), "range") + mark, "values")


def waves_row(figures: Sequence[Perception], waves: Sequence[str], span: Span) -> Markup:
    """Draw figures wave after wave, from left to right, each with its margin; only those of one scale are tied."""
    shown = [figure for figure in figures if figure.shown]
    across = {wave: 10 + 80 * position / max(len(waves) - 1, 1) for position, wave in enumerate(waves)}
    parts = [
        Markup('<line class="slope" x1="{:.1f}%" y1="{:.1f}" x2="{:.1f}%" y2="{:.1f}"/>').format(
            across[a.wave], _height(span, a.value), across[b.wave], _height(span, b.value)
        )
        for a, b in pairwise(shown)
        if scale_of(a) == scale_of(b)
    ]
    for figure in shown:
        low, high = figure.interval or (figure.value, figure.value)
        parts.append(
            Markup(
                '<line class="range" x1="{0:.1f}%" x2="{0:.1f}%" y1="{1:.1f}" y2="{2:.1f}"/>'
                '<circle class="value" cx="{0:.1f}%" cy="{3:.1f}" r="4.5"/>'
            ).format(
                across[figure.wave], _height(span, low), _height(span, high), _height(span, figure.value)
            )
        )
    return Markup(
        '<svg class="marks waves" width="100%" height="{}" focusable="false" aria-hidden="true">{}</svg>'
    ).format(TALL, Markup("").join(parts))


def _height(span: Span, value: float) -> float:
    """Return where `value` stands from the top of a row of waves, in pixels."""
    return (TALL - 8) - (TALL - 16) * (value - span.low) / ((span.high - span.low) or 1.0)
