"""The browser writes numbers, ranks and addresses exactly as Python does."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from territoires.analysis.ranks import rank
from territoires.model import formats
from territoires.model.indicators import Direction
from territoires.model.levels import Level
from territoires.model.selection import Selection, format_query
from territoires.model.sizes import Stratum
from tests.browser.map_page import MapPage

pytestmark = pytest.mark.browser

NUMBERS = [0.0, -0.04, 0.05, 1.5, 2.5, -1234.56, 999.95, 1e6, 123456789.123, 0.125, 35.675]


@pytest.fixture
def modules(map_page: MapPage) -> Any:
    """Run an expression with one of the page's modules as `module`."""
    page = map_page.open("niveau=region&indicateur=niv_med").page

    def run(name: str, expression: str, argument: object = None) -> Any:
        return page.evaluate(
            f"""async (argument) => {{
              const entry = document.querySelector("script[src$='/carte/entry.js']").src;
              const module = await import(entry.replace("entry.js", "{name}.js"));
              return ({expression});
            }}""",
            argument,
        )

    return run


@pytest.mark.parametrize("decimals", [0, 1, 2])
def test_numbers_are_written_as_in_python(modules: Any, decimals: int) -> None:
    written = modules("formats", f"argument.map((value) => module.number(value, {decimals}))", NUMBERS)
    assert written == [formats.number(value, decimals) for value in NUMBERS]
    signed = modules("formats", f"argument.map((value) => module.signed(value, {decimals}))", NUMBERS)
    assert signed == [formats.signed(value, decimals) for value in NUMBERS]


@pytest.mark.parametrize("unit", ["%", "points", "oui/non", "indice", "pour 1 000 habitants", "% par an"])
def test_values_take_their_unit_as_in_python(modules: Any, unit: str) -> None:
    figures = {"unit": unit, "decimals": 1, "nature": "ratio"}
    expression = "argument[0].map((value) => module.withUnit(value, argument[1]))"
    written = modules("formats", expression, [NUMBERS, figures])
    assert written == [formats.with_unit(value, unit, 1) for value in NUMBERS]


def test_ordinals_and_plurals_are_written_as_in_python(modules: Any) -> None:
    ranks = [1, 2, 41, 34875]
    assert modules("formats", "argument.map((r) => module.ordinal(r, true))", ranks) == [
        formats.ordinal(each, feminine=True) for each in ranks
    ]
    assert modules("formats", "argument.map((n) => module.plural(n, 'commune'))", [0, 1, 2, 1234]) == [
        formats.plural(each, "commune") for each in (0, 1, 2, 1234)
    ]


@pytest.mark.parametrize("direction", list(Direction))
def test_ranks_are_those_of_python(modules: Any, direction: Direction) -> None:
    values = [3.0, 1.0, 1.0, None, 7.5, 3.0, -2.0, 0.0]
    array = np.array([np.nan if value is None else value for value in values])
    found = modules(
        "ranks",
        """argument.values.map((value) => value === null ? 0 : module.rankIn(
             module.sortedKeys({ values: Float64Array.from(argument.values, (v) => v ?? NaN),
                                 direction: argument.direction }, () => true),
             value, argument.direction))""",
        {"values": values, "direction": int(direction)},
    )
    assert found == rank(array, np.ones(len(values), dtype=bool), direction).tolist()


def test_addresses_are_written_as_in_python(modules: Any) -> None:
    selection = Selection(
        Level.EPCI, "niv_med", (Stratum.FROM_2000, Stratum.FROM_50000), ("11", "53"), "243500139"
    )
    written = modules(
        "address",
        "module.writeAddress(argument)",
        {
            "level": selection.level.value,
            "indicator": selection.indicator,
            "strata": [each.value for each in selection.strata],
            "regions": list(selection.regions),
            "territory": selection.territory,
        },
    )
    assert written == format_query(selection)
