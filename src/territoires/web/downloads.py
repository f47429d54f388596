"""The files to take away: the catalogue, one indicator at one level, everything at one level.

`?taille=`, `?region=` and `?second=` keep the rows that the map shows, with its second indicator beside.
`?format=machine` makes a CSV plain (commas, points, UTF-8 without mark); otherwise it is the one that a French
spreadsheet opens. Files are made when asked for; their address and the version of the data make their ETag.
"""

from __future__ import annotations

import hashlib
import io
import tempfile
from collections.abc import Callable, Sequence
from itertools import compress
from pathlib import Path
from threading import Lock
from urllib.parse import urlencode

import numpy as np
from flask import Blueprint, Response, abort, current_app, request, send_file
from flask.blueprints import BlueprintSetupState
from numpy.typing import NDArray

from territoires.analysis.catalogue_export import catalogue_table
from territoires.analysis.exports import indicator_table
from territoires.analysis.shown import shown_table
from territoires.analysis.tables import Table
from territoires.errors import UnknownError
from territoires.model.indicators import Indicator
from territoires.model.levels import WORDS, Level
from territoires.model.selection import Selection, quoted
from territoires.model.sizes import STRATA
from territoires.sheets.wording import slug
from territoires.store.outlines import Outlines
from territoires.store.store import Store
from territoires.web.encoding import IMMUTABLE, SHORT, Body, accepts
from territoires.web.exports.delimited import FRENCH, MACHINE, Dialect
from territoires.web.exports.geojson import geojson, gzipped
from territoires.web.exports.parquet import write_level
from territoires.web.held import VERSION_LENGTH, current_store, held
from territoires.web.pages.sheets import Press
from territoires.web.table_files import asked_dialect, table_body

blueprint = Blueprint("downloads", __name__, url_prefix="/telecharger")

PRESS = "territoires.downloads"

#: The layout of the files: raised when columns or writing change, so that nobody keeps an old one.
LAYOUT = 2

#: Files kept per worker (bytes).
CAPACITY = 12_000_000

GEOJSON = "application/geo+json"
PARQUET = "application/vnd.apache.parquet"

#: The parameters that keep the rows shown by the map.
FILTERS = ("taille", "region", "second")

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


def shown_links(store: Store, selection: Selection) -> dict[str, str]:
    """Return the address of each file of what a selection shows, by ending."""
    stem = f"/telecharger/{selection.level}/{selection.indicator}"
    query = [("taille", stratum.value) for stratum in selection.strata]
    query += [("region", code) for code in selection.regions]
    query += [("second", selection.second)] if selection.second else []
    query.append(("v", store.manifest.version[:VERSION_LENGTH]))
    return {ending: f"{stem}.{ending}?{urlencode(query)}" for ending in ("csv", "xlsx", "geojson")}


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


def _address(
    store: Store, path: str, dialect: Dialect | None = None, filters: Sequence[tuple[str, str]] = ()
) -> str:
    """Return an address that may be kept for ever: it names the version of the data."""
    query = [*filters, *([("format", dialect.name)] if dialect else [])]
    return f"{path}?{urlencode([*query, ('v', store.manifest.version[:VERSION_LENGTH])])}"


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
    """Answer one indicator at one level, a row per territory shown."""
    store = current_store()
    wanted = _wanted(level, indicator)
    return _rows(_stem(store, wanted), ending, lambda: _shown(store, wanted)[0], FILTERS)


@blueprint.get("/<level>/<indicator>.geojson")
def outlined(level: str, indicator: str) -> Response:
    """Answer one indicator at one level with the outlines, written as it is sent."""
    store, settings = current_store(), held().settings
    wanted = _wanted(level, indicator)
    _check_parameters(*FILTERS)
    response = _known()
    if response is None:
        outlines = Outlines(store.manifest, wanted.level, settings.data, settings.geodata)
        table, inside = _shown(store, wanted)
        bounds = store.territories(wanted.level).bounds[inside]
        content = geojson(table, bounds, compress(outlines, inside.tolist()))
        packed = accepts(request.headers.get("Accept-Encoding", ""), "gzip")
        response = Response(gzipped(content) if packed else content, mimetype=GEOJSON)
        if packed:
            response.headers["Content-Encoding"] = "gzip"
    return _finish(response, _stem(store, wanted), "geojson")


