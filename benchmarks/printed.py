"""What a printed sheet is examined for, by programs that know nothing of the one that made it.

`page-validation` holds it against the rules of PDF/UA-1 and PDF/A-2a that a machine can check (its own test is the
corpus of veraPDF); pypdf reads the structure, PDFium the boxes of the text as they are painted.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import page as checker
import pypdfium2
from pypdf import PdfReader

#: Millimetres in a point.
MM = 25.4 / 72

#: The room of the text on an A4 sheet (left, bottom, right, top; mm): running header and page number included,
#: with a millimetre for the space that ends a line.
ROOM = (15.0, 7.5, 195.0, 289.5)

#: Two lines of text overlap when they share more than this part of the smaller one.
SHARED = 0.35

PROFILES = ("ua1", "2a")

#: Pages of a sheet, at least and at most.
PAGES = (4, 8)


@dataclass(frozen=True)
class Examination:
    """What was found: pages, rules broken, text out of its room or over other text, steps back of the reading order.

    `unread`: marked contents read twice or never; `unnamed`: headers of tables that hold nothing to be read.
    """

    pages: int
    tagged: bool
    size: int
    broken: tuple[str, ...]
    outside: tuple[str, ...]
    overlapping: tuple[str, ...]
    backwards: int
    unread: int
    unnamed: int

    @property
    def faults(self) -> tuple[str, ...]:
        """Everything that should not be, in words."""
        return (
            *(("not tagged",) if not self.tagged else ()),
            *((f"{self.pages} pages",) if not PAGES[0] <= self.pages <= PAGES[1] else ()),
            *(f"rule {each}" for each in self.broken),
            *(f"out of its room: {each}" for each in self.outside),
            *(f"overlaps: {each}" for each in self.overlapping),
            *((f"{self.backwards} steps back in the reading order",) if self.backwards else ()),
            *((f"{self.unnamed} headers of tables without words",) if self.unnamed else ()),
            *((f"{self.unread} marked contents read twice or never",) if self.unread else ()),
        )


def examine(content: bytes) -> Examination:
    """Return what is found in a PDF."""
    reader = PdfReader(io.BytesIO(content))
    read = list(reading_order(reader))
    painted = sum(len(nums) for nums in _marked(reader))
    outside, overlapping = _boxes(content)
    return Examination(
        pages=len(reader.pages),
        tagged=bool(reader.trailer["/Root"].get("/MarkInfo", {}).get("/Marked")),
        size=len(content),
        broken=broken_rules(content),
        outside=outside,
        overlapping=overlapping,
        backwards=sum(after <= before for before, after in pairwise(read)),
        unread=len(read) - len(set(read)) + abs(painted - len(set(read))),
        unnamed=unnamed_headers(reader),
    )


def broken_rules(content: bytes) -> tuple[str, ...]:
    """Return the rules of PDF/UA-1 and PDF/A-2a that a PDF breaks, each with what is wrong."""
    return tuple(
        f"{profile} {failure.rule_id}: {failure.message}"
        for profile in PROFILES
        for failure in checker.validate_pdf_bytes(content, profile=profile).failures
        if not (failure.rule_id.endswith("STREAM-LENGTH-001") and lengths_are_right(content))
    )


def lengths_are_right(content: bytes) -> bool:
    """Whether each stream of a PDF ends where its /Length says, counted byte by byte.

    page-validation 0.11 takes a carriage return that is the last byte of a compressed stream for the end of a line, and
    then finds /Length one too long.
    """
    counted = 0
    for found in re.finditer(rb">>\s*stream\n", content):
        told = re.findall(
            rb"/Length (\d+)", content[content.rfind(b" 0 obj", 0, found.start()) : found.start()]
        )
        if not told or not content.startswith(b"\nendstream", found.end() + int(told[-1])):
            return False
        counted += 1
    return counted > 0


def reading_order(reader: PdfReader) -> Iterator[tuple[int, int]]:
    """Give (page, marked content) in the order of the structure, which is the one that is read aloud."""
    pages = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages)}

    def walk(node: Any, page: int) -> Iterator[tuple[int, int]]:
        found = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(found, list):
            for each in found:
                yield from walk(each, page)
        elif isinstance(found, int):
            yield page, int(found)
        elif isinstance(found, dict):
            here = pages[found.raw_get("/Pg").idnum] if "/Pg" in found else page
            if found.get("/Type") == "/MCR":
                yield here, int(found["/MCID"])
            elif found.get("/Type") != "/OBJR" and "/K" in found:
                yield from walk(found["/K"], here)

    yield from walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"], -1)


def unnamed_headers(reader: PdfReader) -> int:
    """Return how many headers of tables hold nothing to be read: they are announced, and say nothing."""

    def count(node: Any) -> int:
        found = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(found, list):
            return sum(count(each) for each in found)
        if not isinstance(found, dict):
            return 0
        if found.get("/S") == "/TH":
            return int(not _holds(found.get("/K", [])))
        return count(found.get("/K", []))

    return count(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])


def _holds(node: Any) -> bool:
    """Whether a part of the structure holds a marked content, at any depth."""
    found = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(found, list):
        return any(_holds(each) for each in found)
    if isinstance(found, dict):
        return found.get("/Type") == "/MCR" or _holds(found.get("/K", []))
    return isinstance(found, int)


def _marked(reader: PdfReader) -> Iterator[list[Any]]:
    """Give, for each page, the parents of its marked contents: what the page says is to be read."""
    parents: dict[int, Any] = {}

    def gather(node: Any) -> None:
        found = node.get_object()
        numbers = found.get("/Nums", [])
        for key, value in zip(numbers[::2], numbers[1::2], strict=True):
            parents[int(key)] = value.get_object()
        for kid in found.get("/Kids", []):
            gather(kid)

    gather(reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"])
    for page in reader.pages:
        if "/StructParents" in page:
            yield parents[int(page["/StructParents"])]


def _boxes(content: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lines of text that leave their room, and those painted over others."""
    outside: list[str] = []
    overlapping: list[str] = []
    with pypdfium2.PdfDocument(content) as document:
        for number, page in enumerate(document, start=1):
            text = page.get_textpage()
            boxes = np.array([text.get_rect(k) for k in range(text.count_rects())]).reshape(-1, 4) * MM
            left, bottom, right, top = boxes.T

            def said(k: int, number: int = number, text: Any = text, boxes: Any = boxes) -> str:
                return f"p. {number} “{text.get_text_bounded(*(boxes[k] / MM)).strip()[:50]}”"

            out = (left < ROOM[0]) | (bottom < ROOM[1]) | (right > ROOM[2]) | (top > ROOM[3])
            outside += [said(int(k)) for k in np.flatnonzero(out)]
            width = np.minimum(right[:, None], right) - np.maximum(left[:, None], left)
            height = np.minimum(top[:, None], top) - np.maximum(bottom[:, None], bottom)
            area = (right - left) * (top - bottom)
            shared = np.clip(width, 0, None) * np.clip(height, 0, None)
            smaller = np.minimum(area[:, None], area)
            over = np.argwhere(np.triu((shared > SHARED * smaller) & (smaller > 0), 1))
            overlapping += [f"{said(int(a))} / {said(int(b))}" for a, b in over]
    return tuple(outside), tuple(overlapping)
