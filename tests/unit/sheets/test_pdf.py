"""The printed sheet: tagged, in French, the same bytes for the same data, inert to any name."""

import io
import re
from itertools import pairwise

import pytest
from pypdf import PdfReader

from territoires.errors import SheetError
from territoires.model.levels import Level
from territoires.model.sizes import Stratum
from territoires.sheets.content import compose
from territoires.sheets.pdf import render_pdf
from territoires.sheets.typesetting import compiler
from tests.samples import indicator
from tests.unit.sheets.sheet_samples import line, pdf_text, sheet, squeezed, tags

HOSTILE = 'Ville "#[x] \\ $y$ *gras* _it_ @ref <lab> = titre // #read("pdf.py") `code`'


@pytest.fixture(scope="module")
def printed(shipped_store) -> bytes:
    """The sheet of the communes of 2 000 to 20 000 inhabitants of Occitanie."""
    return render_pdf(compose(shipped_store, Level.REGION, "76", (Stratum.FROM_2000,)))


def test_document_is_tagged_titled_and_french(printed):
    reader = PdfReader(io.BytesIO(printed))
    root = reader.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == "fr-FR"
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert reader.metadata.title == (
        "Fiche Repères : Occitanie, communes de 2\u202f000 à 20\u202f000 habitants"
    )


def test_document_declares_pdf_ua(printed):
    described = PdfReader(io.BytesIO(printed)).trailer["/Root"]["/Metadata"].get_data()
    assert b"pdfuaid:part" in described
    assert b"pdfaid:part>2<" in described
    assert b"pdfaid:conformance>A<" in described


def test_a_region_takes_four_to_eight_pages_and_little_room(printed):
    assert 4 <= len(PdfReader(io.BytesIO(printed)).pages) <= 8
    assert len(printed) <= 1_500_000


def test_headings_follow_each_other_and_tables_have_headers(printed):
    found = tags(printed)
    levels = [int(tag[2:]) for tag in found if re.fullmatch(r"/H\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert levels.count(3) >= 16 + 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert found.count("/Table") >= 16
    assert found.count("/TH") >= 3 * 16


def test_every_figure_has_words(printed):
    figures = []

    def walk(node):
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict):
            if node.get("/S") == "/Figure":
                figures.append(node)
            if "/K" in node:
                walk(node["/K"])

    walk(PdfReader(io.BytesIO(printed)).trailer["/Root"]["/StructTreeRoot"]["/K"])
    assert len(figures) > 40
    assert all(node.get("/Alt") for node in figures)


def test_bookmarks_lead_to_the_domains(printed):
    titles = [item.title for item in _flat(PdfReader(io.BytesIO(printed)).outline)]
    assert "Emploi / chômage / insertion" in titles
    assert "Lire cette fiche" in titles


def _flat(outline):
    for item in outline:
        if isinstance(item, list):
            yield from _flat(item)
        else:
            yield item


def test_text_is_extracted_in_reading_order(printed):
    text = squeezed(pdf_text(printed))
    order = ["Occitanie", "Quinoussommes", "Oùnoussommesfragiles", "Plusfragilequ’ailleurs",
             "Moinsfragilequ’ailleurs", "Fragilitésobjectives", "Lescommunespartaille", "Les16domaines",
             "Emploi/chômage", "Développementéconomique", "Pauvreté/lutte", "Mobilité/transport", "Àciter",
             "Lirecettefiche"]  # fmt: skip
    place = 0
    for each in order:
        place = text.index(each, place) + len(each)


def test_hyphens_are_not_extracted_as_signs_of_division(printed):
    pages = PdfReader(io.BytesIO(printed)).pages
    assert "\u00ad" not in "".join(page.extract_text() for page in pages[:3])


def test_every_page_says_where_it_is(printed):
    pages = PdfReader(io.BytesIO(printed)).pages
    for number, page in enumerate(pages, start=1):
        text = squeezed(page.extract_text())
        assert f"{number}/{len(pages)}" in text
        assert "Occitanie" in text
        assert "Communesde2000à20000habitants" in text


def test_faces_are_those_of_the_installed_packages(printed):
    names = set(re.findall(rb"/BaseFont/([^/\s]+)", printed))
    for page in PdfReader(io.BytesIO(printed)).pages:
        fonts = page["/Resources"].get("/Font", {})
        names |= {font.get_object()["/BaseFont"].encode() for font in fonts.values()}
    assert names
    assert all(b"Source" in name for name in names)


def test_same_sheet_gives_the_same_bytes(printed, shipped_store):
    compiler.cache_clear()
    assert render_pdf(compose(shipped_store, Level.REGION, "76", (Stratum.FROM_2000,))) == printed


def test_names_and_labels_are_never_read_as_source():
    hostile = line(indicator(label=HOSTILE, definition=HOSTILE, reading=HOSTILE), source=HOSTILE)
    text = squeezed(pdf_text(render_pdf(sheet(HOSTILE, line=hostile, lead=HOSTILE, address=""))))
    assert text.count(squeezed(HOSTILE)) >= 4


def test_an_empty_size_prints_what_remains(shipped_store):
    content = render_pdf(compose(shipped_store, Level.REGION, "04", (Stratum.UNDER_2000,)))
    text = squeezed(pdf_text(content))
    assert "aucunecommunedemoinsde2000habitants" in text
    assert "889679" in text
    assert "Les16domaines" not in text


def test_a_small_country_prints_too(country_store):
    for code in ("02", "94"):
        for strata in ((), (Stratum.FROM_20000,)):
            assert render_pdf(compose(country_store, Level.REGION, code, strata)).startswith(b"%PDF")


def test_a_release_without_a_month_is_an_error():
    with pytest.raises(SheetError, match="AAAA-MM"):
        render_pdf(sheet(release="demain"))
