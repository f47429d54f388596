"""Text of a picture: real text in the SVG, laid out with the widths of the faces that it is drawn in.

The browser that opens the file may have other faces: lines are cut a little before they are full.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from pathlib import Path

import font_source_sans_pro
import font_source_serif_pro

SANS = "'Territoires Sans', 'Source Sans Pro', 'Source Sans 3', 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
SERIF = "'Territoires Serif', 'Source Serif Pro', 'Source Serif 4', 'Noto Serif', Georgia, serif"

#: The files that widths are read from: family, weight.
FILES: dict[tuple[str, int], Path] = {
    (SANS, 400): Path(font_source_sans_pro.font_directory) / "SourceSansPro-Regular.ttf",
    (SANS, 600): Path(font_source_sans_pro.font_directory) / "SourceSansPro-Semibold.ttf",
    (SERIF, 600): Path(font_source_serif_pro.font_directory) / "SourceSerifPro-Semibold.ttf",
}

#: Part of a line that is filled: the rest is for wider faces.
FILLED = 0.97

#: Width of a character that a face lacks, in em.
UNKNOWN_WIDTH = 0.5


@lru_cache(maxsize=8)
def _widths(family: str, weight: int) -> dict[int, float]:
    """Return the width of each character of a face, in em."""
    # Needed once per process, when a first picture is made.
    from fontTools.ttLib import TTFont

    with TTFont(str(FILES[family, weight]), lazy=True) as font:
        em = float(font["head"].unitsPerEm)
        metrics = font["hmtx"]
        return {code: metrics[glyph][0] / em for code, glyph in font.getBestCmap().items()}


def measure(text: str, size: float, weight: int = 400, family: str = SANS) -> float:
    """Return the width of `text`, in the units of `size`."""
    widths = _widths(family, weight)
    return size * sum(widths.get(ord(character), UNKNOWN_WIDTH) for character in text)


def wrap(text: str, room: float, size: float, weight: int = 400, family: str = SANS) -> list[str]:
    """Cut `text` at its plain spaces into lines that fit `room`; a word longer than that stands alone."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and measure(longer, size, weight, family) > room * FILLED:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line] if line else lines


def shortened(lines: list[str], most: int) -> list[str]:
    """Return at most `most` lines, the last one ending with "…" when some are left out."""
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1].rstrip(" ,;:") + " …"]


def text(
    x: float,
    y: float,
    words: str,
    size: float,
    *,
    fill: str,
    weight: int = 400,
    anchor: str = "start",
    halo: str = "",
    serif: bool = False,
) -> str:
    """Return one line of text whose baseline starts (or ends, or is centred) at `x`, `y`."""
    bold = f' font-weight="{weight}"' if weight != 400 else ""
    placed = f' text-anchor="{anchor}"' if anchor != "start" else ""
    family = f' font-family="{SERIF}"' if serif else ""
    edge = (
        f' stroke="{halo}" stroke-width="{size / 4.5:.1f}" stroke-linejoin="round" paint-order="stroke"'
        if halo
        else ""
    )
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{fill}"{bold}{placed}{family}{edge}>'
        f"{escape(words, quote=False)}</text>"
    )


def lines_of(
    x: float, y: float, lines: list[str], size: float, step: float, *, fill: str, weight: int = 400
) -> str:
    """Return several lines under each other, the first one with its baseline at `y`."""
    return "".join(
        text(x, y + n * step, line, size, fill=fill, weight=weight) for n, line in enumerate(lines)
    )
