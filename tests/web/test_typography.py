"""French typography of the pages."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from territoires.web.typography import french, month, tie, tie_markup


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("Source : Insee", "Source\u00a0: Insee"),
        ("un ; deux", "un\u202f; deux"),
        ("« oui »", "«\u202foui\u202f»"),
        ("9,5 % des", "9,5\u202f% des"),
        ("(20 %)", "(20\u202f%)"),
        ("34 875 communes, 15-64 ans", "34\u202f875 communes, 15-64 ans"),
        ("rien à lier", "rien à lier"),
    ],
)
def test_spaces_are_tied_to_the_signs_they_precede(text: str, tied: str) -> None:
    assert tie(text) == tied


def test_in_markup_only_the_text_is_tied() -> None:
    content = Markup("<svg viewBox='0 0 140 160'></svg><p title='a : b'>c : 1 000</p>")
    tied = "<svg viewBox='0 0 140 160'></svg><p title='a : b'>c\u00a0: 1\u202f000</p>"
    assert tie_markup(content) == tied


def test_names_have_the_typographic_apostrophe() -> None:
    assert french("Provence-Alpes-Côte d'Azur") == "Provence-Alpes-Côte d’Azur"


@pytest.mark.parametrize(
    ("release", "words"), [("2026-11", "novembre 2026"), ("2026-01", "janvier 2026"), ("été", "été")]
)
def test_a_release_is_a_month(release: str, words: str) -> None:
    assert month(release) == words
