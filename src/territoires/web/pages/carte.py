"""The map page: fields and places laid out by Dash, filled by the modules of assets/carte/.

Numbers never pass through Dash: the browser asks the API for them and keeps the selection in the address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl, urlencode

import dash
from dash import html
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from territoires.analysis.selected import SIZED_LEVELS
from territoires.model.selection import Parsed, Selection, format_query, parse
from territoires.web.components.choices import choices
from territoires.web.components.vocabulary import vocabulary
from territoires.web.data_block import data_block
from territoires.web.held import current_store, held
from territoires.web.pages.carte_fallback import map_fallback
from territoires.web.shell import static_url
from territoires.web.waiting import waiting_page

TITLE = "Carte"
DESCRIPTION = (
    "Les fragilités des communes, intercommunalités, départements et régions, sur une carte et en classement."
)
ENTRY = "carte/entry.js"
MAPLIBRE = "maplibre-gl.js"


def _parsed(query: Mapping[str, str | Sequence[str]]) -> Parsed:
    """Read the selection of an address whose parameters are given as Dash or Flask does."""
    if isinstance(query, MultiDict):
        listed: dict[str, list[str]] = {name: query.getlist(name) for name in query}
    else:
        listed = {name: [value] if isinstance(value, str) else list(value) for name, value in query.items()}
    return parse(listed, current_store())


def _values_address(selection: Selection) -> str:
    """Return the address of the first values, exactly as the browser will ask for it.

    Communes and EPCI have the same values whatever the sizes kept; their classes are another answer.
    """
    strata = () if selection.level in SIZED_LEVELS else selection.strata
    cut: list[tuple[str, str]] = []
    if selection.level not in SIZED_LEVELS:
        written = parse_qsl(format_query(selection))
        cut = [(name, value) for name, value in written if name in ("methode", "classes", "bornes")]
    pairs = [("taille", stratum.value) for stratum in strata] + cut + [("v", held().version)]
    return f"/api/v1/values/{selection.level}/{selection.indicator}?{urlencode(pairs)}"


def head(query: Mapping[str, str | Sequence[str]]) -> Markup:
    """Return what the page asks for at once: the script, MapLibre, the first values, the vocabulary."""
    selection = _parsed(query).selection
    content = vocabulary(current_store(), selection) | {
        "version": held().version,
        "maplibre": static_url(MAPLIBRE),
    }
    links = [Markup('<link rel="preload" as="script" href="{}">').format(static_url(MAPLIBRE))]
    # Asynchronous: the map starts while Dash's scripts, at the end of the page, are on their way.
    links.append(Markup('<script type="module" async src="{}"></script>').format(static_url(ENTRY)))
    links.append(
        Markup('<link rel="preload" as="fetch" crossorigin href="{}">').format(_values_address(selection))
    )
    return Markup("\n").join([data_block("carte-depart", content), *links])


def layout(**query: str | list[str]) -> html.Div:
    """Return the page for an address: its notices, its fields, and the places that the browser fills."""
    parsed = _parsed(query)
    return html.Div(
        [
            html.Div(
                [html.P(notice, className="notice") for notice in parsed.notices],
                className="map-address-notices",
                role="status",
            ),
            html.Div(id="carte-avis"),
            choices(current_store(), parsed.selection),
            html.Div(id="carte-tete", className="map-head"),
            html.Div(id="carte-ouvrir", className="map-open"),
            html.Div(id="carte-scene", className="map-scene"),
            html.Div(id="carte-graphiques", className="map-charts"),
            html.Div(id="carte-liste", className="map-list"),
            html.Div(id="carte-emporter", className="map-takeaway"),
        ],
        className="map-page",
    )


def fallback(query: Mapping[str, str | Sequence[str]]) -> Markup:
    """Return the page in plain HTML, for when scripts are missing or fail."""
    return map_fallback(current_store(), _parsed(query))


def register() -> None:
    """Register the page."""
    dash.register_page(
        "carte",
        path="/carte",
        title=TITLE,
        description=DESCRIPTION,
        layout=layout,
        fallback=fallback,
        head=head,
        waiting=lambda query: waiting_page(layout(**query.to_dict(flat=False))),
        styles=("carte/entry.css",),
        scripts=("carte/rescue.js",),
    )
