"""Export tables hold what the store holds, typed, named, and computable again."""

import csv

import numpy as np
import pytest

from territoires.analysis.catalogue_export import NUMBERS, WHOLE, catalogue_table
from territoires.analysis.exports import counts_at, indicator_table, territory_columns
from territoires.analysis.tables import Column, Kind
from territoires.model.aggregation import evaluate
from territoires.model.catalogue import COLUMNS
from territoires.model.indicators import SPARE_DECIMALS, Direction, Status
from territoires.model.levels import MAPPED, Level
from territoires.model.sizes import STRATA


def cells(table, name):
    column = next(column for column in table.flat if column.name == name)
    return column.cells(0, table.rows)


def names(table):
    return [column.name for column in table.columns]


def test_missing_cells_are_none_and_whole_numbers_are_whole():
    values = np.array([1.0, np.nan, -2.5])
    assert Column("a", "A", Kind.NUMBER, values, 1).cells(0, 3) == [1.0, None, -2.5]
    assert Column("a", "A", Kind.FLAG, np.array([1.0, np.nan, 0.0])).cells(0, 3) == [True, None, False]
    whole = Column("a", "A", Kind.NUMBER, np.array([3.0, np.nan]), 0).cells(0, 2)
    assert whole == [3, None]
    assert isinstance(whole[0], int)
    assert Column("a", "A", Kind.TEXT, ["x", None]).cells(1, 2) == [None]


def test_a_table_says_the_values_of_the_store_and_why_some_are_missing(country_store):
    for indicator in country_store.indicators:
        for level in Level:
            table = indicator_table(country_store, indicator, level)
            values = country_store.values(level, indicator.id)
            assert cells(table, "status") == [
                Status(code).word for code in country_store.status(level, indicator.id)
            ]
            given = np.array([np.nan if v is None else v for v in cells(table, "value")])
            np.testing.assert_array_equal(given, np.round(values.astype(np.float64), indicator.decimals))
            assert all(len(column.values) == table.rows for column in table.flat)


def test_a_commune_has_its_parents_its_size_and_its_text_code(country_store):
    table = indicator_table(country_store, country_store.indicator("chomage"), Level.COMMUNE)
    row = cells(table, "code").index("30115")
    assert cells(table, "epci_code")[row] is None
    assert cells(table, "epci_name")[row] is None
    assert cells(table, "departement_name")[row] == "Orbe-et-Causse"
    assert cells(table, "region_name")[row] == "Côte-d'Ambre"
    assert cells(table, "stratum")[row] in {stratum.value for stratum in STRATA}
    assert cells(table, "unit") == ["%"] * 40


def test_larger_territories_have_no_size_and_only_their_own_parents(country_store):
    table = indicator_table(country_store, country_store.indicator("chomage"), Level.REGION)
    assert not {"stratum", "alert", "rank_in_stratum", "departement_code", "region_code"} & set(names(table))
    assert "rank" in names(table)
    france = indicator_table(country_store, country_store.indicator("chomage"), Level.FRANCE)
    assert france.rows == 1
    assert "rank" not in names(france)


def test_counts_give_the_value_again(country_store):
    for indicator in country_store.indicators:
        for level in Level:
            counts = counts_at(country_store, indicator, level)
            if not counts or (indicator.value and level == indicator.finest_level):
                continue
            status = country_store.status(level, indicator.id)
            again = np.where(status == Status.SECRET, np.nan, evaluate(indicator, counts))
            step = 0.51 * 10.0 ** -(indicator.decimals + SPARE_DECIMALS)
            shipped = country_store.values(level, indicator.id)
            np.testing.assert_allclose(again, shipped, rtol=1e-6, atol=step, equal_nan=True)


def test_counts_are_absent_where_nothing_is_summed(country_store):
    median = indicator_table(country_store, country_store.indicator("niveau_vie"), Level.EPCI)
    assert "numerator" not in names(median)
    change = indicator_table(country_store, country_store.indicator("chomage_evol"), Level.REGION)
    assert {"numerator", "denominator", "numerator_0", "denominator_0"} <= set(names(change))
    growth = names(indicator_table(country_store, country_store.indicator("population_evol"), Level.REGION))
    assert [name for name in growth if "ator" in name] == ["numerator", "numerator_0"]


