"""Rank correlation over the communes where both indicators are known."""

import numpy as np
import pytest
from scipy.stats import spearmanr

from territoires.build.related import correlations, ranks_of


def columns(*series):
    return np.column_stack([ranks_of(np.asarray(s, dtype=float), np.isfinite(s)) for s in series])


def test_same_order_is_one_and_reverse_order_is_minus_one():
    strength, n = correlations(columns(np.arange(50.0), np.exp(np.arange(50.0) / 10), -np.arange(50.0)))
    assert strength[0, 1] == pytest.approx(1)
    assert strength[0, 2] == pytest.approx(-1)
    assert n[0, 1] == 50


def test_agrees_with_the_reference_when_everything_is_known_ties_included():
    rng = np.random.default_rng(5)
    left = np.round(rng.normal(size=400), 1)
    right = np.round(left + rng.normal(size=400), 1)
    strength, _ = correlations(columns(left, right))
    assert strength[0, 1] == pytest.approx(spearmanr(left, right).statistic)


def test_only_common_communes_are_compared():
    left = np.array([1.0, 2.0, 3.0, np.nan, 5.0])
    right = np.array([np.nan, 4.0, 3.0, 2.0, 1.0])
    strength, n = correlations(columns(left, right))
    assert n[0, 1] == 3
    assert strength[0, 1] == pytest.approx(-1, abs=0.05)


def test_constant_indicator_has_no_correlation():
    strength, _ = correlations(columns(np.ones(10), np.arange(10.0)))
    assert np.isnan(strength[0, 1])
