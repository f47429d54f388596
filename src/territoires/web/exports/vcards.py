"""The directory as vCards (version 3.0, RFC 2426, that address books read): organisations, never a person.

A card has a name, a town, a point, a website and what the organisation does; no e-mail address, no telephone. An
invented organisation says so in its name's category and in its note.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from territoires.catalysts.catalyst import Catalyst
from territoires.model.catalysts import KIND_LABELS, ORIGIN_LABELS
from territoires.model.fragilities import BY_ID

#: Most bytes of a line: the rest goes on the next one, after a space.
LINE = 75


def vcards(catalysts: Sequence[Catalyst]) -> bytes:
    """Return the cards, in the order given."""
    return b"".join(line for each in catalysts for line in _card(each))


def _card(each: Catalyst) -> Iterable[bytes]:
    yield b"BEGIN:VCARD\r\nVERSION:3.0\r\n"
    lines = [
        ("UID", f"territoires-{each.id}"),
        ("FN", _text(each.name)),
        ("N", f"{_text(each.name)};;;;"),
        ("ORG", _text(each.name)),
        ("CATEGORIES", ",".join(_text(word) for word in _categories(each))),
        ("NOTE", _text(_note(each))),
    ]
    if each.town:
        lines.append(("ADR;TYPE=WORK", f";;;{_text(each.town)};;;France"))
    if each.placed:
        lines.append(("GEO", f"{each.lat:.5f};{each.lon:.5f}"))
    if each.website:
        lines.append(("URL", _text(each.website)))
    if each.verified_on:
        lines.append(("REV", each.verified_on))
    for name, value in lines:
        yield _folded(f"{name}:{value}")
    yield b"END:VCARD\r\n"


def _categories(each: Catalyst) -> list[str]:
    status = [ORIGIN_LABELS[each.status]] if each.fictitious else []
    return [*status, KIND_LABELS[each.kind], *(BY_ID[domain].label for domain in each.domains)]


def _note(each: Catalyst) -> str:
    said = ["ORGANISATION FICTIVE"] if each.fictitious else []
    source = f"Source : {each.source}." if each.source else ""
    return " ".join(filter(None, (*said, each.presentation, source)))


def _text(value: str) -> str:
    """Escape what a card reads: backslash, comma, semicolon, line break."""
    for sign in ("\\", ";", ","):
        value = value.replace(sign, f"\\{sign}")
    return value.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> bytes:
    """Return a line cut where it is too long, never inside a character."""
    parts: list[bytes] = []
    current = b""
    for character in line:
        coded = character.encode()
        # The space that begins a continued line counts.
        if len(current) + len(coded) > LINE - (1 if parts else 0):
            parts.append(current)
            current = b""
        current += coded
    parts.append(current)
    return b"\r\n ".join(parts) + b"\r\n"
