"""The dispersion strips: seven numbers, two marks, and words that say them all."""

import math
import re
from itertools import pairwise
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from territoires.model.indicators import Nature
from territoires.sheets.strips import StripStyle, draw_key, draw_share, draw_strip
from tests.samples import indicator
from tests.unit.sheets.sheet_samples import line, spread

STYLE = StripStyle(240.0, 6.6)
TEXT = re.compile(r'<text x="([\d.]+)"[^>]*>([^<]*)</text>')


def test_strip_writes_extremes_deciles_and_median():
    drawn = draw_strip(line(), "Ici", STYLE)
    assert [text for _, text in TEXT.findall(drawn.svg)] == ["1,0", "5,0", "10,0", "15,0", "30,0"]


def test_words_of_a_strip_hold_the_seven_numbers_and_both_marks():
    drawn = draw_strip(line(), "Ici", STYLE)
    for words in ("minimum 1,0", "1er décile 5,0", "1er quartile 8,0", "médiane 10,0", "3e quartile 12,0",
                  "9e décile 15,0", "maximum 30,0", "Ici : 11,0", "France : 9,5"):  # fmt: skip
        assert words in drawn.alt


def test_an_extreme_far_away_stands_behind_a_break():
    near = draw_strip(line(spread=spread(maximum=16.0)), "Ici", STYLE)
    far = draw_strip(line(spread=spread(maximum=3_000.0)), "Ici", STYLE)
    assert far.svg.count("l1.98 -4.22") > near.svg.count("l1.98 -4.22")


def test_one_commune_has_no_strip():
    assert draw_strip(line(spread=spread(n=1)), "Ici", STYLE) is None
    assert draw_strip(line(spread=None), "Ici", STYLE) is None


def test_a_few_communes_have_extremes_and_median_only():
    drawn = draw_strip(line(spread=spread(n=4)), "Ici", STYLE)
    assert [text for _, text in TEXT.findall(drawn.svg)] == ["1,0", "10,0", "30,0"]
    assert "<rect" not in drawn.svg


def test_a_count_carries_no_mark_of_the_territory():
    drawn = draw_strip(line(indicator(nature=Nature.STOCK), marked=False), "Ici", STYLE)
    assert "France" not in drawn.alt


def test_a_label_cannot_break_the_drawing():
    drawn = draw_strip(line(indicator(label="<b>&\"'#[$\\")), '"><script>', STYLE)
    assert ElementTree.fromstring(drawn.svg).tag.endswith("svg")  # noqa: S314 - our own drawing
    assert "<script>" not in drawn.svg


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=7, max_size=7).map(sorted),
    st.floats(-1e6, 1e6),
    st.floats(-1e6, 1e6),
)
def test_marks_stay_inside_and_labels_never_overlap(values, here, france):
    low, d1, q1, median, q3, d9, high = values
    own = line(spread=spread(minimum=low, d1=d1, q1=q1, median=median, q3=q3, d9=d9, maximum=high))
    reading = own.here.__class__
    own = line(
        spread=own.spread,
        here=reading(here, own.here.status, "x", ""),
        france=reading(france, own.france.status, "y", ""),
    )
    drawn = draw_strip(own, "Ici", STYLE)
    spans = []
    for x, text in TEXT.findall(drawn.svg):
        half = 0.27 * STYLE.text * len(text)
        spans.append((float(x) - half, float(x) + half))
    assert all(left >= -0.01 and right <= STYLE.width + 0.01 for left, right in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    for x in re.findall(r"M(-?[\d.]+) ", drawn.svg):
        assert math.isfinite(float(x))
        assert -1 <= float(x) <= STYLE.width + 1


def test_share_says_both_shares():
    from tests.unit.sheets.sheet_samples import sheet

    assert draw_share(sheet().sizes[0], STYLE).alt == "60,0\u202f%, France 38,0\u202f%"


def test_key_is_hidden_from_screen_readers_beside_its_words():
    assert 'aria-hidden="true"' in draw_key("france", STYLE).svg
