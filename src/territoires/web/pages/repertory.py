"""The list of sheets: choose a territory, the sizes of communes that its sheet looks at, its sections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

import numpy as np
from flask import Blueprint, Response, redirect, render_template, request
from markupsafe import Markup

from territoires.analysis.search import LONGEST, Place, normalise
from territoires.analysis.selected import strata_mask
from territoires.model.levels import WORDS, Level
from territoires.model.selection import quoted
from territoires.model.sizes import LABELS, STRATA, Stratum
from territoires.sheets.sections import SECTION_LABELS, SECTIONS
from territoires.store.store import Store
from territoires.web.addresses import sheet_address
from territoires.web.components.demonstration import keep
from territoires.web.held import current_store, held
from territoires.web.pages.home_map import WIDTH, place
from territoires.web.shell import ignored_parameters, page

blueprint = Blueprint("repertory", __name__)

MAINLAND = "hexagone"

#: Most territories listed for a name.
MOST_FOUND = 12

#: Parameters of an address: name and value.
Parameters = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class RegionEntry:
    """A region of the list: its inhabitants, and how many communes its sheet looks at."""

    code: str
    name: str
    population: int
    communes: int
    overseas: bool


def region_entries(store: Store, strata: tuple[Stratum, ...] = ()) -> list[RegionEntry]:
    """Return the regions, mainland by name then overseas by code, with their communes of some sizes."""
    regions, communes = store.territories(Level.REGION), store.territories(Level.COMMUNE)
    keep = strata_mask(communes.stratum, strata)
    sizes = np.bincount(communes.parents[Level.REGION][keep], minlength=len(regions))
    entries = [
        RegionEntry(code, name, int(people), int(size), zone != MAINLAND)
        for code, name, people, size, zone in zip(
            regions.codes, regions.names, regions.population, sizes, regions.zone, strict=True
        )
    ]
    return sorted(entries, key=lambda e: (e.overseas, e.code if e.overseas else "", normalise(e.name)))


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A territory found by its name, and where its sheet is."""

    name: str
    where: str
    population: int
    address: str
    pdf: str


def sheet_entries(store: Store, query: str, words: Parameters) -> list[SheetEntry]:
    """Return the sheets of the territories that a query names, the best first."""
    return [_entry(store, place, words) for place in held().places.find(query, MOST_FOUND)] if query else []


def _entry(store: Store, place: Place, words: Parameters) -> SheetEntry:
    parents = [
        store.territories(level).get(code).name
        for level, code in ((Level.DEPARTEMENT, place.departement), (Level.REGION, place.region))
        if code is not None and level is not place.level
    ]
    where = ", ".join([WORDS[place.level].singular, *dict.fromkeys(parents)])
    own = words if place.level is not Level.COMMUNE else [each for each in words if each[0] != "taille"]
    return SheetEntry(
        place.name,
        where,
        place.population,
        chosen_address(place.level, place.code, own),
        chosen_address(place.level, place.code, own, ".pdf"),
    )


def chosen_address(level: Level, code: str, words: Parameters, ending: str = "") -> str:
    """Return the address of a sheet with the choices of the form."""
    made = sheet_address(level, code, ending=ending)
    return keep(f"{made}?{urlencode(words)}" if words else made)


def _chosen(name: str, known: Iterable[str], what: str) -> tuple[list[str], list[str]]:
    """Return the known words given for a parameter, in their order, and one notice per unknown word."""
    given = [word for word in request.args.getlist(name) if word]
    every = list(known)
    kept = [word for word in every if word in given]
    notices = [
        f"La {what} {quoted(word)} est inconnue : elle est ignorée."
        for word in dict.fromkeys(given)
        if word not in every
    ]
    return ([] if len(kept) == len(every) else kept), notices


@blueprint.get("/reperes")
def show() -> str | Response:
    """Answer the list; with a region, go to its sheet."""
    store = current_store()
    notices = list(ignored_parameters("taille", "region", "sections", "q"))
    sizes, unknown_sizes = _chosen("taille", STRATA, "taille")
    sections, unknown_sections = _chosen("sections", SECTIONS, "section")
    notices += unknown_sizes + unknown_sections
    words: Parameters = [("taille", size) for size in sizes] + [("sections", each) for each in sections]
    region = request.args.get("region", "")
    if region and store.knows_territory(Level.REGION, region):
        return redirect(chosen_address(Level.REGION, region, words))  # type: ignore[return-value] # Flask says "its base class"
    if region:
        notices.append(f"La région {quoted(region)} est inconnue : choisissez-en une dans la liste.")
    strata = tuple(stratum for stratum in STRATA if stratum in sizes)
    entries = region_entries(store, strata)
    query = " ".join(request.args.get("q", "").split())[:LONGEST]
    placed, height = place(store)
    regions = store.territories(Level.REGION)
    content = render_template(
        "repertory.html",
        query=query,
        found=sheet_entries(store, query, words),
        groups=[
            ("Hexagone et Corse", [entry for entry in entries if not entry.overseas]),
            ("Outre-mer", [entry for entry in entries if entry.overseas]),
        ],
        choices=[(stratum.value, LABELS[stratum], stratum in strata) for stratum in STRATA],
        sections=[(each.value, SECTION_LABELS[each], each in sections) for each in SECTIONS],
        sections_chosen=bool(sections),
        labels=[LABELS[stratum] for stratum in strata],
        address=lambda code, ending="": chosen_address(Level.REGION, code, words, ending),
        placed=placed,
        width=WIDTH,
        height=height,
        names=regions.names,
        codes=regions.codes,
        without={entry.code for entry in entries if not entry.communes},
    )
    return page(
        "Fiches Repères",
        Markup(content),  # noqa: S704 - made by a template that escapes
        current="/reperes",
        description="Une fiche par territoire, pour toutes ses communes ou celles d’une taille choisie.",
        styles=("repertory.css",),
        notices=tuple(notices),
    )
