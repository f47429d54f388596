"""The column of words beside the map: the sentence, the legend, the territories that are marked."""

from __future__ import annotations

from territoires.model.formats import number
from territoires.model.levels import WORDS
from territoires.sheets.picture.colours import ACCENT, CIRCLES, EDGE, INK, SOFT, SURFACE, pattern
from territoires.sheets.picture.content import ClassEntry, Mark, Picture
from territoires.sheets.picture.layout import Room
from territoires.sheets.picture.plates import badge, largest_radius, largest_value
from territoires.sheets.picture.text import lines_of, measure, shortened, text, wrap

#: Sizes of text, and the step from one line to the next.
SENTENCE, ENTRY, NOTE = 18.0, 19.0, 15.0

#: The swatch of a class.
SWATCH = (44.0, 26.0)
ROW = 31.0

#: The parts of the largest value whose circles the legend draws.
PARTS = (1, 6, 36)


class Column:
    """Writes from the top of a room to its bottom; `y` is where the next line goes."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.y = room.y
        self.parts: list[str] = []

    def words(self, words: str, size: float, fill: str, *, weight: int = 400, most: int = 12) -> None:
        """Write a paragraph, cut into lines."""
        lines = shortened(wrap(words, self.room.width, size, weight), most)
        step = size * 1.32
        self.parts.append(lines_of(self.room.x, self.y + size, lines, size, step, fill=fill, weight=weight))
        self.y += step * len(lines)


def draw_legend(picture: Picture, room: Room) -> str:
    """Draw the column; what it says of classes and statuses also stands in `data-` attributes."""
    column = Column(room)
    column.words(picture.sentence, SENTENCE, INK, most=9)
    column.y += 20
    column.parts.append('<g id="legende">')
    head = WORDS[picture.selection.level].plural
    right = room.x + room.width
    if picture.classes or picture.statuses:
        column.parts.append(text(right, column.y + 14, head, NOTE, fill=SOFT, anchor="end"))
    column.words("Légende", ENTRY, INK, weight=600)
    column.y += 6
    if picture.is_count:
        column.parts.append(_circle_key(picture, column))
    ordered = list(picture.classes)
    if picture.selected.indicator.direction != -1:
        ordered.reverse()
    for entry in ordered:
        column.parts.append(_class_row(entry, room.x, column.y, right))
        column.y += ROW
    if ordered and picture.statuses:
        column.y += 5
    for status in picture.statuses:
        name = f"cle-{status.status.word}"
        swatch = f'<rect x="{room.x:.1f}" y="{column.y:.1f}" width="{SWATCH[0]}" height="{SWATCH[1]}"'
        column.parts.append(
            f'<g data-status="{status.status.word}" data-count="{status.count}">'
            f"<defs>{pattern(name, status.status, 1)}</defs>"
            f'{swatch} fill="url(#{name})" stroke="{EDGE}" stroke-width=".7"/>'
            + text(room.x + SWATCH[0] + 12, column.y + 19, status.words, ENTRY - 1, fill=INK)
            + text(right, column.y + 19, number(status.count), ENTRY - 2, fill=SOFT, anchor="end")
            + "</g>"
        )
        column.y += ROW
    column.y += 6
    for note in picture.notes:
        column.words(note, NOTE, SOFT)
    column.parts.append("</g>")
    if picture.marks:
        column.y += 20
        column.words("Repères", ENTRY, INK, weight=600)
        column.y += 4
        for mark in picture.marks:
            _mark_row(mark, column)
    return "".join(column.parts)


def _class_row(entry: ClassEntry, x: float, y: float, right: float) -> str:
    """Draw a class: its colour, its bounds in words, how many territories are shown in it."""
    width, height = SWATCH
    return (
        f'<g data-low="{entry.low!r}" data-high="{entry.high!r}" data-count="{entry.count}">'
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width}" height="{height}" fill="{entry.colour}" '
        f'stroke="{EDGE}" stroke-width=".5"/>'
        + text(x + width + 12, y + 19, entry.words, ENTRY, fill=INK)
        + text(right, y + 19, number(entry.count), ENTRY - 2, fill=SOFT, anchor="end")
        + "</g>"
    )


def round_below(value: float) -> float:
    """Return the largest of 1, 2 or 5 × 10ⁿ that is not above `value` (> 0)."""
    power = 1.0
    while power * 10 <= value:
        power *= 10
    while power > value:
        power /= 10
    return next((step * power for step in (5, 2, 1) if step * power <= value), power)


def _circle_key(picture: Picture, column: Column) -> str:
    """Draw three nested circles, at the size they have on the map, with their values."""
    most = largest_value(picture)
    if most <= 0:
        return ""
    values = [round_below(most / part) for part in PARTS]
    values = [value for n, value in enumerate(values) if n == 0 or value >= 1]
    largest = largest_radius(picture)
    radii = [largest * (value / most) ** 0.5 for value in values]
    x, bottom = column.room.x + radii[0] + 2, column.y + 2 * radii[0] + 8
    colour = CIRCLES[bool(picture.selected.indicator.direction)]
    edge = x + radii[0] + 16
    parts = ['<g data-circles="true">']
    for n, (value, radius) in enumerate(zip(values, radii, strict=True)):
        top = bottom - 2 * radius
        line = max(top, column.y + 14 + n * 22)
        parts.append(
            f'<g data-value="{value!r}" data-radius="{radius:.2f}">'
            f'<circle cx="{x:.1f}" cy="{bottom - radius:.1f}" r="{radius:.1f}" fill="{colour}" fill-opacity=".25" '
            f'stroke="{colour}" stroke-width="1.4"/>'
            f'<path d="M{x:.1f} {top:.1f}L{edge:.1f} {line:.1f}h10" fill="none" stroke="{EDGE}" stroke-width=".8"/>'
            + text(edge + 16, line + 6, number(value), ENTRY, fill=INK)
            + "</g>"
        )
    column.y = max(bottom, column.y + 14 + len(values) * 22) + 14
    return "".join(parts) + "</g>"


def _mark_row(mark: Mark, column: Column) -> None:
    """Write a marked territory: its sign, its name, its value."""
    x, y = column.room.x, column.y
    if mark.number:
        column.parts.append(badge(x + 12, y + 13, mark.number))
    else:
        column.parts.append(
            f'<circle cx="{x + 12:.1f}" cy="{y + 13:.1f}" r="9" fill="{SURFACE}" stroke="{ACCENT}" stroke-width="2.8"/>'
        )
    name = mark.name
    while measure(name, ENTRY, 600) > column.room.width - 34 and len(name) > 4:
        name = name.removesuffix("…")[:-1] + "…"
    fill = INK if mark.number else ACCENT
    column.parts.append(text(x + 34, y + 19, name, ENTRY, fill=fill, weight=600))
    column.parts.append(text(x + 34, y + 40, mark.words, NOTE + 1, fill=SOFT))
    column.y += 52
