"""A composed sheet: the sums of the communes, the words of what is missing, nothing averaged."""

import numpy as np
import pytest

from territoires.errors import UnknownError
from territoires.model.aggregation import aggregate
from territoires.model.fragilities import DOMAINS
from territoires.model.indicators import Status
from territoires.model.levels import Level
from territoires.model.sizes import STRATA, Stratum
from territoires.sheets.content import PER_DOMAIN, compose


def test_sizes_partition_the_communes_of_the_territory(country_store):
    made = compose(country_store, Level.REGION, "94")
    *rows, total = made.sizes
    assert sum(row.communes for row in rows) == total.communes == 30
    assert sum(row.inhabitants for row in rows) == total.inhabitants
    assert sum(row.share for row in rows) == pytest.approx(100)


def test_a_rate_of_one_size_is_a_sum_over_a_sum(country_store):
    made = compose(country_store, Level.REGION, "94", (Stratum.UNDER_2000,))
    line = next(line for line in made.lines if line.indicator.id == "chomage")
    communes = country_store.territories(Level.COMMUNE)
    _, (unemployed, active) = country_store.counts("chomage")
    own = (communes.stratum == 0) & (communes.parents[Level.REGION] == 1) & np.isfinite(unemployed + active)
    assert line.here.value == round(100 * unemployed[own].sum() / active[own].sum(), 1)
    every = communes.stratum == 0
    france = aggregate(
        line.indicator,
        (unemployed, active),
        communes.population,
        communes.parents[Level.FRANCE],
        1,
        every,
    )
    assert line.france.value == round(float(france.values[0]), 1)


def test_a_median_of_one_size_is_not_computable_and_says_so(country_store):
    made = compose(country_store, Level.REGION, "94", (Stratum.FROM_2000,))
    line = next(line for line in made.lines if line.indicator.id == "niveau_vie")
    assert line.here.value is None
    assert line.here.status is Status.NOT_COMPUTABLE
    assert line.here.text == "non calculable à cet échelon"


def test_no_reading_is_ever_blank(country_store, shipped_store):
    for store, code in ((country_store, "94"), (country_store, "02"), (shipped_store, "06")):
        for line in compose(store, Level.REGION, code, annex=True).lines:
            for reading in (line.here, line.france):
                assert reading.text
                assert (reading.value is None) == (not any(char.isdigit() for char in reading.text))


def test_dispersion_is_that_of_the_communes_of_the_size(country_store):
    made = compose(country_store, Level.REGION, "94", (Stratum.UNDER_2000,))
    line = next(line for line in made.lines if line.indicator.id == "chomage")
    row = next(row for row in made.sizes if row.stratum is Stratum.UNDER_2000)
    assert line.spread.n + sum(count for _, count in line.spread.missing) == row.communes
    assert line.spread.minimum <= line.spread.median <= line.spread.maximum


def test_departement_figures_spread_over_departements_and_say_nothing_of_a_size(country_store):
    whole = compose(country_store, Level.REGION, "94")
    sized = compose(country_store, Level.REGION, "94", (Stratum.UNDER_2000,))
    first, second = (
        next(line for line in made.lines if line.indicator.id == "aides") for made in (whole, sized)
    )
    assert (first.spread.level, first.spread.n) == (Level.DEPARTEMENT, 2)
    assert second.here.status is Status.NOT_COMPUTABLE
    assert second.spread.n == 0


def test_domains_keep_the_order_of_the_criteria(shipped_store):
    made = compose(shipped_store, Level.REGION, "53")
    assert tuple(section.domain for section in made.domains) == DOMAINS
    assert all(len(section.lines) == PER_DOMAIN for section in made.domains)


def test_annex_holds_every_indicator_and_the_same_first_ones(shipped_store):
    short = compose(shipped_store, Level.REGION, "53")
    full = compose(shipped_store, Level.REGION, "53", annex=True)
    assert len(full.lines) == len(shipped_store.indicators)
    first = [line for section in full.domains for line in section.lines[:PER_DOMAIN]]
    assert repr(first) == repr(list(short.lines))


def test_all_sizes_together_are_the_whole_territory(shipped_store):
    whole, every = (compose(shipped_store, Level.REGION, "53", strata) for strata in ((), STRATA))
    assert repr(whole) == repr(every)


def test_an_empty_size_says_so_and_keeps_what_remains(shipped_store):
    made = compose(shipped_store, Level.REGION, "04", (Stratum.UNDER_2000,))
    assert made.empty.startswith(
        "La Réunion\u00a0: aucune commune de moins de 2\u202f000 habitants. Il y a 11"
    )
    assert made.domains == ()
    assert made.sizes[-1].communes == 24
    assert made.map is not None
    assert made.map.line is None


def test_map_draws_every_commune_once(shipped_store):
    made = compose(shipped_store, Level.REGION, "53").map
    communes = shipped_store.territories(Level.COMMUNE)
    region = shipped_store.territories(Level.REGION).index("53")
    assert sum(entry.communes for entry in made.legend) == made.communes
    assert made.communes == int((communes.parents[Level.REGION] == region).sum())


def test_a_sheet_exists_for_every_region_and_departement(shipped_store):
    for level in (Level.REGION, Level.DEPARTEMENT):
        for code in shipped_store.territories(level).codes[::6]:
            assert compose(shipped_store, level, code).lines


@pytest.mark.parametrize(
    ("level", "code"),
    [(Level.REGION, "99"), (Level.REGION, ""), (Level.COMMUNE, "01999"), (Level.FRANCE, "FR")],
)
def test_an_unknown_territory_is_an_error(shipped_store, level, code):
    with pytest.raises(UnknownError):
        compose(shipped_store, level, code)
