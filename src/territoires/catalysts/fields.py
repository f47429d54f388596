"""The cells of a list that are neither words of the vocabulary nor places: addresses, dates, free text."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

#: Longest text of each column (characters); `LONGEST` for the others.
LONGEST = 200
LONGEST_OF: dict[str, int] = {"presentation": 2_000, "note": 1_000, "website": 500, "source_url": 1_000}

#: An identifier: what an address may hold.
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")

EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
LONGEST_EMAIL = 254

#: What looks like an e-mail address, or a phone number, in the middle of a text.
EMAIL_WITHIN = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
PHONE_WITHIN = re.compile(
    r"(?<![\w/.-])(?:(?:\+|00)\d{2,3}[\s.\u00a0\u202f-]?(?:\(0\))?|0)[\s.\u00a0\u202f-]?[1-9](?:[\s.\u00a0\u202f-]?\d{2}){4}(?![\w/-])"
)

#: Characters that no cell holds; a line break is allowed in a free text.
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u2028\u2029\ufeff]")

#: What makes a spreadsheet read a text as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def plain(cell: str) -> str:
    """Return a cell without the apostrophe by which an export keeps it from being a formula."""
    if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS):
        return cell[1:]
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def email_of(cell: str) -> str | None:
    """Return an e-mail address, or None for what is not one."""
    return cell if len(cell) <= LONGEST_EMAIL and EMAIL.fullmatch(cell) and ".." not in cell else None


def phone_of(cell: str) -> str | None:
    """Return a phone number as it is written, or None for what is not one."""
    digits = re.sub(r"[\s.()\u00a0\u202f-]", "", cell)
    return cell if re.fullmatch(r"\+?\d{6,15}", digits) else None


def website_of(cell: str) -> str | None:
    """Return an address that begins with http:// or https://, which is added when missing; None for anything else."""
    address = cell if "://" in cell else f"https://{cell}"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return None
    safe = parts.scheme in ("http", "https") and "@" not in parts.netloc and "." in host
    return address if safe and not re.search(r"[\s<>\"'`\\]", address) else None


def date_of(cell: str) -> str | None:
    """Return a day as ISO 8601 from "2026-03-09" or "9/3/2026"; None for what is not a day."""
    if found := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", cell):
        day, month, year = (int(part) for part in found.groups())
    elif found := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?", cell):
        year, month, day = (int(part) for part in found.groups())
    else:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def private(text: str) -> str | None:
    """Return what of a contact a public text holds, in words, or None."""
    if EMAIL_WITHIN.search(text):
        return "une adresse électronique"
    if PHONE_WITHIN.search(text):
        return "un numéro de téléphone"
    return None
