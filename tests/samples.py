"""Indicators made by hand for unit tests: a plain ratio, and what a test changes in it."""

from typing import Any

from territoires.model.indicators import Aggregation, ChangeType, Direction, Indicator, Nature


def indicator(**changes: Any) -> Indicator:
    """Return a plain percentage (numerator over denominator by commune) with some fields changed."""
    fields: dict[str, Any] = {
        "id": "part",
        "domain": "emploi",
        "label": "Part d’essai",
        "definition": "Définition.",
        "reading": "Lecture.",
        "synonyms": (),
        "odd": 8,
        "unit": "%",
        "aggregate_unit": "",
        "nature": Nature.RATIO,
        "direction": Direction.MORE_FRAGILE,
        "direction_reason": "",
        "numerator": "t.a",
        "denominator": "t.b",
        "scale": 100.0,
        "value": "",
        "numerator_0": "",
        "denominator_0": "",
        "change_type": ChangeType.NONE,
        "years": None,
        "centre": None,
        "finest_level": "commune",
        "counts_level": "commune",
        "aggregation": Aggregation.SUM_RATIO,
        "published": (),
        "minimum_base": None,
        "lower": 0.0,
        "upper": 100.0,
        "vintage": "2022",
        "source": "t",
        "confidence": "official copy",
        "decimals": 1,
        "inherited_from": "",
        "caveat": "",
    }
    return Indicator(**{**fields, **changes})
