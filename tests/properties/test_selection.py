"""An address and a selection are the same thing, and no address breaks anything."""

from urllib.parse import parse_qs

from hypothesis import given
from hypothesis import strategies as st

from territoires.model.levels import MAPPED, Level
from territoires.model.selection import PARAMETERS, Selection, format_query, parse
from territoires.model.sizes import STRATA

REGIONS = ("11", "76", "94", "01")
CODES = {
    Level.COMMUNE: ("01001", "2A004", "97105"),
    Level.EPCI: ("200069193",),
    Level.DEPARTEMENT: ("09", "2A"),
    Level.REGION: REGIONS,
}


class Words:
    """The words of a very small country."""

    default_indicator = "chomage"

    def knows_indicator(self, indicator: str) -> bool:
        return indicator in {"chomage", "pauvrete"}

    def knows_territory(self, level: Level, code: str) -> bool:
        return code in CODES[level]


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    level = draw(st.sampled_from(MAPPED))
    strata = draw(st.sets(st.sampled_from(STRATA), max_size=3))
    return Selection(
        level=level,
        indicator=draw(st.sampled_from(["chomage", "pauvrete"])),
        strata=tuple(stratum for stratum in STRATA if stratum in strata),
        regions=tuple(sorted(draw(st.sets(st.sampled_from(REGIONS))))),
        territory=draw(st.none() | st.sampled_from(CODES[level])),
    )


@given(selections())
def test_reading_what_was_written_gives_the_same_selection_without_any_notice(selection):
    parsed = parse(parse_qs(format_query(selection)), Words())
    assert parsed.selection == selection
    assert parsed.notices == ()


@given(
    st.dictionaries(
        st.sampled_from(PARAMETERS) | st.text(max_size=20),
        st.lists(st.text(max_size=200), max_size=4),
        max_size=6,
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


def test_ten_thousand_characters_are_quoted_short():
    parsed = parse({"indicateur": ["x" * 10_000]}, Words())
    assert parsed.selection.indicator == "chomage"
    assert len(parsed.notices) == 1
    assert len(parsed.notices[0]) < 200


def test_all_four_sizes_are_the_same_as_none():
    parsed = parse({"taille": [stratum.value for stratum in STRATA]}, Words())
    assert parsed.selection.strata == ()


def test_second_level_is_ignored_aloud():
    parsed = parse({"niveau": ["region", "epci"]}, Words())
    assert parsed.selection.level is Level.REGION
    assert "une seule valeur" in parsed.notices[0]
