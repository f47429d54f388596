"""The catalogue as a list that can be searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, Response, render_template, request
from markupsafe import Markup

from territoires.model.fragilities import BY_ID, DOMAINS, Criterion, Domain
from territoires.model.indicators import Indicator
from territoires.model.selection import quoted
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


@blueprint.get("/indicateurs")
def show_all() -> Response:
    """Answer the list: everything by domain, or what a query and a domain leave, the nearest first."""
    return kept(_page)


def _page() -> str:
    """Return the whole page."""
    store = current_store()
    query = " ".join(request.args.get("q", "").split())[:200]
    asked = request.args.get("domaine", "")
    notices = list(ignored_parameters("q", "domaine"))
    domain = BY_ID.get(asked)
    if asked and domain is None:
        notices.append(f"Le domaine {quoted(asked)} est inconnu : tous les domaines sont montrés.")
    found = [each for each in held().finder.find(query) if domain is None or each.domain == domain.id]
    content = render_template(
        "indicators.html",
        query=query,
        domain=domain,
        total=len(store.indicators),
        found=found,
        groups=[] if query else grouped(found),
        by_criterion=[(c, [d for d in DOMAINS if d.criterion is c]) for c in Criterion],
        finest=FINEST_WORDS,
        sources=store.sources,
        domains=BY_ID,
        criterion_classes=CRITERION_CLASSES,
    )
    title = f"Indicateurs : {domain.label}" if domain else "Indicateurs"
    return page(
        f"{title}, recherche « {query} »" if query else title,
        Markup(content),  # noqa: S704 - made by a template that escapes
        current="/indicateurs",
        description="La liste des indicateurs de fragilité, leur définition, leur source et leur millésime.",
        notices=tuple(notices),
    )
