"""The sections of a sheet: true to the store, sourced, and marked where something is invented."""

import io
import re
from dataclasses import replace

import numpy as np
import openpyxl
import pytest
from pypdf import PdfReader

from territoires.analysis.alerts import territory_alerts
from territoires.model.levels import Level
from territoires.model.sizes import STRATA, Stratum
from territoires.sheets.content import compose
from territoires.sheets.html import Ways, render_html
from territoires.sheets.outlining import rings, touching
from territoires.sheets.pdf import render_pdf
from territoires.sheets.sections import Section
from territoires.sheets.wording import tied
from territoires.sheets.workbook import render_workbook
from tests.unit.sheets.conftest import HOSTILE
from tests.unit.sheets.sheet_samples import pdf_text, squeezed

WAYS = Ways("", "", "", ())


@pytest.fixture(scope="module")
def occitanie(shipped_store, survey, directory):
    """The sheet of Occitanie with everything, the demonstration included."""
    return compose(shipped_store, Level.REGION, "76", survey=survey, directory=directory)


@pytest.fixture(scope="module")
def honest(shipped_store, survey, directory):
    """The sheet of Bretagne without anything invented."""
    return compose(
        shipped_store,
        Level.REGION,
        "53",
        survey=survey.without_simulated(),
        directory=directory.without_fictitious(),
    )


def test_alerts_of_an_intercommunalite_are_those_that_ship(shipped_store):
    made = compose(shipped_store, Level.EPCI, "243100518")
    found = territory_alerts(shipped_store, Level.EPCI, "243100518")
    assert [(row.alerts, row.known) for row in made.overview.rows] == [(e.alerts, e.known) for e in found]


@pytest.mark.parametrize(
    ("level", "code"), [(Level.REGION, "53"), (Level.EPCI, "243100518"), (Level.COMMUNE, "31555")]
)
def test_alerts_told_are_those_of_the_lines_of_the_annex(shipped_store, level, code):
    made = compose(shipped_store, level, code, annex=True)
    for row, section in zip(made.overview.rows, made.domains, strict=True):
        assert row.alerts == sum(line.alert is True for line in section.lines)
        assert row.known == sum(line.alert is not None for line in section.lines)


def test_population_by_year_is_a_sum_of_communes(shipped_store, occitanie):
    communes = shipped_store.territories(Level.COMMUNE)
    region = shipped_store.territories(Level.REGION).index("76")
    inside = communes.parents[Level.REGION] == region
    years = occitanie.profile.years
    assert [each.year for each in years] == [2015, 2022, 2023]
    assert years[-1].inhabitants == int(communes.population[inside].sum())
    assert "de 2015 à 2023" in occitanie.profile.change


def test_a_population_that_is_not_known_is_said(shipped_store):
    made = compose(shipped_store, Level.REGION, "06").profile
    assert len(made.years) == 1
    assert made.change.startswith("Évolution non calculée")


def test_neighbours_share_a_border(shipped_store):
    frame = shipped_store.frame("departement:01")
    communes = shipped_store.territories(Level.COMMUNE)
    here = communes.index("01002")
    found = touching(frame, Level.COMMUNE, here)
    assert communes.index("01007") in found
    assert all(here in touching(frame, Level.COMMUNE, each) for each in found)


def test_outlines_are_read_from_relative_steps():
    assert rings("M10 20l5-6 7 8z") == [[(10, 20), (15, 14), (22, 22)]]


def test_a_commune_is_shown_among_the_communes_around_it(shipped_store):
    made = compose(shipped_store, Level.COMMUNE, "01002")
    assert made.map.communes < 200
    assert made.map.origin != (0.0, 0.0)
    assert made.lines[0].among == "communes de moins de 2\u202f000 habitants, Auvergne-Rhône-Alpes"
    assert made.sizes == ()
    assert made.size_effect is None


def test_communes_left_out_of_a_large_map_are_one_shape_under_the_others(shipped_store):
    made = compose(shipped_store, Level.REGION, "44", (Stratum.FROM_20000,)).map
    assert made.shapes[0] == ("outside", made.outlines[-1][1])
    left_out = next(entry.communes for entry in made.legend if entry.kind == "outside")
    assert left_out > 0.9 * made.communes
    small = compose(shipped_store, Level.REGION, "94", (Stratum.FROM_2000,)).map
    assert small.shapes[0][1].count("M") > len(small.outlines[-1][1].split("M"))


def test_indicators_of_a_domain_go_from_the_most_fragile_to_the_least(shipped_store):
    for section in compose(shipped_store, Level.REGION, "53").domains:
        gaps = [line.fragility_gap for line in section.lines if line.fragility_gap == line.fragility_gap]
        assert gaps == sorted(gaps, reverse=True)
        assert 1 <= len(section.lines) <= 3


def test_sizes_side_by_side_are_recomputed_from_counts(shipped_store):
    effect = compose(shipped_store, Level.REGION, "53").size_effect
    assert effect.strata == STRATA
    assert len({row.line.indicator.domain for row in effect.rows}) == len(effect.rows)
    row = effect.rows[0]
    sized = compose(shipped_store, Level.REGION, "53", (STRATA[1],), annex=True)
    line = next(line for line in sized.lines if line.indicator.id == row.line.indicator.id)
    assert row.readings[1] == line.here
    signed = [int(row.line.indicator.direction) * each.value for each in row.readings]
    assert row.most == int(np.argmax(signed))


def test_five_sentences_each_with_a_source_and_a_year(occitanie, honest):
    for made in (occitanie, honest):
        assert len(made.quotes) == 5
        assert all(re.search(r"\d{4}", quote.source) for quote in made.quotes)
        assert all(
            tied(made.name) in quote.text or "commune à l’autre" in quote.text for quote in made.quotes
        )


