"""The results of a search: places first, then indicators; where the search form leads without scripts."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from markupsafe import Markup

from territoires.analysis.search import LONGEST, Place
from territoires.model.levels import WORDS, Level
from territoires.model.selection import Selection, format_query
from territoires.sheets.content import SHEET_LEVELS
from territoires.store.store import Store
from territoires.web.addresses import sheet_address
from territoires.web.held import current_store, held
from territoires.web.shell import ignored_parameters, page

blueprint = Blueprint("places", __name__)

#: Most results of each kind on the page.
MOST_PLACES = 20
MOST_INDICATORS = 10


@dataclass(frozen=True, slots=True)
class Found:
    """A place with where it lies, the address of its map, and the sheet of it or of its region."""

    place: Place
    where: str
    map: str
    sheet: str
    sheet_words: str


def describe(store: Store, place: Place) -> Found:
    """Return a place as it is listed."""
    parents = [
        store.territories(level).get(code).name
        for level, code in ((Level.DEPARTEMENT, place.departement), (Level.REGION, place.region))
        if code is not None and level is not place.level
    ]
    selection = Selection(place.level, store.default_indicator, territory=place.code)
    sheet, sheet_words = "", ""
    if place.level in SHEET_LEVELS:
        sheet, sheet_words = sheet_address(place.level, place.code), "Fiche Repères"
    elif place.region is not None:
        sheet = sheet_address(Level.REGION, place.region)
        sheet_words = f"Fiche {store.territories(Level.REGION).get(place.region).name}"
    return Found(
        place,
        ", ".join([WORDS[place.level].singular, *dict.fromkeys(parents)]),
        f"/carte?{format_query(selection)}",
        sheet,
        sheet_words,
    )


@blueprint.get("/recherche")
def show() -> str:
    """Answer the places and the indicators that a query names."""
    store = current_store()
    query = " ".join(request.args.get("q", "").split())[:LONGEST]
    found = held().places.find(query, MOST_PLACES) if query else []
    indicators = held().finder.find(query) if query else []
    content = render_template(
        "places.html",
        query=query,
        found=[describe(store, place) for place in found],
        indicators=indicators[:MOST_INDICATORS],
        more_indicators=max(0, len(indicators) - MOST_INDICATORS),
    )
    return page(
        f"Recherche : {query}" if query else "Recherche",
        Markup(content),  # noqa: S704 - made by a template that escapes
        current="",
        notices=ignored_parameters("q"),
    )
