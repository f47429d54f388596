"""The browser writes numbers, ranks and addresses exactly as Python does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

import numpy as np
import pytest

from territoires.analysis.ranks import rank
from territoires.model import formats
from territoires.model.classes import Method
from territoires.model.indicators import Direction
from territoires.model.levels import Level
from territoires.model.selection import Comparison, Selection, format_query, parse
from territoires.model.sizes import Stratum
from territoires.store.store import TableStore
from tests.browser.map_page import MapPage

pytestmark = pytest.mark.browser

NUMBERS = [0.0, -0.04, 0.05, 1.5, 2.5, -1234.56, 999.95, 1e6, 123456789.123, 0.125, 35.675]


@pytest.fixture(scope="module")
def modules(browser: Any, live_server: str) -> Iterator[Any]:
    """Run an expression with one of the page's modules as `module`; one page serves all tests."""
    context = browser.new_context()
    page = MapPage(context.new_page(), live_server).open("niveau=region&indicateur=niv_med").page

    def run(name: str, expression: str, argument: object = None) -> Any:
        return page.evaluate(
            f"""async (argument) => {{
              const entry = document.querySelector("script[src$='/carte/entry.js']").src;
              const module = await import(entry.replace("entry.js", "{name}.js"));
              return ({expression});
            }}""",
            argument,
        )

    yield run
    context.close()


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


SELECTIONS = [
    Selection(Level.EPCI, "niv_med", (Stratum.FROM_2000, Stratum.FROM_50000), ("11", "53"), "243500139"),
    Selection(
        Level.COMMUNE,
        "niv_med",
        territory="31555",
        method=Method.MANUAL,
        classes=7,
        bounds=(-3.5, 0.0, 1e-6, 123456789.25),
        reference="taille",
        pins=("31555", "2A004"),
        second="niv_d9",
        comparison=Comparison.PLOT,
        background=True,
        catalysts=True,
        camera=(5.25, -21.1151, 55.5),
    ),
    Selection(
        Level.REGION, "niv_med", method=Method.NESTED_MEANS, classes=3, reference="76", camera=(10, 0, -61)
    ),
]


@pytest.mark.parametrize("selection", SELECTIONS)
def test_addresses_are_read_and_written_as_in_python(modules: Any, selection: Selection) -> None:
    written = modules(
        "address",
        """module.writeAddress(module.readAddress(
             argument, JSON.parse(document.getElementById("carte-depart").textContent)))""",
        format_query(selection),
    )
    assert written == format_query(selection)


@pytest.mark.parametrize(
    "query",
    [
        "methode=manuel&bornes=5_3",
        "methode=manuel&bornes=x&bornes=1_2_3",
        "methode=zzz&classes=9&classes=4",
        "bornes=1_2&vue=5/91/2&fond=osm&fond=ign",
        "comparaison=nuage&epingle=11&epingle=53&epingle=11&epingle=76&epingle=84&epingle=93",
        "second=niv_med&comparaison=cartes&catalyseurs=0&reference=france&reference=region",
    ],
)
def test_what_python_ignores_in_an_address_the_browser_ignores_too(
    modules: Any, shipped_store: TableStore, query: str
) -> None:
    read = parse(parse_qs(f"niveau=region&{query}"), shipped_store).selection
    written = modules(
        "address",
        """module.writeAddress(module.readAddress(
             argument, JSON.parse(document.getElementById("carte-depart").textContent)))""",
        f"niveau=region&{query}",
    )
    assert written == format_query(read)