def test_every_figure_has_a_source_and_a_vintage(occitanie):
    sources = [line.source for line in (*occitanie.lines, *occitanie.most_fragile, *occitanie.least_fragile)]
    sources += [each.source for row in occitanie.perceived.domains for each in row.felt]
    sources += [each.source for each in occitanie.alliance.figures]
    sources += [
        occitanie.sizes_source,
        occitanie.profile.source,
        occitanie.overview.source,
        occitanie.network.source,
    ]
    assert all(re.search(r"\d{4}|\d{2}$", each) for each in sources), sources
    assert all(str(each.year) for each in occitanie.alliance.figures)


def test_what_is_invented_wears_its_mark_everywhere(occitanie):
    cells = sum(each.simulated for row in occitanie.perceived.domains for each in row.felt)
    assert cells > 16
    page = render_html(occitanie, WAYS)
    assert page.count("simulé</em>") >= cells
    text = squeezed(pdf_text(render_pdf(replace(occitanie, map=None))))
    assert text.count("simulé") >= cells
    assert "Chiffressimulés" in text
    assert "Organisationsfictives" in text
    book = openpyxl.load_workbook(io.BytesIO(render_workbook(occitanie)), read_only=True)
    names, *rows = book["Fragilités perçues"].iter_rows(values_only=True)
    status = names.index("Statut")
    assert sum(row[status] == "simulé" for row in rows) == cells


def test_without_the_demonstration_nothing_invented_remains(honest):
    assert not honest.simulated
    assert honest.perceived.area == "France"
    assert "Bretagne" in honest.perceived.absence
    page = render_html(honest, WAYS)
    assert "simulé" not in page
    assert "démonstration" not in page
    text = squeezed(pdf_text(render_pdf(replace(honest, map=None))))
    assert "imulé" not in text
    assert "émonstration" not in text


def test_readings_are_told_with_their_ranks(occitanie):
    told = [row for row in occitanie.perceived.domains if row.reading]
    assert told
    assert {row.reading for row in told} <= {"partagée", "ressentie", "silencieuse", "contenue"}
    assert all(
        1 <= row.perceived_rank <= row.ranked and 1 <= row.objective_rank <= row.ranked for row in told
    )


def test_catalysts_are_counted_and_the_fictitious_ones_told_apart(occitanie, directory):
    found = occitanie.network
    own = [each for each in directory.catalysts if each.region == "76" and not each.near_network]
    assert found.count >= len(own)
    assert found.fictitious == sum(count.simulated for count in found.by_kind)
    assert all(not each.name.startswith("Catalyseur de démonstration") for each in found.named)


def test_only_the_sections_asked_for_are_composed(shipped_store, survey, directory):
    made = compose(
        shipped_store, Level.REGION, "53", sections=(Section.QUOTES,), survey=survey, directory=directory
    )
    assert (made.profile, made.overview, made.perceived, made.network, made.domains) == (
        None,
        None,
        None,
        None,
        (),
    )
    assert len(made.quotes) == 5
    text = squeezed(pdf_text(render_pdf(made)))
    assert "Àciter" in text
    assert "Les16domaines" not in text


@pytest.mark.parametrize("level", [Level.COMMUNE, Level.EPCI, Level.DEPARTEMENT, Level.REGION])
def test_hostile_names_are_only_ever_text(hostile_store, level):
    code = hostile_store.territories(level).codes[0]
    made = compose(hostile_store, level, code, address=f"https://exemple.fr/{code}")
    words = squeezed(tied(f"{HOSTILE} 0"))
    text = squeezed(pdf_text(render_pdf(replace(made, map=None))))
    assert words in text
    page = render_html(made, WAYS)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    book = openpyxl.load_workbook(io.BytesIO(render_workbook(made)))
    cells = [cell for sheet in book for row in sheet for cell in row if isinstance(cell.value, str)]
    assert any(words in squeezed(cell.value) for cell in cells)
    assert all(cell.data_type == "s" and cell.hyperlink is None for cell in cells)


@pytest.mark.parametrize(
    ("level", "code"), [(Level.REGION, "93"), (Level.COMMUNE, "51513"), (Level.EPCI, "200054781")]
)
def test_no_text_leaves_the_page(shipped_store, survey, directory, level, code):
    made = compose(shipped_store, level, code, survey=survey, directory=directory)
    pages = PdfReader(io.BytesIO(render_pdf(replace(made, map=None)))).pages
    assert 4 <= len(pages) <= 8
    margin = 16 * 72 / 25.4
    for page in pages:
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        for text, x, y, size in _boxes(page):
            assert margin - 1 <= x <= width - margin, text
            assert x + 0.4 * size * len(text.strip()) <= width - margin / 2, text
            assert 20 <= y <= height - 20, text


def _boxes(page):
    """Return (text, x, y, size) of each piece of text of a page; the drawings have a matrix of their own."""
    found = []

    def visit(text, matrix, place, _font, size):
        if text.strip():
            x = matrix[0] * place[4] + matrix[2] * place[5] + matrix[4]
            y = matrix[1] * place[4] + matrix[3] * place[5] + matrix[5]
            found.append((text, x, y, abs(size * place[0] * matrix[0]) or size))

    page.extract_text(visitor_text=visit)
    return found


def test_an_empty_size_keeps_what_is_said_of_the_region(shipped_store, survey, directory):
    made = compose(
        shipped_store, Level.REGION, "94", (Stratum.FROM_50000,), survey=survey, directory=directory
    )
    assert made.empty == ""
    empty = compose(
        shipped_store, Level.REGION, "04", (Stratum.UNDER_2000,), survey=survey, directory=directory
    )
    assert empty.empty
    assert empty.domains == ()
    assert empty.alliance is not None
    assert empty.quotes == ()
