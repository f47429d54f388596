"""The sections of a sheet that are not tables of indicators, as texts and drawings ready to be placed."""

from __future__ import annotations

from typing import Any

from territoires.model.formats import ABSENT, number
from territoires.model.fragilities import DOMAINS, Criterion
from territoires.model.sizes import STRATA
from territoires.sheets.locating import draw_locator
from territoires.sheets.marks import draw_sizes, draw_tally
from territoires.sheets.medium import Medium, image
from territoires.sheets.placing_voices import place_alliance, place_network, place_perceived, told
from territoires.sheets.sections import Overview, Profile, Section, SizeEffect
from territoires.sheets.sheet import Sheet
from territoires.sheets.wording import short_size, tied, unit_note


def place_sections(sheet: Sheet, medium: Medium) -> dict[str, Any]:
    """Return the sections; None for those that the sheet does not have."""
    felt = sheet.perceived
    return {
        "profile": _profile(sheet.profile) if sheet.profile else None,
        "overview": _overview(sheet.overview, medium) if sheet.overview else None,
        "told": told(felt) if felt and felt.domains else None,
        "perceived": place_perceived(felt, medium) if felt else None,
        "alliance": place_alliance(sheet.alliance) if sheet.alliance else None,
        "network": place_network(sheet.network) if sheet.network else None,
        "effect": _effect(sheet.size_effect, medium) if sheet.size_effect else None,
        "by_size": _by_size(sheet.overview)
        if sheet.overview and sheet.has(Section.OBJECTIVE) and len(sheet.overview.strata) > 1
        else None,
        "quotes": [{"text": each.text, "source": each.source} for each in sheet.quotes],
    }


def _profile(profile: Profile) -> dict[str, Any]:
    return {
        "facts": [{"text": each.text, "label": each.label} for each in profile.facts],
        "years": [
            {"year": str(each.year), "inhabitants": number(each.inhabitants)} for each in profile.years
        ],
        "change": profile.change,
        "locator": image(draw_locator(profile.locator, "situation")) if profile.locator else None,
        "source": profile.source,
    }


def _overview(overview: Overview, medium: Medium) -> dict[str, Any]:
    most = max((row.known for row in overview.rows), default=1)
    shares = any(row.sizes for row in overview.rows)
    families = []
    for criterion in Criterion:
        rows = [row for row in overview.rows if row.domain.criterion is criterion]
        families.append(
            {
                "criterion": criterion.name.lower(),
                "label": f"Critères {criterion}",
                "rows": [
                    {
                        "id": row.domain.id,
                        "label": tied(row.domain.label),
                        "tally": image(draw_tally(row, medium.tally, most)),
                        "alerts": number(row.alerts),
                        "known": number(row.known),
                        "share": _percent(row.sizes[-1].here) if row.sizes else "",
                        "france": _percent(row.sizes[-1].france) if row.sizes else "",
                        "felt": row.felt,
                    }
                    for row in rows
                ],
            }
        )
    return {
        "families": families,
        "alerts": number(overview.alerts),
        "known": number(overview.known),
        "shares": shares,
        "felt": any(row.felt for row in overview.rows),
        "rule": overview.rule,
        "source": overview.source,
    }


def _percent(share: float | None) -> str:
    return number(share, 0 if share is not None and share >= 10 else 1)


def _by_size(overview: Overview) -> dict[str, Any]:
    """Return the shares of inhabitants in communes in alert, a column per size."""
    return {
        "heads": [short_size(stratum) for stratum in overview.strata],
        "rows": [
            {
                "label": tied(row.domain.label),
                "cells": [
                    {
                        "text": number(each.here, 1),
                        "above": each.here is not None
                        and each.france is not None
                        and each.here > each.france,
                    }
                    for each in row.sizes
                ],
                "france": number(row.sizes[-1].france, 1) if row.sizes else ABSENT,
            }
            for row in overview.rows
        ],
        "source": overview.source,
    }


def _effect(effect: SizeEffect, medium: Medium) -> dict[str, Any]:
    positions = tuple(STRATA.index(stratum) for stratum in effect.strata)
    return {
        "heads": [short_size(stratum) for stratum in effect.strata],
        "rows": [
            {
                "label": tied(row.line.indicator.label),
                "unit": unit_note(row.line),
                "domain": next(tied(d.label) for d in DOMAINS if d.id == row.line.indicator.domain),
                "cells": [
                    {"text": each.text, "missing": each.value is None, "most": k == row.most}
                    for k, each in enumerate(row.readings)
                ],
                "whole": row.line.here.text,
                "whole_missing": row.line.here.value is None,
                "strip": image(draw_sizes(row, positions, medium.sizes)),
                "source": row.line.source,
            }
            for row in effect.rows
        ],
        "rule": effect.rule,
    }
