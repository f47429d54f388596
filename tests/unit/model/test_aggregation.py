"""A larger territory is recomputed from counts; rates are never averaged."""

import numpy as np
import pytest

from territoires.model.aggregation import aggregate, evaluate, sum_counts
from territoires.model.indicators import Aggregation, ChangeType, Nature, Status
from tests.samples import indicator

nan = np.nan


def test_ratio_of_two_places_is_the_ratio_of_their_sums_and_not_the_mean_of_their_rates():
    rate = indicator(scale=100)
    unemployed, active = np.array([10.0, 300.0]), np.array([50.0, 3000.0])
    result = aggregate(rate, (unemployed, active), np.array([100, 6000]), np.zeros(2, dtype=np.intp), 1)
    assert result.values[0] == pytest.approx(100 * 310 / 3050)
    assert result.values[0] != pytest.approx((20 + 10) / 2)
    assert result.status[0] == Status.OK


def test_place_with_an_unknown_denominator_is_left_out_of_both_sums():
    rate = indicator(scale=100)
    counts = (np.array([10.0, 300.0]), np.array([nan, 3000.0]))
    result = aggregate(rate, counts, np.array([1, 6000]), np.zeros(2, dtype=np.intp), 1)
    assert result.counts[0][0] == 300.0
    assert result.values[0] == pytest.approx(10.0)


def test_sum_over_less_than_nine_tenths_of_the_inhabitants_is_partial():
    rate = indicator(scale=100)
    counts = (np.array([10.0, nan]), np.array([100.0, nan]))
    result = aggregate(rate, counts, np.array([800, 200]), np.zeros(2, dtype=np.intp), 1)
    assert result.status[0] == Status.PARTIAL
    assert result.coverage[0] == pytest.approx(0.8)
    assert result.values[0] == pytest.approx(10.0)


def test_group_without_any_known_place_is_not_published():
    rate = indicator(scale=100)
    counts = (np.array([nan]), np.array([nan]))
    result = aggregate(rate, counts, np.array([800]), np.zeros(1, dtype=np.intp), 1)
    assert result.status[0] == Status.NOT_PUBLISHED
    assert np.isnan(result.values[0])


def test_zero_denominator_makes_the_question_pointless():
    rate = indicator(scale=100)
    counts = (np.array([0.0]), np.array([0.0]))
    result = aggregate(rate, counts, np.array([0]), np.zeros(1, dtype=np.intp), 1)
    assert result.status[0] == Status.NOT_APPLICABLE


def test_small_base_is_said():
    rate = indicator(scale=100, minimum_base=30)
    counts = (np.array([3.0]), np.array([29.0]))
    result = aggregate(rate, counts, np.array([60]), np.zeros(1, dtype=np.intp), 1)
    assert result.status[0] == Status.SMALL_BASE
    assert result.values[0] == pytest.approx(100 * 3 / 29)


def test_only_the_kept_places_are_summed():
    counts = (np.array([1.0, 2.0, 4.0]),)
    groups = np.array([0, 0, 1])
    (summed,) = sum_counts(counts, groups, 2, keep=np.array([True, False, True]))
    assert summed.tolist() == [1.0, 4.0]


def test_place_outside_every_group_is_summed_nowhere():
    (summed,) = sum_counts((np.array([1.0, 2.0]),), np.array([-1, 0]), 1)
    assert summed.tolist() == [2.0]


def test_change_in_points_is_the_difference_of_two_ratios():
    change = indicator(
        nature=Nature.CHANGE, change_type=ChangeType.POINTS, numerator_0="t.c", denominator_0="t.d", scale=100
    )
    values = evaluate(change, (np.array([12.0]), np.array([100.0]), np.array([5.0]), np.array([50.0])))
    assert values[0] == pytest.approx(2.0)


def test_change_in_percent_compares_two_counts():
    change = indicator(
        nature=Nature.CHANGE, change_type=ChangeType.PERCENT, denominator="", numerator_0="t.c", scale=1
    )
    assert evaluate(change, (np.array([110.0]), np.array([100.0])))[0] == pytest.approx(10.0)


def test_yearly_change_is_compounded():
    change = indicator(
        nature=Nature.CHANGE,
        change_type=ChangeType.PERCENT_PER_YEAR,
        denominator="",
        numerator_0="t.c",
        scale=1,
        years=2,
    )
    assert evaluate(change, (np.array([121.0]), np.array([100.0])))[0] == pytest.approx(10.0)


def test_yearly_change_without_years_is_refused():
    change = indicator(
        nature=Nature.CHANGE, change_type=ChangeType.PERCENT_PER_YEAR, denominator="", numerator_0="t.c"
    )
    with pytest.raises(ValueError, match="années"):
        evaluate(change, (np.array([121.0]), np.array([100.0])))


def test_programme_flag_becomes_the_share_of_communes():
    flag = indicator(
        nature=Nature.FLAG,
        numerator="",
        denominator="",
        value="t.f",
        aggregation=Aggregation.SHARE_OF_COMMUNES,
    )
    counts = (np.array([1.0, 0.0, 0.0, 1.0]), np.ones(4))
    result = aggregate(flag, counts, np.full(4, 10), np.zeros(4, dtype=np.intp), 1)
    assert result.values[0] == pytest.approx(50.0)


def test_partial_sum_is_never_presented_as_the_value_of_the_territory():
    partial = indicator(aggregation=Aggregation.SUM_RATIO_PARTIAL, scale=100)
    counts = (np.array([10.0]), np.array([100.0]))
    result = aggregate(partial, counts, np.array([100]), np.zeros(1, dtype=np.intp), 1)
    assert result.status[0] == Status.PARTIAL
