"""Tables as answers: which CSV the present address asks for, and the body of a file."""

from __future__ import annotations

from flask import abort, request

from territoires.analysis.tables import Table
from territoires.model.parameters import quoted
from territoires.web.encoding import Body
from territoires.web.exports.delimited import FRENCH, MACHINE, Dialect, delimited
from territoires.web.exports.workbook import workbook
from territoires.web.pages.sheets import XLSX

CSV = "text/csv"

#: Brotli quality of the files, which are made when asked for.
QUALITY = 4

DIALECTS: dict[str, Dialect] = {dialect.name: dialect for dialect in (FRENCH, MACHINE)}


def asked_dialect() -> Dialect:
    """Return the CSV asked for by `format`, that of spreadsheets when nothing is; 400 for any other word."""
    wanted = request.args.get("format") or FRENCH.name
    if wanted not in DIALECTS:
        abort(400, f"Format inconnu : {quoted(wanted)}. Formats possibles : {', '.join(DIALECTS)}.")
    return DIALECTS[wanted]


def table_body(table: Table, ending: str, dialect: Dialect) -> Body:
    """Return a table as a workbook ("xlsx"), or as a CSV in `dialect`."""
    if ending == "xlsx":
        return Body(workbook(table), XLSX, quality=0)
    return Body(delimited(table, dialect), CSV, QUALITY)
