"""The plot of a dispersion: a strip per size of territory on one scale, in an SVG that fits any width.

Positions are percentages of the width, so that lines and texts keep their size on a phone. The table beside
it says the same to those who do not see it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from markupsafe import Markup

from territoires.analysis.dispersion import Dispersion

#: Share of the width (%) kept free at each end.
MARGIN = 4.0

#: Height of a strip and of the axis (CSS pixels).
HEIGHT = 28

#: About how many marks the axis has.
MARKS = 4


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear scale from `low` to `high`, in the unit of the indicator, and the values marked on it."""

    low: float
    high: float
    marks: tuple[float, ...]

    def place(self, value: float) -> float:
        """Return where `value` stands, in per cent of the width."""
        inside = min(max(value, self.low), self.high)
        return MARGIN + (100 - 2 * MARGIN) * (inside - self.low) / (self.high - self.low)


def scale_of(spreads: list[Dispersion]) -> Scale | None:
    """Return the scale that holds eight territories in ten of each size; None when they all are equal."""
    known = [each for each in spreads if each.n]
    low = min((each.d1 for each in known), default=0.0)
    high = max((each.d9 for each in known), default=0.0)
    if not high > low:
        return None
    rough = (high - low) / MARKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * each for each in (1, 2, 5, 10) if power * each >= rough * 0.999)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return Scale(low, high, tuple(step * each for each in range(first, last + 1)))


def strip(spread: Dispersion, scale: Scale) -> Markup:
    """Draw where eight territories in ten stand, the middle half, and the territory of the middle."""
    if not spread.n:
        return Markup("")
    d1, q1, middle, q3, d9 = (
        scale.place(each) for each in (spread.d1, spread.q1, spread.median, spread.q3, spread.d9)
    )
    grid = Markup("").join(
        Markup('<line class="mark" x1="{0:.2f}%" x2="{0:.2f}%" y1="0" y2="{1}"/>').format(
            scale.place(mark), HEIGHT
        )
        for mark in scale.marks
    )
    return Markup(
        '<svg class="spread-strip" width="100%" height="{h}" focusable="false">{grid}'
        '<line x1="{d1:.2f}%" x2="{d9:.2f}%" y1="{y}" y2="{y}"/>'
        '<rect x="{q1:.2f}%" width="{w:.2f}%" y="{top}" height="12"/>'
        '<circle cx="{m:.2f}%" cy="{y}" r="5"/></svg>'
    ).format(
        h=HEIGHT,
        grid=grid,
        d1=d1,
        d9=d9,
        y=HEIGHT // 2,
        q1=q1,
        w=max(q3 - q1, 0.3),
        top=HEIGHT // 2 - 6,
        m=middle,
    )
