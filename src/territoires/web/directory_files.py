"""The files of the directory of catalysts: CSV, XLSX, GeoJSON and vCard, of what the request may show."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from territoires.model.selection import quoted
from territoires.web.components.demonstration import PARAMETER
from territoires.web.directory.view import shown_directory
from territoires.web.encoding import SHORT, Body
from territoires.web.exports.catalysts import directory_geojson, directory_table
from territoires.web.exports.delimited import FRENCH, MACHINE, delimited
from territoires.web.exports.vcards import vcards
from territoires.web.exports.workbook import workbook
from territoires.web.held import held
from territoires.web.pages.sheets import XLSX

blueprint = Blueprint("directory_files", __name__, url_prefix="/telecharger")

STEM = "catalyseurs"
QUALITY = 4
GEOJSON, VCARD, CSV = "application/geo+json", "text/vcard", "text/csv"


@blueprint.get("/catalyseurs.<any(csv,xlsx,geojson,vcf):ending>")
def directory(ending: str) -> Response:
    """Answer the organisations that may be shown; `?format=machine` makes the CSV plain."""
    known = (PARAMETER, "v", "format") if ending == "csv" else (PARAMETER, "v")
    for name in request.args:
        if name not in known:
            abort(400, f"Paramètre inconnu : {quoted(name)}.")
    wanted = request.args.get("format") or FRENCH.name
    if wanted not in (FRENCH.name, MACHINE.name):
        abort(400, f"Format inconnu : {quoted(wanted)}. Formats possibles : {FRENCH.name}, {MACHINE.name}.")
    shown = shown_directory()
    body = held().bodies.get(
        ("directory-file", shown.version, ending, wanted), lambda: _made(ending, wanted == MACHINE.name)
    )
    response = body.answer(SHORT)
    if response.status_code != 304:
        response.headers["Content-Disposition"] = f'attachment; filename="territoires-{STEM}.{ending}"'
    return response


def _made(ending: str, machine: bool) -> Body:
    catalysts = shown_directory().catalysts
    if ending == "xlsx":
        return Body(workbook(directory_table(catalysts, words=True)), XLSX, quality=0)
    if ending == "geojson":
        return Body(directory_geojson(catalysts), GEOJSON, QUALITY)
    if ending == "vcf":
        return Body(vcards(catalysts), VCARD, QUALITY)
    dialect = MACHINE if machine else FRENCH
    return Body(delimited(directory_table(catalysts, words=not machine), dialect), CSV, QUALITY)
