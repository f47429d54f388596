"""The sheet as a page: readable without a script, inert to any name."""

import re
from itertools import pairwise

from territoires.model.levels import Level
from territoires.sheets.content import compose
from territoires.sheets.html import SizeLink, Ways, render_html
from tests.samples import indicator
from tests.unit.sheets.sheet_samples import line, sheet

WAYS = Ways("/f.pdf", "/f.xlsx", "/f?annexe=1", (SizeLink("toutes", "/f", "40", True),))


def test_names_and_labels_are_escaped():
    hostile = '<script>alert("x")</script>'
    page = render_html(
        sheet(hostile, line=line(indicator(label=hostile), source=hostile), lead=hostile), WAYS
    )
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_page_has_one_title_and_headings_in_order(shipped_store):
    page = render_html(compose(shipped_store, Level.REGION, "53"), WAYS)
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_drawing_is_named_or_hidden(shipped_store):
    page = render_html(compose(shipped_store, Level.REGION, "53"), WAYS)
    drawings = re.findall(r"<svg[^>]*>", page)
    assert len(drawings) > 60
    assert all('role="img" aria-label="' in each or 'aria-hidden="true"' in each for each in drawings)


def test_identifiers_are_used_once(shipped_store):
    identifiers = re.findall(r' id="([^"]+)"', render_html(compose(shipped_store, Level.REGION, "76"), WAYS))
    repeated = {each for each in identifiers if identifiers.count(each) > 1}
    assert repeated == set()


def test_current_size_is_announced():
    assert '<a href="/f" aria-current="page">' in render_html(sheet(), WAYS)
