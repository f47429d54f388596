"""An address and a selection are the same thing, and no address breaks anything."""

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territoires.model.classes import Method
from territoires.model.levels import MAPPED, Level
from territoires.model.parameters import MOST_NOTICES
from territoires.model.selection import (
    CLASS_COUNTS,
    MOST_PINS,
    PARAMETERS,
    Comparison,
    Reference,
    Selection,
    format_query,
    parse,
)
from territoires.model.sizes import STRATA

REGIONS = ("11", "76", "94", "01")
CODES = {
    Level.COMMUNE: ("01001", "2A004", "97105", "31555", "09122"),
    Level.EPCI: ("200069193",),
    Level.DEPARTEMENT: ("09", "2A"),
    Level.REGION: REGIONS,
}
INDICATORS = ("chomage", "pauvrete")


class Words:
    """The words of a very small country."""

    default_indicator = "chomage"

    def knows_indicator(self, indicator: str) -> bool:
        return indicator in INDICATORS

    def knows_territory(self, level: Level, code: str) -> bool:
        return code in CODES[level]


def degrees(most: int) -> st.SearchStrategy[float]:
    """Angles with the four decimals of an address."""
    return st.integers(-most * 10_000, most * 10_000).map(lambda n: n / 10_000)


BOUNDS = st.lists(
    st.integers(-(10**15) + 1, 10**15 - 1).map(lambda n: n / 10**6), min_size=2, max_size=6, unique=True
).map(lambda bounds: tuple(sorted(bounds)))


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    level = draw(st.sampled_from(MAPPED))
    strata = draw(st.sets(st.sampled_from(STRATA), max_size=3))
    method = draw(st.sampled_from(Method))
    second = draw(st.none() | st.sampled_from(INDICATORS))
    code = st.sampled_from(CODES[level])
    return Selection(
        level=level,
        indicator=draw(st.sampled_from(INDICATORS)),
        strata=tuple(stratum for stratum in STRATA if stratum in strata),
        regions=tuple(sorted(draw(st.sets(st.sampled_from(REGIONS))))),
        territory=draw(st.none() | code),
        method=method,
        classes=draw(st.sampled_from(CLASS_COUNTS)),
        bounds=draw(BOUNDS) if method is Method.MANUAL else (),
        reference=draw(st.none() | code | st.sampled_from([each.value for each in Reference])),
        pins=tuple(draw(st.lists(code, max_size=MOST_PINS, unique=True))),
        second=second,
        comparison=draw(st.sampled_from(Comparison)) if second else Comparison.MAPS,
        background=draw(st.booleans()),
        catalysts=draw(st.booleans()),
        camera=draw(
            st.none() | st.tuples(st.integers(0, 2200).map(lambda n: n / 100), degrees(85), degrees(180))
        ),
    )


@given(selections())
def test_reading_what_was_written_gives_the_same_selection_without_any_notice(selection):
    parsed = parse(parse_qs(format_query(selection)), Words())
    assert parsed.selection == selection
    assert parsed.notices == ()


VALUES = (
    st.text(max_size=200)
    | st.from_regex(r"[-0-9._/]{1,20}", fullmatch=True)
    | st.sampled_from([*Method, *Reference, *STRATA, *Comparison, "ign", "1", "5_10.5_20", "5.2/46/2"])
)


@given(
    st.dictionaries(
        st.sampled_from(PARAMETERS) | st.text(max_size=20), st.lists(VALUES, max_size=4), max_size=6
    )
)
def test_no_address_raises_and_what_is_ignored_is_said(query):
    parsed = parse(query, Words())
    assert parsed.selection.level in MAPPED
    ignored = {name for name, values in query.items() if name not in PARAMETERS}
    assert len(parsed.notices) >= bool(ignored)
    for notice in parsed.notices:
        assert "\x00" not in notice
        assert notice.endswith(".")
    again = parse(parse_qs(format_query(parsed.selection)), Words())
    assert again.selection == parsed.selection
    assert again.notices == ()


@pytest.mark.parametrize("name", [*PARAMETERS, "x" * 10_000])
def test_ten_thousand_characters_are_quoted_short(name):
    parsed = parse({name: ["x" * 10_000]}, Words())
    assert parsed.selection == Selection(Level.COMMUNE, "chomage")
    assert len(parsed.notices) == 1
    assert len(parsed.notices[0]) < 200


@pytest.mark.parametrize("name", PARAMETERS)
def test_five_thousand_repeated_parameters_make_few_notices(name):
    parsed = parse({name: [f"x{n}" for n in range(5000)]}, Words())
    assert len(parsed.notices) == MOST_NOTICES + 1
    assert parsed.notices[-1] == f"Et {5000 - MOST_NOTICES} autres paramètres sont ignorés."
    many = parse({f"{name}{n}": ["1"] for n in range(5000)}, Words())
    assert len(many.notices) == MOST_NOTICES + 1


def test_all_four_sizes_are_the_same_as_none():
    parsed = parse({"taille": [stratum.value for stratum in STRATA]}, Words())
    assert parsed.selection.strata == ()


def test_second_level_is_ignored_aloud():
    parsed = parse({"niveau": ["region", "epci"]}, Words())
    assert parsed.selection.level is Level.REGION
    assert "une seule valeur" in parsed.notices[0]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"methode": ["manuel"]}, "bornes croissantes"),
        ({"methode": ["manuel"], "bornes": ["5"]}, "bornes croissantes"),
        ({"methode": ["manuel"], "bornes": ["5_3"]}, "bornes croissantes"),
        ({"methode": ["manuel"], "bornes": ["1_2_3_4_5_6_7"]}, "bornes croissantes"),
        ({"methode": ["manuel"], "bornes": ["nan_inf"]}, "bornes croissantes"),
        ({"bornes": ["5_10"]}, "methode=manuel"),
        ({"classes": ["8"]}, "de 3 à 7"),
        ({"comparaison": ["nuage"]}, "second indicateur"),
        ({"epingle": ["01001", "2A004", "97105", "31555", "09122"]}, "4 valeurs au plus"),
        ({"vue": ["5/91/2"]}, "valeur inconnue"),
        ({"fond": ["osm"]}, "valeur inconnue"),
    ],
)
def test_each_ignored_thing_says_why(query, said):
    parsed = parse(query, Words())
    assert any(said in notice for notice in parsed.notices)
    assert parsed.selection.method is Method.QUANTILES


def test_pins_keep_their_order():
    parsed = parse({"epingle": ["31555", "01001", "31555"]}, Words())
    assert parsed.selection.pins == ("31555", "01001")
    assert parsed.notices == ()
