"""The read-only API: JSON in index order, compressed, with an ETag; errors as `application/problem+json`."""

from __future__ import annotations

import json
from dataclasses import replace

from flask import Blueprint, Response, abort, request

from territoires.model.levels import MAPPED, Level
from territoires.model.selection import Reference, Selection, parse, quoted
from territoires.model.sizes import STRATA, Stratum
from territoires.web.contents import (
    classes_content,
    columns,
    described,
    figure_content,
    parent,
    place_content,
    sentence_content,
    values_content,
)
from territoires.web.encoding import IMMUTABLE, QUALITY, SHORT, Body
from territoires.web.held import current_store, held

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")

#: Brotli quality of long columns, made once per worker: about 50 ms and 4 % smaller than the usual one.
VALUES_QUALITY = 9

#: Above this weight (bytes), a third of a second once per worker spares a tenth of it to every visitor.
HEAVY = 58_000
HEAVY_QUALITY = 11

#: Most places returned by a search.
MOST_PLACES = 50


def _check_parameters(*known: str) -> None:
    """Answer 400 when the address has a parameter that is not one of `known`."""
    for name in request.args:
        if name not in (*known, "v"):
            abort(
                400,
                f"Paramètre inconnu : {quoted(name)}. Paramètres possibles : {', '.join(known) or 'aucun'}.",
            )


def _level(word: str) -> Level:
    """Return the level named in an address, or answer 404."""
    try:
        return Level(word)
    except ValueError:
        abort(404, f"Échelon inconnu : {quoted(word)}. Échelons possibles : {', '.join(Level)}.")


def _strata() -> tuple[Stratum, ...]:
    """Return the strata asked for, in canonical order; all of them is the same as none."""
    words = {word for word in request.args.getlist("taille") if word}
    for word in sorted(words - set(STRATA)):
        abort(400, f"Taille inconnue : {quoted(word)}. Tailles possibles : {', '.join(STRATA)}.")
    return tuple(stratum for stratum in STRATA if stratum in words) if len(words) < len(STRATA) else ()


def _body(content: object, quality: int = QUALITY) -> Body:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Body(text.encode(), "application/json", quality)


def _columns_body(content: object) -> Body:
    """Return a body of long columns, compressed as far as brotli goes when it would weigh more than `HEAVY`."""
    body = _body(content, VALUES_QUALITY)
    return body if body.size <= HEAVY else _body(content, HEAVY_QUALITY)


def _answer(body: Body) -> Response:
    """Answer a body: for ever when the address names the version of the data."""
    return body.answer(IMMUTABLE if request.args.get("v") == held().version else SHORT)


@blueprint.get("/indicators")
def indicators() -> Response:
    """Answer the catalogue."""
    _check_parameters()
    store = current_store()

    def make() -> Body:
        return _body(
            {
                "release": store.manifest.release,
                "indicators": [described(store, i) for i in store.indicators],
            }
        )

    return _answer(held().bodies.get("indicators", make))


@blueprint.get("/indicators/<indicator>")
def one_indicator(indicator: str) -> Response:
    """Answer one indicator of the catalogue."""
    _check_parameters()
    store = current_store()
    found = store.indicator(indicator)
    return _answer(held().bodies.get(("indicator", indicator), lambda: _body(described(store, found))))


@blueprint.get("/territories")
def search_territories() -> Response:
    """Answer the places whose name begins like `q`."""
    _check_parameters("q", "limit")
    query = request.args.get("q", "")
    if not query.strip():
        abort(400, "Le paramètre q est attendu : les premières lettres d’un nom, ou un code.")
    asked = request.args.get("limit", "10")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 4 and 1 <= int(asked) <= MOST_PLACES):
        abort(400, f"Le paramètre limit est un nombre de 1 à {MOST_PLACES} ; reçu : {quoted(asked)}.")
    store = current_store()
    results = [
        {
            "level": place.level.value,
            "code": place.code,
            "name": place.name,
            "population": place.population,
            "departement": parent(store, Level.DEPARTEMENT, place.departement),
            "region": parent(store, Level.REGION, place.region),
        }
        for place in held().places.find(query, int(asked))
    ]
    return _answer(_body({"results": results}))


@blueprint.get("/territories/<level>")
def territories_of(level: str) -> Response:
    """Answer all territories of a level, as columns."""
    _check_parameters()
    found, store = _level(level), current_store()
    return _answer(held().bodies.get(("territories", found), lambda: _columns_body(columns(store, found))))


@blueprint.get("/territories/<level>/<code>")
def one_territory(level: str, code: str) -> Response:
    """Answer one territory; with `indicateur`, its value, its rank and the sentence that says them."""
    _check_parameters("indicateur", "taille")
    found, store, strata = _level(level), current_store(), _strata()
    territory = store.territories(found).get(code)
    content = place_content(store, territory)
    asked = request.args.get("indicateur", "")
    if asked:
        selection = Selection(found, store.indicator(asked).id, strata, (), code)
        content |= figure_content(store, selection, territory.index)
    return _answer(_body(content))


def _cut(level: str, indicator: str) -> Selection:
    """Return the selection of an address that says how to cut values into classes, or answer 400."""
    _check_parameters("taille", "methode", "classes", "bornes")
    found, store, strata = _level(level), current_store(), _strata()
    known = store.indicator(indicator).id
    asked = {name: request.args.getlist(name) for name in ("methode", "classes", "bornes")}
    parsed = parse({**asked, "niveau": [MAPPED[0]], "indicateur": [known]}, store)
    if parsed.notices:
        abort(400, " ".join(parsed.notices))
    return replace(parsed.selection, level=found, strata=strata)


@blueprint.get("/values/<level>/<indicator>")
def values(level: str, indicator: str) -> Response:
    """Answer the values of an indicator at a level, for the strata asked for, and their classes."""
    selection, store = _cut(level, indicator), current_store()
    return _answer(held().bodies.get(selection, lambda: _columns_body(values_content(store, selection))))


@blueprint.get("/classes/<level>/<indicator>")
def classes(level: str, indicator: str) -> Response:
    """Answer the classes alone: what changes with the method or, for communes and EPCI, with the strata."""
    selection, store = _cut(level, indicator), current_store()
    return _answer(
        held().bodies.get(("classes", selection), lambda: _body(classes_content(store, selection)))
    )


@blueprint.get("/sentence/<level>/<indicator>")
def one_sentence(level: str, indicator: str) -> Response:
    """Answer the sentence about a territory, or about all of those shown, and the value of the reference."""
    _check_parameters("taille", "region", "territoire", "reference")
    found, store, strata = _level(level), current_store(), _strata()
    regions = sorted(
        {store.territories(Level.REGION).get(code).code for code in request.args.getlist("region")}
    )
    code = request.args.get("territoire") or None
    word = request.args.get("reference") or None
    for known in {code, None if word in set(Reference) else word} - {None}:
        store.territories(found).index(str(known))
    selection = Selection(found, store.indicator(indicator).id, strata, tuple(regions), code, reference=word)
    return _answer(
        held().bodies.get(("sentence", selection), lambda: _body(sentence_content(store, selection)))
    )
