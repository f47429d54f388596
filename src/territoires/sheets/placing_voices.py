"""What people say and who acts, as texts and drawings ready to be placed."""

from __future__ import annotations

from typing import Any

from territoires.model.formats import ABSENT, NARROW, number, ordinal, plural
from territoires.sheets.locating import draw_disc_key, draw_locator
from territoires.sheets.marks import draw_ranks
from territoires.sheets.medium import Medium, image
from territoires.sheets.network import Count, Network
from territoires.sheets.survey import Alliance, Felt, Perceived
from territoires.sheets.wording import tied

#: How many of the most felt domains page one names.
TOLD = 3


def told(felt: Perceived) -> dict[str, Any]:
    """Return the domains that the first actor feels most, for page one."""
    actor = felt.actors[0]
    own = [(each, row) for row in felt.domains for each in row.felt if each.actor == actor]
    rows = sorted(own, key=lambda pair: -pair[0].value)[:TOLD]
    return {
        "who": f"{actor[0].upper()}{actor[1:]}, {felt.area}",
        "rows": [
            {
                "label": tied(row.domain.label),
                "text": f"{each.text}{NARROW}%" if each.unit.startswith("%") else f"{each.text}/10",
                "reading": row.reading,
                "simulated": each.simulated,
            }
            for each, row in rows
        ],
        "simulated": felt.simulated,
        "absence": felt.absence,
        "source": rows[0][0].source if rows else felt.source,
    }


def place_perceived(felt: Perceived, medium: Medium) -> dict[str, Any]:
    """Return the answers of each kind of actors, one row per domain, and the readings."""
    units = {each.actor: each.unit for row in felt.domains for each in row.felt}
    bases: dict[str, set[int]] = {}
    for row in felt.domains:
        for each in row.felt:
            if each.base is not None:
                bases.setdefault(each.actor, set()).add(each.base)
    return {
        "area": felt.area,
        "actors": [
            {
                "label": actor[0].upper() + actor[1:],
                "unit": units.get(actor, ""),
                "base": _base(bases.get(actor, set())),
            }
            for actor in felt.actors
        ],
        "rows": [
            {
                "label": tied(row.domain.label),
                "cells": [
                    _felt(next((each for each in row.felt if each.actor == actor), None))
                    for actor in felt.actors
                ],
                "strip": image(strip) if (strip := draw_ranks(row, medium.ranks)) else None,
                "felt_rank": _rank(row.perceived_rank),
                "measured_rank": _rank(row.objective_rank),
                "ranked": number(row.ranked),
                "reading": row.reading,
                "why": row.why,
            }
            for row in felt.domains
        ],
        "readings": any(row.reading for row in felt.domains),
        "ranked": any(row.perceived_rank for row in felt.domains),
        "absence": felt.absence,
        "rule": felt.rule,
        "source": felt.source,
        "wave": felt.wave,
        "simulated": felt.simulated,
    }


def _rank(rank: int) -> str:
    return ordinal(rank, feminine=False) if rank else ABSENT


def _base(found: set[int]) -> str:
    if not found:
        return "base non publiée"
    low, high = min(found), max(found)
    return plural(low, "réponse") if low == high else f"{number(low)} à {number(high)} réponses"


def _felt(each: Felt | None) -> dict[str, Any]:
    if each is None:
        return {"text": ABSENT, "interval": "", "simulated": False}
    decimals = 1 if each.unit.startswith("note") else 0
    known = each.low is not None and each.high is not None
    between = f"{number(each.low, decimals)}–{number(each.high, decimals)}" if known else "sans marge"
    return {"text": each.text, "interval": between, "simulated": each.simulated}


def place_alliance(alliance: Alliance) -> dict[str, Any]:
    """Return the figures about alliances; an address that is not one of the web is left out."""
    return {
        "figures": [
            {
                "label": each.label,
                "text": each.text,
                "area": each.area,
                "year": str(each.year),
                "respondents": each.respondents,
                "source": each.source,
                "url": each.url if each.url.startswith(("https://", "http://")) else "",
                "simulated": each.simulated,
            }
            for each in alliance.figures
        ],
        "simulated": alliance.simulated,
    }


def place_network(network: Network) -> dict[str, Any]:
    """Return the catalysts: their map, their counts, those named in public, the domains without any."""

    def counts(found: tuple[Count, ...]) -> list[dict[str, Any]]:
        return [
            {
                "label": each.label,
                "count": number(each.count),
                "simulated": _invented(each),
            }
            for each in found
        ]  # fmt: skip

    return {
        "sentence": network.sentence,
        "map": image(draw_locator(network.map, "catalyseurs-carte")),
        "key": [
            {"svg": draw_disc_key(False, 12, "cle-reel").svg, "text": "organisation réelle"},
            *(
                [{"svg": draw_disc_key(True, 12, "cle-fictif").svg, "text": "fictive (démonstration)"}]
                if network.fictitious
                else []
            ),
        ],
        "kinds": counts(network.by_kind),
        "domains": counts(network.by_domain),
        "named": [
            {"name": each.name, "kind": each.kind, "town": each.town, "source": each.source}
            for each in network.named
        ],
        "missing": list(network.missing),
        "source": network.source,
        "simulated": network.simulated,
    }


def _invented(each: Count) -> str:
    """Say how many of a count are invented."""
    word = "fictif" if each.simulated == 1 else "fictifs"
    if each.simulated in (0, each.count):
        return word if each.simulated else ""
    return f"dont {number(each.simulated)} {word}"
