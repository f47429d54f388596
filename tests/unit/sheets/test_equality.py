"""The same numbers everywhere: store, page, PDF and workbook, indicator by indicator."""

import html
import io
import re

import openpyxl
import pytest

from territoires.analysis.selected import aggregated_values, france_value
from territoires.model.indicators import STATUS_LABELS
from territoires.model.levels import Level
from territoires.model.sizes import Stratum
from territoires.sheets.content import compose
from territoires.sheets.html import Ways, render_html
from territoires.sheets.pdf import render_pdf
from territoires.sheets.wording import tied
from territoires.sheets.workbook import render_workbook
from tests.unit.sheets.sheet_samples import pdf_text, squeezed

SHEETS = [("53", ()), ("94", (Stratum.FROM_2000,)), ("02", ())]


@pytest.fixture(
    scope="module", params=SHEETS, ids=lambda param: f"{param[0]}-{'-'.join(param[1]) or 'toutes'}"
)
def composed(request, shipped_store):
    """A sheet, with the territory and the sizes it was composed for."""
    code, strata = request.param
    return compose(shipped_store, Level.REGION, code, strata)


def test_values_are_those_of_the_store(composed, shipped_store):
    index = shipped_store.territories(Level.REGION).index(composed.code)
    for line in composed.lines:
        values, status = aggregated_values(shipped_store, line.indicator, Level.REGION, composed.strata)
        france, france_status = france_value(shipped_store, line.indicator, composed.strata)
        for reading, value, why in (
            (line.here, values[index], status[index]),
            (line.france, france, france_status),
        ):
            if reading.value is None:
                assert value != value
                assert reading.text == STATUS_LABELS[reading.status]
            else:
                assert reading.value == pytest.approx(round(float(value), line.indicator.decimals))
                assert reading.status == why


def test_page_prints_the_words_of_the_sheet(composed):
    page = render_html(composed, Ways("", "", "", ()))
    cells = re.findall(r'<tr class="indicator"><th scope="row">(.*?)</th>(.*?)</tr>', page, re.DOTALL)
    assert len(cells) == len(composed.lines)
    for line, (label, values) in zip(composed.lines, cells, strict=True):
        assert tied(line.indicator.label) in html.unescape(label)
        found = [squeezed(html.unescape(each)) for each in re.findall(r"<(?:b|em[^>]*)>([^<]*)<", values)]
        for reading in (line.here, line.france):
            assert squeezed(reading.text) in found
            if reading.caution:
                assert squeezed(reading.caution) in found


def test_pdf_prints_the_same_words_in_the_same_order(composed):
    text = squeezed(pdf_text(render_pdf(composed)))
    place = text.index("Les16domaines")
    for line in composed.lines:
        for words in (tied(line.indicator.label), line.here.text, line.france.text):
            if words == line.france.text == line.here.text and line.here.value is None:
                place = text.index(squeezed(words), place)
                continue
            place = text.index(squeezed(words), place) + len(squeezed(words))


def test_workbook_holds_the_same_numbers(composed):
    page = openpyxl.load_workbook(io.BytesIO(render_workbook(composed)))["Indicateurs"]
    names, *rows = page.iter_rows(values_only=True)
    assert len(rows) == len(composed.lines)
    for line, cells in zip(composed.lines, rows, strict=True):
        row = dict(zip(names, cells, strict=True))
        assert row["Identifiant"] == line.indicator.id
        assert (row["Région"], row["France"]) == (line.here.value, line.france.value)
        assert row["Région, statut"] == STATUS_LABELS[line.here.status]
        if line.spread is not None and line.spread.n:
            assert row["Médiane"] == line.spread.median
            assert (row["1er décile"], row["9e décile"]) == (line.spread.d1, line.spread.d9)
