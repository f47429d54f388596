"""The home page: what the tool is for, and the ways in."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, render_template
from markupsafe import Markup

from territoires.model.fragilities import DOMAINS, Criterion, Domain
from territoires.model.indicators import Indicator
from territoires.model.levels import Level
from territoires.store.store import Store
from territoires.web.addresses import map_address
from territoires.web.held import current_store, held
from territoires.web.pages.home_map import describe
from territoires.web.pages.repertory import region_entries
from territoires.web.shell import CRITERION_CLASSES, ignored_parameters, kept, page

blueprint = Blueprint("home", __name__)


@dataclass(frozen=True, slots=True)
class DomainEntry:
    """A domain, its number of indicators, and the address of the map of the first one (None: none)."""

    domain: Domain
    count: int
    address: str | None


@dataclass(frozen=True, slots=True)
class CriterionEntry:
    """A criterion and its domains."""

    criterion: Criterion
    css: str
    domains: tuple[DomainEntry, ...]


def criteria(store: Store) -> tuple[CriterionEntry, ...]:
    """Return the four criteria with their domains, in the published order."""
    by_domain: dict[str, list[Indicator]] = {}
    for indicator in store.indicators:
        by_domain.setdefault(indicator.domain, []).append(indicator)

    def entry(domain: Domain) -> DomainEntry:
        found = by_domain.get(domain.id, [])
        return DomainEntry(domain, len(found), map_address(found[0]) if found else None)

    return tuple(
        CriterionEntry(
            criterion,
            CRITERION_CLASSES[criterion],
            tuple(entry(domain) for domain in DOMAINS if domain.criterion is criterion),
        )
        for criterion in Criterion
    )


@blueprint.get("/")
def show() -> Response:
    """Answer the home page."""
    return kept(_page)


def _page() -> str:
    """Return the whole page."""
    store = current_store()
    content = render_template(
        "home.html",
        indicators=len(store.indicators),
        communes=len(store.territories(Level.COMMUNE)),
        criteria=criteria(store),
        regions=region_entries(store),
        map=describe(store),
        version=held().version,
    )
    return page(
        "Territoires",
        Markup(content),  # noqa: S704 - made by a template that escapes
        current="/",
        description="Les fragilités de chaque territoire français, parmi les territoires de sa taille.",
        styles=("home.css", "catalogue.css"),
        notices=ignored_parameters(),
    )
