"""Classes: bounds that are printed as they are used, sizes that add up, ties that are said."""

import mapclassify
import numpy as np
import pytest

from territoires.model.classes import Method, class_of, classify


def test_quantiles_make_classes_of_equal_size():
    classes = classify(np.arange(100.0), Method.QUANTILES, 5)
    assert classes.sizes == (20, 20, 20, 20, 20)
    assert not classes.collapsed


def test_equal_intervals_have_equal_widths():
    classes = classify(np.array([0.0, 1.0, 9.0, 10.0]), Method.EQUAL_INTERVALS, 5)
    assert classes.bounds[0] == 0.0
    assert classes.bounds[-1] == 10.0
    assert sum(classes.sizes) == 4


def test_many_zeros_make_a_class_of_zero_and_fewer_classes_that_are_announced():
    values = np.r_[np.zeros(60), np.arange(1.0, 41.0)]
    classes = classify(values, Method.QUANTILES, 5)
    assert classes.bounds[:2] == (0.0, 0.0)
    assert classes.sizes[0] == 60
    assert classes.collapsed


def test_missing_values_are_in_no_class():
    classes = classify(np.array([np.nan, 1.0, 2.0, np.nan]), Method.QUANTILES, 2)
    assert sum(classes.sizes) == 2
    assert class_of(np.array([np.nan, 1.0, 2.0]), classes).tolist() == [-1, 0, 1]


def test_nothing_known_makes_no_class():
    classes = classify(np.full(3, np.nan), Method.QUANTILES, 5)
    assert classes.bounds == ()
    assert classes.sizes == ()


def test_one_value_makes_one_class():
    classes = classify(np.full(3, 7.0), Method.QUANTILES, 5)
    assert classes.bounds == (7.0, 7.0)
    assert classes.sizes == (3,)


def test_rounded_bounds_classify_the_rounded_values_as_announced():
    rng = np.random.default_rng(3)
    values = np.round(rng.normal(12, 4, 500), 1)
    classes = classify(values, Method.QUANTILES, 5, decimals=1)
    counted = np.bincount(class_of(values, classes))
    assert tuple(counted) == classes.sizes
    assert all(round(bound, 1) == bound for bound in classes.bounds)


@pytest.mark.parametrize("seed", range(5))
def test_quantiles_agree_with_mapclassify(seed):
    values = np.random.default_rng(seed).gamma(2, 5, 1000)
    ours = classify(values, Method.QUANTILES, 5)
    theirs = mapclassify.Quantiles(values, k=5)
    assert ours.bounds[1:] == pytest.approx(theirs.bins)
    assert ours.sizes == tuple(theirs.counts)
