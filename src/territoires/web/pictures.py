"""The map as a picture: `/carte/image.svg` and `/carte/image.png`, with the parameters of the map's address.

`?format=a4` makes it for paper. Made without a browser; kept per worker, and for ever by those who ask with the
version of the data. A picture carries no notice: an address that it cannot read whole is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, current_app, request
from flask.blueprints import BlueprintSetupState

from territoires.model.levels import Level
from territoires.model.selection import Comparison, Selection, format_query, parse, quoted
from territoires.sheets.picture.content import compose
from territoires.sheets.picture.layout import Frames, Size
from territoires.sheets.picture.png import render_png
from territoires.sheets.picture.svg import Faces, draw
from territoires.sheets.wording import slug
from territoires.store.store import Store
from territoires.web.encoding import IMMUTABLE, SHORT, Body
from territoires.web.held import current_store, held
from territoires.web.pages.sheets import Press

blueprint = Blueprint("pictures", __name__)

PRESS = "territoires.pictures"

#: The drawing of the pictures: raised when it changes, so that nobody keeps an old one.
LAYOUT = 2

#: Pictures kept per worker (bytes), and the brotli quality of an SVG: half of it are numbers.
CAPACITY = 12_000_000
QUALITY = 4

TYPES: dict[str, str] = {"svg": "image/svg+xml", "png": "image/png"}

#: The faces written in an SVG, so that it looks the same on every machine.
FACES: dict[tuple[str, int], str] = {
    ("Territoires Sans", 400): "fonts/sans-regular.woff2",
    ("Territoires Sans", 600): "fonts/sans-semibold.woff2",
    ("Territoires Serif", 600): "fonts/serif-semibold.woff2",
}

#: What an SVG opened by itself may do: show its faces.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; frame-ancestors 'self'"


class Studio:
    """What one application keeps to draw pictures."""

    def __init__(self) -> None:
        self.press = Press(CAPACITY)
        self._frames: Frames | None = None

    def frames(self, store: Store) -> Frames:
        """Return the print frames, opened at the first picture."""
        if self._frames is None:
            self._frames = Frames(store)
        return self._frames


@blueprint.record_once
def _equip(state: BlueprintSetupState) -> None:
    """Give each application its own studio."""
    state.app.extensions[PRESS] = Studio()


def pictured(selection: Selection) -> Selection:
    """Return what a picture shows of a selection: one indicator, wherever the reader's map looks."""
    return replace(
        selection,
        second=None,
        comparison=Comparison.MAPS,
        background=False,
        catalysts=False,
        camera=None,
    )


def picture_address(selection: Selection, ending: str, size: Size = Size.SCREEN) -> str:
    """Return the address of the picture of a selection; it may be kept for ever."""
    asked = {} if size is Size.SCREEN else {"format": size.value}
    extra = urlencode({**asked, "v": held().version})
    return f"/carte/image.{ending}?{format_query(pictured(selection))}&{extra}"


def picture_name(store: Store, selection: Selection, ending: str) -> str:
    """Return the name under which a picture is saved."""
    regions = store.territories(Level.REGION)
    parts = [
        "carte",
        slug(store.indicator(selection.indicator).label)[:60].rstrip("-"),
        selection.level.value,
        *(slug(regions.get(code).name) for code in selection.regions[:3]),
        *(f"{stratum.value}-hab" for stratum in selection.strata),
        store.manifest.release,
    ]
    return f"territoires-{'-'.join(parts)}.{ending}"


@blueprint.get("/carte/image.<any(svg,png):ending>")
def image(ending: str) -> Response:
    """Answer the picture of a selection."""
    store = current_store()
    size = _size(request.args.getlist("format"))
    query = {name: request.args.getlist(name) for name in request.args if name not in ("format", "v")}
    parsed = parse(query, store)
    if parsed.notices:
        abort(400, " ".join(parsed.notices[:3]))
    selection = pictured(parsed.selection)
    key = (ending, size, format_query(selection))
    tag = _tag(store, *key)
    response = Response(status=304) if request.if_none_match.contains_weak(tag) else None
    if response is None:
        studio: Studio = current_app.extensions[PRESS]
        body = studio.press.get(key, lambda: _make(store, studio, selection, size, ending))
        response = body.answer(SHORT)
        name = picture_name(store, selection, ending)
        response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["ETag"] = f'W/"{tag}"'
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = IMMUTABLE if request.args.get("v") == held().version else SHORT
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _size(words: Iterable[str]) -> Size:
    """Return the size asked for, or answer 400."""
    asked = {word for word in words if word}
    for word in sorted(asked - set(Size)):
        abort(400, f"Format inconnu : {quoted(word)}. Formats possibles : {', '.join(Size)}.")
    if len(asked) > 1:
        abort(400, "Un seul format est possible.")
    return Size(asked.pop()) if asked else Size.SCREEN


def _tag(store: Store, *parts: str) -> str:
    """Return the ETag of a picture: it follows from its selection, its drawing and the data."""
    content = "\n".join((str(LAYOUT), store.manifest.version, held().static.hash, *parts))
    return hashlib.blake2b(content.encode(), digest_size=12).hexdigest()


def _make(store: Store, studio: Studio, selection: Selection, size: Size, ending: str) -> Body:
    picture = compose(store, selection)
    public = held().settings.public_url
    address = f"{public}/carte?{format_query(selection)}" if public else ""
    if ending == "png":
        svg = draw(picture, studio.frames(store), size, address=address)
        return Body(render_png(svg, picture, size), TYPES[ending], quality=0)
    svg = draw(picture, studio.frames(store), size, _faces(), address)
    return Body(svg.encode(), TYPES[ending], QUALITY)


def _faces() -> Faces:
    """Return the faces that an SVG carries."""
    found: Faces = {}
    for key, name in FACES.items():
        body = held().static.body(name)
        if body is not None:
            found[key] = body.coded("identity")[0]
    return found
