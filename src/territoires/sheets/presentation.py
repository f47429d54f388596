"""What a sheet prints, as texts and drawings ready to be placed: shared by the page and the PDF.

Both renderings place the same words and the same numbers; they differ by the size of their drawings only.
"""

from __future__ import annotations

from typing import Any

from territoires.model.formats import ABSENT, number, plural
from territoires.model.indicators import STATUS_EXPLANATIONS, STATUS_LABELS
from territoires.model.levels import Level
from territoires.sheets.drawing import draw_map, draw_swatch
from territoires.sheets.marks import draw_code
from territoires.sheets.medium import Medium, image
from territoires.sheets.method import key_words, method_paragraphs, statuses_of
from territoires.sheets.placing import place_sections
from territoires.sheets.readings import Line, Reading
from territoires.sheets.sections import Section
from territoires.sheets.sheet import DomainSection, MapSection, Sheet
from territoires.sheets.strips import StripStyle, draw_key, draw_share, draw_strip
from territoires.sheets.wording import (
    HERE,
    columns_of,
    direction_note,
    month_of,
    rank_note,
    spread_note,
    tied,
    unit_note,
)

__all__ = ["PAPER", "SCREEN", "Medium", "present"]

#: Points of the printed page: a column, the caption of the map, a cell of a table, a row of squares.
PAPER = Medium(
    strip=StripStyle(241.0, 6.3),
    plate=StripStyle(187.0, 6.6),
    share=StripStyle(165.0, 6.6),
    tally=StripStyle(96.0, 6.6),
    ranks=StripStyle(92.0, 7.0),
    sizes=StripStyle(84.0, 8.0),
    code=64.0,
    definitions=False,
)

#: Pixels of the screen; strips shrink with their column, down to 320 pixels.
SCREEN = Medium(
    strip=StripStyle(400.0, 12.5),
    plate=StripStyle(380.0, 12.5),
    share=StripStyle(320.0, 12.5),
    tally=StripStyle(190.0, 12.5),
    ranks=StripStyle(200.0, 13.0),
    sizes=StripStyle(190.0, 15.0),
    code=132.0,
    definitions=True,
)


def present(sheet: Sheet, medium: Medium, per_domain: int | None) -> dict[str, Any]:
    """Return what a rendering places, JSON types only; `per_domain` limits the indicators of each domain."""
    columns = columns_of(sheet.level)
    return {
        "title": sheet.title,
        "level": sheet.level.value,
        "name": sheet.name,
        "scope": sheet.scope,
        "parents": sheet.parents,
        "here": HERE[sheet.level],
        "columns": [head for head, _ in columns],
        "release": month_of(sheet.release),
        "version": sheet.version,
        "address": sheet.address,
        "code": image(draw_code(sheet.address, medium.code)) if sheet.address else None,
        "lead": sheet.lead,
        "key_figures": [{"text": each.text, "label": each.label} for each in sheet.key_figures],
        "empty": bool(sheet.empty),
        "simulated": sheet.simulated,
        "map": _map(sheet.map, sheet, medium) if sheet.map else None,
        "sizes": [
            {
                "label": row.label,
                "communes": number(row.communes),
                "inhabitants": number(row.inhabitants),
                "share": number(row.share, 1),
                "france": number(row.france, 1),
                "chosen": row.chosen,
                "total": row.stratum is None,
                "strip": image(draw_share(row, medium.share)),
            }
            for row in (sheet.sizes if sheet.has(Section.PROFILE) or sheet.empty else ())
        ],
        "sizes_source": sheet.sizes_source,
        "most": [_highlight(line, sheet) for line in sheet.most_fragile] if sheet.domains else [],
        "least": [_highlight(line, sheet, reverse=True) for line in sheet.least_fragile]
        if sheet.domains
        else [],
        "rule": sheet.highlights_rule,
        "domains_rule": sheet.domains_rule,
        "key": [{"svg": draw_key(kind, medium.strip).svg, "text": text} for kind, text in key_words(sheet)],
        "domains": [
            _domain(section, sheet, medium, per_domain) for section in sheet.domains if section.lines
        ],
        "method": list(method_paragraphs(sheet)) if sheet.has(Section.READING) or sheet.empty else [],
        "statuses": [
            {"label": STATUS_LABELS[status], "text": tied(STATUS_EXPLANATIONS[status])}
            for status in statuses_of(sheet, per_domain)
        ],
        **place_sections(sheet, medium),
    }


def _map(section: MapSection, sheet: Sheet, medium: Medium) -> dict[str, Any] | None:
    line = section.line
    if not sheet.has(Section.OBJECTIVE) and not sheet.empty:
        return None
    return {
        "title": tied(section.title),
        "image": image(draw_map(section)),
        "legend": [
            {"svg": draw_swatch(each.kind).svg, "text": each.text, "communes": number(each.communes)}
            for each in section.legend
        ],
        "line": _line(line, sheet, medium.plate) if line else None,
        "rank": rank_note(line, sheet.level) if line else "",
        "unit": line.unit if line else "Taille",
        "reading": tied(line.indicator.reading) if line else "",
    }


def _highlight(line: Line, sheet: Sheet, *, reverse: bool = False) -> dict[str, Any]:
    return {
        "label": tied(line.indicator.label),
        "unit": unit_note(line),
        "here": line.here.text,
        "elsewhere": line.median_text,
        "rank": rank_note(line, sheet.level, reverse=reverse),
        "source": line.source,
    }


def _domain(section: DomainSection, sheet: Sheet, medium: Medium, per_domain: int | None) -> dict[str, Any]:
    lines = section.lines[:per_domain]
    rest = section.catalogued - len(lines)
    return {
        "id": section.domain.id,
        "label": tied(section.domain.label),
        "criterion": section.domain.criterion.name.lower(),
        "family": f"Critères {section.domain.criterion}",
        "lines": [
            _line(line, sheet, medium.strip) | (_definition(line) if medium.definitions else {})
            for line in lines
        ],
        "rest": plural(rest, "autre indicateur", "autres indicateurs") if rest else "",
    }


def _line(line: Line, sheet: Sheet, style: StripStyle) -> dict[str, Any]:
    strip = draw_strip(line, sheet.name, style)
    return {
        "label": tied(line.indicator.label),
        "unit": unit_note(line),
        "here": line.here.text,
        "here_missing": line.here.value is None,
        "here_caution": line.here.caution,
        "others": [_other(line, which) for _, which in columns_of(sheet.level)],
        "alert": bool(line.alert),
        "strip": image(strip) if strip else None,
        "note": spread_note(line),
        "rank": rank_note(line, sheet.level) if line.rank and sheet.level is not Level.FRANCE else "",
        "direction": direction_note(line) if strip else "",
        "source": line.source,
    }


def _definition(line: Line) -> dict[str, Any]:
    return {"definition": tied(line.indicator.definition), "caveat": tied(line.indicator.caveat)}


def _other(line: Line, which: str) -> dict[str, Any]:
    """Return what stands in a column beside the territory: the median of the others, the region or France."""
    if which == "median":
        return {"text": line.median_text, "missing": line.median_text == ABSENT, "caution": ""}
    found: Reading | None = line.region if which == "region" else line.france
    if found is None:
        return {"text": ABSENT, "missing": True, "caution": ""}
    return {"text": found.text, "missing": found.value is None, "caution": found.caution}
