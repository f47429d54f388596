"""The plot of a domain: regions by the rank of what is felt and the rank of what is measured, in four quarters."""

from __future__ import annotations

from html import escape

from markupsafe import Markup

from territoires.analysis.gaps import READING_LABELS, Gap, Gaps, Reading
from territoires.web.regards.marks import SHAPES

#: The drawing in its own units: margins, size of the square of ranks, what a label takes.
WIDTH, HEIGHT = 920, 620
LEFT, RIGHT, TOP, BOTTOM = 150, 150, 40, 46

#: Where each quarter is named: (right, top).
CORNERS: dict[Reading, tuple[bool, bool]] = {
    Reading.FELT: (False, True),
    Reading.SHARED: (True, True),
    Reading.CONTAINED: (False, False),
    Reading.SILENT: (True, False),
}


def plot(found: Gaps, names: dict[str, str], actor_shape: str = "") -> Markup:
    """Draw the regions known on both sides: felt the most at the top, measured the most on the right.

    A vertical line through a mark is the range of ranks that margins allow. Hidden from those who listen: the
    table under it says the same.
    """
    rows = [row for row in found.rows if row.felt_rank and row.measured_rank]
    half = found.compared // 2 + 0.5
    split_x, split_y = _x(half, found.compared), _y(half, found.compared)
    parts = [
        f'<rect class="quarter high" x="{split_x:.1f}" y="{TOP}" width="{WIDTH - RIGHT + 20 - split_x:.1f}" '
        f'height="{split_y - TOP:.1f}"/>',
        f'<line class="split" x1="{split_x:.1f}" x2="{split_x:.1f}" y1="{TOP - 10}" y2="{HEIGHT - BOTTOM + 10}"/>',
        f'<line class="split" x1="{LEFT - 20}" x2="{WIDTH - RIGHT + 20}" y1="{split_y:.1f}" y2="{split_y:.1f}"/>',
        *(_corner(reading) for reading in CORNERS),
        f'<text class="axis" x="{WIDTH / 2:.0f}" y="{HEIGHT - 8}" text-anchor="middle">mesuré davantage →</text>',
        f'<text class="axis" x="16" y="{HEIGHT / 2:.0f}" text-anchor="middle" '
        f'transform="rotate(-90 16 {HEIGHT / 2:.0f})">ressenti davantage →</text>',
    ]
    taken: dict[int, int] = {}
    points = [_point(row, found.compared, names[row.code], actor_shape, taken) for row in rows]
    # All the margins first, then the marks, then the names: a name is never crossed out.
    parts += [point[layer] for layer in range(3) for point in points]
    body = Markup("".join(parts))  # noqa: S704 - every text is escaped below
    return Markup(
        '<svg class="quadrant" viewBox="0 0 {} {}" focusable="false" aria-hidden="true">{}</svg>'
    ).format(WIDTH, HEIGHT, body)


def _x(rank: float, of: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * (of - rank) / max(of - 1, 1)


def _y(rank: float, of: int) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (rank - 1) / max(of - 1, 1)


def _corner(reading: Reading) -> str:
    right, top = CORNERS[reading]
    x, anchor = (WIDTH - RIGHT + 20, "end") if right else (LEFT - 20, "start")
    y = 20 if top else HEIGHT - BOTTOM + 28
    label = READING_LABELS[reading]
    return f'<text class="corner" x="{x}" y="{y}" text-anchor="{anchor}">{label[0].upper()}{label[1:]}</text>'


def _point(row: Gap, of: int, name: str, actor_shape: str, taken: dict[int, int]) -> tuple[str, str, str]:
    """Draw the margin, the mark and the name of one region; of two regions of equal felt rank, one is named left."""
    assert row.felt_rank is not None  # noqa: S101 - `plot` keeps the rows that have both
    assert row.measured_rank is not None  # noqa: S101 - the same
    x, y = _x(row.measured_rank.rank, of), _y(row.felt_rank.rank, of)
    same = taken.get(row.felt_rank.rank, 0)
    taken[row.felt_rank.rank] = same + 1
    left = x > WIDTH / 2 if same == 0 else x <= WIDTH / 2
    text_x, anchor = (x - 12, "end") if left else (x + 12, "start")
    low, high = _y(row.felt_rank.worst, of), _y(row.felt_rank.best, of)
    css = "actor unsure" if row.unsure else "actor"
    mark = actor_shape or next(iter(SHAPES.values()))
    return (
        f'<line class="range" x1="{x:.1f}" x2="{x:.1f}" y1="{low:.1f}" y2="{high:.1f}"/>',
        f'<path class="{css}" d="{mark}" transform="translate({x:.1f} {y:.1f})"/>',
        f'<text x="{text_x:.1f}" y="{y + 5:.1f}" text-anchor="{anchor}">{escape(name)}</text>',
    )
