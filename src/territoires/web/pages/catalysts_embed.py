"""The list and the map of the catalysts in the frame of another page: `/integrer/catalyseurs`, same parameters."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from markupsafe import Markup

from territoires.web.components.demonstration import hand_on, keep
from territoires.web.directory.address import address, read
from territoires.web.encoding import REVALIDATE
from territoires.web.held import current_store, held
from territoires.web.pages.catalysts import STYLES, content, head
from territoires.web.security import content_policy
from territoires.web.shell import SCRIPTS
from territoires.web.shell import STYLES as SHELL_STYLES
from territoires.web.typography import tie, tie_markup

blueprint = Blueprint("catalysts_embed", __name__)


@blueprint.get("/integrer/catalyseurs")
def show() -> Response:
    """Answer the bare page of what is asked; other sites may frame it."""
    store = current_store()
    asked, notices = read(request.args.to_dict(flat=False), store)
    text = render_template(
        "catalysts_embed.html",
        styles=(*SHELL_STYLES, *STYLES),
        scripts=SCRIPTS,
        head=head(store),
        version=held().version,
        notices=[tie(notice) for notice in notices],
        content=content(store, asked),
        full=f"{held().settings.public_url}{keep(address(asked))}",
    )
    response = Response(hand_on(tie_markup(Markup(text))), mimetype="text/html")  # noqa: S704 - made by a template that escapes
    response.headers["Content-Security-Policy"] = content_policy(framed_by="*")
    response.headers["Cache-Control"] = REVALIDATE
    return response
