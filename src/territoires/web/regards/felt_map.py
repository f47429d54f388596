"""The map of what an actor feels on one domain, region by region; simulated areas are hatched."""

from __future__ import annotations

import math

from flask import Blueprint, Response, abort, request

from territoires.analysis.perceived import asked
from territoires.model.levels import Level
from territoires.model.perceptions import Perception
from territoires.store.perceptions import Perceptions
from territoires.store.store import Store
from territoires.web.components.demonstration import shown_perceptions
from territoires.web.encoding import IMMUTABLE, SHORT, Body
from territoires.web.held import current_store, held
from territoires.web.regards.drawing import NONE, Picture, draw_country
from territoires.web.regards.felt_choice import FeltChoice, read_felt_choice
from territoires.web.regards.shades import Shades, shades

blueprint = Blueprint("felt_map", __name__)

#: The fill of a region whose figure rests on too few answers, and of one on a scale without tints.
TOO_FEW = "#d3d0c9"
PLAIN = "#b9c9d6"

Answers = dict[str, dict[str, Perception]]


def answers_of(perceptions: Perceptions, choice: FeltChoice) -> Answers:
    """Return what the actor of a choice answered in its wave, per region and domain."""
    return asked(perceptions, actor=choice.actor, wave=choice.wave, stratum=choice.stratum)


def shades_of(answers: Answers) -> Shades | None:
    """Return the classes of all the figures of an actor and a wave: the map and the table share them."""
    return shades(figure for figures in answers.values() for figure in figures.values())


def draw(store: Store, answers: Answers, domain: str) -> Picture:
    """Draw the regions in the tint of their figure."""
    tints = shades_of(answers)
    regions = store.territories(Level.REGION)
    fills, hatched = [], set()
    for index, code in enumerate(regions.codes):
        figure = answers.get(code, {}).get(domain)
        fill = NONE
        if figure is not None and tints is not None:
            fill = tints.fill(figure) or (PLAIN if math.isfinite(figure.value) else TOO_FEW)
        fills.append(fill)
        if figure is not None and figure.simulated:
            hatched.add(index)
    return draw_country(store, Level.REGION, fills, frozenset(hatched))


def address_of(choice: FeltChoice) -> str:
    """Return the address of the map of a choice that has a domain."""
    perceptions = shown_perceptions()
    return choice.address("/perceptions/carte.svg", region=None, v=version_of(perceptions))


def version_of(perceptions: Perceptions) -> str:
    """Return the version of what a map is drawn from, for its address."""
    return f"{held().version}-{perceptions.version[:12]}"


@blueprint.get("/perceptions/carte.svg")
def image() -> Response:
    """Answer the map of an actor, a domain and a wave; 400 when the address names no domain."""
    store, perceptions = current_store(), shown_perceptions()
    choice, address = read_felt_choice(store, perceptions, request.args)
    if address.notices or choice.domain is None:
        abort(400, "La carte des perceptions attend un domaine : domaine=sante.")
    domain = choice.domain
    body = held().bodies.get(
        ("felt map", perceptions.version, choice),
        lambda: Body(draw(store, answers_of(perceptions, choice), domain).svg.encode(), "image/svg+xml"),
    )
    return body.answer(IMMUTABLE if request.args.get("v") == version_of(perceptions) else SHORT)
