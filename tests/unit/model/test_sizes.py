"""The four strata cut the territories at 2 000, 20 000 and 50 000 inhabitants."""

import pytest

from territoires.model.sizes import STRATA, Stratum, stratum_index


@pytest.mark.parametrize(
    ("population", "stratum"),
    [
        (0, Stratum.UNDER_2000),
        (1_999, Stratum.UNDER_2000),
        (2_000, Stratum.FROM_2000),
        (19_999, Stratum.FROM_2000),
        (20_000, Stratum.FROM_20000),
        (49_999, Stratum.FROM_20000),
        (50_000, Stratum.FROM_50000),
        (2_103_778, Stratum.FROM_50000),
    ],
)
def test_bounds_belong_to_the_larger_stratum(population, stratum):
    assert STRATA[stratum_index(population)] is stratum


def test_negative_population_is_refused():
    with pytest.raises(ValueError, match="négative"):
        stratum_index(-1)
