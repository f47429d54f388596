"""French typography of the pages: apostrophes, and spaces that do not break before : ; ? ! % and »."""

from __future__ import annotations

import re

from markupsafe import Markup

from territoires.model.formats import NARROW, NO_BREAK

#: A space before a sign that must stay with the word on its left, or after an opening quote.
_TIED = re.compile(r" (?=:(?:[\s<]|$))|(?<=«) | (?=[;?!»%](?:[\s<.,)]|$))|(?<=\d) (?=\d{3}(?!\d))")

#: A tag or a comment: what stands between two of them is text.
_TAG = re.compile(r"(<[^>]*>)")

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


def french(text: str) -> str:
    """Return a name with the typographic apostrophe: files write the straight one."""
    return text.replace("'", "’")


def tie(text: str) -> str:
    """Return `text` with its spaces tied to the signs that follow or precede them."""
    return _TIED.sub(lambda found: NO_BREAK if text[found.end() : found.end() + 1] == ":" else NARROW, text)


def tie_markup(content: Markup) -> Markup:
    """Do the same in the text of `content`, outside its tags."""
    parts = _TAG.split(str(content))
    parts[::2] = [tie(text) for text in parts[::2]]
    return Markup("".join(parts))  # noqa: S704 - adds no character that HTML reads


def month(release: str) -> str:
    """Write the month of a release: "2026-11" is "novembre 2026"."""
    year, _, number = release.partition("-")
    known = number.isdigit() and 1 <= int(number) <= len(MONTHS)
    return f"{MONTHS[int(number) - 1]} {year}" if known else release
