"""The map page without its map: no script, a script that failed, or Dash that did not come.

The words, the choices, the first rows and the picture made by the server say what the map would. It stands in
every map page, hidden while scripts are on their way (assets/carte/rescue.css), and goes when the map stands.
"""

from __future__ import annotations

from flask import render_template
from markupsafe import Markup

from territoires.analysis.selected import select
from territoires.analysis.sentences import sentence
from territoires.model.selection import Parsed
from territoires.store.store import Store
from territoires.web.components.plain_choices import plain_choices
from territoires.web.components.ranking import ranking
from territoires.web.downloads import shown_links
from territoires.web.pictures import picture_address

#: Most rows of the table: the rest is in the CSV.
MOST_ROWS = 50


def map_fallback(store: Store, parsed: Parsed) -> Markup:
    """Return the page of a selection in plain HTML."""
    selection = parsed.selection
    selected = select(store, selection)
    indicator = selected.indicator
    return Markup(  # noqa: S704 - made by a template that escapes
        render_template(
            "carte_fallback.html",
            notices=parsed.notices,
            indicator=indicator,
            sentence=sentence(store, selection),
            source=store.sources[indicator.source],
            choices=plain_choices(store, selection),
            ranking=ranking(store, selection, selected, MOST_ROWS),
            picture=picture_address(selection, "svg"),
            print=picture_address(selection, "png"),
            files=shown_links(store, selection),
        )
    )
