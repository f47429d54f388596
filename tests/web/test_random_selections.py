"""A thousand addresses drawn at random: none breaks the server, and what is wrong in one is named."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, quote_plus, urlencode

import pytest

from territoires.model.classes import Method
from territoires.model.levels import MAPPED, Level
from territoires.model.selection import (
    CLASS_COUNTS,
    MOST_PINS,
    Comparison,
    Reference,
    Selection,
    format_query,
)
from territoires.model.sizes import STRATA
from territoires.store.store import TableStore

SEED = 20261122
COUNT = 500

#: How many of the five hundred each address answers; pictures take a tenth of a second.
PICTURES = 16

ADDRESSES = ("/carte", "/integrer/carte", "values", "download", "picture")


def random_selection(draw: random.Random, store: TableStore) -> Selection:
    """A valid selection, every field of it drawn."""
    level = draw.choice(MAPPED)
    codes = store.territories(level).codes
    method = draw.choice(list(Method))
    second = draw.choice(store.indicators).id if draw.random() < 0.3 else None
    strata = set(draw.sample(STRATA, draw.choice((0, 0, 1, 2, 3))))
    bounds = tuple(sorted(draw.sample(range(1, 100), draw.randint(2, 6)))) if method is Method.MANUAL else ()
    reference = draw.choice([None, *Reference, draw.choice(codes)])
    return Selection(
        level,
        draw.choice(store.indicators).id,
        tuple(stratum for stratum in STRATA if stratum in strata),
        tuple(sorted(draw.sample(store.territories(Level.REGION).codes, draw.choice((0, 0, 1, 1, 2, 5))))),
        draw.choice([None, draw.choice(codes)]),
        method,
        draw.choice(list(CLASS_COUNTS)),
        tuple(float(bound) for bound in bounds),
        None if reference is None else str(reference),
        tuple(dict.fromkeys(draw.choice(codes) for _ in range(draw.randint(0, MOST_PINS)))),
        second,
        draw.choice(list(Comparison)) if second else Comparison.MAPS,
        draw.random() < 0.1,
        draw.random() < 0.1,
        draw.choice([None, (5.25, 46.5, 2.25)]),
    )


def wrong_values(draw: random.Random) -> Iterator[tuple[str, str]]:
    """Pairs, percent-encoded, that no selection may hold, and the start of what a notice quotes of them."""
    names = ("niveau", "indicateur", "taille", "region", "territoire", "methode", "classes", "reference",
             "epingle", "second", "fond", "catalyseurs", "vue")  # fmt: skip
    texts: tuple[Callable[[], str], ...] = (
        lambda: "inconnu" + str(draw.randrange(10**6)),
        lambda: "-" + str(draw.randrange(10**12)),
        lambda: "x" * 10_000,
        lambda: "\x00" + str(draw.random()),
        lambda: "<script>alert(1)</script>",
        lambda: "é" * draw.randint(1, 60),
        lambda: "1e999",
        lambda: "../" * 20,
    )
    while True:
        name = draw.choice(names)
        if draw.random() < 0.15:
            # Bytes that are not UTF-8.
            yield name, "%ff%fe%c3" + "%ed%a0%80" * draw.randint(0, 3)
        elif draw.random() < 0.15:
            # A name that is nobody's.
            yield quote_plus(draw.choice(("sauce", "<b>", "niveau ", "a" * 3000, "\x00"))), "oui"
        else:
            yield name, quote(draw.choice(texts)(), safe="")


def addresses(selection: Selection, query: str, kind: str) -> str:
    """The address of a kind that shows a selection; data addresses take their own parameters only."""
    path = f"{selection.level}/{selection.indicator}"
    sizes = [("taille", stratum.value) for stratum in selection.strata]
    if kind == "values":
        cut = [("methode", selection.method.value), ("classes", str(selection.classes))]
        if selection.bounds:
            cut.append(("bornes", "_".join(f"{bound:g}" for bound in selection.bounds)))
        return f"/api/v1/values/{path}?{urlencode([*sizes, *cut])}"
    if kind == "download":
        rows = [*sizes, *(("region", code) for code in selection.regions)]
        rows += [("second", selection.second)] if selection.second else []
        return f"/telecharger/{path}.csv?{urlencode(rows)}"
    if kind == "picture":
        return f"/carte/image.svg?{query}"
    return f"{kind}?{query}"


def kinds(draw: random.Random) -> list[str]:
    """The kind of each of the addresses: few pictures and files of whole levels, which are heavy."""
    light = [
        draw.choice(("/carte", "/integrer/carte", "values", "values")) for _ in range(COUNT - 3 * PICTURES)
    ]
    return [*light, *["download"] * (2 * PICTURES), *["picture"] * PICTURES]


def test_five_hundred_valid_selections_are_answered(shipped_client: Any, shipped_store: TableStore) -> None:
    draw = random.Random(SEED)  # noqa: S311 - reproducible, not secret
    failed: dict[str, int] = {}
    for kind in kinds(draw):
        selection = random_selection(draw, shipped_store)
        query = format_query(selection)
        address = addresses(selection, query, kind)
        answer = shipped_client.get(address)
        if answer.status_code != 200 or b"est ignor\xc3\xa9" in answer.data:
            failed[address] = answer.status_code
    assert failed == {}


def test_five_hundred_invalid_selections_are_refused_or_named(
    shipped_client: Any, shipped_store: TableStore
) -> None:
    draw = random.Random(SEED + 1)  # noqa: S311 - reproducible, not secret
    wrong = wrong_values(draw)
    failed: list[tuple[int, str]] = []
    for kind in kinds(draw):
        selection = random_selection(draw, shipped_store)
        name, value = next(wrong)
        address = addresses(selection, format_query(selection), kind) + f"&{name}={value}"
        answer = shipped_client.get(address)
        text = answer.get_data(as_text=True)
        if kind in ("/carte", "/integrer/carte"):
            notices = re.findall(r'class="notice"[^>]*>(.*?)</p>', text, re.DOTALL)
            right = answer.status_code == 200 and any("ignoré" in notice for notice in notices)
            right = right and "<script>alert" not in text and all(len(notice) < 400 for notice in notices)
        elif kind == "download":
            right = answer.status_code == 400 and 'class="notice"' in text and "<script>alert" not in text
        else:
            right = answer.status_code == 400 and answer.mimetype == "application/problem+json"
            right = right and len(answer.json["detail"]) < 1000
        if not right:
            failed.append((answer.status_code, address[:300]))
    assert failed == []


@pytest.mark.parametrize("path", ["/carte", "/integrer/carte"])
def test_a_page_names_each_thing_that_it_ignores(shipped_client: Any, path: str) -> None:
    query = "niveau=planete&niveau=epci&niveau=region&indicateur=%00&taille=immense&region=zz&sauce=<b>&classes=99"
    answer = shipped_client.get(f"{path}?{query}")
    assert answer.status_code == 200
    text = answer.get_data(as_text=True)
    for word in ("planete", "une seule valeur", "immense", "zz", "sauce", "99"):
        assert word in text, word
    assert "<b>" not in text
