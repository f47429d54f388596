"""Print a sheet as a tagged PDF (PDF/UA-1, PDF/A-2a) with Typst; the same sheet always gives the same bytes.

Data reaches the template through `sys_inputs`, as JSON and as SVG, and is only ever shown: nothing of it is read
as source. One compiler is kept per process, behind a lock, so that fonts and layout are reused from one sheet
to the next.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from territoires.errors import SheetError
from territoires.sheets.choosing import PER_DOMAIN
from territoires.sheets.presentation import PAPER, present
from territoires.sheets.sheet import Sheet
from territoires.sheets.typesetting import compiler

TEMPLATE = Path(__file__).with_name("reperes.typ")

_lock = Lock()


def render_pdf(sheet: Sheet) -> bytes:
    """Return the PDF of `sheet`: A4, tagged, in French, dated from the release of the data.

    The PDF holds at most the first `PER_DOMAIN` indicators of each domain, even of a sheet with its annex.
    Raises `SheetError` where the template does not conform.
    """
    date = release_date(sheet.release)
    inputs = _inputs(sheet, date)
    try:
        with _lock:
            made = compiler(TEMPLATE).compile(
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
    inputs = _inputs(sheet, release_date(sheet.release))
    with _lock:
        made = compiler(TEMPLATE).compile(format="png", ppi=float(resolution), sys_inputs=inputs)
    pages = made if isinstance(made, list) else [made]
    return [page for page in pages if page is not None]


def _inputs(sheet: Sheet, date: datetime) -> dict[str, str]:
    """Return what the template reads: the sheet as it is placed on paper, the date of its data, its drawings.

    Each drawing is an input of its own, named by its number, and the sheet holds that number: Typst compares what its
    functions are given with what it remembers, and the drawings are nine tenths of a sheet.
    """
    drawings: dict[str, str] = {}
    content = _numbered(present(sheet, PAPER, PER_DOMAIN), drawings)
    content["date"] = [date.year, date.month, date.day]
    return {"sheet": json.dumps(content, ensure_ascii=False)} | drawings


def _numbered(content: Any, drawings: dict[str, str]) -> Any:
    """Return `content` with the number of each SVG in its place, and add it to `drawings`."""
    if isinstance(content, dict):
        kept = {}
        for name, value in content.items():
            if name == "svg":
                kept[name] = str(len(drawings))
                drawings[kept[name]] = value
            else:
                kept[name] = _numbered(value, drawings)
        return kept
    if isinstance(content, list):
        return [_numbered(each, drawings) for each in content]
    return content


def release_date(release: str) -> datetime:
    """Return the first day of the month of a release ("2026-06"), the creation date of its documents."""
    match = re.match(r"(\d{4})-(\d{2})", release)
    if match is None:
        raise SheetError(f"Date des données illisible : « {release} ». Attendu : AAAA-MM.")
    return datetime(int(match[1]), int(match[2]), 1, tzinfo=UTC)
