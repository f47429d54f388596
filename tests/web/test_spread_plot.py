"""The plot of a dispersion stands in percentages, with round marks, and draws nothing where nothing differs."""

from __future__ import annotations

import re

import numpy as np
import pytest

from territoires.analysis.dispersion import Dispersion, dispersion
from territoires.web.spread_plot import scale_of, strip


def spread(*values: float) -> Dispersion:
    array = np.array(values)
    return dispersion(array, np.zeros(array.size, dtype=np.uint8))


def test_the_scale_holds_the_deciles_and_marks_round_values() -> None:
    scale = scale_of([spread(*range(0, 101))])
    assert scale is not None
    assert (scale.low, scale.high) == (10, 90)
    assert scale.marks == pytest.approx((20, 40, 60, 80))
    assert scale.place(10) < scale.place(50) < scale.place(90)
    assert scale.place(-1000) == scale.place(10)


def test_equal_values_have_no_scale() -> None:
    assert scale_of([spread(3, 3, 3)]) is None
    assert scale_of([spread()]) is None


def test_a_strip_stands_inside_its_drawing() -> None:
    values = spread(*range(0, 101))
    scale = scale_of([values])
    assert scale is not None
    places = [float(each) for each in re.findall(r'(?:x1|x2|x|cx)="([\d.]+)%"', strip(values, scale))]
    assert places
    assert all(0 <= place <= 100 for place in places)
    assert strip(spread(), scale) == ""
