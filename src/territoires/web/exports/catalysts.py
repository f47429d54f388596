"""The directory to take away: the organisations that may be shown, without any contact of any person.

Files for people (CSV for spreadsheets, XLSX) have words; files for programs have the words of the vocabulary, as the
API. What is invented says so in its `status` column, beside its name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from territoires.analysis.tables import Column, Fact, Kind, Table
from territoires.catalysts.catalyst import Catalyst
from territoires.catalysts.columns import TITLES
from territoires.catalysts.records import SEPARATOR
from territoires.model.catalysts import (
    CERTAINTY_LABELS,
    ECHELON_LABELS,
    KIND_LABELS,
    ORIGIN_LABELS,
    PROFILE_LABELS,
    TRADE_LABELS,
)
from territoires.model.fragilities import BY_ID
from territoires.model.sizes import LABELS

TITLE = "Annuaire des catalyseurs"

NOTES: tuple[Fact, ...] = (
    Fact(
        "status_note", "Statut",
        "« fictif (démonstration) » : organisation inventée pour essayer l’outil, à ne jamais citer. « nommé "
        "publiquement » : nommée par la source donnée dans la ligne. « annuaire du réseau » : liste importée.",
    ),
    Fact(
        "certainty_note", "Degré de certitude",
        "A et A2 : nommée par le réseau ou partie prenante de ses travaux. B : se dit catalyseur, ou un tiers le dit. "
        "C et D : réseau proche, qui n’est pas nommé catalyseur.",
    ),
    Fact(
        "contact_note", "Contact",
        "Ni adresse électronique ni téléphone : un message se transmet par le formulaire du site.",
    ),
)  # fmt: skip

#: How a text column is read: its name, its title, its cell as the vocabulary has it, its cell in words.
Reader = Callable[[Catalyst], Iterable[str]]


def _labelled(values: Iterable[str], labels: Mapping[Any, str]) -> list[str]:
    return [labels[value] for value in values]


#: The text columns before the coordinates, then after them: name → (vocabulary, words).
COLUMNS: tuple[tuple[str, str, Reader, Reader | None], ...] = (
    ("id", TITLES["id"], lambda each: [each.id], None),
    ("name", TITLES["name"], lambda each: [each.name], None),
    ("status", "Statut", lambda each: [each.status], lambda each: [ORIGIN_LABELS[each.status]]),
    ("kind", TITLES["kind"], lambda each: [each.kind], lambda each: [KIND_LABELS[each.kind]]),
    ("profile", TITLES["profile"], lambda each: [each.profile], lambda each: [PROFILE_LABELS[each.profile]]),
    ("town", TITLES["town"], lambda each: [each.town], None),
    ("commune", TITLES["commune"], lambda each: [each.commune or ""], None),
    ("departement", TITLES["departement"], lambda each: [each.departement or ""], None),
    ("region", TITLES["region"], lambda each: [each.region or ""], None),
    (
        "level", TITLES["level"],
        lambda each: [each.level or ""], lambda each: [ECHELON_LABELS[each.level]] if each.level else [],
    ),
    ("covers", TITLES["covers"], lambda each: [f"{level}:{code}" for level, code in each.covers], None),
    (
        "domains", TITLES["domains"],
        lambda each: each.domains, lambda each: [BY_ID[domain].label for domain in each.domains],
    ),
    ("trades", TITLES["trades"], lambda each: each.trades, lambda each: _labelled(each.trades, TRADE_LABELS)),
    ("strata", TITLES["strata"], lambda each: each.strata, lambda each: _labelled(each.strata, LABELS)),
    ("presentation", TITLES["presentation"], lambda each: [each.presentation], None),
    ("website", TITLES["website"], lambda each: [each.website], None),
    ("source", TITLES["source"], lambda each: [each.source], None),
    ("source_url", TITLES["source_url"], lambda each: [each.source_url], None),
    ("verified_on", TITLES["verified_on"], lambda each: [each.verified_on], None),
    (
        "certainty", TITLES["certainty"], lambda each: [each.certainty or ""],
        lambda each: [f"{each.certainty} : {CERTAINTY_LABELS[each.certainty]}"] if each.certainty else [],
    ),
    ("note", TITLES["note"], lambda each: [each.note], None),
)  # fmt: skip


def directory_table(
    catalysts: Sequence[Catalyst],
    *,
    words: bool,
    facts: tuple[Fact, ...] = (),
    more: tuple[Column, ...] = (),
) -> Table:
    """Return the organisations as a table, in the order given; `words` writes labels instead of the vocabulary.

    `facts` say what they were chosen by, `more` are columns that come after those of the directory.
    """
    columns = [
        Column(
            name,
            title,
            Kind.TEXT,
            [_cell(each, (spelled if words and spelled else read)) for each in catalysts],
        )
        for name, title, read, spelled in COLUMNS
    ]
    coordinates = [
        Column(
            name,
            TITLES[name],
            Kind.NUMBER,
            np.array([_number(value(each)) for each in catalysts], np.float64),
        )
        for name, value in (("lon", lambda each: each.lon), ("lat", lambda each: each.lat))
    ]
    flags = [
        Column(
            "near_network", TITLES["near_network"], Kind.FLAG, _flags(each.near_network for each in catalysts)
        ),
        Column(
            "reachable", "Contact par le formulaire", Kind.FLAG, _flags(each.reachable for each in catalysts)
        ),
    ]
    place = next(n for n, column in enumerate(columns) if column.name == "level")
    ordered = (*columns[:place], *coordinates, *columns[place:], *flags, *more)
    return Table(TITLE, None, len(catalysts), ordered, facts, NOTES)


def _cell(each: Catalyst, read: Reader) -> str | None:
    return SEPARATOR.join(str(value) for value in read(each) if value) or None


def _number(value: float | None) -> float:
    return float("nan") if value is None else value


def _flags(values: Iterable[bool]) -> np.ndarray:
    return np.fromiter(values, np.float64)


def directory_geojson(
    catalysts: Sequence[Catalyst], facts: tuple[Fact, ...] = (), more: tuple[Column, ...] = ()
) -> bytes:
    """Return a FeatureCollection (RFC 7946) of points; what could not be placed has no geometry."""
    table = directory_table(catalysts, words=False, facts=facts, more=more)
    names = [column.name for column in table.columns if column.name not in ("lon", "lat")]
    cells = zip(
        *(column.cells(0, table.rows) for column in table.columns if column.name in names), strict=True
    )
    features = [
        json.dumps(
            {
                "type": "Feature",
                "id": each.id,
                "geometry": {"type": "Point", "coordinates": [each.lon, each.lat]} if each.placed else None,
                "properties": dict(zip(names, row, strict=True)),
            },
            ensure_ascii=False,
        )
        for each, row in zip(catalysts, cells, strict=True)
    ]
    members = {
        "type": "FeatureCollection",
        "title": TITLE,
        **{fact.name: fact.text for fact in (*facts, *NOTES)},
    }
    head = json.dumps(members, ensure_ascii=False)[:-1]
    return (head + ',"features":[\n' + ",\n".join(features) + "\n]}\n").encode()
