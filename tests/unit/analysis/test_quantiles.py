"""Quantiles are those of numpy, digit for digit."""

from __future__ import annotations

import numpy as np
import pytest

from territoires.analysis.quantiles import quantiles, quantiles_without, row_quantiles

SHARES = [0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 18, 101, 1255])
def test_same_as_numpy(size: int) -> None:
    """Of one set or of rows with missing values, ties included."""
    random = np.random.default_rng(size)
    rows = np.round(random.normal(size=(40, size)), 1)
    for row in rows:
        assert np.array_equal(quantiles(row, SHARES), np.quantile(row, SHARES))
    rows[random.random(rows.shape) < 0.3] = np.nan
    rows[:, 0] = 1.5
    assert np.array_equal(row_quantiles(rows, SHARES), np.nanquantile(rows, SHARES, axis=1).T)


@pytest.mark.parametrize("size", [2, 3, 5, 101, 1255])
def test_one_of_them_left_out(size: int) -> None:
    """Same as numpy on the others, rounded: whether the one left out is alone of its value or not."""
    random = np.random.default_rng(size)
    values = random.normal(scale=3, size=size).astype(np.float32)
    values[: size // 2] = np.round(values[: size // 2])
    ordered = np.sort(values)
    for k in {0, size // 3, size - 1}:
        others = np.round(np.delete(ordered, k).astype(np.float64), 1) + 0.0
        found = quantiles_without(ordered, float(ordered[k]), SHARES, 1)
        assert np.array_equal(found, np.quantile(others, SHARES))


def test_row_without_a_value() -> None:
    """It has no quantile, and spoils no other row."""
    found = row_quantiles(np.array([[np.nan, np.nan], [3.0, np.nan]]), [0.5])
    assert np.isnan(found[0, 0])
    assert found[1, 0] == 3.0
    assert np.isnan(row_quantiles(np.empty((2, 0)), [0.5])).all()
