"""Compose a sheet from the store: one territory, the communes of some sizes, the 16 domains."""

from __future__ import annotations

import numpy as np

from territoires.analysis.selected import strata_mask
from territoires.errors import UnknownError
from territoires.model.formats import NARROW, number, plural
from territoires.model.fragilities import DOMAINS
from territoires.model.levels import WORDS, Level
from territoires.model.sizes import LABELS, STRATA, Stratum
from territoires.sheets.figures import Reader
from territoires.sheets.highlights import by_distance, highlights_rule, most_distant
from territoires.sheets.mapping import map_section, mapped_line
from territoires.sheets.sheet import DomainSection, KeyFigure, Sheet, StratumRow
from territoires.sheets.wording import contraction, of_size, scope_of, short_size, tied
from territoires.store.store import Store
from territoires.store.territories import Territory

#: The levels that have a sheet.
SHEET_LEVELS: tuple[Level, ...] = (Level.DEPARTEMENT, Level.REGION)

#: Indicators of each domain on the sheet itself; the annex holds them all.
PER_DOMAIN = 3


def compose(
    store: Store,
    level: Level,
    code: str,
    strata: tuple[Stratum, ...] = (),
    *,
    annex: bool = False,
    address: str = "",
) -> Sheet:
    """Compose the sheet of the territory `code` for its communes of some sizes (all when empty).

    With `annex`, every indicator of the catalogue; otherwise the first `PER_DOMAIN` of each domain. Values
    of a size are Σ numerator / Σ denominator over the communes of that size; where there is nothing to sum,
    the status says so. `UnknownError` for a level without sheets or an unknown code.
    """
    if level not in SHEET_LEVELS:
        raise UnknownError(f"Il n’y a pas de fiche Repères à l’échelon {WORDS[level].singular}.")
    territory = store.territories(level).get(code)
    strata = tuple(stratum for stratum in STRATA if stratum in strata)
    if len(strata) == len(STRATA):
        strata = ()
    name = tied(territory.name)
    reader = Reader(store, level, territory.index, strata)
    sizes = _sizes(store, territory, strata)
    empty = "" if reader.members.size else _emptiness(name, strata, sizes)
    domains = () if empty else _domains(store, reader, annex=annex)
    shown = [line for section in domains for line in section.lines[:PER_DOMAIN]]
    mapped = mapped_line(store, by_distance(shown), reader, strata)
    frame = store.frame(f"{level}:{code}")
    return Sheet(
        level=level,
        code=code,
        name=name,
        scope=scope_of(strata),
        strata=strata,
        release=store.manifest.release,
        version=store.manifest.version[:12],
        address=address,
        lead=empty or _lead(territory, strata, sizes),
        key_figures=_key_figures(store, territory, () if empty else strata, sizes),
        sizes=sizes,
        sizes_source=f"Insee, populations légales {territory.population_year}",
        empty=empty,
        map=map_section(store, frame, mapped, reader, name, strata),
        most_fragile=most_distant(shown, fragile=True),
        least_fragile=most_distant(shown, fragile=False),
        highlights_rule=highlights_rule(level, len(shown)),
        domains=domains,
        catalogued=len(store.indicators),
        annex=annex,
    )


def _domains(store: Store, reader: Reader, *, annex: bool) -> tuple[DomainSection, ...]:
    """Return the domains in their order, each with its first indicators or, in the annex, all of them."""
    sections: list[DomainSection] = []
    for domain in DOMAINS:
        own = [indicator for indicator in store.indicators if indicator.domain == domain.id]
        kept = own if annex else own[:PER_DOMAIN]
        sections.append(DomainSection(domain, tuple(reader.line(each) for each in kept), len(own)))
    return tuple(sections)


def _sizes(store: Store, territory: Territory, strata: tuple[Stratum, ...]) -> tuple[StratumRow, ...]:
    """Return one row per size and a total: communes, inhabitants, and shares of inhabitants in %."""
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


def _percent(share: float) -> str:
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


def _lead(territory: Territory, strata: tuple[Stratum, ...], sizes: tuple[StratumRow, ...]) -> str:
    """Say in one sentence what the sizes of its communes make of the territory."""
    if strata:
        communes, _, share, france = _chosen(sizes)
        verb = "compte" if communes < 2 else "comptent"
        labels = " ou ".join(tied(LABELS[stratum]) for stratum in strata)
        return (
            f"{plural(communes, 'commune')} sur {number(sizes[-1].communes)} {verb} {labels}. "
            f"{_percent(share)} de la population {contraction(territory.level)} y vit, "
            f"contre {_percent(france)} en France."
        )
    row = max(sizes[:-1], key=lambda each: each.share - each.france)
    size = of_size((row.stratum,)) if row.stratum else ""
    return (
        f"{_percent(row.share)} des habitants vivent dans une commune {size}, "
        f"contre {_percent(row.france)} en France."
    )


def _key_figures(
    store: Store, territory: Territory, strata: tuple[Stratum, ...], sizes: tuple[StratumRow, ...]
) -> tuple[KeyFigure, ...]:
    """Return the figures of the header: the territory's, or those of the chosen sizes within it."""
    total = sizes[-1]
    if strata:
        communes, inhabitants, share, _ = _chosen(sizes)
        return (
            KeyFigure(number(inhabitants), f"habitants en {territory.population_year}"),
            KeyFigure(number(communes), f"communes sur {number(total.communes)}"),
            KeyFigure(_percent(share), f"de la population {contraction(territory.level)}"),
        )
    figures = [
        KeyFigure(number(total.inhabitants), f"habitants en {territory.population_year}"),
        KeyFigure(number(total.communes), "communes" if total.communes > 1 else "commune"),
    ]
    for inner in (Level.EPCI, Level.DEPARTEMENT):
        count = int(np.count_nonzero(store.territories(inner).parents[territory.level] == territory.index))
        if count and territory.level is not inner:
            words = WORDS[inner]
            figures.append(KeyFigure(number(count), words.plural if count > 1 else words.singular))
    density = total.inhabitants / territory.area_km2
    figures.append(KeyFigure(number(density, 0 if density >= 10 else 1), "habitants au km²"))
    return tuple(figures)


def _emptiness(name: str, strata: tuple[Stratum, ...], sizes: tuple[StratumRow, ...]) -> str:
    """Say that there is no commune of these sizes, and what remains."""
    rest = [
        f"{plural(row.communes, 'commune')} {of_size((row.stratum,))}"
        for row in sizes
        if row.stratum and row.communes
    ]
    listed = " et ".join(filter(None, (", ".join(rest[:-1]), *rest[-1:])))
    return f"{name} : aucune commune {of_size(strata)}. Il y a {listed}.".replace(" :", "\u00a0:")
