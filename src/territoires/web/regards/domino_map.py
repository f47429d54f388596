"""The map of a domino: the territories that are in alert on all its domains, in France or in one region."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from flask import Blueprint, Response, abort, request

from territoires.analysis.dominoes import fallen, inside
from territoires.store.store import Store
from territoires.web.encoding import IMMUTABLE, SHORT, Body
from territoires.web.held import current_store, held
from territoires.web.regards.choice import link
from territoires.web.regards.domino_choice import DominoChoice, read_domino_choice
from territoires.web.regards.drawing import NONE, Picture, draw_country, draw_region
from territoires.web.regards.results import alerts_of, size_of

blueprint = Blueprint("domino_map", __name__)

TOGETHER = "#9e2e21"
UNKNOWN = "#d3d0c9"
OUTSIDE = "#ffffff"

#: Above this number of territories, those where a domain is unknown are counted in the legend, not drawn.
MOST_UNKNOWN = 6_000


@dataclass(frozen=True, slots=True)
class DominoMap:
    """What the page says of the map: its address, its size, and the counts of its legend.

    `unknown_drawn` is False where too many territories are unknown to be drawn.
    """

    address: str
    width: int
    height: int
    together: int
    unknown: int
    unknown_drawn: bool


def _fills(store: Store, choice: DominoChoice) -> tuple[list[str], int, int]:
    """Return the fill of each territory of the level, how many are together, and how many unknown."""
    together, known = fallen(alerts_of(choice.level), choice.domino)
    mask = inside(store, choice.level, choice.strata, choice.region)
    unknown = int(np.count_nonzero(mask & ~known))
    grey = UNKNOWN if unknown <= MOST_UNKNOWN else NONE
    fills = np.where(mask & together, TOGETHER, np.where(mask & ~known, grey, NONE))
    return fills.tolist(), int(np.count_nonzero(mask & together)), unknown


def draw(store: Store, choice: DominoChoice) -> Picture:
    """Draw the map of a choice that has a domino; `UnknownError` without a print frame for its region."""
    fills = _fills(store, choice)[0]
    if choice.region is None:
        return draw_country(store, choice.level, fills)
    return draw_region(store, choice.region, choice.level, fills)


def describe(store: Store, choice: DominoChoice) -> DominoMap:
    """Return the words of the map of a choice that has a domino."""
    _, together, unknown = _fills(store, choice)
    width, height = size_of(choice.region)
    query = choice.query() | {"v": held().version}
    return DominoMap(
        link("/dominos/carte.svg", **query),
        width,
        height,
        together,
        unknown,
        unknown <= MOST_UNKNOWN,
    )


def largest(store: Store, choice: DominoChoice, most: int = 10) -> list[int]:
    """Return the positions of the most populous territories of a choice where its domino falls."""
    together, _ = fallen(alerts_of(choice.level), choice.domino)
    found = np.flatnonzero(together & inside(store, choice.level, choice.strata, choice.region))
    people = store.territories(choice.level).population[found]
    ordered: list[int] = found[np.argsort(-people, kind="stable")][:most].tolist()
    return ordered


@blueprint.get("/dominos/carte.svg")
def image() -> Response:
    """Answer the map of a domino; 400 when the address names none."""
    store = current_store()
    choice, address = read_domino_choice(store, request.args)
    if address.notices or not choice.domino:
        abort(400, "La carte d’un domino attend deux ou trois domaines : domino=emploi_sante.")
    body = held().bodies.get(
        ("domino map", choice.level, choice.stratum, choice.region, choice.domino),
        lambda: Body(draw(store, choice).svg.encode(), "image/svg+xml", quality=4),
    )
    return body.answer(IMMUTABLE if request.args.get("v") == held().version else SHORT)
