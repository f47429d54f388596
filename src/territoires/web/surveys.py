"""What surveys give away: the API, the files, and the templates to bring one's own.

Filters are the same everywhere: `question`, `acteur`, `vague`, `domaine`, `niveau`, `code` (or `region`), `taille`
(a size, or "ensemble" for territories as a whole) and `demonstration=0`. Imports change what is answered without
changing the version of the data: nothing here may be kept for ever.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass

from flask import Blueprint, Response, abort, request

from territoires.analysis.perceptions_export import perceptions_table
from territoires.imports.perception_schema import template_csv
from territoires.imports.template import template_workbook
from territoires.model.fragilities import BY_ID
from territoires.model.levels import Level
from territoires.model.perceptions import QUESTIONS, Actor, Perception
from territoires.model.selection import quoted
from territoires.model.sizes import STRATA, Stratum
from territoires.web.components.demonstration import PARAMETER, demonstration_shown, shown_perceptions
from territoires.web.encoding import QUALITY, SHORT, Body
from territoires.web.held import current_store, held
from territoires.web.pages.sheets import XLSX
from territoires.web.table_files import CSV, asked_dialect, table_body

blueprint = Blueprint("surveys", __name__)

WHOLE = "ensemble"

FILTERS = ("question", "acteur", "vague", "domaine", "niveau", "code", "region", "taille", PARAMETER)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for; None keeps everything. `whole` keeps territories of all sizes only."""

    question: str | None
    actor: Actor | None
    wave: str | None
    domain: str | None
    level: Level | None
    code: str | None
    stratum: Stratum | None
    whole: bool

    def rows(self) -> tuple[Perception, ...]:
        """Return the rows asked for, among those that the request may show."""
        return shown_perceptions().select(
            question=self.question,
            actor=self.actor,
            wave=self.wave,
            domain=self.domain,
            level=self.level,
            code=self.code,
            stratum=self.stratum,
            all_strata=not self.whole and self.stratum is None,
        )


def _word(name: str, words: Collection[str]) -> str | None:
    """Return a parameter that is one of `words`, None when it is absent; 400 otherwise."""
    word = request.args.get(name)
    if not word:
        return None
    if word not in words:
        abort(400, f"Le paramètre {name} ne connaît pas {quoted(word)}. Possibles : {', '.join(words)}.")
    return word


def _asked(*others: str) -> Asked:
    """Read the filters of the present address; 400 for anything unknown."""
    for name in request.args:
        if name not in (*FILTERS, *others, "v"):
            abort(400, f"Paramètre inconnu : {quoted(name)}. Paramètres possibles : {', '.join(FILTERS)}.")
    _word(PARAMETER, ("0", "1"))
    actor, size = _word("acteur", [*Actor]), _word("taille", (*STRATA, WHOLE))
    level, code, region = _word("niveau", [*Level]), request.args.get("code"), request.args.get("region")
    if region:
        if not current_store().knows_territory(Level.REGION, region):
            abort(
                400, f"Région inconnue : {quoted(region)}. Une région se nomme par son code, par exemple 76."
            )
        level, code = Level.REGION.value, region
    return Asked(
        question=_word("question", QUESTIONS),
        actor=Actor(actor) if actor else None,
        wave=request.args.get("vague") or None,
        domain=_word("domaine", BY_ID),
        level=Level(level) if level else None,
        code=code or None,
        stratum=Stratum(size) if size and size != WHOLE else None,
        whole=size == WHOLE,
    )


def _kept(kind: str, asked: Asked, make: Callable[[], Body]) -> Response:
    """Answer a body made once for what is asked."""
    key = (kind, held().perceptions.version, demonstration_shown(), asked)
    return held().bodies.get(key, make).answer(SHORT)


@blueprint.get("/api/v1/perceptions")
def perceptions() -> Response:
    """Answer the figures asked for, each with its status and its origin."""
    asked = _asked()

    def make() -> Body:
        content = {"questions": QUESTIONS, "perceptions": [_described(row) for row in asked.rows()]}
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return Body(text.encode(), "application/json", QUALITY)

    return _kept("perceptions", asked, make)


def _described(row: Perception) -> dict[str, object]:
    """Return a row as the API says it; a value that is not shown is null."""
    return {
        "status": row.status.word,
        "origin": row.origin,
        "question": row.question,
        "wave": row.wave,
        "year": row.year,
        "programme": row.programme,
        "actor": row.actor,
        "respondents": row.respondents,
        "level": row.level,
        "code": row.code,
        "area": row.area,
        "stratum": row.stratum,
        "domain": row.domain,
        "label": row.label,
        "value": row.value if row.shown else None,
        "unit": row.unit,
        "wording": row.wording,
        "low": row.low if row.shown else None,
        "high": row.high if row.shown else None,
        "base": row.base,
        "representative": row.representative,
        "source": row.source,
        "url": row.url,
        "certainty": row.certainty,
        "note": row.note,
    }


@blueprint.get("/telecharger/perceptions.<any(csv,xlsx):ending>")
def perceptions_file(ending: str) -> Response:
    """Answer the figures asked for as a file; every simulated cell says so."""
    asked = _asked("format")
    dialect = asked_dialect()
    release = current_store().manifest.release

    def make() -> Body:
        return table_body(perceptions_table(asked.rows(), release), ending, dialect)

    return _named(
        _kept(f"{ending} {dialect.name}", asked, make), f"territoires-perceptions-{release}.{ending}"
    )


@blueprint.get("/telecharger/modele-perceptions.<any(csv,xlsx):ending>")
def figures_template(ending: str) -> Response:
    """Answer the template of a table of figures."""
    content = template_workbook() if ending == "xlsx" else b"\xef\xbb\xbf" + template_csv().encode()
    response = Response(content, mimetype=XLSX if ending == "xlsx" else CSV)
    return _named(response, f"modele-perceptions.{ending}")


@blueprint.get("/telecharger/modele-reponses.xlsx")
def answers_template() -> Response:
    """Answer the template of a table of answers."""
    return _named(Response(template_workbook(answers=True), mimetype=XLSX), "modele-reponses.xlsx")


def _named(response: Response, name: str) -> Response:
    """Put the name of the file."""
    if response.status_code != 304:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = SHORT
    return response
