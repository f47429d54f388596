"""The reference is a Σ/Σ value or a median that says so, never a mean of rates; the gap to it is said in words."""

from dataclasses import replace

import numpy as np
import pytest

from territoires.analysis.reference import ReferenceValue, gap, reference_value, than, to
from territoires.analysis.selected import france_value, select
from territoires.analysis.sentences import sentence
from territoires.model.aggregation import aggregate
from territoires.model.indicators import Nature, Status
from territoires.model.levels import Level
from territoires.model.selection import Reference, Selection
from territoires.model.sizes import STRATA, Stratum


def test_france_is_the_value_recomputed_from_counts(country_store):
    selection = Selection(Level.COMMUNE, "chomage", reference="france")
    reference = reference_value(country_store, selection)
    indicator = country_store.indicator("chomage")
    assert reference.name == "la France"
    assert reference.value == round(france_value(country_store, indicator)[0], indicator.decimals)


def test_region_is_that_of_the_followed_territory_or_the_one_chosen(country_store):
    communes, regions = country_store.territories(Level.COMMUNE), country_store.territories(Level.REGION)
    values = country_store.values(Level.REGION, "chomage")
    for selection in (
        Selection(Level.COMMUNE, "chomage", territory=communes.codes[0], reference="region"),
        Selection(Level.COMMUNE, "chomage", regions=(communes.at(0).region,), reference="region"),
        Selection(Level.REGION, "chomage", territory=communes.at(0).region, reference="region"),
    ):
        reference = reference_value(country_store, selection)
        index = regions.index(communes.at(0).region)
        assert reference.name == f"la région {regions.names[index]}"
        assert reference.value == round(float(values[index]), 1)
    nobody = reference_value(country_store, Selection(Level.COMMUNE, "chomage", reference="region"))
    assert not nobody.is_known
    assert "Suivez un territoire" in nobody.reason


def test_size_is_all_the_territories_of_that_size_taken_together(shipped_store):
    counted = shipped_store.counts("emp_txchom_1564")
    indicator = shipped_store.indicator("emp_txchom_1564")
    communes, epci = shipped_store.territories(Level.COMMUNE), shipped_store.territories(Level.EPCI)
    for level, code in ((Level.COMMUNE, "31555"), (Level.EPCI, "243500139")):
        territories = shipped_store.territories(level)
        stratum = territories.stratum[territories.index(code)]
        parents = communes.parents[Level.EPCI]
        keep = communes.stratum == stratum if level is Level.COMMUNE else epci.stratum[parents] == stratum
        keep &= parents >= 0 if level is Level.EPCI else True
        whole = aggregate(
            indicator, counted[1], communes.population, np.zeros(len(communes), np.intp), 1, keep
        )
        selection = Selection(level, indicator.id, territory=code, reference="taille")
        reference = reference_value(shipped_store, selection)
        assert reference.value == round(float(whole.values[0]), indicator.decimals)
        assert reference.name.startswith("l’ensemble des ")


def test_where_there_is_no_aggregate_the_median_says_that_it_is_one(shipped_store):
    selection = Selection(Level.COMMUNE, "log_prixm2", territory="31555", reference="region")
    reference = reference_value(shipped_store, selection)
    selected = select(shipped_store, selection)
    communes = shipped_store.territories(Level.COMMUNE)
    region = shipped_store.territories(Level.REGION).index("76")
    kept = (communes.parents[Level.REGION] == region) & (selected.status == Status.OK)
    assert reference.name == "la médiane des communes de la région Occitanie"
    assert reference.value == round(float(np.median(selected.values[kept])))
    assert "que la médiane des communes de la région Occitanie" in sentence(shipped_store, selection)


def test_territory_is_compared_with_another_but_not_with_itself(shipped_store):
    selection = Selection(Level.COMMUNE, "niv_med", territory="31555", reference="76351")
    assert "de plus que Le Havre (20" in sentence(shipped_store, selection)
    alone = sentence(shipped_store, replace(selection, reference="31555"))
    assert alone == sentence(shipped_store, replace(selection, reference=None))


def test_yes_or_no_has_no_gap_and_a_count_is_never_compared_with_a_larger_whole(shipped_store):
    flag = reference_value(shipped_store, Selection(Level.COMMUNE, "ris_inond", reference="france"))
    assert not flag.is_known
    assert flag.reason
    assert shipped_store.indicator("pau_nb_qpv").nature is Nature.STOCK
    reference = reference_value(shipped_store, Selection(Level.DEPARTEMENT, "pau_nb_qpv", reference="france"))
    assert reference.name == "la médiane des départements de France"


def test_gap_is_in_points_for_shares_and_in_the_unit_otherwise(shipped_store):
    share = select(shipped_store, Selection(Level.DEPARTEMENT, "emp_txchom_1564"))
    france = ReferenceValue("france", "la France", 10.0)
    assert gap(share, 12.3, france) == "2,3\u00a0points de plus que la France (10,0\u202f%)"
    assert gap(share, 9.0, france).startswith("1,0\u00a0point de moins que")
    assert gap(share, 10.0, france) == "au même niveau que la France (10,0\u202f%)"
    euros = select(shipped_store, Selection(Level.DEPARTEMENT, "niv_med"))
    assert gap(euros, 22000.0, ReferenceValue("x", "Albi", 21000.0)).startswith(
        "1\u202f000\u00a0€ par an de plus qu’Albi"
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [("la France", "à la France"), ("Le Havre", "au Havre"), ("Les Ulis", "aux Ulis"), ("Albi", "à Albi")],
)
def test_names_follow_their_preposition(name, said):
    assert to(name) == said
    assert than("Étampes") == "qu’Étampes"


@pytest.mark.parametrize("level", [Level.COMMUNE, Level.EPCI, Level.DEPARTEMENT, Level.REGION])
@pytest.mark.parametrize("word", [*Reference, "code"])
@pytest.mark.parametrize("strata", [(), (Stratum.UNDER_2000,), STRATA[2:]])
def test_every_reference_is_a_value_or_a_reason(country_store, level, word, strata):
    codes = country_store.territories(level).codes
    for indicator in country_store.indicators:
        for territory in (None, codes[0]):
            selection = Selection(
                level,
                indicator.id,
                strata,
                territory=territory,
                reference=codes[-1] if word == "code" else word.value,
            )
            reference = reference_value(country_store, selection)
            assert reference.is_known != bool(reference.reason)
            text = sentence(country_store, selection)
            assert "nan" not in text
            assert "entre non et non" not in text
