"""The map in the frame of another page: `/integrer/carte` with the parameters of the map's address.

The only route that other sites may frame. The words, the table and a picture are in the page; scripts draw the map.
"""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from markupsafe import Markup

from territoires.analysis.selected import select
from territoires.analysis.sentences import sentence
from territoires.model.selection import format_query, parse
from territoires.sheets.picture.content import where_and_what
from territoires.web.components.ranking import ranking
from territoires.web.components.vocabulary import vocabulary
from territoires.web.data_block import json_markup
from territoires.web.encoding import REVALIDATE
from territoires.web.held import current_store, held
from territoires.web.pages.carte import MAPLIBRE
from territoires.web.pictures import picture_address
from territoires.web.security import content_policy
from territoires.web.shell import STYLES, static_url
from territoires.web.typography import french, month, tie, tie_markup

blueprint = Blueprint("embed", __name__)

#: Rows of the table: the full page has all of them.
MOST_ROWS = 20

#: The sheets of the map page, and our own.
EMBED_STYLES = (*STYLES, "maplibre-gl.css", "carte/scene.css", "embed.css")


@blueprint.get("/integrer/carte")
def show() -> Response:
    """Answer the bare page of a selection."""
    store = current_store()
    parsed = parse({name: request.args.getlist(name) for name in request.args if name != "v"}, store)
    selection = parsed.selection
    selected = select(store, selection)
    indicator = selected.indicator
    content = vocabulary(store, selection) | {"version": held().version, "maplibre": static_url(MAPLIBRE)}
    page = render_template(
        "embed.html",
        styles=EMBED_STYLES,
        scripts=("embed.js",),
        vocabulary=json_markup(content),
        version=held().version,
        notices=[tie(notice) for notice in parsed.notices],
        indicator=indicator,
        about=where_and_what(store, selection, selected),
        sentence=tie(french(sentence(store, selection))),
        ranking=ranking(store, selection, selected, MOST_ROWS),
        picture=picture_address(selection, "svg"),
        full=f"{held().settings.public_url}/carte?{format_query(selection)}",
        source=tie(store.sources[indicator.source].short),
        release=month(store.manifest.release),
    )
    response = Response(tie_markup(Markup(page)), mimetype="text/html")  # noqa: S704 - made by a template that escapes
    response.headers["Content-Security-Policy"] = content_policy(framed_by="*")
    response.headers["Cache-Control"] = REVALIDATE
    return response