def test_ranks_start_at_one_in_each_size_and_skip_what_is_not_compared(shipped_store):
    indicator = shipped_store.indicator("emp_txchom_1564")
    table = indicator_table(shipped_store, indicator, Level.EPCI)
    ranks, within, stratum = (cells(table, name) for name in ("rank", "rank_in_stratum", "stratum"))
    compared = [word == "ok" for word in cells(table, "status")]
    assert [rank is not None for rank in ranks] == compared
    assert min(rank for rank in ranks if rank) == 1
    for size in {word for word, known in zip(stratum, compared, strict=True) if known}:
        assert min(r for r, s in zip(within, stratum, strict=True) if r and s == size) == 1


@pytest.mark.parametrize("level", [Level.COMMUNE, Level.EPCI])
def test_alerts_are_those_counted_by_the_build(shipped_store, level):
    domain = "pauvrete"
    alerts = np.zeros(len(shipped_store.territories(level)), dtype=int)
    known = alerts.copy()
    for indicator in shipped_store.indicators:
        if indicator.domain == domain:
            flags = cells(indicator_table(shipped_store, indicator, level), "alert")
            alerts += np.array([flag is True for flag in flags])
            known += np.array([flag is not None for flag in flags])
            if indicator.direction is Direction.CONTEXT:
                assert set(flags) == {None}
    built = shipped_store.alerts(level)
    np.testing.assert_array_equal(alerts, built[f"{domain}:alert"])
    np.testing.assert_array_equal(known, built[f"{domain}:known"])


def test_shipped_counts_are_the_published_numbers(shipped_store):
    indicator = shipped_store.indicator("emp_txchom_1564")
    numerator, denominator = counts_at(shipped_store, indicator, Level.REGION)
    assert 100 * np.nansum(numerator) / np.nansum(denominator) == pytest.approx(11.44, abs=0.006)
    here = counts_at(shipped_store, indicator, Level.COMMUNE)[0]
    written = [repr(value) for value in here[:200].tolist()]
    assert max(len(text) for text in written) < 14  # no digits that float32 made up


def test_the_columns_of_a_level_do_not_depend_on_the_indicator(shipped_store):
    counts = {"numerator", "denominator", "numerator_0", "denominator_0"}
    for level in MAPPED:
        found = {
            tuple(name for name in names(indicator_table(shipped_store, each, level)) if name not in counts)
            for each in shipped_store.indicators[::40]
        }
        assert len(found) == 1


def test_the_catalogue_is_the_file_that_ships(shipped_store, shipped_settings):
    table = catalogue_table(shipped_store)
    with (shipped_settings.data / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        shipped = list(csv.DictReader(file))
    assert table.rows == len(shipped) == 333
    for name in COLUMNS:
        given = cells(table, name)
        wanted = [row[name].strip() for row in shipped]
        if name in WHOLE | NUMBERS:
            assert given == [float(cell) if cell else None for cell in wanted], name
        elif name == "published":
            assert [cell and cell.replace(" ", "") for cell in given] == [
                cell.replace(" ", "") or None for cell in wanted
            ]
        else:
            assert [cell or "" for cell in given] == wanted, name


def test_the_catalogue_says_where_each_indicator_is_known(shipped_store):
    table = catalogue_table(shipped_store)
    row = cells(table, "id").index("emp_txchom_1564")
    known = int(np.isfinite(shipped_store.values(Level.COMMUNE, "emp_txchom_1564")).sum())
    assert cells(table, "communes_known")[row] == known
    assert cells(table, "communes_share")[row] == round(100 * known / 34_875, 1)
    assert cells(table, "levels")[row] == "commune | epci | departement | region | france"
    assert cells(table, "domain_label")[row] == "Emploi / chômage / insertion"
    assert cells(table, "criterion")[row] == "économiques"
    assert set(cells(table, "source_licence_confirmed")) <= {True, False}
    assert all(0 <= share <= 100 for share in cells(table, "population_share"))


def test_every_column_has_one_name_and_one_title(shipped_store):
    tables = [
        catalogue_table(shipped_store),
        *(indicator_table(shipped_store, shipped_store.indicators[0], level) for level in Level),
    ]
    for table in tables:
        assert len({column.name for column in table.flat}) == len(table.flat)
        assert len({column.title for column in table.flat}) == len(table.flat)
    assert territory_columns(shipped_store, Level.COMMUNE)[0].values[0] == "01001"
