"""Dominoes and gaps for programs (JSON), and for whoever takes a file away (CSV, XLSX)."""

from __future__ import annotations

import json
from collections.abc import Callable

from flask import Blueprint, Response, abort, request

from territoires.analysis.gaps import Gap, Gaps, all_gaps
from territoires.analysis.regards_export import (
    domino_rows,
    dominoes_table,
    gap_row,
    gaps_table,
)
from territoires.analysis.tables import Table
from territoires.model.fragilities import BY_ID
from territoires.store.perceptions import Perceptions
from territoires.web.components.demonstration import shown_perceptions
from territoires.web.encoding import SHORT, Body
from territoires.web.held import current_store, held
from territoires.web.regards.choice import Address
from territoires.web.regards.domino_choice import DominoChoice, read_domino_choice
from territoires.web.regards.felt_choice import FeltChoice, read_felt_choice
from territoires.web.regards.felt_map import answers_of
from territoires.web.regards.results import dominoes_of, shares_of
from territoires.web.table_files import asked_dialect, table_body

blueprint = Blueprint("regards_programs", __name__)


def _checked(address: Address, *more: str) -> None:
    """Answer 400 when the address holds anything that is not understood: a file carries no notice."""
    unknown = sorted(set(request.args) - {*address.known, *more})
    if unknown or address.notices:
        abort(
            400, " ".join([*(f"Paramètre inconnu : « {name[:40]} »." for name in unknown), *address.notices])
        )


def _domino_choice() -> DominoChoice:
    choice, address = read_domino_choice(current_store(), request.args)
    _checked(address, "format")
    return choice


def _felt_choice(perceptions: Perceptions) -> FeltChoice:
    choice, address = read_felt_choice(current_store(), perceptions, request.args)
    _checked(address, "format")
    return choice


def _json(content: object) -> Response:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Body(text.encode(), "application/json").answer(SHORT)


def _file(stem: str, ending: str, make: Callable[[], Table]) -> Response:
    """Answer a table as a CSV or as a workbook, named for what it holds."""
    dialect = asked_dialect()
    if ending == "xlsx" and "format" in request.args:
        abort(400, "Un classeur n’a qu’un format : le paramètre « format » est pour le CSV.")
    response = table_body(make(), ending, dialect).answer(SHORT)
    release = current_store().manifest.release
    response.headers["Content-Disposition"] = f'attachment; filename="territoires-{stem}-{release}.{ending}"'
    return response


@blueprint.get("/api/v1/dominoes")
def api_dominoes() -> Response:
    """Answer every pair and triple of domains, with how often they are in alert together."""
    choice = _domino_choice()
    found = dominoes_of(choice.level, choice.strata, choice.region)
    return _json(
        {
            "level": choice.level.value,
            "strata": [stratum.value for stratum in choice.strata],
            "region": choice.region,
            "release": held().store.manifest.release,
            "territories": found.territories,
            "tests": found.tests,
            "known": found.known,
            "alert": found.alert,
            "dominoes": domino_rows(found),
        }
    )


@blueprint.get("/api/v1/gaps")
def api_gaps() -> Response:
    """Answer both ranks of every region, on one domain or on the sixteen."""
    perceptions = shown_perceptions()
    choice = _felt_choice(perceptions)
    rows = _gap_rows(perceptions, choice)
    return _json(
        {
            "actor": choice.actor.value,
            "wave": choice.wave,
            "stratum": choice.stratum.value if choice.stratum else None,
            "release": held().store.manifest.release,
            "simulated": any(gap.felt is not None and gap.felt.simulated for _, gap in rows),
            "compared": {found.domain: found.compared for found, _ in rows},
            "gaps": [gap_row(gap) for _, gap in rows],
        }
    )


@blueprint.get("/telecharger/dominos.<any(csv,xlsx):ending>")
def dominoes_file(ending: str) -> Response:
    """Answer every pair and triple as a file."""
    choice = _domino_choice()
    parts = ("dominos", choice.level, choice.stratum, f"region-{choice.region}" if choice.region else None)
    found = dominoes_of(choice.level, choice.strata, choice.region)
    return _file(
        "-".join(part for part in parts if part), ending, lambda: dominoes_table(current_store(), found)
    )


@blueprint.get("/telecharger/regards.<any(csv,xlsx):ending>")
def gaps_file(ending: str) -> Response:
    """Answer both ranks of every region as a file."""
    perceptions = shown_perceptions()
    choice = _felt_choice(perceptions)
    rows = _gap_rows(perceptions, choice)
    simulated = any(gap.felt is not None and gap.felt.simulated for _, gap in rows)
    stem = "regards-simule" if simulated else "regards"
    return _file(stem, ending, lambda: gaps_table(current_store(), rows, choice.who, choice.wave))


def _gap_rows(perceptions: Perceptions, choice: FeltChoice) -> list[tuple[Gaps, Gap]]:
    """Return the rows asked for: of one domain or of the sixteen, of one region or of all."""
    found = all_gaps(shares_of(choice.stratum), answers_of(perceptions, choice))
    domains = [choice.domain] if choice.domain else list(BY_ID)
    return [
        (found[domain], gap)
        for domain in domains
        for gap in found[domain].rows
        if choice.region is None or gap.code == choice.region
    ]
