"""Values of the invented country, held against figures made by hand from its tables."""

import numpy as np
import pandas as pd
import pytest

from territoires.analysis.checks import Expected, run_checks
from territoires.model.indicators import Status
from territoires.model.levels import MAPPED, Level
from territoires.store.store import TableStore
from tests.conftest import Country


@pytest.fixture(scope="module")
def rp(country: Country) -> pd.DataFrame:
    """The census table the build read, with the parents of each commune."""
    table = pd.read_parquet(country.inputs.sources / "tables" / "rp.commune.parquet")
    lists = pd.read_csv(country.inputs.lists / "communes_2026.csv", dtype=str, keep_default_na=False)
    return table.merge(lists[["code", "departement", "region", "epci"]], on="code").sort_values("code")


def test_value_of_a_region_is_the_sum_of_its_unemployed_over_the_sum_of_its_active(country_store, rp):
    summed = rp.groupby("region")[["chom", "act"]].sum()
    regions = country_store.territories(Level.REGION)
    values = country_store.values(Level.REGION, "chomage")
    for code in regions.codes:
        expected = 100 * summed.loc[code, "chom"] / summed.loc[code, "act"]
        assert values[regions.index(code)] == pytest.approx(expected, abs=0.006)


def test_value_of_a_region_is_not_the_mean_of_its_communes(country_store, rp):
    known = rp[rp.act > 0]
    mean = (100 * known.chom / known.act).groupby(known.region).mean()
    regions = country_store.territories(Level.REGION)
    for code in regions.codes:
        value = float(country_store.values(Level.REGION, "chomage")[regions.index(code)])
        assert value != pytest.approx(mean[code], abs=0.01)


def test_commune_without_active_inhabitants_has_no_rate_and_says_why(country_store):
    assert country_store.status(Level.COMMUNE, "chomage")[3] == Status.NOT_APPLICABLE
    assert np.isnan(country_store.values(Level.COMMUNE, "chomage")[3])


def test_commune_with_few_active_inhabitants_is_shown_with_caution(country_store, rp):
    small = np.flatnonzero((rp.act > 0) & (rp.act < 100))
    assert small.size > 0
    assert (country_store.status(Level.COMMUNE, "chomage")[small] == Status.SMALL_BASE).all()
    assert np.isfinite(country_store.values(Level.COMMUNE, "chomage")[small]).all()


def test_median_is_published_or_not_computable_but_never_deduced(country_store):
    assert (country_store.status(Level.REGION, "niveau_vie") == Status.OK).all()
    assert (country_store.status(Level.DEPARTEMENT, "niveau_vie") == Status.NOT_COMPUTABLE).all()
    assert np.isnan(country_store.values(Level.FRANCE, "niveau_vie")).all()


def test_secret_median_stays_secret(country_store):
    status = country_store.status(Level.COMMUNE, "niveau_vie")
    small = country_store.territories(Level.COMMUNE).population < 500
    assert (status[small] == Status.SECRET).all()
    assert (status[~small] == Status.OK).all()


def test_count_of_france_is_the_sum_of_its_communes(country_store):
    communes = country_store.values(Level.COMMUNE, "bibliotheques")
    assert country_store.values(Level.FRANCE, "bibliotheques")[0] == communes.sum()


def test_flag_becomes_a_share_of_communes_or_of_inhabitants(country_store):
    communes = country_store.territories(Level.COMMUNE)
    flagged = country_store.values(Level.COMMUNE, "sans_gare")
    assert country_store.values(Level.FRANCE, "sans_gare")[0] == pytest.approx(100 * flagged.mean(), abs=0.01)
    exposed = country_store.values(Level.COMMUNE, "inondation") == 1
    share = 100 * communes.population[exposed].sum() / communes.population.sum()
    assert country_store.values(Level.FRANCE, "inondation")[0] == pytest.approx(share, abs=0.01)


def test_value_of_a_zone_is_marked_as_inherited_and_goes_no_higher(country_store):
    assert (country_store.status(Level.COMMUNE, "chomage_zone") == Status.INHERITED).all()
    assert (country_store.status(Level.REGION, "chomage_zone") == Status.NOT_COMPUTABLE).all()


def test_departmental_figure_is_not_published_by_commune_but_sums_to_the_region(country_store):
    assert (country_store.status(Level.COMMUNE, "aides") == Status.NOT_PUBLISHED).all()
    assert (country_store.status(Level.REGION, "aides") == Status.OK).all()
    assert country_store.values(Level.FRANCE, "aides")[0] == pytest.approx(2.0, abs=0.05)


def test_estimated_crime_is_shown_by_commune_and_counted_by_departement(country_store):
    small = country_store.territories(Level.COMMUNE).population < 1000
    assert (country_store.status(Level.COMMUNE, "cambriolages")[small] == Status.ESTIMATED).all()
    assert country_store.values(Level.FRANCE, "cambriolages")[0] == pytest.approx(5.0, abs=0.05)


def test_intercommunalite_is_not_summed_into_a_departement(country_store: TableStore):
    assert Level.DEPARTEMENT in country_store.territories(Level.COMMUNE).parents
    assert country_store.status(Level.EPCI, "aides").tolist() == [Status.NOT_PUBLISHED] * len(
        country_store.territories(Level.EPCI)
    )


def test_every_check_passes_on_the_invented_country(country: Country, country_store: TableStore):
    expected = Expected(
        territories={level: len(country_store.territories(level)) for level in MAPPED},
        indicators=len(country_store.indicators),
        per_domain=(0, 3),
        widely_covered=8,
    )
    outcomes = list(run_checks(country.settings.data, country.settings.geodata, expected))
    assert [f"{check.name} : {check.detail}" for check in outcomes if not check.passed] == []


def test_altered_file_fails_the_checks(country: Country, tmp_path):
    inputs = country.copy(tmp_path)
    values = inputs.data / "values" / "region.parquet"
    values.write_bytes(values.read_bytes()[:-10])
    (outcome,) = run_checks(inputs.data, inputs.geodata)
    assert not outcome.passed
    assert "values/region.parquet" in outcome.detail
