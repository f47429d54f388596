"""The files to take away: the catalogue, one indicator at one level, everything at one level.

`?format=machine` makes a CSV plain (commas, points, UTF-8 without mark); otherwise it is the one that a French
spreadsheet opens. Files are made when asked for; their address and the version of the data make their ETag.
"""

from __future__ import annotations

import hashlib
import io
import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from urllib.parse import urlencode

import numpy as np
from flask import Blueprint, Response, abort, current_app, request, send_file
from flask.blueprints import BlueprintSetupState

from territoires.analysis.catalogue_export import catalogue_table
from territoires.analysis.exports import indicator_table
from territoires.analysis.tables import Table
from territoires.errors import UnknownError
from territoires.model.indicators import Indicator
from territoires.model.levels import WORDS, Level
from territoires.model.selection import quoted
from territoires.sheets.wording import slug
from territoires.store.outlines import Outlines
from territoires.store.store import Store
from territoires.web.encoding import IMMUTABLE, SHORT, Body, accepts
from territoires.web.exports.delimited import FRENCH, MACHINE, Dialect, delimited
from territoires.web.exports.geojson import geojson, gzipped
from territoires.web.exports.parquet import write_level
from territoires.web.exports.workbook import workbook
from territoires.web.held import VERSION_LENGTH, current_store, held
from territoires.web.pages.sheets import XLSX, Press

blueprint = Blueprint("downloads", __name__, url_prefix="/telecharger")

PRESS = "territoires.downloads"

#: The layout of the files: raised when columns or writing change, so that nobody keeps an old one.
LAYOUT = 1

#: Files kept per worker (bytes), and the brotli quality that they are made with.
CAPACITY = 12_000_000
QUALITY = 4

CSV = "text/csv"
GEOJSON = "application/geo+json"
PARQUET = "application/vnd.apache.parquet"

DIALECTS: dict[str, Dialect] = {dialect.name: dialect for dialect in (FRENCH, MACHINE)}

_writing = Lock()


def download_links(store: Store, indicator: Indicator, level: Level) -> list[tuple[str, str]]:
    """Return the name and the address of each file of an indicator at a level; none where it has no value."""
    if not np.isfinite(store.values(level, indicator.id)).any():
        return []
    stem = f"/telecharger/{level}/{indicator.id}"
    return [
        ("CSV pour tableur", _address(store, f"{stem}.csv")),
        ("CSV pour programme", _address(store, f"{stem}.csv", MACHINE)),
        ("Classeur XLSX", _address(store, f"{stem}.xlsx")),
        ("Contours GeoJSON", _address(store, f"{stem}.geojson")),
    ]


def catalogue_links(store: Store) -> list[tuple[str, str]]:
    """Return the name and the address of each file of the catalogue."""
    stem = "/telecharger/catalogue"
    return [
        ("CSV pour tableur", _address(store, f"{stem}.csv")),
        ("CSV pour programme", _address(store, f"{stem}.csv", MACHINE)),
        ("Classeur XLSX", _address(store, f"{stem}.xlsx")),
    ]


def level_link(store: Store, level: Level) -> tuple[str, str]:
    """Return the name and the address of the file of all the indicators at a level."""
    return f"Tous les indicateurs, {WORDS[level].plural} (Parquet)", _address(
        store, f"/telecharger/{level}.parquet"
    )


def _address(store: Store, path: str, dialect: Dialect | None = None) -> str:
    """Return an address that may be kept for ever: it names the version of the data."""
    query = {"format": dialect.name} if dialect else {}
    return f"{path}?{urlencode({**query, 'v': store.manifest.version[:VERSION_LENGTH]})}"


@blueprint.record_once
def _equip(state: BlueprintSetupState) -> None:
    """Give each application its own press."""
    state.app.extensions[PRESS] = Press(CAPACITY)


@blueprint.get("/catalogue.<any(csv,xlsx):ending>")
def catalogue(ending: str) -> Response:
    """Answer the whole catalogue."""
    store = current_store()
    return _rows("catalogue", ending, lambda: catalogue_table(store))


@blueprint.get("/<level>/<indicator>.<any(csv,xlsx):ending>")
def rows(level: str, indicator: str, ending: str) -> Response:
    """Answer one indicator at one level, a row per territory."""
    store, found = current_store(), _level(level)
    wanted = store.indicator(indicator)
    return _rows(f"{slug(wanted.label)}-{found}", ending, lambda: indicator_table(store, wanted, found))


