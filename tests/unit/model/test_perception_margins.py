"""A figure of a survey comes with its margin, and two figures whose margins meet are close."""

import math
from dataclasses import replace

import pytest

from territoires.model.indicators import Status
from territoires.model.perceptions import Unit, close, interval
from tests.surveys import figure


def test_share_has_the_interval_of_wilson():
    # Newcombe (1998), table I: 15 of 148.
    low, high = interval(100 * 15 / 148, Unit.SHARE, 148)
    assert (round(low, 2), round(high, 2)) == (6.24, 16.05)


@pytest.mark.parametrize("value", [0.0, 100.0])
def test_interval_of_a_share_stays_within_the_scale(value):
    low, high = interval(value, Unit.SHARE, 40)
    assert 0 <= low < high <= 100


def test_note_uses_its_deviation_and_otherwise_the_widest_possible():
    assert interval(6.0, Unit.NOTE, 400, 2.0) == pytest.approx((6 - 0.196, 6 + 0.196), abs=1e-3)
    low, high = interval(6.0, Unit.NOTE, 400)
    assert high - low == pytest.approx(2 * 1.959963984540054 * math.sqrt(24) / 20)


def test_interval_of_a_note_stays_within_the_scale():
    assert interval(9.9, Unit.NOTE, 30, 4.0)[1] == 10.0


@pytest.mark.parametrize(("unit", "base"), [(Unit.RANK, 100), (Unit.NOTE, None), (Unit.NOTE, 0)])
def test_no_interval_without_a_base_nor_for_a_rank(unit, base):
    assert interval(3.0, unit, base) is None


def test_figures_whose_intervals_overlap_are_close():
    figure_a, figure_b = figure(value=6.0, low=5.8, high=6.2), figure(value=6.3, low=6.2, high=6.4)
    assert close(figure_a, figure_b)
    assert not close(figure_a, replace(figure_b, low=6.21))


def test_figures_of_two_units_or_two_wordings_are_never_close():
    share = figure(value=40.0, unit=Unit.SHARE, wording="% de citations")
    assert not close(share, figure(value=40.0, unit=Unit.SHARE, wording="% des habitants"))
    assert not close(share, figure(value=40.0))


def test_secret_figure_is_not_shown_nor_close_to_anything():
    hidden = figure(value=math.nan, status=Status.SECRET)
    assert not hidden.shown
    assert not close(hidden, hidden)


def test_figures_without_margin_are_close_only_when_equal():
    assert close(figure(low=None, high=None), figure(low=None, high=None))
    assert not close(figure(low=None, high=None), figure(value=6.01, low=None, high=None))
