"""Filters leave what was asked for, and every option says how many there would be."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from territoires.catalysts.catalyst import Catalyst
from territoires.catalysts.families import FAMILY, FAMILY_LABELS, KINDS
from territoires.catalysts.filtering import FACETS, Choice, Indexed, find, indexed, is_empty, plain
from territoires.model.catalysts import Echelon, Kind, Trade
from territoires.model.levels import Level
from territoires.model.sizes import Stratum
from territoires.store.store import TableStore
from tests.unit.catalysts.organisations import organisation


@pytest.fixture(scope="module")
def entries(country_store: TableStore) -> list[Indexed]:
    """Five organisations of the invented country, one of a near network."""
    first, second = country_store.territories(Level.REGION).codes[:2]
    return indexed(
        [
            organisation("a", name="Œuvre d’Été", region=first, kind=Kind.FOUNDATION, domains=("sante",)),
            organisation(
                "b", name="Tiers-lieu", region=first, kind=Kind.THIRD_PLACE, domains=("sante", "emploi"),
                trades=(Trade.PLACE,), strata=(Stratum.UNDER_2000,),
            ),
            organisation("c", region=second, kind=Kind.FOUNDATION, level=Echelon.LOCAL, stratum=Stratum.FROM_2000),
            organisation("d", presentation="Anime des <b>alliances</b> santé-travail", domains=("emploi",)),
            organisation("e", region=first, kind=Kind.CLUSTER, domains=("sante",), near_network=True),
        ],
        country_store,
    )  # fmt: skip


def ids(found: Sequence[Catalyst]) -> str:
    return "".join(each.id for each in found)


def test_without_a_choice_everyone_is_found_but_the_near_networks(entries: list[Indexed]) -> None:
    found = find(entries, Choice())
    assert ids(found.catalysts) == "abcd"
    assert found.networks == 1
    assert ids(find(entries, Choice(networks=True)).catalysts) == "abcde"
    assert is_empty(Choice(networks=True))
    assert not is_empty(Choice(text="a"))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("OEUVRE ete", "a"),
        ("été œuvre", "a"),
        ("lieu", "b"),
        ("ieu", ""),
        ("sante travail", "d"),
        ("fondation", "ac"),
        ("b alliances", "d"),
        ("  ", "abcd"),
        ("santé", "abd"),
    ],
)
def test_words_are_found_without_accents_nor_case_from_their_beginning(
    entries: list[Indexed], words: str, expected: str
) -> None:
    assert ids(find(entries, Choice(text=words)).catalysts) == expected


def test_every_filter_filters(entries: list[Indexed], country_store: TableStore) -> None:
    first = country_store.territories(Level.REGION).codes[0]
    assert ids(find(entries, Choice(region=first)).catalysts) == "ab"
    assert ids(find(entries, Choice(kind=Kind.FOUNDATION)).catalysts) == "ac"
    assert ids(find(entries, Choice(domain="emploi")).catalysts) == "bd"
    assert ids(find(entries, Choice(trade=Trade.PLACE)).catalysts) == "b"
    assert ids(find(entries, Choice(level=Echelon.LOCAL)).catalysts) == "c"
    assert ids(find(entries, Choice(stratum=Stratum.UNDER_2000)).catalysts) == "b"
    assert ids(find(entries, Choice(stratum=Stratum.FROM_2000)).catalysts) == "c"


def test_the_count_of_an_option_is_what_choosing_it_gives(entries: list[Indexed]) -> None:
    words = {"kind": Kind, "trade": Trade, "level": Echelon, "stratum": Stratum}
    for choice in (
        Choice(),
        Choice(domain="sante"),
        Choice(text="fondation"),
        Choice(kind=Kind.FOUNDATION, domain="sante"),
    ):
        found = find(entries, choice)
        for name in FACETS:
            values = {value for entry in entries for value in entry.values[name]}
            for value in values:
                typed = words[name](value) if name in words else value
                changed = Choice(**{**{f: getattr(choice, f) for f in Choice.__slots__}, name: typed})
                assert found.counts[name][value] == len(find(entries, changed).catalysts), (
                    choice,
                    name,
                    value,
                )
            cleared = Choice(**{**{f: getattr(choice, f) for f in Choice.__slots__}, name: None})
            assert found.everyone[name] == len(find(entries, cleared).catalysts)


def test_plain_text_keeps_letters_and_digits_only() -> None:
    assert plain("L’Œuvre  des ÉLÈVES (n° 3)") == "l oeuvre des eleves n 3"


def test_every_kind_stands_in_one_family() -> None:
    assert sorted(FAMILY) == sorted(Kind)
    assert sum(map(len, KINDS.values())) == len(Kind)
    assert set(KINDS) == set(FAMILY_LABELS)
