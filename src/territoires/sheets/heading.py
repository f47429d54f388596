"""The head of a sheet: its sentence, its key figures, its communes by size."""

from __future__ import annotations

import numpy as np

from territoires.analysis.selected import strata_mask
from territoires.model.formats import NARROW, NO_BREAK, number, plural
from territoires.model.levels import WORDS, Level
from territoires.model.sizes import LABELS, STRATA, Stratum
from territoires.sheets.readings import KeyFigure
from territoires.sheets.sections import Overview
from territoires.sheets.sheet import StratumRow
from territoires.sheets.wording import contraction, of_size, short_size, tied
from territoires.store.store import Store
from territoires.store.territories import Territory


def size_rows(store: Store, territory: Territory, strata: tuple[Stratum, ...]) -> tuple[StratumRow, ...]:
    """Return one row per size and a total: communes, inhabitants, and shares of inhabitants in %.

    Empty for a commune, which has one size.
    """
    if territory.level is Level.COMMUNE:
        return ()
    communes = store.territories(Level.COMMUNE)
    inside = communes.parents[territory.level] == territory.index
    people = communes.population.astype(np.int64)
    total, country = int(people[inside].sum()), int(people.sum())
    rows: list[StratumRow] = []
    for stratum in (*STRATA, None):
        sized = strata_mask(communes.stratum, (stratum,) if stratum else ())
        here = inside & sized
        inhabitants = int(people[here].sum())
        rows.append(
            StratumRow(
                stratum=stratum,
                label=short_size(stratum) if stratum else "ensemble",
                communes=int(np.count_nonzero(here)),
                inhabitants=inhabitants,
                share=100.0 * inhabitants / total if total else 0.0,
                france=100.0 * int(people[sized].sum()) / country,
                chosen=stratum in strata,
            )
        )
    return tuple(rows)


def percent(share: float) -> str:
    """Write a share in %: one decimal under 10, none above."""
    return f"{number(share, 1 if 0 < share < 10 else 0)}{NARROW}%"


def _chosen(sizes: tuple[StratumRow, ...]) -> tuple[int, int, float, float]:
    """Return communes, inhabitants, share and share in France (%) of the chosen sizes together."""
    rows = [row for row in sizes if row.chosen]
    return (
        sum(row.communes for row in rows),
        sum(row.inhabitants for row in rows),
        sum(row.share for row in rows),
        sum(row.france for row in rows),
    )


def lead(
    store: Store, territory: Territory, strata: tuple[Stratum, ...], sizes: tuple[StratumRow, ...]
) -> str:
    """Say in one sentence what the sizes of its communes make of the territory, or what size a commune has."""
    if territory.level is Level.COMMUNE:
        return _commune_lead(store, territory)
    if strata:
        communes, _, share, france = _chosen(sizes)
        verb = "compte" if communes < 2 else "comptent"
        labels = " ou ".join(tied(LABELS[stratum]) for stratum in strata)
        return (
            f"{plural(communes, 'commune')} sur {number(sizes[-1].communes)} {verb} {labels}. "
            f"{percent(share)} de la population {contraction(territory.level)} y vit, "
            f"contre {percent(france)} en France."
        )
    row = max(sizes[:-1], key=lambda each: each.share - each.france)
    size = of_size((row.stratum,)) if row.stratum else ""
    return (
        f"{percent(row.share)} des habitants vivent dans une commune {size}, "
        f"contre {percent(row.france)} en France."
    )


def _commune_lead(store: Store, territory: Territory) -> str:
    """Say how many communes have the size of this one, and how many inhabitants live in them."""
    communes = store.territories(Level.COMMUNE)
    same = communes.stratum == territory.stratum
    size = of_size((STRATA[territory.stratum],))
    near = int(np.count_nonzero(same & (np.array(communes.parent_codes[Level.REGION]) == territory.region)))
    share = 100.0 * int(communes.population[same].sum()) / int(communes.population.sum())
    region = tied(store.territories(Level.REGION).get(territory.region or "").name)
    verb = "sont comparables" if near > 1 else "est comparable"
    return (
        f"{plural(near, 'commune')} {size} {verb} dans la région ({region}){NARROW}; "
        f"{percent(share)} des habitants de France vivent dans une commune de cette taille."
    )


def key_figures(
    store: Store,
    territory: Territory,
    strata: tuple[Stratum, ...],
    sizes: tuple[StratumRow, ...],
    glance: Overview | None,
) -> tuple[KeyFigure, ...]:
    """Return the figures of the header: the territory's, or those of the chosen sizes within it."""
    alerts = _alerts(glance)
    if strata:
        communes, inhabitants, share, _ = _chosen(sizes)
        return (
            KeyFigure(number(inhabitants), f"habitants en {territory.population_year}"),
            KeyFigure(number(communes), f"communes sur {number(sizes[-1].communes)}"),
            KeyFigure(percent(share), f"de la population {contraction(territory.level)}"),
            *alerts,
        )
    figures = [KeyFigure(number(territory.population), f"habitants en {territory.population_year}")]
    if sizes:
        total = sizes[-1]
        figures.append(KeyFigure(number(total.communes), "communes" if total.communes > 1 else "commune"))
    for inner in (Level.EPCI, Level.DEPARTEMENT):
        if territory.level in (Level.COMMUNE, inner) or (territory.level, inner) == (
            Level.EPCI,
            Level.DEPARTEMENT,
        ):
            continue
        count = int(np.count_nonzero(store.territories(inner).parents[territory.level] == territory.index))
        if count:
            words = WORDS[inner]
            figures.append(KeyFigure(number(count), words.plural if count > 1 else words.singular))
    density = territory.population / territory.area_km2
    figures.append(KeyFigure(number(density, 0 if density >= 10 else 1), "habitants au km²"))
    return (*figures, *alerts)


def _alerts(glance: Overview | None) -> tuple[KeyFigure, ...]:
    if glance is None or glance.known == 0:
        return ()
    words = f"{'indicateurs' if glance.known > 1 else 'indicateur'} en alerte"
    return (KeyFigure(f"{number(glance.alerts)}{NO_BREAK}sur{NO_BREAK}{number(glance.known)}", words),)


def emptiness(name: str, strata: tuple[Stratum, ...], sizes: tuple[StratumRow, ...]) -> str:
    """Say that there is no commune of these sizes, and what remains."""
    rest = [
        f"{plural(row.communes, 'commune')} {of_size((row.stratum,))}"
        for row in sizes
        if row.stratum and row.communes
    ]
    listed = " et ".join(filter(None, (", ".join(rest[:-1]), *rest[-1:])))
    return f"{name} : aucune commune {of_size(strata)}. Il y a {listed}.".replace(" :", "\u00a0:")


def parents_of(store: Store, territory: Territory) -> str:
    """Return the territories above, the nearest first: "CC Orbe et Causse · Lot · Occitanie"."""
    codes = (
        (Level.EPCI, territory.epci),
        (Level.DEPARTEMENT, territory.departement),
        (Level.REGION, territory.region),
    )
    return " · ".join(
        tied(store.territories(level).get(code).name)
        for level, code in codes
        if code and level is not territory.level
    )
