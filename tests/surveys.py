"""Figures of surveys for tests, and the territories they are about."""

from typing import Any

from territoires.model.indicators import Status
from territoires.model.levels import Level
from territoires.model.perceptions import FRAGILITIES, Actor, Perception, Unit

PLACES = {
    Level.FRANCE: {"FR": "France"},
    Level.REGION: {"01": "Guadeloupe", "53": "Bretagne", "76": "Occitanie"},
    Level.COMMUNE: {"01001": "L'Abergement-Clémenciat"},
}


def figure(**changes: Any) -> Perception:
    """Return the note of the citizens of Bretagne on mobility, with some fields changed."""
    fields: dict[str, Any] = {
        "wave": "2026",
        "year": 2026,
        "programme": "",
        "question": FRAGILITIES,
        "actor": Actor.CITIZENS,
        "respondents": "citoyens",
        "level": Level.REGION,
        "code": "53",
        "area": "Bretagne",
        "stratum": None,
        "domain": "mobilite",
        "label": "Mobilité / transport",
        "value": 6.0,
        "unit": Unit.NOTE,
        "base": 400,
        "low": 5.8,
        "high": 6.2,
        "status": Status.OK,
        "representative": "",
        "source": "Essai",
        "url": "",
        "note": "",
        "origin": "imported",
        "wording": "note sur 10",
    }
    return Perception(**(fields | changes))
