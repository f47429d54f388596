"""Figures become French text, with French spaces and signs."""

import math

import pytest

from territoires.model.formats import number, ordinal, plural, population, signed, with_unit


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234.5, 1, "1\u202f234,5"),
        (0, 0, "0"),
        (-0.04, 1, "0,0"),
        (-1234, 0, "\u22121\u202f234"),
        (2_103_778, 0, "2\u202f103\u202f778"),
        (math.nan, 1, "–"),
        (None, 1, "–"),
        (math.inf, 1, "–"),
    ],
)
def test_number_is_written_in_french(value, decimals, text):
    assert number(value, decimals) == text


def test_change_carries_its_sign_except_when_it_shows_as_zero():
    assert signed(1.24, 1) == "+1,2"
    assert signed(-1.24, 1) == "\u22121,2"
    assert signed(0.01, 1) == "0,0"
    assert signed(math.nan, 1) == "–"


def test_percent_is_tied_by_a_narrow_space_and_words_by_a_plain_one():
    assert with_unit(17.25, "%", 1) == "17,2\u202f%"
    assert with_unit(3, "pour 1 000 habitants", 0) == "3\u00a0pour 1 000 habitants"


def test_index_has_no_unit_and_a_flag_is_yes_or_no():
    assert with_unit(105.31, "indice", 1) == "105,3"
    assert with_unit(1, "oui/non") == "oui"
    assert with_unit(0, "oui/non") == "non"
    assert with_unit(math.nan, "oui/non") == "–"


def test_rank_agrees_with_the_gender_of_the_territory():
    assert ordinal(1, feminine=True) == "1re"
    assert ordinal(1, feminine=False) == "1er"
    assert ordinal(12, feminine=True) == "12e"


def test_zero_and_one_are_singular_in_french():
    assert plural(0, "commune") == "0\u00a0commune"
    assert plural(1, "commune") == "1\u00a0commune"
    assert plural(2, "commune") == "2\u00a0communes"
    assert population(1) == "1\u00a0habitant"
    assert population(9500) == "9\u202f500\u00a0habitants"
