"""« Où en manque-t-il ? »: territories in alert on a domain that nobody who acts on it is near, map and table."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, Response, render_template, request
from markupsafe import Markup

from territoires.catalysts.catalyst import Catalyst
from territoires.catalysts.shortage import Shortage, missing
from territoires.model.levels import WORDS, Level
from territoires.model.selection import Selection, format_query
from territoires.model.sizes import LABELS
from territoires.store.store import Store
from territoires.web.components.demonstration import STYLE, band, keep
from territoires.web.components.vocabulary import tied
from territoires.web.directory.address import Asked, Mode
from territoires.web.directory.address import address as list_address
from territoires.web.directory.api import version
from territoires.web.directory.shortage_choice import (
    DISTANCES,
    LEVELS,
    ShortageChoice,
    address,
    read,
    sentence,
)
from territoires.web.directory.shortage_map import MOST_UNKNOWN, draw
from territoires.web.directory.view import alerts_of, shown_directory
from territoires.web.directory.words import DOMAIN_OPTIONS, SIZE_OPTIONS
from territoires.web.encoding import IMMUTABLE, SHORT, Body
from territoires.web.held import current_store, held
from territoires.web.pages.home_map import place
from territoires.web.shell import page
from territoires.web.typography import french

blueprint = Blueprint("catalysts_missing", __name__)

#: Territories on one page of the table.
LENGTH = 30


def _acting() -> list[Catalyst]:
    """Return the organisations that count: near networks are not catalysts."""
    return [each for each in shown_directory().catalysts if not each.near_network]


def _found(store: Store, choice: ShortageChoice) -> Shortage:
    alerts = alerts_of(store, choice.level)
    return missing(_acting(), store, alerts, choice.domain, choice.distance, choice.strata)


def _rows(store: Store, choice: ShortageChoice, found: Shortage, number: int) -> list[dict[str, Any]]:
    """Return the territories of one page of the table."""
    territories = store.territories(choice.level)
    regions = store.territories(Level.REGION)
    rows = []
    for index in found.order[(number - 1) * LENGTH : number * LENGTH].tolist():
        each = territories.at(index)
        km = float(found.km[index])
        selection = Selection(choice.level, store.default_indicator, territory=each.code)
        peers = Asked(mode=Mode.LIKE, level=choice.level, territory=each.code)
        rows.append(
            {
                "name": french(each.name),
                "region": french(regions.get(each.region).name) if each.region else "",
                "population": each.population,
                "km": km if km != float("inf") else None,
                "map": f"/carte?{format_query(selection)}",
                "peers": keep(list_address(peers)),
            }
        )
    return rows


@blueprint.get("/catalyseurs/manques")
def show() -> str:
    """Answer the page: the sentence, the map, the counts by size, the territories."""
    store = current_store()
    choice, number, notices = read(request.args.to_dict(flat=False))
    found = _found(store, choice)
    pages = max(1, -(-len(found.order) // LENGTH))
    number = min(number, pages)
    inhabitants = int(store.territories(choice.level).population[found.missing].sum())
    sizes = [each for each in found.sizes if each.known]
    said = sentence(choice, found, inhabitants)
    placed, height = place(store)
    content = render_template(
        "catalysts_missing.html",
        band=band("catalysts"),
        choice=choice,
        sentence=said,
        found=found,
        fictitious=sum(each.fictitious for each in _acting() if choice.domain in each.domains),
        domains=DOMAIN_OPTIONS,
        distances=DISTANCES,
        levels=[(level.value, WORDS[level].plural) for level in LEVELS],
        sizes_options=SIZE_OPTIONS,
        sizes=[(tied(LABELS[each.stratum]), each) for each in sizes],
        alert=int(found.alert.sum()),
        missing=int(found.missing.sum()),
        unknown=int((~found.known).sum()) if choice.stratum is None else 0,
        unknown_drawn=int((~found.known).sum()) <= MOST_UNKNOWN,
        words=WORDS[choice.level],
        rows=_rows(store, choice, found, number),
        number=number,
        pages=pages,
        at=partial(address, choice),
        has_map=bool(placed),
        width=round(max((each.x + each.frame.width * each.scale for each in placed), default=1)),
        height=round(height),
        picture=address(choice, path="/catalyseurs/manques.svg", v=version()),
        keep=keep,
    )
    return page(
        "Où manque-t-il de catalyseurs ?",
        Markup(content),  # noqa: S704 - made by a template that escapes
        current="/catalyseurs",
        description=said,
        styles=(
            "catalyseurs/marks.css",
            "catalyseurs/list.css",
            "small_map.css",
            "catalyseurs/shortage.css",
            STYLE,
        ),
        notices=notices,
    )


@blueprint.get("/catalyseurs/manques.svg")
def image() -> Response:
    """Answer the map of a choice."""
    store = current_store()
    choice, _, _ = read(request.args.to_dict(flat=False))

    def make() -> Body:
        acting = [each for each in _acting() if choice.domain in each.domains]
        return Body(draw(store, choice.level, _found(store, choice), acting).svg.encode(), "image/svg+xml", 4)

    body = held().bodies.get(("catalysts missing", version(), choice), make)
    return body.answer(IMMUTABLE if request.args.get("v") == version() else SHORT)
