"""Printed sheets held against an independent checker of PDF/UA-1 and PDF/A-2a, and against their own page."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from benchmarks.printed import broken_rules, examine, reading_order, unnamed_headers
from territoires.model.levels import Level
from territoires.model.sizes import STRATA
from territoires.sheets.content import compose
from territoires.sheets.pdf import render_pdf

#: A level, a code, a size: an island without small communes, one without large ones, names with quotes, a lone commune.
SAMPLE = [
    (Level.REGION, "76", None), (Level.REGION, "04", 0), (Level.REGION, "94", 3), (Level.REGION, "11", 2),
    (Level.DEPARTEMENT, "59", None), (Level.EPCI, "243500139", 1), (Level.COMMUNE, "12145", None),
    (Level.COMMUNE, "97411", None),
]  # fmt: skip


#: Height of the footer of a page, margin included (points).
FOOTER = 48


@pytest.mark.parametrize(("level", "code", "size"), SAMPLE)
def test_a_printed_sheet_breaks_no_rule_and_stays_in_its_page(
    shipped_store: Any, survey: Any, directory: Any, level: Level, code: str, size: int | None
) -> None:
    strata = () if size is None else (STRATA[size],)
    content = render_pdf(compose(shipped_store, level, code, strata, survey=survey, directory=directory))
    assert examine(content).faults == ()


@pytest.mark.parametrize("code", ["76", "94", "06"])
def test_a_whole_sheet_of_a_region_leaves_no_page_half_empty(
    shipped_store: Any, survey: Any, directory: Any, code: str
) -> None:
    content = render_pdf(compose(shipped_store, Level.REGION, code, survey=survey, directory=directory))
    with pypdfium2.PdfDocument(content) as document:
        for page in list(document)[:-1]:
            text = page.get_textpage()
            lowest = [text.get_rect(k)[1] for k in range(text.count_rects())]
            body = min(bottom for bottom in lowest if bottom > FOOTER)
            assert body < page.get_height() / 2


@pytest.fixture(scope="module")
def printed(country_store: Any) -> bytes:
    region = country_store.territories(Level.REGION).codes[0]
    return render_pdf(compose(country_store, Level.REGION, region))


def spoilt(content: bytes, entry: str) -> bytes:
    """Return a PDF without one of the entries of its catalogue."""
    writer = PdfWriter(clone_from=io.BytesIO(content))
    del writer.root_object[NameObject(entry)]
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("entry", "rule"),
    [
        ("/Lang", "LANGUAGE"),
        ("/MarkInfo", "TAGGED-DOCUMENT"),
        ("/StructTreeRoot", "PDFUA1"),
        ("/Metadata", "PDFUA1-ID"),
    ],
)
def test_the_checker_sees_what_is_missing(printed: bytes, entry: str, rule: str) -> None:
    assert broken_rules(printed) == ()
    assert any(rule in each for each in broken_rules(spoilt(printed, entry)))


def test_what_is_read_aloud_is_every_marked_content_once(printed: bytes) -> None:
    read = list(reading_order(PdfReader(io.BytesIO(printed))))
    assert len(read) == len(set(read)) > 100


def test_a_header_without_words_is_seen(printed: bytes) -> None:
    assert unnamed_headers(PdfReader(io.BytesIO(printed))) == 0
    writer = PdfWriter(clone_from=io.BytesIO(printed))
    emptied = next(each for each in writer._objects if isinstance(each, dict) and each.get("/S") == "/TH")
    del emptied[NameObject("/K")]
    written = io.BytesIO()
    writer.write(written)
    assert unnamed_headers(PdfReader(written)) == 1
