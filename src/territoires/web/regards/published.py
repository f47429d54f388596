"""What is really published about perceptions, as it was published: beside whatever is shown."""

from __future__ import annotations

from dataclasses import dataclass

from territoires.model.fragilities import BY_ID
from territoires.model.perceptions import CERTAINTY_LABELS, FRAGILITIES, Perception
from territoires.store.perceptions import Perceptions
from territoires.web.regards.shades import base_of, interval_of, scale_words, value_of


@dataclass(frozen=True, slots=True)
class Line:
    """A published or imported figure, in the words of its source."""

    wave: str
    who: str
    area: str
    domain: str
    value: str
    scale: str
    margin: str
    base: str
    source: str
    url: str
    caution: str
    imported: bool


def lines(perceptions: Perceptions, domain: str | None = None) -> list[Line]:
    """Return the real figures about the domains of fragility, of one domain or of all, newest wave first."""
    rows = perceptions.without_simulated().select(question=FRAGILITIES, domain=domain, all_strata=True)
    return [_line(row) for row in sorted(rows, key=lambda row: -row.year)]


def _line(row: Perception) -> Line:
    certainty = CERTAINTY_LABELS[row.certainty] if row.certainty else ""
    return Line(
        row.wave,
        row.respondents,
        row.area if row.code is not None else f"{row.area} (tel que publié)",
        BY_ID[row.domain].label if row.domain else row.label,
        value_of(row),
        scale_words(row),
        interval_of(row),
        base_of(row),
        row.source,
        row.url if row.url.startswith(("http://", "https://")) else "",
        ". ".join(part for part in (row.note.rstrip("."), certainty[:1].upper() + certainty[1:]) if part),
        row.origin == "imported",
    )
