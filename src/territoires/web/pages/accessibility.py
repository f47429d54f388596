"""The accessibility statement: what was tested and how, what does not comply, whom to write to."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from markupsafe import Markup

from territoires.web.held import held
from territoires.web.shell import ignored_parameters, kept, page

blueprint = Blueprint("accessibility", __name__)


@blueprint.get("/accessibilite")
def show() -> Response:
    """Answer the statement."""
    return kept(_page)


def _page() -> str:
    """Return the whole page."""
    return page(
        "Accessibilité",
        Markup(render_template("accessibility.html", contact=held().settings.contact)),  # noqa: S704 - made by a template that escapes
        current="/accessibilite",
        description="Ce qui a été vérifié, ce qui ne l’est pas, et à qui écrire.",
        styles=("method.css",),
        notices=ignored_parameters(),
    )
