"""The factory: settings → one application holding one store, without global state."""

from __future__ import annotations

import json

from flask import Blueprint, Flask, Response, request
from jinja2 import StrictUndefined

from territoires.catalysts.directory import LiveDirectory
from territoires.config import Settings
from territoires.model import formats
from territoires.store.perceptions import LivePerceptions
from territoires.store.store import Store, open_store
from territoires.web import api, directory_files, downloads, pictures, problems, static, surveys, tiles
from territoires.web.addresses import map_address
from territoires.web.directory.blueprints import DIRECTORY
from territoires.web.encoding import REVALIDATE, Body, BodyCache
from territoires.web.fonts import FontFiles
from territoires.web.held import HELD, STORE, Held, held
from territoires.web.interactive import Application, make_dash, serve_pages
from territoires.web.pages import (
    accessibility,
    carte,
    contact,
    embed,
    home,
    home_map,
    indicator,
    indicator_map,
    indicators,
    method,
    perceptions_import,
    places,
    repertory,
    sheets,
)
from territoires.web.regards.blueprints import REGARDS
from territoires.web.security import secure
from territoires.web.shell import static_url
from territoires.web.typography import french, month

#: Compressed answers kept per worker (bytes).
CACHED_BODIES = 24_000_000

#: Brotli quality of pages, compressed at each request.
PAGE_QUALITY = 4

#: Longest body accepted from a visitor (bytes): Dash's callbacks send a few hundred.
LONGEST_REQUEST = 100_000

#: Types compressed on the way out when a view did not do it.
TEXT_TYPES = ("text/html", "application/json", "application/problem+json")

blueprint = Blueprint("health", __name__)

PAGES: tuple[Blueprint, ...] = (
    home.blueprint,
    home_map.blueprint,
    indicators.blueprint,
    indicator.blueprint,
    indicator_map.blueprint,
    repertory.blueprint,
    method.blueprint,
    accessibility.blueprint,
    places.blueprint,
    sheets.blueprint,
    pictures.blueprint,
    embed.blueprint,
    *REGARDS,
    surveys.blueprint,
    perceptions_import.blueprint,
    *DIRECTORY,
    contact.blueprint,
    directory_files.blueprint,
)


@blueprint.get("/sante")
def health() -> Response:
    """Say that the worker answers, and with which data."""
    manifest = held().store.manifest
    content = {
        "status": "ok",
        "version": manifest.version,
        "release": manifest.release,
        "counts": manifest.counts,
    }
    return Response(json.dumps(content), mimetype="application/json", headers={"Cache-Control": "no-store"})


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Leave data addresses to programs that read the method page; pages may be indexed."""
    return Response(
        "User-agent: *\nDisallow: /api/\nDisallow: /tuiles/\nDisallow: /telecharger/\n"
        "Disallow: /carte/image\nDisallow: /integrer/\n",
        mimetype="text/plain",
    )


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """Answer browsers that ask for an icon without reading the page."""
    body = held().static.body("icon.svg")
    assert body is not None  # noqa: S101 - part of assets/, checked by the shell at each page
    return body.answer(REVALIDATE)


def pack(response: Response) -> Response:
    """Compress a text that its view did not, and give it an ETag."""
    plain = response.mimetype in TEXT_TYPES and "Content-Encoding" not in response.headers
    if (
        not plain
        or response.is_streamed
        or request.method not in ("GET", "HEAD")
        or response.status_code == 304
    ):
        return response
    if "ETag" in response.headers:
        return response
    body = Body(response.get_data(), response.mimetype or "", PAGE_QUALITY)
    packed = body.answer(response.headers.get("Cache-Control", REVALIDATE), response.status_code)
    for name, value in response.headers:
        if name not in ("Content-Type", "Content-Length"):
            packed.headers.setdefault(name, value)
    return packed


def _words(server: Flask) -> None:
    """Give the templates the words they are written with."""
    server.jinja_env.undefined = StrictUndefined
    server.jinja_env.trim_blocks = server.jinja_env.lstrip_blocks = True
    server.jinja_env.globals["static_url"] = static_url
    server.jinja_env.filters.update(
        french=french,
        month=month,
        map_address=map_address,
        number=formats.number,
        population=formats.population,
        with_unit=formats.with_unit,
    )
    server.jinja_env.globals["plural"] = formats.plural


def create_app(settings: Settings, *, store: Store | None = None) -> Application:
    """Return the application; `app.server` is the WSGI application.

    Opens the shipped data named by `settings`, unless a `store` is given. Raises `DataError` naming the file
    that is missing or unreadable.
    """
    opened = store or open_store(settings.data, settings.geodata, settings.cache)
    app = make_dash()
    server = app.server
    server.config["MAX_CONTENT_LENGTH"] = LONGEST_REQUEST
    server.extensions[STORE] = opened
    server.extensions[HELD] = Held(
        settings=settings,
        store=opened,
        static=static.StaticFiles(settings.assets, FontFiles(settings.cache)),
        tiles=tiles.TileArchives(opened),
        bodies=BodyCache(CACHED_BODIES),
        surveys=LivePerceptions(settings.data, settings.state, demonstration=settings.demonstration),
        directory=LiveDirectory(settings.data, settings.state, opened, demonstration=settings.demonstration),
    )
    _words(server)
    problems.register(server)
    for part in (blueprint, static.blueprint, tiles.blueprint, api.blueprint, downloads.blueprint, *PAGES):
        server.register_blueprint(part)
    server.after_request(pack)
    carte.register()
    serve_pages(app)
    secure(server, app.csp_hashes())
    return app
