"""The files of the directory of catalysts: CSV, XLSX, GeoJSON and vCard, of what the request may show.

`/telecharger/catalyseurs.*` is the whole directory; `/telecharger/catalyseurs-choisis.*` takes the parameters of
`/catalyseurs` and gives its list in its order, the filters written in the file (a vCard has no room for them).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from flask import Blueprint, Response, abort, request

from territoires.analysis.tables import Column, Fact, Kind
from territoires.catalysts.catalyst import Catalyst
from territoires.catalysts.records import SEPARATOR
from territoires.model.selection import quoted
from territoires.web.components.demonstration import PARAMETER
from territoires.web.directory.address import Asked, read
from territoires.web.directory.order import choice_words
from territoires.web.directory.view import Result, shown_directory, view
from territoires.web.encoding import SHORT, Body
from territoires.web.exports.catalysts import directory_geojson, directory_table
from territoires.web.exports.delimited import Dialect
from territoires.web.exports.vcards import vcards
from territoires.web.held import current_store, held
from territoires.web.table_files import QUALITY, asked_dialect, table_body

blueprint = Blueprint("directory_files", __name__, url_prefix="/telecharger")

WHOLE, CHOSEN = "catalyseurs", "catalyseurs-choisis"
GEOJSON, VCARD = "application/geo+json", "text/vcard"

#: Distances are told to the tenth of a kilometre.
DECIMALS = 1


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds: organisations in order, what they were chosen by, and columns of its own."""

    catalysts: Sequence[Catalyst]
    facts: tuple[Fact, ...] = ()
    more: tuple[Column, ...] = ()


@blueprint.get("/catalyseurs.<any(csv,xlsx,geojson,vcf):ending>")
def directory(ending: str) -> Response:
    """Answer the organisations that may be shown; `?format=machine` makes the CSV plain."""
    for name in request.args:
        if name not in (PARAMETER, *_known(ending)):
            abort(400, f"Paramètre inconnu : {quoted(name)}.")
    return _answer(WHOLE, ending, None, lambda: Content(shown_directory().catalysts))


@blueprint.get("/catalyseurs-choisis.<any(csv,xlsx,geojson,vcf):ending>")
def chosen(ending: str) -> Response:
    """Answer the list that the same parameters show; 400 for any that means nothing, since a file has no notice."""
    query = request.args.to_dict(flat=False)
    known = _known(ending)
    asked, notices = read(
        {name: values for name, values in query.items() if name not in known}, current_store()
    )
    if notices:
        abort(400, " ".join(notices))
    return _answer(CHOSEN, ending, replace(asked, page=1), lambda: _listed(asked))


def _known(ending: str) -> tuple[str, ...]:
    """Return the parameters that are about the file, not about what it holds."""
    return ("v", "format") if ending == "csv" else ("v",)


def _listed(asked: Asked) -> Content:
    """Return the list of what is asked, with the distances and the reasons that it shows."""
    store = current_store()
    shown = view(shown_directory(), store, asked)
    facts = (Fact("selection", "Choix", choice_words(store, shown, asked)),)
    return Content(
        [result.catalyst for result in shown.results],
        facts,
        _beside(shown.results) if shown.territory is not None else (),
    )


def _beside(results: Sequence[Result]) -> tuple[Column, ...]:
    """Return what a list that starts from a territory says of each organisation."""
    km = np.array([np.nan if result.km is None else result.km for result in results], np.float64)
    reasons = [SEPARATOR.join(result.reasons) or None for result in results]
    return (
        Column("km", "Distance (km)", Kind.NUMBER, np.round(km, DECIMALS), DECIMALS),
        Column("reasons", "Raisons", Kind.TEXT, reasons),
    )


def _answer(stem: str, ending: str, asked: Hashable, compose: Callable[[], Content]) -> Response:
    """Answer a file made once per version of the directory and per choice."""
    dialect = asked_dialect()
    body = held().bodies.get(
        (stem, shown_directory().version, ending, dialect.name, asked),
        lambda: _made(compose(), ending, dialect),
    )
    response = body.answer(SHORT)
    if response.status_code != 304:
        response.headers["Content-Disposition"] = f'attachment; filename="territoires-{stem}.{ending}"'
    return response


def _made(content: Content, ending: str, dialect: Dialect) -> Body:
    catalysts, facts, more = content.catalysts, content.facts, content.more
    if ending == "geojson":
        return Body(directory_geojson(catalysts, facts, more), GEOJSON, QUALITY)
    if ending == "vcf":
        return Body(vcards(catalysts), VCARD, QUALITY)
    table = directory_table(catalysts, words=dialect.french, facts=facts, more=more)
    return table_body(table, ending, dialect)