@blueprint.get("/<level>/<indicator>.geojson")
def outlined(level: str, indicator: str) -> Response:
    """Answer one indicator at one level with the outlines, written as it is sent."""
    store, found, settings = current_store(), _level(level), held().settings
    wanted = store.indicator(indicator)
    _check_parameters()
    response = _known()
    if response is None:
        outlines = Outlines(store.manifest, found, settings.data, settings.geodata)
        table = indicator_table(store, wanted, found)
        content = geojson(table, store.territories(found).bounds, outlines)
        packed = accepts(request.headers.get("Accept-Encoding", ""), "gzip")
        response = Response(gzipped(content) if packed else content, mimetype=GEOJSON)
        if packed:
            response.headers["Content-Encoding"] = "gzip"
    return _finish(response, f"{slug(wanted.label)}-{found}", "geojson")


@blueprint.get("/<level>.parquet")
def everything(level: str) -> Response:
    """Answer all the indicators at one level; the file is made once and kept beside the mapped data."""
    found = _level(level)
    _check_parameters()
    response = _known()
    if response is None:
        response = send_file(_parquet(found), mimetype=PARQUET, conditional=True, etag=_tag())
    return _finish(response, f"tous-les-indicateurs-{found}", "parquet")


def _rows(stem: str, ending: str, compose: Callable[[], Table]) -> Response:
    """Answer a table as a CSV or as a workbook."""
    if ending == "xlsx":
        _check_parameters()
        return _kept(stem, ending, lambda: Body(workbook(compose()), XLSX, quality=0))
    dialect = _dialect()
    name = stem if dialect is FRENCH else f"{stem}-machine"
    response = _kept(name, ending, lambda: Body(delimited(compose(), dialect), CSV, QUALITY))
    plain = _address(current_store(), request.path, MACHINE)
    response.headers["Link"] = f'<{plain}>; rel="alternate"; type="text/csv"; title="format=machine"'
    return response


def _kept(stem: str, ending: str, make: Callable[[], Body]) -> Response:
    """Answer a file made once, unless the client holds it already."""
    response = _known()
    if response is None:
        press: Press = current_app.extensions[PRESS]
        response = press.get((request.path, stem), make).answer(SHORT)
    return _finish(response, stem, ending)


def _level(word: str) -> Level:
    """Return the level named in an address; `UnknownError` for any other word."""
    try:
        return Level(word)
    except ValueError:
        raise UnknownError(f"Échelon inconnu : {quoted(word)}.") from None


def _check_parameters(*known: str) -> None:
    """Answer 400 when the address has a parameter that the file does not know: a file carries no notice."""
    for name in request.args:
        if name not in (*known, "v"):
            abort(400, f"Paramètre inconnu : {quoted(name)}.")


def _dialect() -> Dialect:
    """Return the way of writing asked for, or answer 400."""
    _check_parameters("format")
    word = request.args.get("format") or FRENCH.name
    if word not in DIALECTS:
        abort(400, f"Format inconnu : {quoted(word)}. Formats possibles : {', '.join(DIALECTS)}.")
    return DIALECTS[word]


def _tag() -> str:
    """Return the ETag of the present address: a file follows from its address, its layout and the data."""
    parts = (str(LAYOUT), held().store.manifest.version, request.path, request.args.get("format", ""))
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=12).hexdigest()


def _known() -> Response | None:
    """Return 304 when the client holds the file already: nothing is then composed."""
    return Response(status=304) if request.if_none_match.contains_weak(_tag()) else None


def _finish(response: Response, stem: str, ending: str) -> Response:
    """Put the name of the file and how long it may be kept."""
    release = current_store().manifest.release
    if response.status_code != 304:
        name = f"territoires-{stem}-{release}.{ending}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    if "ETag" not in response.headers or ending != "parquet":
        response.headers["ETag"] = f'W/"{_tag()}"'
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = IMMUTABLE if request.args.get("v") == held().version else SHORT
    return response


def _parquet(level: Level) -> Path | io.BytesIO:
    """Return the file of a level: in the folder of the mapped data, or in memory where there is none."""
    store, cache = current_store(), held().settings.cache
    # The folder that store/layout.py makes for this version, and removes with it.
    folder = cache / store.manifest.version[:16] if cache else None
    target = folder / f"all-{level}-{LAYOUT}.parquet" if folder else None
    with _writing:
        if target is not None and target.is_file():
            return target
        if target is not None and folder is not None and folder.is_dir():
            try:
                # Put in place by one rename: whole or absent, like the mapped data.
                with tempfile.TemporaryDirectory(prefix=".draft-", dir=folder) as drafts:
                    draft = Path(drafts) / target.name
                    with draft.open("wb") as file:
                        write_level(store, level, file)
                    return draft.rename(target)
            except OSError:
                current_app.logger.warning("Cache inutilisable : %s est fait en mémoire.", target.name)
        buffer = io.BytesIO()
        write_level(store, level, buffer)
        buffer.seek(0)
        return buffer
