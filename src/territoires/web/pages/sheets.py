"""The addresses of the sheets: page, PDF and workbook of one territory, for some sizes of communes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from flask import Blueprint, Response, current_app, request
from flask.blueprints import BlueprintSetupState
from markupsafe import Markup

from territoires.errors import UnknownError
from territoires.model.formats import number
from territoires.model.levels import Level
from territoires.model.selection import quoted
from territoires.model.sizes import STRATA, Stratum
from territoires.sheets.content import compose
from territoires.sheets.html import SizeLink, Ways, render_html
from territoires.sheets.pdf import render_pdf
from territoires.sheets.sheet import Sheet
from territoires.sheets.wording import file_name
from territoires.sheets.workbook import render_workbook
from territoires.web.addresses import sheet_address
from territoires.web.encoding import IMMUTABLE, SHORT, Body
from territoires.web.held import current_store, held
from territoires.web.shell import ignored_parameters, page

blueprint = Blueprint("sheets", __name__)

PRESS = "territoires.sheets"

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: Pages and files kept per worker (bytes).
CAPACITY = 16_000_000


class Press:
    """Makes each file once, whoever asks for it at the same time, and keeps the most recent ones."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._bodies: OrderedDict[Hashable, Body] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Body]) -> Body:
        """Return the body of `key`; those who ask while it is being made wait for it."""
        with self._lock:
            making = self._making.setdefault(key, Lock())
        with making:
            with self._lock:
                body = self._bodies.get(key)
                if body is not None:
                    self._bodies.move_to_end(key)
                    self._making.pop(key, None)
                    return body
            body = make()
            with self._lock:
                self._bodies[key] = body
                self._making.pop(key, None)
                while len(self._bodies) > 1 and sum(b.size for b in self._bodies.values()) > self._capacity:
                    self._bodies.popitem(last=False)
        return body


@blueprint.record_once
def _equip(state: BlueprintSetupState) -> None:
    """Give each application its own press."""
    state.app.extensions[PRESS] = Press(CAPACITY)


def _press() -> Press:
    press: Press = current_app.extensions[PRESS]
    return press


def _level(word: str) -> Level:
    """Return the level named in an address; `UnknownError` for any other word."""
    try:
        return Level(word)
    except ValueError:
        raise UnknownError(f"Échelon inconnu : {quoted(word)}.") from None


def _strata() -> tuple[tuple[Stratum, ...], list[str]]:
    """Return the sizes asked for (empty for all of them), and the words that name none."""
    words = [word for word in request.args.getlist("taille") if word]
    strata = tuple(stratum for stratum in STRATA if stratum in words)
    unknown = [word for word in dict.fromkeys(words) if word not in set(STRATA)]
    return (() if len(strata) == len(STRATA) else strata), unknown


def _composed(level: Level, code: str, strata: tuple[Stratum, ...], *, annex: bool) -> Sheet:
    """Compose a sheet with its public address."""
    public = held().settings.public_url
    address = public + sheet_address(level, code, strata) if public else ""
    return compose(current_store(), level, code, strata, annex=annex, address=address)


def _cache_control() -> str:
    """Return how long an answer may be kept: a year when its address names the version of the data."""
    return IMMUTABLE if request.args.get("v") == held().version else SHORT


def _file(
    niveau: str, code: str, ending: str, mimetype: str, render: Callable[[Sheet], bytes], *, annex: bool
) -> Response:
    """Answer a file, under its real name; an unknown size is an error, since a file carries no notice."""
    level = _level(niveau)
    strata, unknown = _strata()
    if unknown:
        raise UnknownError(f"Taille de commune inconnue : {quoted(unknown[0])}.")
    name = file_name(current_store().territories(level).get(code).name, strata, ending)
    body = _press().get(
        (ending, level, code, strata),
        lambda: Body(render(_composed(level, code, strata, annex=annex)), mimetype, quality=0),
    )
    response = body.answer(_cache_control())
    manner = "inline" if ending == "pdf" else "attachment"
    response.headers["Content-Disposition"] = f'{manner}; filename="{name}"'
    return response


@blueprint.get("/reperes/<niveau>/<code>.pdf")
def pdf(niveau: str, code: str) -> Response:
    """Answer the sheet as a tagged PDF."""
    return _file(niveau, code, "pdf", "application/pdf", render_pdf, annex=False)


@blueprint.get("/reperes/<niveau>/<code>.xlsx")
def workbook(niveau: str, code: str) -> Response:
    """Answer the sheet as a workbook, with every indicator of the catalogue."""
    return _file(niveau, code, "xlsx", XLSX, render_workbook, annex=True)


@blueprint.get("/reperes/<niveau>/<code>")
def show(niveau: str, code: str) -> Response:
    """Answer the sheet as a page; `annexe=1` lists every indicator."""
    level = _level(niveau)
    strata, unknown = _strata()
    annex = request.args.get("annexe") == "1"
    notices = tuple(f"La taille {quoted(word)} est inconnue : elle est ignorée." for word in unknown)
    notices += ignored_parameters("taille", "annexe", "v")
    if notices:
        return Response(_page(level, code, strata, notices, annex=annex), mimetype="text/html")
    body = _press().get(
        ("html", level, code, strata, annex),
        lambda: Body(_page(level, code, strata, annex=annex).encode(), "text/html"),
    )
    return body.answer(_cache_control())


def _page(
    level: Level, code: str, strata: tuple[Stratum, ...], notices: tuple[str, ...] = (), *, annex: bool
) -> str:
    """Return the whole page of a sheet."""
    sheet = _composed(level, code, strata, annex=annex)
    return page(
        sheet.title,
        Markup(render_html(sheet, _ways(sheet))),  # noqa: S704 - made by a template that escapes
        current="/reperes",
        description=f"{sheet.title}. {sheet.lead}",
        styles=("sheet.css",),
        notices=notices,
        layout="wide",
    )


def _ways(sheet: Sheet) -> Ways:
    """Return the links of a sheet."""
    level, code, strata = sheet.level, sheet.code, sheet.strata
    here = sheet_address(level, code, strata)
    annex = here if sheet.annex else here + ("&" if "?" in here else "?") + "annexe=1"
    sizes = tuple(
        SizeLink(
            label="toutes les communes" if row.stratum is None else row.label,
            address=sheet_address(level, code, (row.stratum,) if row.stratum else ()),
            communes=number(row.communes),
            current=strata == ((row.stratum,) if row.stratum else ()),
        )
        for row in (sheet.sizes[-1], *sheet.sizes[:-1])
    )
    version = held().version

    def versioned(ending: str) -> str:
        address = sheet_address(level, code, strata, ending)
        return f"{address}{'&' if '?' in address else '?'}v={version}"

    return Ways(pdf=versioned(".pdf"), workbook=versioned(".xlsx"), annex=annex, sizes=sizes)
