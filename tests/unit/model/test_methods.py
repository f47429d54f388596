"""Classification methods agree with mapclassify where both mean the same, on made-up and on shipped values."""

import mapclassify
import numpy as np
import pytest

from territoires.model.classes import Method, classify, is_skewed
from territoires.model.indicators import Status
from territoires.model.levels import Level

#: mapclassify warns where it merges classes (ours says it in the legend) and where numba is not installed.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Not enough unique values"),
    pytest.mark.filterwarnings("ignore:Numba not installed"),
]

SKEW = np.random.default_rng(1).gamma(1.2, 9, 800)
BELL = np.random.default_rng(2).normal(50, 8, 800)


@pytest.mark.parametrize("values", [SKEW, BELL], ids=["skewed", "bell"])
@pytest.mark.parametrize("k", [3, 5, 7])
def test_equal_intervals_and_natural_breaks_agree_with_mapclassify(values, k):
    equal = classify(values, Method.EQUAL_INTERVALS, k)
    theirs = mapclassify.EqualInterval(values, k=k)
    if all(theirs.counts):
        assert equal.bounds[1:] == pytest.approx(theirs.bins)
        assert equal.sizes == tuple(theirs.counts)
    natural = classify(values, Method.NATURAL_BREAKS, k)
    jenks = mapclassify.FisherJenks(values, k=k)

    def inside(sizes):
        parts = np.split(np.sort(values), np.cumsum(sizes)[:-1])
        return sum(part.var() * part.size for part in parts)

    # mapclassify works in single precision and may stop a little short of the optimum: ours never does.
    assert inside(natural.sizes) <= inside(jenks.counts) * (1 + 1e-12)
    if inside(natural.sizes) > inside(jenks.counts) * (1 - 1e-12):
        assert natural.bounds[1:] == pytest.approx(jenks.bins)


def test_natural_breaks_leave_no_more_variance_than_any_other_cut():
    values = np.sort(np.random.default_rng(7).normal(size=24))
    ours = classify(values, Method.NATURAL_BREAKS, 3)

    def inside(cuts):
        return sum(part.var() * part.size for part in np.split(values, cuts) if part.size)

    best = min(inside([i, j]) for i in range(1, 23) for j in range(i + 1, 24))
    cuts = np.cumsum(ours.sizes)[:-1]
    assert inside(list(cuts)) == pytest.approx(best)


def test_deviations_are_around_the_mean_of_a_bell_and_the_median_of_a_skewed_set():
    assert not is_skewed(BELL)
    assert is_skewed(SKEW)
    bell = classify(BELL, Method.DEVIATIONS, 4)
    assert min(abs(b - BELL.mean()) for b in bell.bounds) < 1e-9
    skew = classify(SKEW, Method.DEVIATIONS, 4)
    assert min(abs(b - np.median(SKEW)) for b in skew.bounds) < 1e-9


def test_odd_number_of_deviation_classes_puts_the_centre_inside_one():
    classes = classify(BELL, Method.DEVIATIONS, 5)
    mean, step = BELL.mean(), BELL.std()
    assert min(abs(b - (mean - step / 2)) for b in classes.bounds) < 1e-9
    assert min(abs(b - (mean + step / 2)) for b in classes.bounds) < 1e-9


def test_deviations_agree_with_mapclassify_for_an_even_number_of_classes():
    # mapclassify.StdMean cuts at mean ± 1 and ± 2 deviations and leaves the mean out: ours keeps it as a bound.
    ours = classify(BELL, Method.DEVIATIONS, 6)
    theirs = mapclassify.StdMean(BELL, multiples=[-2, -1, 0, 1, 2])
    deviation_of_sample = BELL.std(ddof=1)
    expected = [BELL.mean() + m * deviation_of_sample for m in (-2, -1, 0, 1, 2)]
    assert list(theirs.bins[:-1]) == pytest.approx(expected)
    assert ours.bounds[1:-1] == pytest.approx(expected, rel=2e-3)


def test_nested_means_cut_each_side_at_its_mean():
    classes = classify(SKEW, Method.NESTED_MEANS, 5)
    mean = SKEW.mean()
    assert len(classes.sizes) == 4
    assert classes.bounds[2] == pytest.approx(mean)
    assert classes.bounds[1] == pytest.approx(SKEW[mean >= SKEW].mean())
    assert classes.bounds[3] == pytest.approx(SKEW[mean < SKEW].mean())


def test_head_tail_agrees_with_mapclassify_until_the_head_is_no_minority():
    ours = classify(SKEW, Method.HEAD_TAIL, 7)
    theirs = mapclassify.HeadTailBreaks(SKEW)
    shared = len(ours.bounds) - 2
    assert shared >= 1
    assert ours.bounds[1 : 1 + shared] == pytest.approx(theirs.bins[:shared])


def test_manual_bounds_are_kept_and_those_outside_the_values_are_dropped():
    classes = classify(np.arange(11.0), Method.MANUAL, manual=[5, 2, 99, -3])
    assert classes.bounds == (0.0, 2.0, 5.0, 10.0)
    assert classes.sizes == (3, 3, 5)


@pytest.mark.parametrize("method", [each for each in Method if each is not Method.MANUAL])
def test_every_value_is_in_one_class_whatever_the_method(method):
    for values in (SKEW, BELL, np.zeros(5), np.array([3.0]), np.r_[np.zeros(90), 1.0, 2.0]):
        for k in range(3, 8):
            classes = classify(values, method, k, decimals=1)
            assert sum(classes.sizes) == values.size
            assert 1 <= len(classes.sizes) <= k
            assert list(classes.bounds) == sorted(classes.bounds)


@pytest.mark.parametrize("position", range(0, 333, 8))
def test_shipped_indicators_are_cut_as_mapclassify_cuts_them(shipped_store, position):
    indicator = shipped_store.indicators[position]
    level = Level.DEPARTEMENT if indicator.finest_level == "departement" else Level.COMMUNE
    values = shipped_store.values(level, indicator.id).astype(np.float64)
    values = values[(shipped_store.status(level, indicator.id) == Status.OK) & np.isfinite(values)]
    if np.unique(values).size < 6:
        # mapclassify announces classes that hold nothing: ours merges them and says so.
        assert len(classify(values, Method.QUANTILES, 5).sizes) <= max(1, np.unique(values).size)
        return
    theirs = mapclassify.Quantiles(values, k=5)
    distinct = np.unique(theirs.bins)
    ours = classify(values, Method.QUANTILES, 5)
    assert ours.bounds[1:] == pytest.approx(distinct)
    assert ours.sizes == tuple(np.diff(np.r_[0, np.searchsorted(np.sort(values), distinct, side="right")]))
