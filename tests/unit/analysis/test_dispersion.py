"""The spread of a set of territories, and the reasons why some are not in it."""

import math

import numpy as np
import pytest

from territoires.analysis.dispersion import dispersion
from territoires.model.indicators import Status


def test_median_is_the_value_of_the_territory_in_the_middle():
    spread = dispersion(np.array([1.0, 2.0, 10.0]), np.zeros(3, dtype=np.uint8))
    assert (spread.n, spread.minimum, spread.median, spread.maximum) == (3, 1.0, 2.0, 10.0)


def test_deciles_are_interpolated():
    spread = dispersion(np.arange(101.0), np.zeros(101, dtype=np.uint8))
    assert (spread.d1, spread.q1, spread.q3, spread.d9) == pytest.approx((10, 25, 75, 90))


def test_territories_left_out_are_counted_by_reason():
    status = np.array([Status.OK, Status.SECRET, Status.SECRET, Status.SMALL_BASE], dtype=np.uint8)
    spread = dispersion(np.array([1.0, np.nan, np.nan, 50.0]), status)
    assert spread.n == 1
    assert spread.maximum == 1.0
    assert spread.missing == {Status.SECRET: 2, Status.SMALL_BASE: 1}


def test_nothing_known_has_no_spread():
    spread = dispersion(np.full(2, np.nan), np.full(2, Status.NOT_PUBLISHED, dtype=np.uint8))
    assert spread.n == 0
    assert math.isnan(spread.median)
