"""The addresses of the sheets: page, PDF and workbook of one territory, for some sizes of communes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

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
from territoires.sheets.sections import SECTIONS, Section
from territoires.sheets.sheet import Sheet
from territoires.sheets.wording import file_name
from territoires.sheets.workbook import render_workbook
from territoires.web.addresses import sheet_address
from territoires.web.components.demonstration import (
    STYLE,
    Kind,
    band,
    demonstration_shown,
    keep,
    shown_perceptions,
)
from territoires.web.encoding import IMMUTABLE, SHORT, Body
from territoires.web.held import current_store, held
from territoires.web.pages.sheet_waiting import waiting_page
from territoires.web.press import BusyError, Press
from territoires.web.shell import ignored_parameters, page

blueprint = Blueprint("sheets", __name__)

PRESS = "territoires.sheets"

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: Pages and files kept per worker (bytes).
CAPACITY = 16_000_000


@blueprint.record_once
def _equip(state: BlueprintSetupState) -> None:
    """Give each application its own press."""
    state.app.extensions[PRESS] = Press(CAPACITY)


def _press() -> Press:
    press: Press = current_app.extensions[PRESS]
    return press


blueprint.register_error_handler(BusyError, waiting_page)


def _level(word: str) -> Level:
    """Return the level named in an address; `UnknownError` for any other word."""
    try:
        return Level(word)
    except ValueError:
        raise UnknownError(f"Échelon inconnu : {quoted(word)}.") from None


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: a territory, sizes of communes, sections, with or without what is simulated.

    `strata` is empty for all sizes, `sections` holds them all when none is named; `unknown` says, in words, what
    the address names that does not exist.
    """

    level: Level
    code: str
    strata: tuple[Stratum, ...]
    sections: tuple[Section, ...]
    demonstration: bool
    unknown: tuple[str, ...]

    @property
    def key(self) -> Hashable:
        """What tells this sheet apart from the others, the state of the surveys and of the directory included."""
        return self.level, self.code, self.strata, self.sections, self.demonstration, held().imported

    def address(self, ending: str = "", strata: tuple[Stratum, ...] | None = None) -> str:
        """Return the address of this sheet, of one of its files, or of the same for other sizes."""
        made = sheet_address(self.level, self.code, self.strata if strata is None else strata, ending)
        if self.sections != SECTIONS:
            made = _with(made, *(f"sections={section}" for section in self.sections))
        return keep(made)


def _with(address: str, *parameters: str) -> str:
    """Return an address with more parameters."""
    return "&".join((address + ("" if "?" in address else "?"), *parameters)).replace("?&", "?")


def _asked(niveau: str, code: str) -> Asked:
    """Read the present request; `UnknownError` for an unknown level or territory."""
    level = _level(niveau)
    current_store().territories(level).index(code)
    words = [word for word in request.args.getlist("taille") if word]
    named = [word for word in request.args.getlist("sections") if word]
    strata = tuple(stratum for stratum in STRATA if stratum in words)
    sections = tuple(section for section in SECTIONS if section in named) or SECTIONS
    unknown = [
        *(
            f"La taille {quoted(word)} est inconnue"
            for word in dict.fromkeys(words)
            if word not in set(STRATA)
        ),
        *(
            f"La section {quoted(word)} est inconnue"
            for word in dict.fromkeys(named)
            if word not in set(SECTIONS)
        ),
    ]
    if level is Level.COMMUNE or len(strata) == len(STRATA):
        strata = ()
    return Asked(level, code, strata, sections, demonstration_shown(), tuple(unknown))


def _composed(asked: Asked, *, annex: bool) -> Sheet:
    """Compose a sheet with its public address."""
    public = held().settings.public_url
    directory = held().catalysts
    return compose(
        current_store(),
        asked.level,
        asked.code,
        asked.strata,
        annex=annex,
        address=public + asked.address() if public else "",
        sections=asked.sections,
        survey=shown_perceptions(),
        directory=directory if asked.demonstration else directory.without_fictitious(),
    )


