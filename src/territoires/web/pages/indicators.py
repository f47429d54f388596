"""The catalogue as a list that can be searched and filtered; every choice stands in the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, Response, render_template, request
from markupsafe import Markup

from territoires.model.fragilities import BY_ID, DOMAINS, Criterion, Domain
from territoires.model.indicators import NATURE_LABELS, Indicator
from territoires.model.levels import MAPPED, WORDS
from territoires.web.catalogue_choice import (
    AGE_LABELS,
    CONFIDENCE_LABELS,
    LONGEST,
    PARAMETERS,
    CatalogueChoice,
    read_choice,
)
from territoires.web.downloads import catalogue_links
from territoires.web.held import current_store, held
from territoires.web.shell import CRITERION_CLASSES, ignored_parameters, kept, page

blueprint = Blueprint("indicators", __name__)

#: Where the finest value of an indicator stands, in words.
FINEST_WORDS: dict[str, str] = {
    "commune": "par commune",
    "epci": "par intercommunalité",
    "departement": "par département",
    "region": "par région",
    "ze": "par zone d’emploi",
    "bassin": "par bassin d’emploi",
}


@dataclass(frozen=True, slots=True)
class Group:
    """The indicators of one domain."""

    domain: Domain
    css: str
    indicators: tuple[Indicator, ...]


def grouped(indicators: Sequence[Indicator]) -> list[Group]:
    """Return indicators by domain, in the published order of the domains."""
    order = {domain.id: position for position, domain in enumerate(DOMAINS)}
    ordered = sorted(indicators, key=lambda indicator: order[indicator.domain])
    return [
        Group(BY_ID[domain], CRITERION_CLASSES[BY_ID[domain].criterion], tuple(members))
        for domain, members in groupby(ordered, key=lambda indicator: indicator.domain)
    ]


@dataclass(frozen=True, slots=True)
class Menu:
    """A filter of the form: its parameter, its label, its (value, words) options, the value chosen."""

    name: str
    label: str
    everything: str
    options: tuple[tuple[str, str], ...]
    chosen: str


def menus(choice: CatalogueChoice) -> list[Menu]:
    """Return the short filters of the form; the one of domains, with its groups, is in the template."""

    def value(word: str | None) -> str:
        return word or ""

    return [
        Menu(
            "niveau", "Échelon", "Tous",
            tuple((level.value, f"connu par {WORDS[level].singular}") for level in MAPPED), value(choice.level),
        ),
        Menu(
            "millesime", "Millésime", "Tous",
            tuple((age.value, words) for age, words in AGE_LABELS.items()), value(choice.age),
        ),
        Menu(
            "nature", "Nature", "Toutes",
            tuple((nature.value, words) for nature, words in NATURE_LABELS.items()), value(choice.nature),
        ),
        Menu(
            "confiance", "Provenance", "Toutes",
            tuple((each.value, words) for each, words in CONFIDENCE_LABELS.items()), value(choice.confidence),
        ),
    ]  # fmt: skip


@blueprint.get("/indicateurs")
def show_all() -> Response:
    """Answer the list: everything by domain, or what words and filters leave, the nearest first."""
    return kept(_page)


def _page() -> str:
    """Return the whole page."""
    store = current_store()
    choice, notices = read_choice(request.args)
    found = choice.apply(held().finder, held().levels)
    content = render_template(
        "indicators.html",
        choice=choice,
        longest=LONGEST,
        total=len(store.indicators),
        found=found,
        groups=[] if choice.query else grouped(found),
        by_criterion=[(c, [d for d in DOMAINS if d.criterion is c]) for c in Criterion],
        menus=menus(choice),
        finest=FINEST_WORDS,
        sources=store.sources,
        domains=BY_ID,
        criterion_classes=CRITERION_CLASSES,
        downloads=catalogue_links(store),
    )
    filters = ", ".join(choice.filters)
    title = f"Indicateurs : {filters}" if filters else "Indicateurs"
    return page(
        f"{title}, recherche « {choice.query} »" if choice.query else title,
        Markup(content),  # noqa: S704 - made by a template that escapes
        current="/indicateurs",
        description="La liste des indicateurs de fragilité, leur définition, leur source et leur millésime.",
        styles=("catalogue.css",),
        scripts=("catalogue.js",),
        notices=(*ignored_parameters(*PARAMETERS), *notices),
    )
