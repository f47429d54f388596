"""A picture as a PNG: its SVG drawn by Typst with the installed faces; no browser, no font of the system.

One compiler is kept per process, behind a lock. What the picture says is also written in the file, as text.
"""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path
from threading import Lock

import typst

from territoires.errors import SheetError
from territoires.sheets.picture.content import Picture
from territoires.sheets.picture.layout import SHEETS, Size
from territoires.sheets.picture.svg import described
from territoires.sheets.typesetting import compiler

TEMPLATE = Path(__file__).parents[1] / "picture.typ"

SIGNATURE = b"\x89PNG\r\n\x1a\n"

#: Length of the signature and of the first chunk of a PNG, which states its size.
HEADER = 33

METRES_PER_INCH = 0.0254

_lock = Lock()


def render_png(svg: str, picture: Picture, size: Size) -> bytes:
    """Return the PNG of the SVG of `picture`, at the pixels and the density of `size`.

    Raises `SheetError` where Typst cannot draw it.
    """
    sheet = SHEETS[size]
    width, height = sheet.pixels
    # A page of one point per pixel: whole numbers, so that no size is rounded.
    inputs = {"svg": svg, "width": str(width), "height": str(height)}
    try:
        with _lock:
            made = compiler(TEMPLATE).compile(format="png", ppi=72.0, sys_inputs=inputs)
    except typst.TypstError as error:
        raise SheetError(f"L’image {picture.title} ne peut pas être dessinée : {error.message}.") from error
    if not isinstance(made, bytes) or not made.startswith(SIGNATURE):
        raise SheetError(f"{picture.title} : le dessin n’a produit aucune image.")
    return made[:HEADER] + _chunks(picture, sheet.per_inch) + made[HEADER:]


def _chunks(picture: Picture, per_inch: int) -> bytes:
    """Return the chunks that say the density, the title, the description, the source and the data."""
    density = round(per_inch / METRES_PER_INCH)
    texts = {
        "Title": picture.title,
        "Description": described(picture),
        "Source": picture.source,
        "Software": "Territoires",
        "Data": json.dumps(picture.data, ensure_ascii=False, separators=(",", ":")),
    }
    chunks = [_chunk(b"pHYs", struct.pack(">IIB", density, density, 1))]
    chunks += [
        _chunk(b"iTXt", keyword.encode() + b"\0\0\0fr\0\0" + words.encode())
        for keyword, words in texts.items()
    ]
    return b"".join(chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    """Return a chunk: its length, its kind, its content, its checksum."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
