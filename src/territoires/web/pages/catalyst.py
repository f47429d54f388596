"""The page of one organisation: everything the directory says of it, and where that was read."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template
from markupsafe import Markup

from territoires.catalysts.catalyst import Catalyst
from territoires.catalysts.likeness import sizes_of
from territoires.catalysts.proximity import Near, near
from territoires.model.catalysts import (
    CERTAINTY_LABELS,
    ECHELON_LABELS,
    KIND_LABELS,
    ORIGIN_LABELS,
    PROFILE_LABELS,
    TRADE_LABELS,
)
from territoires.model.fragilities import BY_ID
from territoires.model.levels import MAPPED, Level
from territoires.model.selection import Selection, format_query
from territoires.model.sizes import LABELS
from territoires.sheets.content import SHEET_LEVELS
from territoires.store.store import Store
from territoires.web.addresses import sheet_address
from territoires.web.components.demonstration import STYLE, band, demonstration_shown, keep
from territoires.web.components.vocabulary import tied
from territoires.web.directory.address import Asked, Mode, address
from territoires.web.directory.data import website
from territoires.web.directory.view import shown_directory
from territoires.web.directory.words import domains_words, family_of, kind_groups, where
from territoires.web.held import current_store
from territoires.web.shell import ignored_parameters, page
from territoires.web.typography import french

blueprint = Blueprint("catalyst", __name__)

#: How many neighbours are named.
NEIGHBOURS = 5


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """A territory named on the page, with its map, its sheet where it has one, and the list around it."""

    name: str
    map: str
    sheet: str


def place_link(store: Store, level: Level, code: str) -> PlaceLink:
    """Return a territory as it is named: its map, and its sheet or an empty address."""
    name = french(store.territories(level).get(code).name)
    query = format_query(Selection(level, store.default_indicator, territory=code))
    return PlaceLink(name, f"/carte?{query}", sheet_address(level, code) if level in SHEET_LEVELS else "")


def places_of(store: Store, each: Catalyst) -> list[PlaceLink]:
    """Return the commune, the département and the région of an organisation, those that are known."""
    known = (
        (Level.COMMUNE, each.commune),
        (Level.DEPARTEMENT, each.departement),
        (Level.REGION, each.region),
    )
    return [
        place_link(store, level, code) for level, code in known if code and code in store.territories(level)
    ]


def covered_by(store: Store, each: Catalyst) -> list[PlaceLink]:
    """Return the territories that an organisation says it covers."""
    return [
        place_link(store, level, code)
        for level, code in each.covers
        if level in MAPPED and code in store.territories(level)
    ]


def neighbours(each: Catalyst) -> list[Near]:
    """Return the nearest other organisations, near networks left out."""
    if each.lon is None or each.lat is None:
        return []
    others = [other for other in shown_directory().catalysts if other.placed and not other.near_network]
    return [found for found in near(others, each.lon, each.lat) if found.catalyst.id != each.id][:NEIGHBOURS]


def _around(each: Catalyst) -> str:
    """Return the address of the list around the commune of an organisation, or an empty text."""
    if each.commune is None:
        return ""
    return keep(address(Asked(mode=Mode.NEAR, level=Level.COMMUNE, territory=each.commune)))


@blueprint.get("/catalyseurs/<id>")
def show(id: str) -> str:
    """Answer the page of an organisation; `UnknownError` (404) for one that is not shown."""
    store = current_store()
    each = shown_directory().get(id)
    around = neighbours(each)
    invented = each.fictitious or any(found.catalyst.fictitious for found in around)
    content = render_template(
        "catalyst.html",
        each=each,
        band=band("catalysts") if invented or not demonstration_shown() else Markup(),
        kind=KIND_LABELS[each.kind],
        profile=PROFILE_LABELS[each.profile],
        level=ECHELON_LABELS[each.level] if each.level else "",
        origin=ORIGIN_LABELS[each.status],
        certainty=CERTAINTY_LABELS[each.certainty] if each.certainty else "",
        trades=[TRADE_LABELS[trade] for trade in each.trades],
        domains=[BY_ID[domain] for domain in each.domains],
        sizes=[tied(LABELS[size]) for size in sizes_of(each)],
        places=places_of(store, each),
        covered=covered_by(store, each),
        website=website(each),
        neighbours=around,
        around=_around(each),
        groups=kind_groups(),
        kind_labels=KIND_LABELS,
        where=lambda other: where(store, other),
        family=family_of,
        domains_words=domains_words,
        keep=keep,
    )
    return page(
        french(each.name),
        Markup(content),  # noqa: S704 - made by a template that escapes
        current="/catalyseurs",
        description=f"{KIND_LABELS[each.kind]}. {where(store, each)}",
        styles=("catalyseurs/marks.css", "catalyseurs/shortage.css", STYLE),
        notices=ignored_parameters(),
    )
