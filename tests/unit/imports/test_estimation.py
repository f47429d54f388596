"""Weighted figures equal an independent computation, to 1e-9."""

import numpy as np
import pytest
from scipy.stats import norm

from territoires.imports.estimation import estimate
from territoires.model.perceptions import Unit

GENERATOR = np.random.default_rng(5)


def reference(answers, weights):
    """Mean and linearised variance written otherwise: influence values around the ratio of two totals."""
    shares = weights / weights.sum()
    ratio = np.average(answers, weights=weights)
    influence = len(answers) * shares * (answers - ratio)
    return ratio, np.var(influence, ddof=1) / len(answers)


@pytest.mark.parametrize("size", [2, 31, 412])
def test_mean_and_interval_of_notes_equal_the_reference(size):
    answers = GENERATOR.integers(0, 11, size).astype(float)
    weights = GENERATOR.lognormal(0, 0.6, size)
    found = estimate(answers, weights, Unit.NOTE)
    mean, variance = reference(answers, weights)
    half = norm.ppf(0.975) * np.sqrt(variance)
    assert found.value == pytest.approx(mean, abs=1e-9)
    assert found.low == pytest.approx(max(0, mean - half), abs=1e-9)
    assert found.high == pytest.approx(min(10, mean + half), abs=1e-9)
    assert found.effective == pytest.approx(weights.sum() ** 2 / (weights**2).sum(), abs=1e-9)


@pytest.mark.parametrize("share", [0.05, 0.4, 0.97])
def test_share_and_interval_equal_the_reference(share):
    answers = (GENERATOR.random(350) < share).astype(float)
    weights = GENERATOR.uniform(0.2, 3.0, 350)
    found = estimate(answers, weights, Unit.SHARE)
    p, variance = reference(answers, weights)
    n = min(350.0, p * (1 - p) / variance)
    # Wilson's bounds are the roots of (p − x)² = z² x (1 − x) / n.
    z2 = norm.ppf(0.975) ** 2
    bounds = sorted(np.roots([1 + z2 / n, -(2 * p + z2 / n), p * p]).real)
    assert found.value == pytest.approx(100 * p, abs=1e-9)
    assert (found.low, found.high) == pytest.approx([100 * bound for bound in bounds], abs=1e-9)


def test_equal_weights_are_a_simple_random_sample():
    answers = GENERATOR.integers(0, 11, 200).astype(float)
    found = estimate(answers, np.full(200, 2.5), Unit.NOTE)
    half = norm.ppf(0.975) * answers.std(ddof=1) / np.sqrt(200)
    assert (found.value, found.low, found.high) == pytest.approx(
        (answers.mean(), answers.mean() - half, answers.mean() + half), abs=1e-9
    )
    assert found.effective == pytest.approx(200)


def test_interval_does_not_depend_on_the_scale_of_the_weights():
    answers, weights = GENERATOR.integers(0, 11, 90).astype(float), GENERATOR.uniform(0.1, 5, 90)
    small, large = (estimate(answers, factor * weights, Unit.NOTE) for factor in (1, 1e5))
    assert (small.low, small.high) == pytest.approx((large.low, large.high), abs=1e-9)


@pytest.mark.parametrize("answer", [0.0, 1.0])
def test_unanimous_answers_still_leave_a_margin(answer):
    found = estimate(np.full(60, answer), GENERATOR.uniform(0.5, 2, 60), Unit.SHARE)
    assert found.value == 100 * answer
    assert found.high - found.low > 3


def test_one_respondent_says_nothing_precise():
    assert estimate(np.array([6.0]), np.array([1.0]), Unit.NOTE).low == 0
    found = estimate(np.array([1.0]), np.array([2.0]), Unit.SHARE)
    assert found.high - found.low > 75


def test_ranks_and_nothing_are_not_estimated():
    with pytest.raises(ValueError, match="réponse"):
        estimate(np.array([]), np.array([]), Unit.NOTE)
    with pytest.raises(ValueError, match="réponse"):
        estimate(np.array([1.0]), np.array([1.0]), Unit.RANK)
