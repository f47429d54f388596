"""Ranks: the most fragile comes first, equal values share a rank, the unknown has none."""

import numpy as np

from territoires.analysis.ranks import rank, tied
from territoires.model.indicators import Direction

ALL = np.ones(4, dtype=bool)


def test_highest_value_is_first_when_high_means_fragile():
    assert rank(np.array([3.0, 9.0, 5.0, 1.0]), ALL, Direction.MORE_FRAGILE).tolist() == [3, 1, 2, 4]


def test_lowest_value_is_first_when_low_means_fragile():
    assert rank(np.array([3.0, 9.0, 5.0, 1.0]), ALL, Direction.LESS_FRAGILE).tolist() == [2, 4, 3, 1]


def test_equal_values_share_the_best_rank_and_the_next_one_is_skipped():
    ranks = rank(np.array([5.0, 7.0, 5.0, 1.0]), ALL, Direction.MORE_FRAGILE)
    assert ranks.tolist() == [2, 1, 2, 4]
    assert tied(ranks, 0) == 1
    assert tied(ranks, 1) == 0


def test_unknown_or_uncertain_value_has_no_rank():
    ranks = rank(
        np.array([5.0, np.nan, 4.0, 3.0]), np.array([True, True, False, True]), Direction.MORE_FRAGILE
    )
    assert ranks.tolist() == [1, 0, 0, 2]
    assert tied(ranks, 1) == 0


def test_nobody_is_ranked_when_nothing_is_known():
    assert rank(np.full(4, np.nan), ALL, Direction.CONTEXT).tolist() == [0, 0, 0, 0]
