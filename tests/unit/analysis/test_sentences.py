"""The sentence says the value, the rank among territories of the same size, the country, and the source."""

from dataclasses import replace

import pytest

from territoires.analysis.sentences import sentence
from territoires.model.classes import Method
from territoires.model.levels import Level
from territoires.model.selection import Selection
from territoires.model.sizes import Stratum


def index_where(store, level, test):
    territories = store.territories(level)
    return next(code for k, code in enumerate(territories.codes) if test(territories, k))


def test_territory_is_ranked_among_those_of_its_size(country_store):
    code = index_where(country_store, Level.COMMUNE, lambda t, k: t.population[k] >= 2000)
    text = sentence(country_store, Selection(Level.COMMUNE, "chomage", territory=code))
    assert "Taux de chômage : " in text
    assert "\u202f%" in text
    assert "en partant de la plus fragile" in text
    assert "habitants" in text
    assert "France : " in text
    assert text.endswith("Source : Institut d’essai, rp (2022).")


def test_departement_agrees_in_the_masculine(country_store):
    code = country_store.territories(Level.DEPARTEMENT).codes[0]
    text = sentence(country_store, Selection(Level.DEPARTEMENT, "chomage", territory=code))
    assert "en partant du plus fragile" in text
    assert "sur 3 départements" in text


def test_secret_value_is_explained_and_not_ranked(country_store):
    code = index_where(country_store, Level.COMMUNE, lambda t, k: t.population[k] < 500)
    text = sentence(country_store, Selection(Level.COMMUNE, "niveau_vie", territory=code))
    assert "secret statistique" in text
    assert " sur " not in text


def test_small_base_is_said_out_of_ranking(country_store):
    code = index_where(country_store, Level.COMMUNE, lambda t, k: 2 <= t.population[k] < 200 and k != 3)
    text = sentence(country_store, Selection(Level.COMMUNE, "chomage", territory=code))
    assert "effectif faible, hors classement" in text


def test_flag_is_told_without_a_rank(country_store):
    code = country_store.territories(Level.COMMUNE).codes[0]
    text = sentence(country_store, Selection(Level.COMMUNE, "inondation", territory=code))
    assert ": oui, comme " in text
    assert "1re" not in text


def test_whole_selection_is_told_by_its_spread_and_its_middle(country_store):
    text = sentence(country_store, Selection(Level.COMMUNE, "chomage"))
    assert "huit sur dix se situent entre" in text
    assert "la commune du milieu est à" in text
    assert "moyenne" not in text


def test_limiting_to_a_region_adds_the_rank_there(country_store):
    code = index_where(country_store, Level.COMMUNE, lambda t, k: t.population[k] >= 2000)
    region = country_store.territories(Level.COMMUNE).get(code).region
    selection = Selection(Level.COMMUNE, "chomage", regions=(region,), territory=code)
    text = sentence(country_store, selection)
    assert " ici (" in text
    assert country_store.territories(Level.REGION).get(region).name in text


def test_article_is_elided_before_a_vowel(country_store):
    assert "l’intercommunalité du milieu" in sentence(country_store, Selection(Level.EPCI, "chomage"))
    assert "le département du milieu" in sentence(country_store, Selection(Level.DEPARTEMENT, "chomage"))


def test_selection_of_a_size_and_a_region_says_both(country_store):
    region = country_store.territories(Level.REGION)
    selection = Selection(Level.COMMUNE, "chomage", strata=(Stratum.FROM_2000,), regions=(region.codes[0],))
    text = sentence(country_store, selection)
    assert "communes de 2\u202f000 à 20\u202f000 habitants" in text or "communes de 2 000 à 20 000" in text
    assert region.names[0] in text


def test_yes_and_no_are_counted(country_store):
    text = sentence(country_store, Selection(Level.COMMUNE, "inondation"))
    assert ": oui pour " in text
    assert "entre" not in text


def test_zone_values_are_told_as_those_of_the_zones(shipped_store):
    text = sentence(shipped_store, Selection(Level.COMMUNE, "emp_chom_localise", regions=("76",)))
    assert "communes, Occitanie, prennent la valeur de leur zone d’emploi, qui va de" in text


def test_the_way_values_are_cut_changes_nothing_to_the_sentence(shipped_store):
    plain = Selection(Level.DEPARTEMENT, "niv_med", territory="31")
    cut = replace(plain, method=Method.MANUAL, bounds=(1.0, 2.0), classes=7)
    assert sentence(shipped_store, cut) == sentence(shipped_store, plain)


def test_empty_selection_says_why(country_store):
    selection = Selection(Level.REGION, "chomage_zone")
    assert "aucune valeur à comparer" in sentence(country_store, selection)
    assert "non calculable" in sentence(country_store, selection)


@pytest.mark.parametrize("level", [Level.COMMUNE, Level.EPCI, Level.DEPARTEMENT, Level.REGION])
def test_every_indicator_has_a_sentence_at_every_level(country_store, level):
    for indicator in country_store.indicators:
        for territory in (None, *country_store.territories(level).codes[:3]):
            text = sentence(country_store, Selection(level, indicator.id, territory=territory))
            assert text.endswith(").") or text.endswith("2022.")
            assert "nan" not in text
