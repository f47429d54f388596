"""A page before Dash has made it: the same places, empty, so that what comes first stands where it will stay.

Dash's scripts are asked for once the page has shown what it is for (assets/dash_later.js); until then the
modules of the page fill these places, and take what they hold along when Dash's own appear.
"""

from __future__ import annotations

from dash.development.base_component import Component
from markupsafe import Markup

#: What is added to the id of a place while it waits for Dash's own.
WAITING = "-attente"

#: The id of the page that waits.
PAGE = "page" + WAITING


def _place(component: Component) -> Markup:
    """Return the empty place of a component: its class, and its id when it is itself empty."""
    is_empty = not getattr(component, "children", None)
    name = getattr(component, "id", None) if is_empty else None
    return Markup("<div{}{}></div>").format(
        Markup(' id="{}"').format(name + WAITING) if name else "",
        Markup(' class="{}"').format(getattr(component, "className", None) or ""),
    )


def waiting_page(layout: Component) -> Markup:
    """Return the places of a layout (its own children), to be shown until Dash has laid it out."""
    places = [_place(child) for child in layout.children if isinstance(child, Component)]
    return Markup('<div id="{}" class="{}">{}</div>').format(PAGE, layout.className, Markup("").join(places))
