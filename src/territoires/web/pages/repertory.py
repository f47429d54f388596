"""The list of sheets: choose a region, and the sizes of communes that its sheet looks at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from flask import Blueprint, Response, redirect, render_template, request
from markupsafe import Markup

from territoires.analysis.search import normalise
from territoires.analysis.selected import strata_mask
from territoires.model.levels import Level
from territoires.model.selection import quoted
from territoires.model.sizes import LABELS, STRATA, Stratum
from territoires.store.store import Store
from territoires.web.addresses import sheet_address
from territoires.web.held import current_store
from territoires.web.shell import ignored_parameters, page

blueprint = Blueprint("repertory", __name__)

MAINLAND = "hexagone"


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


@blueprint.get("/reperes")
def show() -> str | Response:
    """Answer the list; with a region, go to its sheet."""
    store = current_store()
    notices = list(ignored_parameters("taille", "region"))
    words = [word for word in request.args.getlist("taille") if word]
    notices += [
        f"La taille {quoted(word)} est inconnue : elle est ignorée."
        for word in dict.fromkeys(words)
        if word not in set(STRATA)
    ]
    strata = tuple(stratum for stratum in STRATA if stratum in words)
    strata = () if len(strata) == len(STRATA) else strata
    region = request.args.get("region", "")
    if region and store.knows_territory(Level.REGION, region):
        return redirect(sheet_address(Level.REGION, region, strata))  # type: ignore[return-value]
    if region:
        notices.append(f"La région {quoted(region)} est inconnue : choisissez-en une dans la liste.")
    entries = region_entries(store, strata)
    content = render_template(
        "repertory.html",
        groups=[
            ("Hexagone et Corse", [entry for entry in entries if not entry.overseas]),
            ("Outre-mer", [entry for entry in entries if entry.overseas]),
        ],
        strata=strata,
        choices=[(stratum.value, LABELS[stratum], stratum in strata) for stratum in STRATA],
        labels=[LABELS[stratum] for stratum in strata],
        address=lambda code, ending="": sheet_address(Level.REGION, code, strata, ending),
    )
    return page(
        "Fiches Repères",
        Markup(content),  # noqa: S704 - made by a template that escapes
        current="/reperes",
        description="Une fiche par région, pour toutes ses communes ou celles d’une taille choisie.",
        notices=tuple(notices),
    )
