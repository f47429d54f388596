"""What a sheet prints, as texts and drawings ready to be placed: shared by the page and the PDF.

Both renderings place the same words and the same numbers; they differ by the size of their drawings only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from territoires.model.formats import number, plural
from territoires.model.indicators import STATUS_EXPLANATIONS, STATUS_LABELS
from territoires.sheets.drawing import Drawing, draw_map, draw_swatch
from territoires.sheets.figures import figure
from territoires.sheets.method import key_words, method_paragraphs, statuses_of
from territoires.sheets.sheet import DomainSection, Line, MapSection, Sheet
from territoires.sheets.strips import StripStyle, draw_key, draw_share, draw_strip
from territoires.sheets.wording import HERE, direction_note, month_of, rank_note, spread_note, tied, unit_note


@dataclass(frozen=True, slots=True)
class Medium:
    """Sizes of the drawings of a rendering: strips of the domains, beside the map, and of the sizes."""

    strip: StripStyle
    plate: StripStyle
    share: StripStyle


#: Points of the printed page: a column, the caption of the map, a cell of the table of sizes.
PAPER = Medium(StripStyle(241.0, 6.6), StripStyle(187.0, 6.6), StripStyle(165.0, 6.6))

#: Pixels of the screen; strips shrink with their column, down to 320 pixels.
SCREEN = Medium(StripStyle(400.0, 12.5), StripStyle(380.0, 12.5), StripStyle(320.0, 12.5))


def present(sheet: Sheet, medium: Medium, per_domain: int | None) -> dict[str, Any]:
    """Return what a rendering places, JSON types only; `per_domain` limits the indicators of each domain."""
    return {
        "title": sheet.title,
        "level": sheet.level.value,
        "name": sheet.name,
        "scope": sheet.scope,
        "here": HERE[sheet.level],
        "release": month_of(sheet.release),
        "version": sheet.version,
        "address": sheet.address,
        "lead": sheet.lead,
        "key_figures": [{"text": each.text, "label": each.label} for each in sheet.key_figures],
        "empty": bool(sheet.empty),
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
                "strip": _image(draw_share(row, medium.share)),
            }
            for row in sheet.sizes
        ],
        "sizes_source": sheet.sizes_source,
        "most": [_highlight(line, sheet) for line in sheet.most_fragile],
        "least": [_highlight(line, sheet) for line in sheet.least_fragile],
        "rule": sheet.highlights_rule,
        "key": [
            {"svg": draw_key(kind, medium.strip).svg, "text": text} for kind, text in key_words(sheet.level)
        ],
        "domains": [
            _domain(section, sheet, medium, per_domain) for section in sheet.domains if section.lines
        ],
        "method": list(method_paragraphs(sheet)),
        "statuses": [
            {"label": STATUS_LABELS[status], "text": tied(STATUS_EXPLANATIONS[status])}
            for status in statuses_of(sheet, per_domain)
        ],
    }


def _image(drawing: Drawing) -> dict[str, Any]:
    return {"svg": drawing.svg, "alt": drawing.alt, "ratio": drawing.width / drawing.height}


def _map(section: MapSection, sheet: Sheet, medium: Medium) -> dict[str, Any]:
    line = section.line
    return {
        "title": tied(section.title),
        "image": _image(draw_map(section)),
        "legend": [
            {"svg": draw_swatch(each.kind).svg, "text": each.text, "communes": number(each.communes)}
            for each in section.legend
        ],
        "line": _line(line, sheet, medium.plate) if line else None,
        "rank": rank_note(line, sheet.level) if line else "",
        "unit": line.unit if line else "Taille",
        "reading": tied(line.indicator.reading) if line else "",
    }


def _highlight(line: Line, sheet: Sheet) -> dict[str, Any]:
    return {
        "label": tied(line.indicator.label),
        "unit": unit_note(line),
        "here": line.here.text,
        "elsewhere": figure(line.indicator, round(line.elsewhere[0], line.indicator.decimals)),
        "rank": rank_note(line, sheet.level),
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
        "lines": [_line(line, sheet, medium.strip) for line in lines],
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
        "france": line.france.text,
        "france_missing": line.france.value is None,
        "france_caution": line.france.caution,
        "strip": _image(strip) if strip else None,
        "note": spread_note(line),
        "direction": direction_note(line) if strip else "",
        "source": line.source,
        "definition": tied(line.indicator.definition),
        "caveat": tied(line.indicator.caveat),
    }