def _cache_control() -> str:
    """Return how long an answer may be kept: a year when its address names the version of the data."""
    return IMMUTABLE if request.args.get("v") == _version() else SHORT


def _version() -> str:
    """Return what changes when anything on a sheet may: the data, the surveys, the directory."""
    found = held()
    return "-".join((found.version, found.perceptions.version[:6], found.catalysts.version[:6]))


def _file(
    niveau: str, code: str, ending: str, mimetype: str, render: Callable[[Sheet], bytes], *, annex: bool
) -> Response:
    """Answer a file, under its real name; an unknown word is an error, since a file carries no notice."""
    asked = _asked(niveau, code)
    if asked.unknown:
        raise UnknownError(f"{asked.unknown[0]}.")
    name = file_name(current_store().territories(asked.level).get(code).name, asked.strata, ending)
    body = _press().print(
        (ending, asked.key),
        lambda: Body(render(_composed(asked, annex=annex)), mimetype, quality=0),
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
    asked = _asked(niveau, code)
    annex = request.args.get("annexe") == "1"
    notices = tuple(f"{words}{' : elle est ignorée.'}" for words in asked.unknown)
    if asked.level is Level.COMMUNE and request.args.getlist("taille"):
        notices += ("Une commune n’a qu’une taille : le paramètre « taille » est ignoré.",)
    notices += ignored_parameters("taille", "sections", "annexe", "v")
    if notices:
        return Response(_page(asked, notices, annex=annex), mimetype="text/html")
    body = _press().get(
        ("html", asked.key, annex), lambda: Body(_page(asked, annex=annex).encode(), "text/html")
    )
    return body.answer(_cache_control())


def _page(asked: Asked, notices: tuple[str, ...] = (), *, annex: bool) -> str:
    """Return the whole page of a sheet."""
    sheet = _composed(asked, annex=annex)
    content = Markup(render_html(sheet, _ways(asked, sheet)))  # noqa: S704 - made by a template that escapes
    here = asked.address()
    kinds: tuple[tuple[Kind, bool], ...] = (
        (
            "perceptions",
            sheet.perceived is not None and (sheet.perceived.simulated or not asked.demonstration),
        ),
        ("catalysts", sheet.network is not None and sheet.network.simulated),
    )
    shown = [band(kind, here) for kind, told in kinds if told]
    bands = Markup("").join(_told_apart(each, k) for k, each in enumerate(shown))
    return page(
        sheet.title,
        Markup('<div class="sheet-bands">{}</div>').format(bands) + content if bands else content,
        current="/reperes",
        description=f"{sheet.title}. {sheet.lead}",
        styles=("sheet.css", STYLE),
        scripts=("sheet.js",),
        notices=notices,
        layout="wide",
    )


def _told_apart(made: Markup, position: int) -> Markup:
    """Give a second band a name of its own among the landmarks of the page."""
    name = 'aria-label="Démonstration'
    return made if position == 0 else Markup(made.replace(name, f"{name}, organisations", 1))  # noqa: S704 - our own


def _ways(asked: Asked, sheet: Sheet) -> Ways:
    """Return the links of a sheet."""
    here = asked.address()
    sizes = tuple(
        SizeLink(
            label="toutes les communes" if row.stratum is None else row.label,
            address=asked.address(strata=(row.stratum,) if row.stratum else ()),
            communes=number(row.communes),
            current=asked.strata == ((row.stratum,) if row.stratum else ()),
        )
        for row in (*sheet.sizes[-1:], *sheet.sizes[:-1])
    )
    return Ways(
        pdf=_with(asked.address(".pdf"), f"v={_version()}"),
        workbook=_with(asked.address(".xlsx"), f"v={_version()}"),
        annex=here if sheet.annex else _with(here, "annexe=1"),
        sizes=sizes,
        share=here,
    )
