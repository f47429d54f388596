"""A larger territory is Σ/Σ of its counts: never a mean of rates, and nothing is lost on the way."""

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from territoires.model.aggregation import aggregate, evaluate, known_together, sum_counts
from territoires.model.indicators import SPARE_DECIMALS, Aggregation, ChangeType, Indicator, Nature
from territoires.model.levels import AGGREGATED, Level
from tests.samples import indicator

RATE = indicator(scale=100.0)
POINTS = indicator(
    nature=Nature.CHANGE, change_type=ChangeType.POINTS, numerator_0="t.c", denominator_0="t.d", scale=100.0
)
GROWTH = indicator(
    nature=Nature.CHANGE, change_type=ChangeType.PERCENT, denominator="", numerator_0="t.c", scale=1.0
)

#: Where the counts of a level are summed: an intercommunalité may stand on two départements.
SUMMED_TO = {
    Level.COMMUNE: AGGREGATED,
    Level.EPCI: (Level.FRANCE,),
    Level.DEPARTEMENT: (Level.REGION, Level.FRANCE),
}

#: A busy machine is slow, not wrong.
unhurried = settings(deadline=None)

#: A count of people: a whole number, or unknown.
counts = st.one_of(st.integers(0, 100_000).map(float), st.just(float("nan")))


@st.composite
def countries(draw: st.DrawFn, columns: int) -> tuple[tuple[np.ndarray, ...], np.ndarray, int]:
    """Draw communes with `columns` counts each, the group of each (−1: none), and the number of groups."""
    size, communes = draw(st.integers(1, 5)), draw(st.integers(1, 30))
    drawn = tuple(
        np.array(draw(st.lists(counts, min_size=communes, max_size=communes))) for _ in range(columns)
    )
    groups = draw(st.lists(st.integers(-1, size - 1), min_size=communes, max_size=communes))
    return drawn, np.array(groups, dtype=np.intp), size


def added(column: np.ndarray, inside: np.ndarray) -> float:
    """Add one by one, in plain Python."""
    return sum(float(count) for count, kept in zip(column, inside, strict=True) if kept)


@unhurried
@given(countries(2))
def test_value_of_a_group_is_the_ratio_of_its_sums(country):
    columns, groups, size = country
    result = aggregate(RATE, columns, np.ones(groups.size), groups, size)
    for group in range(size):
        inside = (groups == group) & known_together(columns)
        numerator, denominator = (added(column, inside) for column in columns)
        if denominator > 0:
            assert result.values[group] == pytest.approx(100 * numerator / denominator)
        else:
            assert np.isnan(result.values[group])


@unhurried
@given(countries(4))
def test_change_of_a_group_is_the_difference_of_two_ratios_of_sums(country):
    columns, groups, size = country
    result = aggregate(POINTS, columns, np.ones(groups.size), groups, size)
    for group in range(size):
        inside = (groups == group) & known_together(columns)
        end, whole, start, whole_0 = (added(column, inside) for column in columns)
        if whole > 0 and whole_0 > 0:
            expected = 100 * (end / whole - start / whole_0)
            assert result.values[group] == pytest.approx(expected, abs=1e-6)
        else:
            assert np.isnan(result.values[group])


@unhurried
@given(countries(2))
def test_growth_of_a_group_compares_two_sums(country):
    columns, groups, size = country
    result = aggregate(GROWTH, columns, np.ones(groups.size), groups, size)
    for group in range(size):
        inside = (groups == group) & known_together(columns)
        end, start = (added(column, inside) for column in columns)
        if start > 0:
            assert result.values[group] == pytest.approx(100 * (end / start - 1), abs=1e-6)
        else:
            assert np.isnan(result.values[group])


@unhurried
@given(
    st.lists(st.tuples(st.integers(1, 999), st.integers(1_000, 100_000)), min_size=2, max_size=30),
)
def test_value_is_the_mean_of_the_rates_weighted_by_their_denominators_and_no_other_mean(communes):
    numerator, denominator = np.array(communes, dtype=float).T
    rates = evaluate(RATE, (numerator, denominator))
    groups = np.zeros(rates.size, dtype=np.intp)
    value = aggregate(RATE, (numerator, denominator), denominator, groups, 1).values[0]
    assert value == pytest.approx(np.average(rates, weights=denominator))
    # The plain mean differs from it by the covariance of rates and denominators, zero only by chance.
    covariance = np.mean(rates * denominator) - rates.mean() * denominator.mean()
    assert value - rates.mean() == pytest.approx(covariance / denominator.mean(), abs=1e-6)
    assume(abs(covariance) > 1e-3 * denominator.mean())
    assert value != pytest.approx(rates.mean(), abs=1e-4)


