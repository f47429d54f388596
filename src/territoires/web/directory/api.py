"""The directory as JSON: every organisation that may be shown, and the peers of a territory."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, request

from territoires.errors import UnknownError
from territoires.model.levels import Level
from territoires.model.parameters import quoted
from territoires.model.sizes import STRATA
from territoires.web.components.demonstration import PARAMETER, keep
from territoires.web.directory.data import rows, words
from territoires.web.directory.order import alerts_words
from territoires.web.directory.view import peers_of, shown_directory
from territoires.web.encoding import IMMUTABLE, QUALITY, SHORT, Body
from territoires.web.held import current_store, held
from territoires.web.typography import french

blueprint = Blueprint("directory_api", __name__, url_prefix="/api/v1/catalysts")

#: Distances are told to the tenth of a kilometre.
DECIMALS = 1


def version() -> str:
    """Return the version of the directory that the present request may show, with that of the territories."""
    return f"{shown_directory().version}-{held().version}"


def data_address() -> str:
    """Return the address of the organisations, which may be kept for ever: it names their version."""
    return keep(f"/api/v1/catalysts?v={version()}")


def _check_parameters() -> None:
    for name in request.args:
        if name not in (PARAMETER, "v"):
            abort(400, f"Paramètre inconnu : {quoted(name)}. Paramètre possible : {PARAMETER}.")


def _answer(make: Callable[[], object], *key: str) -> Response:
    """Answer a content that is made once per version of the directory."""

    def body() -> Body:
        text = json.dumps(make(), ensure_ascii=False, separators=(",", ":"))
        return Body(text.encode(), "application/json", QUALITY)

    found = held().bodies.get(("directory", version(), *key), body)
    return found.answer(IMMUTABLE if request.args.get("v") == version() else SHORT)


@blueprint.get("")
def everyone() -> Response:
    """Answer the organisations in the order of the list; what may not be shown is not there."""
    _check_parameters()
    return _answer(lambda: {"version": version(), "catalysts": rows(shown_directory(), current_store())})


@blueprint.get("/words")
def vocabulary() -> Response:
    """Answer the families, the kinds and the other words that organisations are shown with."""
    _check_parameters()
    return _answer(lambda: words(current_store()), "words")


@blueprint.get("/like/<level>/<code>")
def like(level: str, code: str) -> Response:
    """Answer the peers of a commune or an intercommunalité in the order of the rule, with their reasons."""
    _check_parameters()
    if level not in {each.value for each in Level}:
        raise UnknownError(f"Échelon inconnu : {quoted(level)}.")
    return _answer(lambda: _peers(Level(level), code), "like", level, code)


def _peers(level: Level, code: str) -> dict[str, Any]:
    """Return the peers of a territory as they are sent; `UnknownError` where there are none to look for."""
    place, peers = peers_of(shown_directory(), current_store(), level, code)
    return {
        "level": place.level.value,
        "code": place.code,
        "name": french(place.name),
        "alerts": list(place.alerts),
        "stratum": place.stratum.value,
        "sentence": alerts_words(place.alerts, STRATA.index(place.stratum)),
        "peers": [
            {
                "id": peer.catalyst.id,
                "km": None if peer.km is None else round(peer.km, DECIMALS),
                "reasons": list(peer.reasons),
            }
            for peer in peers
        ],
    }
