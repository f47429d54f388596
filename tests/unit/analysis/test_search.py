"""Places are found as people type them."""

import pytest

from territoires.analysis.search import PlaceSearch, normalise
from territoires.model.levels import Level


@pytest.fixture(scope="module")
def search(shipped_store):
    return PlaceSearch(shipped_store)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("St-Étienne", "saint etienne"),
        ("  L’Haÿ-les-Roses ", "l hay les roses"),
        ("Œting", "oeting"),
        ("Ste Marie", "sainte marie"),
        ("ÎLE-D'YEU", "ile d yeu"),
        ("Villeneuve s/ Lot", "villeneuve sur lot"),
    ],
)
def test_accents_hyphens_case_and_abbreviations_make_no_difference(typed, plain):
    assert normalise(typed) == plain


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("bordeau", "33063"),
        ("la roche s", "85191"),
        ("roche sur yon", "85191"),
        ("st etienne", "42218"),
        ("saint-etienne", "42218"),
        ("PARIS", "75056"),
        ("foix", "09122"),
        ("l'hay les roses", "94038"),
        ("havre", "76351"),
        ("33063", "33063"),
        ("2a004", "2A004"),
        ("ouessant", "29155"),
    ],
)
def test_first_commune_found_is_the_one_meant(search, typed, code):
    communes = [place.code for place in search.find(typed) if place.level is Level.COMMUNE]
    assert communes[0] == code


def test_misspelt_name_is_still_found(search):
    assert "31555" in [place.code for place in search.find("toulosue")]
    assert "67482" in [place.code for place in search.find("strasbour")]


def test_regions_departements_and_intercommunalites_are_found_too(search):
    assert (Level.REGION, "76") in [(place.level, place.code) for place in search.find("occitanie")]
    assert (Level.DEPARTEMENT, "09") in [(place.level, place.code) for place in search.find("ariege")]
    assert Level.EPCI in {place.level for place in search.find("grand paris")}


def test_nothing_is_found_for_nothing(search):
    assert search.find("") == []
    assert search.find("   ") == []
    assert search.find("zzzzqqqq") == []
    assert search.find("\x00" * 50) == []


def test_no_more_than_the_limit_is_returned(search):
    assert len(search.find("saint", limit=10)) == 10
    assert len(search.find("a" * 10_000)) <= 10
