"""What ships is whole, adds up, and fits its budget."""

import pytest

from territoires.analysis.checks import SHIPPED, run_checks
from territoires.config import read_settings
from territoires.model.fragilities import DOMAINS
from territoires.model.levels import Level

SETTINGS = read_settings({})
BUDGET = 120 * 1024 * 1024


@pytest.fixture(scope="module")
def outcomes():
    return list(run_checks(SETTINGS.data, SETTINGS.geodata))


def test_every_check_of_the_shipped_data_passes(outcomes):
    assert [f"{check.name} : {check.detail}" for check in outcomes if not check.passed] == []
    assert len(outcomes) == 14


def test_country_has_its_communes_departements_and_regions(shipped_store):
    assert len(shipped_store.territories(Level.COMMUNE)) == 34_875
    assert len(shipped_store.territories(Level.DEPARTEMENT)) == 101
    assert len(shipped_store.territories(Level.REGION)) == 18
    assert len(shipped_store.territories(Level.EPCI)) == SHIPPED.territories[Level.EPCI]


def test_four_island_communes_belong_to_no_intercommunalite(shipped_store):
    communes = shipped_store.territories(Level.COMMUNE)
    alone = {
        name
        for name, epci in zip(communes.names, communes.parent_codes[Level.EPCI], strict=True)
        if epci is None
    }
    assert alone == {"Île-de-Bréhat", "Île-de-Sein", "Ouessant", "L'Île-d'Yeu"}


def test_catalogue_holds_333_indicators_in_16_domains(shipped_store):
    assert len(shipped_store.indicators) == 333
    sizes = [sum(i.domain == domain.id for i in shipped_store.indicators) for domain in DOMAINS]
    assert len(sizes) == 16
    assert min(sizes) >= 10
    assert max(sizes) <= 32


def test_every_source_says_its_producer_its_vintage_and_its_licence(shipped_store):
    used = {indicator.source for indicator in shipped_store.indicators}
    for name in used:
        source = shipped_store.sources[name]
        assert source.producer
        assert source.title
        assert source.vintage
        assert source.licence
        assert 0 < len(source.short) <= 40


def test_shipped_files_fit_their_budget():
    total = sum(
        path.stat().st_size
        for folder in (SETTINGS.data, SETTINGS.geodata)
        for path in folder.rglob("*")
        if path.is_file()
    )
    assert total <= BUDGET


def test_census_unemployment_of_occitanie_is_the_ratio_of_its_counts(shipped_store):
    region = shipped_store.territories(Level.REGION).index("76")
    value = float(shipped_store.values(Level.REGION, "emp_txchom_1564")[region])
    origin, (unemployed, active) = shipped_store.counts("emp_txchom_1564")
    inside = shipped_store.territories(origin).parents[Level.REGION] == region
    known = inside & (unemployed == unemployed) & (active == active)
    assert value == pytest.approx(100 * unemployed[known].sum() / active[known].sum(), abs=0.006)
    assert 8 < value < 16