@blueprint.get("/<level>.parquet")
def everything(level: str) -> Response:
    """Answer all the indicators at one level; the file is made once and kept beside the mapped data."""
    found = _level(level)
    _check_parameters()
    response = _known()
    if response is None:
        response = send_file(_parquet(found), mimetype=PARQUET, conditional=True, etag=_tag())
    return _finish(response, f"tous-les-indicateurs-{found}", "parquet")


def _wanted(level: str, indicator: str) -> Selection:
    """Return what an address asks for; 400 for a filter that does not exist, 404 for a level or an indicator."""
    store, found = current_store(), _level(level)
    words = {word for word in request.args.getlist("taille") if word}
    codes = {code for code in request.args.getlist("region") if code}
    seconds = {second for second in request.args.getlist("second") if second}
    for word in sorted(words - set(STRATA)):
        abort(400, f"Taille inconnue : {quoted(word)}. Tailles possibles : {', '.join(STRATA)}.")
    for code in sorted(codes):
        if not store.knows_territory(Level.REGION, code):
            abort(400, f"Région inconnue : {quoted(code)}. Une région se nomme par son code, par exemple 76.")
    for second in sorted(seconds):
        if not store.knows_indicator(second):
            abort(400, f"Second indicateur inconnu : {quoted(second)}.")
    if len(seconds) > 1:
        abort(400, "Un seul second indicateur est possible.")
    strata = tuple(stratum for stratum in STRATA if stratum in words)
    return Selection(
        found,
        store.indicator(indicator).id,
        strata if len(strata) < len(STRATA) else (),
        tuple(sorted(codes)),
        second=seconds.pop() if seconds else None,
    )


def _shown(store: Store, wanted: Selection) -> tuple[Table, NDArray[np.bool_]]:
    """Return the table asked for, and which territories its rows are; without filter, all of them."""
    if wanted == Selection(wanted.level, wanted.indicator):
        table = indicator_table(store, store.indicator(wanted.indicator), wanted.level)
        return table, np.ones(table.rows, dtype=bool)
    return shown_table(store, wanted)


def _stem(store: Store, wanted: Selection) -> str:
    """Return what a file is named after: the indicator, the level, the filters."""
    regions = store.territories(Level.REGION)
    parts = [slug(store.indicator(wanted.indicator).label), wanted.level.value]
    parts += [slug(regions.get(code).name) for code in wanted.regions[:3]]
    parts += [f"{stratum.value}-hab" for stratum in wanted.strata]
    return "-".join(parts + (["et-second-indicateur"] if wanted.second else []))


def _rows(stem: str, ending: str, compose: Callable[[], Table], filters: tuple[str, ...] = ()) -> Response:
    """Answer a table as a CSV or as a workbook."""
    if ending == "xlsx":
        _check_parameters(*filters)
        return _kept(stem, ending, lambda: table_body(compose(), ending, FRENCH))
    dialect = _dialect(*filters)
    name = stem if dialect is FRENCH else f"{stem}-machine"
    response = _kept(name, ending, lambda: table_body(compose(), ending, dialect))
    plain = _address(current_store(), request.path, MACHINE, _asked(*filters))
    response.headers["Link"] = f'<{plain}>; rel="alternate"; type="text/csv"; title="format=machine"'
    return response


def _kept(stem: str, ending: str, make: Callable[[], Body]) -> Response:
    """Answer a file made once, unless the client holds it already."""
    response = _known()
    if response is None:
        press: Press = current_app.extensions[PRESS]
        response = press.get((request.path, stem, *_asked(*FILTERS)), make).answer(SHORT)
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


def _asked(*names: str) -> list[tuple[str, str]]:
    """Return the parameters of the address among `names`, each value once, always in the same order."""
    return [(name, value) for name in names for value in sorted(set(request.args.getlist(name))) if value]


def _dialect(*filters: str) -> Dialect:
    """Return the way of writing asked for, or answer 400."""
    _check_parameters("format", *filters)
    return asked_dialect()


def _tag() -> str:
    """Return the ETag of the present address: a file follows from its address, its layout and the data."""
    asked = urlencode(_asked("format", *FILTERS))
    parts = (str(LAYOUT), held().store.manifest.version, request.path, asked)
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
