"""Print a sheet as a tagged PDF (PDF/UA-1, PDF/A-2a) with Typst; the same sheet always gives the same bytes.

Data reaches the template as JSON through `sys_inputs` and is only ever shown as text: nothing of it is read
as source. One compiler is kept per process, behind a lock, so that fonts and layout are reused from one sheet
to the next.
"""

from __future__ import annotations

import json
import re
import tempfile
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock

import font_source_sans_pro
import font_source_serif_pro
import typst

from territoires.errors import SheetError
from territoires.sheets.choosing import PER_DOMAIN
from territoires.sheets.presentation import PAPER, present
from territoires.sheets.sheet import Sheet

TEMPLATE = Path(__file__).with_name("reperes.typ")

#: The faces embedded, by folder of the installed packages.
FACES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        font_source_sans_pro.font_directory,
        ("SourceSansPro-Regular", "SourceSansPro-It", "SourceSansPro-Semibold", "SourceSansPro-Bold"),
    ),
    (
        font_source_serif_pro.font_directory,
        ("SourceSerifPro-Regular", "SourceSerifPro-It", "SourceSerifPro-Semibold"),
    ),
)

_lock = Lock()


def render_pdf(sheet: Sheet) -> bytes:
    """Return the PDF of `sheet`: A4, tagged, in French, dated from the release of the data.

    The PDF holds at most the first `PER_DOMAIN` indicators of each domain, even of a sheet with its annex.
    Raises `SheetError` where the template does not conform.
    """
    date = release_date(sheet.release)
    content = present(sheet, PAPER, PER_DOMAIN) | {"date": [date.year, date.month, date.day]}
    inputs = {"sheet": json.dumps(content, ensure_ascii=False)}
    try:
        with _lock:
            made = _compiler().compile(
                format="pdf",
                sys_inputs=inputs,
                # Accessible (PDF/UA-1) and made to be kept (PDF/A-2a): the compiler checks both.
                pdf_standards=["ua-1", "a-2a"],
                timestamp=int(date.timestamp()),
            )
    except typst.TypstError as error:
        raise SheetError(
            f"La fiche {sheet.title} ne peut pas être mise en page : {error.message}."
        ) from error
    if not isinstance(made, bytes):
        raise SheetError(f"{sheet.title} : la mise en page n’a produit aucun document.")
    return made


def draw_pages(sheet: Sheet, resolution: int) -> list[bytes]:
    """Return the pages of the PDF of `sheet` as PNG pictures, at `resolution` dots per inch."""
    date = release_date(sheet.release)
    content = present(sheet, PAPER, PER_DOMAIN) | {"date": [date.year, date.month, date.day]}
    inputs = {"sheet": json.dumps(content, ensure_ascii=False)}
    with _lock:
        made = _compiler().compile(format="png", ppi=float(resolution), sys_inputs=inputs)
    pages = made if isinstance(made, list) else [made]
    return [page for page in pages if page is not None]


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    """Return the compiler of this process, with the faces of the installed packages and no other."""
    with tempfile.TemporaryDirectory(prefix="territoires-faces-") as folder:
        for source, names in FACES:
            for name in names:
                (Path(folder) / f"{name}.otf").symlink_to(Path(source) / f"{name}.otf")
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
        found = len(fonts.fonts())
        expected = sum(len(names) for _, names in FACES)
        if found != expected:
            raise SheetError(f"Polices de la fiche : {found} trouvées, {expected} attendues.")
        return typst.Compiler(
            str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=fonts, ignore_system_fonts=True
        )


def release_date(release: str) -> datetime:
    """Return the first day of the month of a release ("2026-06"), the creation date of its documents."""
    match = re.match(r"(\d{4})-(\d{2})", release)
    if match is None:
        raise SheetError(f"Date des données illisible : « {release} ». Attendu : AAAA-MM.")
    return datetime(int(match[1]), int(match[2]), 1, tzinfo=UTC)
