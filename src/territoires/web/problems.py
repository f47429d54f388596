"""Errors as answers: a page for people, `application/problem+json` for programs, never a traceback."""

from __future__ import annotations

import json
import logging

from flask import Flask, Response, redirect, render_template, request
from markupsafe import Markup
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response as BaseResponse

from territoires.errors import DataError, InputError, SheetError, TerritoiresError, UnknownError
from territoires.web.shell import page

log = logging.getLogger(__name__)

#: The HTTP status of each error raised on purpose.
STATUSES: dict[type[TerritoiresError], int] = {
    UnknownError: 404,
    InputError: 400,
    SheetError: 503,
    DataError: 503,
}

#: What is said to a person: title, then what happened and what to do.
WORDS: dict[int, tuple[str, str]] = {
    400: (
        "Demande incomprise",
        "L’adresse contient une valeur que le site ne peut pas lire. Corrigez-la, ou repartez d’une des "
        "entrées ci-dessous.",
    ),
    404: (
        "Page introuvable",
        "Rien ne se trouve à cette adresse. Le lien est peut-être ancien, ou un caractère manque.",
    ),
    405: ("Action impossible", "Cette adresse se consulte, elle ne se modifie pas."),
    500: (
        "Le site n’a pas pu répondre",
        "Une erreur s’est produite de notre côté ; elle est enregistrée. Réessayez dans un instant, ou "
        "repartez d’une des entrées ci-dessous.",
    ),
    503: (
        "Indisponible pour le moment",
        "Ce que vous demandez ne peut pas être préparé maintenant. Réessayez dans un instant.",
    ),
}

#: Addresses answered to programs.
PROGRAM_PATHS = ("/api/", "/tuiles/", "/statique/", "/sante", "/_dash", "/carte/image.")


def status_of(error: TerritoiresError) -> int:
    """Return the HTTP status of an error, by its nearest known ancestor."""
    return next((STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES), 500)


def problem(status: int, detail: str) -> Response:
    """Return a problem of RFC 9457 for the present request."""
    title = WORDS.get(status, WORDS[400 if status < 500 else 500])[0]
    content = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": request.path,
    }
    return Response(
        json.dumps(content, ensure_ascii=False), status=status, mimetype="application/problem+json"
    )


def problem_page(status: int, detail: str) -> Response:
    """Return the page that says what happened, and where to go from there."""
    title, explanation = WORDS.get(status, WORDS[400 if status < 500 else 500])
    content = Markup(  # noqa: S704 - made by a template that escapes
        render_template("problem.html", title=title, explanation=explanation, detail=detail, status=status)
    )
    return Response(page(title, content, current=""), status=status, mimetype="text/html")


def answer(status: int, detail: str) -> Response:
    """Return an error in the form that suits the address asked for."""
    made = problem(status, detail) if request.path.startswith(PROGRAM_PATHS) else problem_page(status, detail)
    made.headers["Cache-Control"] = "no-store" if status >= 500 else "no-cache"
    return made


def register(server: Flask) -> None:
    """Answer every error of `server` with the functions above."""

    @server.errorhandler(TerritoiresError)
    def on_purpose(error: TerritoiresError) -> Response:
        status = status_of(error)
        if status >= 500:
            log.error("%s : %s", request.path, error)
        return answer(status, str(error) if status < 500 else "")

    @server.errorhandler(HTTPException)
    def by_http(error: HTTPException) -> Response | BaseResponse:
        without_slash = request.path.rstrip("/")
        if error.code == 404 and "/" < without_slash < request.path and request.path[1] != "/":
            query = request.query_string.decode("ascii", "replace")
            return redirect(without_slash + (f"?{query}" if query else ""), 308)
        if isinstance(error, InternalServerError) or error.code is None:
            # Flask has logged the traceback; the visitor is told that something failed, not what.
            return answer(500, "")
        described = error.description if error.description != type(error).description else ""
        made = answer(error.code, described or "")
        for name, value in error.get_headers():
            if name == "Allow":
                made.headers[name] = value
        return made
