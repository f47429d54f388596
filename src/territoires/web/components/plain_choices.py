"""The choices of the map as a plain form: for who has no script, or whose scripts did not come."""

from __future__ import annotations

from dataclasses import dataclass

from territoires.model.classes import METHOD_LABELS, Method
from territoires.model.fragilities import DOMAINS
from territoires.model.levels import MAPPED, WORDS, Level
from territoires.model.selection import CLASS_COUNTS, Selection
from territoires.model.sizes import LABELS, STRATA
from territoires.sheets.wording import tied
from territoires.store.store import Store


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a field, its words, and whether it is chosen."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """The fields of the form: indicators by domain, then the others."""

    indicators: tuple[tuple[str, tuple[Option, ...]], ...]
    levels: tuple[Option, ...]
    strata: tuple[Option, ...]
    regions: tuple[Option, ...]
    methods: tuple[Option, ...]
    classes: tuple[Option, ...]


def plain_choices(store: Store, selection: Selection) -> Choices:
    """Return the fields, saying `selection`. Bounds chosen by hand are not offered: they belong to one indicator."""
    regions = store.territories(Level.REGION)
    named = sorted(zip(regions.names, regions.codes, strict=True), key=lambda pair: pair[0].replace("Î", "I"))
    return Choices(
        tuple(
            (
                domain.label,
                tuple(
                    Option(each.id, tied(each.label), each.id == selection.indicator)
                    for each in store.indicators
                    if each.domain == domain.id
                ),
            )
            for domain in DOMAINS
        ),
        tuple(
            Option(level.value, WORDS[level].plural.capitalize(), level is selection.level)
            for level in MAPPED
        ),
        tuple(Option(each.value, tied(LABELS[each]), each in selection.strata) for each in STRATA),
        tuple(Option(code, name.replace("'", "’"), code in selection.regions) for name, code in named),
        tuple(
            Option(method.value, METHOD_LABELS[method].capitalize(), method is selection.method)
            for method in Method
            if method is not Method.MANUAL
        ),
        tuple(Option(str(n), str(n), n == selection.classes) for n in CLASS_COUNTS),
    )
