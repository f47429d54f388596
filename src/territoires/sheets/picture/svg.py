"""A picture of the map as an SVG document: text stays text, numbers are also there as data."""

from __future__ import annotations

import base64
import json
from html import escape

from territoires.model.levels import Level
from territoires.sheets.picture.colours import HAIRLINE, INK, PAPER, SOFT
from territoires.sheets.picture.content import Picture
from territoires.sheets.picture.layout import SHEETS, Frames, Plate, Room, Size, plates
from territoires.sheets.picture.legend import draw_legend
from territoires.sheets.picture.plates import (
    Taken,
    draw_inset_words,
    draw_marks,
    draw_names,
    draw_plate,
    draw_scale,
)
from territoires.sheets.picture.text import SANS, SERIF, lines_of, shortened, text, wrap

#: The margins of the sheet, and the width of the column of words.
MARGIN = 48.0
COLUMN = 356.0
GUTTER = 40.0

#: The room under the map: source, date, projections.
FOOT = 92.0

TITLE, TITLE_LINES = 38.0, 2

#: The projections by the code of their frame.
PROJECTIONS: dict[int, str] = {
    2154: "Lambert-93",
    5490: "UTM 20 nord (RGAF09)",
    2972: "UTM 22 nord (RGFG95)",
    2975: "UTM 40 sud (RGR92)",
    4471: "UTM 38 sud (RGM04)",
}
EVERYWHERE = "Projections : Lambert-93 (Hexagone), UTM (outre-mer)."
INSETS = "Encadrés : échelle de l’Hexagone multipliée (×) ou divisée (÷) par le nombre dit ; mêmes classes."
OUTLINES = "Contours : IGN et Etalab, Licence Ouverte."

#: A face given to the document: its weight and its woff2 content.
Faces = dict[tuple[str, int], bytes]


def draw(picture: Picture, frames: Frames, size: Size, faces: Faces | None = None, address: str = "") -> str:
    """Return the SVG of a picture; `UnknownError` where there is no print frame for it.

    `faces` (family, weight → woff2) are embedded, so that it looks the same everywhere; `address` is the
    public address of the map, printed when it is known.
    """
    sheet = SHEETS[size]
    titles = shortened(wrap(picture.title, sheet.width - 2 * MARGIN, TITLE, 600, SERIF), TITLE_LINES)
    top = MARGIN + 26 + len(titles) * TITLE * 1.15 + 44
    height = sheet.height - top - FOOT - MARGIN * 0.4
    room = Room(MARGIN, top, sheet.width - 2 * MARGIN - COLUMN - GUTTER, height)
    shown = plates(frames, picture.selection.regions, room)
    width, tall = sheet.stated
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {sheet.width:g} {sheet.height:.2f}" '
        f'width="{width}" height="{tall}" lang="fr" role="img" aria-labelledby="titre description" '
        f'font-family="{SANS}">',
        f'<title id="titre">{escape(picture.title, quote=False)}</title>',
        f'<desc id="description">{escape(described(picture), quote=False)}</desc>',
        f'<metadata id="donnees">{_json(picture)}</metadata>',
        _style(faces or {}),
        f'<rect width="{sheet.width:g}" height="{sheet.height:.2f}" fill="{PAPER}"/>',
        _head(picture, titles),
        '<g id="carte">',
        *(draw_plate(picture, frames, plate, f"trame-{n}-") for n, plate in enumerate(shown)),
        _words_of_map(picture, frames, shown, room),
        "</g>",
        draw_legend(picture, Room(sheet.width - MARGIN - COLUMN, top + 4, COLUMN, height)),
        _foot(picture, sheet.width, sheet.height, shown, address),
        "</svg>\n",
    ]
    return "".join(parts)


def described(picture: Picture) -> str:
    """Describe the picture in words: the sentence, then the source and the date."""
    return (
        f"{picture.overline}. {picture.subtitle}. {picture.sentence} Source : {picture.source}. "
        f"Données de {picture.release}."
    )


def _json(picture: Picture) -> str:
    content = json.dumps(picture.data, ensure_ascii=False, separators=(",", ":"))
    return escape(content, quote=False)


def _style(faces: Faces) -> str:
    """Return the style sheet of the embedded faces."""
    rules = "".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};'
        f"src:url(data:font/woff2;base64,{base64.b64encode(content).decode()})}}"
        for (family, weight), content in faces.items()
    )
    return f"<style>{rules}</style>" if rules else ""


def _head(picture: Picture, titles: list[str]) -> str:
    parts = [text(MARGIN, MARGIN + 12, picture.overline, 18, fill=SOFT, weight=600)]
    y = MARGIN + 18
    for line in titles:
        y += TITLE * 1.15
        parts.append(text(MARGIN, y, line, TITLE, fill=INK, weight=600, serif=True))
    parts.append(text(MARGIN, y + 32, picture.subtitle, 20, fill=SOFT))
    return "".join(parts)


def _words_of_map(picture: Picture, frames: Frames, shown: list[Plate], room: Room) -> str:
    """Draw the marks, the names of towns, the names and scales of the insets."""
    taken = Taken()
    marks = draw_marks(picture, frames, shown, taken)
    main = shown[0]
    names = draw_names(picture, frames, main, frames.store.territories(Level.COMMUNE), taken)
    insets = "".join(draw_inset_words(plate) for plate in shown[1:])
    x = main.x + 4 if len(shown) == 1 else main.x + main.width * 0.3
    y = min(room.y + room.height + 4, main.y + main.height + 30)
    return names + marks + insets + draw_scale(main, x, y, room.width / 6)


def _foot(picture: Picture, width: float, height: float, shown: list[Plate], address: str) -> str:
    """Draw the source, the date and the version of the data, and how the map is drawn."""
    y = height - FOOT + 8
    room = width - 2 * MARGIN
    release = f"Données de {picture.release}, version {picture.version}."
    first = shortened(wrap(f"Source : {picture.source}. {release}", room, 16), 2)
    own = PROJECTIONS.get(shown[0].frame.epsg)
    drawn = f"{INSETS} {EVERYWHERE}" if len(shown) > 1 else f"Projection : {own}." if own else ""
    second = f"{drawn} {OUTLINES}".strip()
    parts = [
        f'<path d="M{MARGIN} {y:.1f}H{width - MARGIN:.1f}" stroke="{HAIRLINE}" stroke-width="1.2"/>',
        '<g id="source">',
        lines_of(MARGIN, y + 24, first, 16, 20, fill=INK),
        "</g>",
        lines_of(MARGIN, y + 24 + 20 * len(first), shortened(wrap(second, room, 14), 1), 14, 18, fill=SOFT),
    ]
    if address:
        parts.append(text(width - MARGIN, y - 8, address, 14, fill=SOFT, anchor="end"))
    return "".join(parts)
