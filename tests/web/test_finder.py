"""Indicators are found by the words that people type."""

from __future__ import annotations

import pytest

from territoires.store.store import TableStore
from territoires.web.finder import IndicatorFinder


@pytest.fixture(scope="module")
def finder(shipped_store: TableStore) -> IndicatorFinder:
    return IndicatorFinder(shipped_store.indicators)


@pytest.mark.parametrize(
    ("query", "in_label"),
    [
        ("chomage", "chômage"),
        ("CHÔMAGE", "chômage"),
        ("medecins", "Médecin"),
        ("medecin generaliste", "généraliste"),
        ("passoire", "énergie"),
        ("fibre", "fibre"),
        ("taux de chomage des jeunes", "chômage"),
        ("logement vacant", "vacant"),
        ("pauvrete", "pauvreté"),
        ("chomaje", "chômage"),
        ("75 ans", "75 ans"),
    ],
)
def test_a_query_as_a_mayor_types_it_finds_the_indicator_among_the_first(
    finder: IndicatorFinder, query: str, in_label: str
) -> None:
    labels = [indicator.label for indicator in finder.find(query)[:5]]
    assert any(in_label.casefold() in label.casefold() for label in labels), labels


def test_an_empty_query_finds_everything_and_nonsense_nothing(
    finder: IndicatorFinder, shipped_store: TableStore
) -> None:
    assert finder.find("  ") == list(shipped_store.indicators)
    assert finder.find("zzzzqq") == []
    assert finder.find("de la") == []
