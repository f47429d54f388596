"""The same numbers everywhere: store, API, page, PDF and workbook, indicator by indicator, on thirty sheets."""

import html
import io
import re
from dataclasses import replace

import openpyxl
import pytest

from territoires.analysis.selected import aggregated_values, france_value
from territoires.model.indicators import STATUS_LABELS
from territoires.model.levels import Level
from territoires.model.sizes import STRATA, Stratum
from territoires.sheets.content import compose
from territoires.sheets.html import Ways, render_html
from territoires.sheets.pdf import render_pdf
from territoires.sheets.sections import Section
from territoires.sheets.wording import HERE, tied
from territoires.sheets.workbook import render_workbook
from tests.unit.sheets.sheet_samples import pdf_text, squeezed

REGIONS = [("53", ()), ("94", (Stratum.FROM_2000,)), ("02", ()), ("11", (Stratum.FROM_50000,)), ("06", ()),
           ("76", (Stratum.UNDER_2000,)), ("84", STRATA[:2]), ("04", ())]  # fmt: skip
DEPARTEMENTS = [
    ("75", ()),
    ("2A", ()),
    ("974", ()),
    ("48", (Stratum.UNDER_2000,)),
    ("59", STRATA[2:]),
    ("01", ()),
]
EPCI = [("243100518", ()), ("200000925", ()), ("200054781", ()), ("249720061", ()),
        ("200067254", (Stratum.UNDER_2000,)), ("200066793", ())]  # fmt: skip
COMMUNES = ["01002", "31555", "75056", "2A004", "97411", "97608", "13055", "29155", "15031", "48099"]

SHEETS = [
    *((Level.REGION, code, strata) for code, strata in REGIONS),
    *((Level.DEPARTEMENT, code, strata) for code, strata in DEPARTEMENTS),
    *((Level.EPCI, code, strata) for code, strata in EPCI),
    *((Level.COMMUNE, code, ()) for code in COMMUNES),
]


@pytest.fixture(
    scope="module",
    params=SHEETS,
    ids=lambda param: f"{param[0]}-{param[1]}-{'-'.join(param[2]) or 'toutes'}",
)
def composed(request, shipped_store):
    """A sheet of its profile and of its measured fragilities."""
    level, code, strata = request.param
    sections = (Section.PROFILE, Section.OBJECTIVE)
    return compose(shipped_store, level, code, strata, sections=sections)


def test_thirty_sheets_are_compared():
    assert len(SHEETS) == 30


def test_values_are_those_of_the_store(composed, shipped_store):
    index = shipped_store.territories(composed.level).index(composed.code)
    for line in composed.lines:
        values, status = aggregated_values(shipped_store, line.indicator, composed.level, composed.strata)
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


def test_api_answers_the_same_values(composed, shipped_client):
    if composed.strata and composed.level is Level.EPCI:
        return  # The API has no value of an intercommunalité limited to some of its communes.
    for line in composed.lines[::16]:
        query = "&".join([f"indicateur={line.indicator.id}", *(f"taille={each}" for each in composed.strata)])
        answer = shipped_client.get(
            f"/api/v1/territories/{composed.level}/{composed.code}?{query}"
        ).get_json()
        assert answer["value"] == line.here.value
        if composed.level in (Level.COMMUNE, Level.REGION):
            assert answer["rank"] in (line.rank, None if line.rank == 0 else line.rank)


def test_page_prints_the_words_of_the_sheet(composed):
    page = render_html(composed, Ways("", "", "", ()))
    cells = re.findall(r'<tr class="indicator"><th scope="row">(.*?)</th>(.*?)</tr>', page, re.DOTALL)
    assert len(cells) == len(composed.lines)
    for line, (label, values) in zip(composed.lines, cells, strict=True):
        assert tied(line.indicator.label) in html.unescape(label)
        found = [squeezed(html.unescape(each)) for each in re.findall(r"<(?:b|em[^>]*)>([^<]*)<", values)]
        for words in printed_words(composed.level, line):
            assert squeezed(words) in found


def printed_words(level, line):
    """Return what stands in the columns of an indicator: the territory, then its two comparisons."""
    other = line.france if level is Level.REGION else line.region
    words = [line.here.text, line.median_text, other.text]
    return [*words, *(each.caution for each in (line.here, other) if each.caution)]


def test_pdf_prints_the_same_words_in_the_same_order(composed):
    text = squeezed(pdf_text(render_pdf(replace(composed, map=None))))
    place = text.index("Les16domaines")
    for line in composed.lines:
        other = line.france if composed.level is Level.REGION else line.region
        for words in (tied(line.indicator.label), line.here.text, line.median_text, other.text):
            place = text.index(squeezed(words), place) + len(squeezed(words))


def test_workbook_holds_the_same_numbers(composed):
    page = openpyxl.load_workbook(io.BytesIO(render_workbook(composed)), read_only=True)["Indicateurs"]
    names, *rows = page.iter_rows(values_only=True)
    here = HERE[composed.level]
    assert len(rows) == len(composed.lines)
    for line, cells in zip(composed.lines, rows, strict=True):
        row = dict(zip(names, cells, strict=True))
        assert row["Identifiant"] == line.indicator.id
        assert (row[here], row["France"]) == (line.here.value, line.france.value)
        assert row[f"{here}, statut"] == STATUS_LABELS[line.here.status]
        if line.region is not None:
            assert row["Région de rattachement"] == line.region.value
        if line.spread is not None and line.spread.n:
            assert row["Médiane"] == line.spread.median
            assert (row["1er décile"], row["9e décile"]) == (line.spread.d1, line.spread.d9)
