"""What a visitor reads when every place of the press is taken: the sheet is coming, and when to ask again."""

from __future__ import annotations

from flask import Response, render_template, request
from markupsafe import Markup

from territoires.model.formats import plural
from territoires.web.press import BusyError
from territoires.web.shell import page


def waiting_page(error: BusyError) -> Response:
    """Answer 503 with `Retry-After` and a page that leads back to the same address."""
    again = request.full_path if request.query_string else request.path
    content = Markup(  # noqa: S704 - made by a template that escapes
        render_template("sheet_waiting.html", delay=plural(error.seconds, "seconde"), again=again)
    )
    answer = Response(
        page("La fiche est en préparation", content, current="/reperes"), status=503, mimetype="text/html"
    )
    answer.headers["Retry-After"] = str(error.seconds)
    answer.headers["Cache-Control"] = "no-store"
    return answer