@unhurried
@given(countries(3))
def test_sums_are_conserved_under_any_grouping(country):
    columns, groups, size = country
    inside = (groups >= 0) & known_together(columns)
    everywhere = np.where(groups >= 0, 0, -1)
    for column, by_group, whole in zip(
        columns, sum_counts(columns, groups, size), sum_counts(columns, everywhere, 1), strict=True
    ):
        total = added(column, inside)
        assert np.nansum(by_group) == pytest.approx(total)
        assert np.nansum(whole) == pytest.approx(total)


@unhurried
@given(countries(2), st.randoms(use_true_random=False))
def test_grouping_in_two_steps_gives_the_same_as_in_one(country, random):
    columns, groups, size = country
    above = np.array([random.randrange(2) for _ in range(size)], dtype=np.intp)
    by_group = sum_counts(columns, groups, size)
    two_steps = sum_counts(by_group, above, 2)
    one_step = sum_counts(columns, np.where(groups >= 0, above[groups], -1), 2)
    for first, second in zip(two_steps, one_step, strict=True):
        assert first == pytest.approx(second, nan_ok=True)


@unhurried
@given(countries(2))
def test_order_of_the_communes_changes_nothing(country):
    columns, groups, size = country
    people = np.ones(groups.size)
    forward = aggregate(RATE, columns, people, groups, size)
    backward = aggregate(RATE, [column[::-1] for column in columns], people, groups[::-1], size)
    assert forward.values == pytest.approx(backward.values, nan_ok=True)
    assert forward.status.tolist() == backward.status.tolist()


def over(numerator: float, denominator: float) -> float:
    """Divide; nothing over nothing is unknown."""
    return numerator / denominator if denominator > 0 else float("nan")


def by_hand(found: Indicator, sums: list[float]) -> float:
    """Apply the formula of the catalogue to summed counts (formula order), without `model.aggregation`."""
    if found.aggregation is Aggregation.SUM:
        return sums[0] * found.scale
    if found.counts_communes:
        return 100 * over(sums[0], sums[1])
    rest = iter(sums)
    end = over(next(rest), next(rest)) if found.denominator else next(rest)
    if found.change_type is ChangeType.NONE:
        return found.scale * end
    start = over(next(rest), next(rest)) if found.denominator_0 else next(rest)
    if found.change_type is ChangeType.POINTS:
        return found.scale * (end - start)
    years = found.years if found.change_type is ChangeType.PERCENT_PER_YEAR and found.years else 1
    return 100 * (over(end, start) ** (1 / years) - 1)


@pytest.mark.parametrize("level", AGGREGATED)
def test_every_shipped_aggregate_is_made_again_from_its_counts(shipped_settings, shipped_store, level):
    tables = {
        origin: pq.read_table(shipped_settings.data / "counts" / f"{origin}.parquet")
        for origin in (Level.COMMUNE, Level.EPCI, Level.DEPARTEMENT)
    }
    codes, made = shipped_store.territories(level).codes, 0
    for found in shipped_store.indicators:
        origin = Level(found.counts_level) if found.counted else None
        if origin is None or level not in SUMMED_TO[origin] or found.finest_level == level:
            continue
        groups = shipped_store.territories(origin).parents[level]
        columns = [tables[origin].column(name).to_numpy().astype(float) for name in found.counted]
        if found.counts_communes:
            columns.append(np.where(np.isfinite(columns[0]), 1.0, np.nan))
        block = np.column_stack(columns)
        known = np.isfinite(block).all(axis=1) & (groups >= 0)
        sums = np.zeros((len(codes), block.shape[1]))
        np.add.at(sums, groups[known], block[known])
        present = np.bincount(groups[known], minlength=len(codes)) > 0
        shipped = shipped_store.values(level, found.id).astype(float)
        expected = np.array(
            [
                by_hand(found, row) if there else np.nan
                for row, there in zip(sums.tolist(), present, strict=True)
            ]
        )
        margin = 0.51 * 10.0 ** -(found.decimals + SPARE_DECIMALS) + 1e-6 * np.abs(expected)
        wrong = ~((np.abs(shipped - expected) <= margin) | (np.isnan(shipped) & np.isnan(expected)))
        assert [(found.id, codes[i], shipped[i], expected[i]) for i in np.flatnonzero(wrong)] == []
        made += 1
    assert made >= 200
