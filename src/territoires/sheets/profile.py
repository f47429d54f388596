"""Who a territory is: its place, its parts, its population and how that changed."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from territoires.model.formats import NARROW, NO_BREAK, plural, signed
from territoires.model.levels import Level
from territoires.model.sizes import LABELS, STRATA
from territoires.sheets.figures import Reader
from territoires.sheets.locator import locate
from territoires.sheets.readings import KeyFigure
from territoires.sheets.sections import PopulationYear, Profile
from territoires.sheets.wording import tied
from territoires.store.remembering import remembered
from territoires.store.store import Store
from territoires.store.territories import Territory

#: A variable of the catalogue's formulas that is the municipal population of a year.
POPULATION = re.compile(r"insee_population\.pop(\d{4})")


def profile(store: Store, territory: Territory, reader: Reader) -> Profile:
    """Return the profile of a territory, for the communes of the sheet."""
    locator, neighbours = locate(store, territory.level, territory.index)
    years, known = populations(store, territory, reader)
    facts = [*_parents(store, territory), *_seat(store, territory)]
    if territory.level is Level.COMMUNE:
        facts.append(KeyFigure(tied(LABELS[STRATA[territory.stratum]]), "taille de la commune"))
    if neighbours:
        facts.append(KeyFigure(", ".join(neighbours), _touching(territory.level, len(neighbours))))
    source = f"Insee, populations légales {territory.population_year}"
    if len(years) > 1:
        source += f" et {', '.join(str(each.year) for each in years[:-1])}"
    return Profile(tuple(facts), years, _change(years, known), locator, source)


def populations(
    store: Store, territory: Territory, reader: Reader
) -> tuple[tuple[PopulationYear, ...], bool]:
    """Return the population by year of the communes of the sheet, and whether every commune is known each year.

    The years are those that the formulas of the catalogue are made of, then the legal population in force.
    """
    people = store.territories(Level.COMMUNE).population
    last = PopulationYear(territory.population_year, int(people[reader.members].sum()))
    found: list[PopulationYear] = []
    complete = True
    for year, counts in sorted(_by_year(store).items()):
        own = counts[reader.members]
        if not np.isfinite(own).any() or year >= last.year:
            continue
        if not np.isfinite(own).all():
            complete = False
            continue
        found.append(PopulationYear(year, int(own.sum())))
    return (*found, last), complete and bool(found)


@remembered(2)
def _by_year(store: Store) -> dict[int, NDArray[np.float64]]:
    """Return the municipal population of each commune, by year, out of the counts of the catalogue."""
    found: dict[int, NDArray[np.float64]] = {}
    for indicator in store.indicators:
        names = indicator.counted
        years = [POPULATION.fullmatch(name) for name in names]
        wanted = [int(match[1]) for match in years if match]
        if not wanted or all(year in found for year in wanted) or indicator.counts_level != Level.COMMUNE:
            continue
        counted = store.counts(indicator.id)
        if counted is not None:
            for match, column in zip(years, counted[1], strict=False):
                if match:
                    found.setdefault(int(match[1]), column)
    return found


def _change(years: tuple[PopulationYear, ...], complete: bool) -> str:
    """Say how the population changed, or why that is not known."""
    first, last = years[0], years[-1]
    if len(years) < 2 or first.inhabitants == 0:
        why = "toutes les communes n’y sont pas connues" if not complete else "aucune année antérieure"
        return f"Évolution non calculée{NO_BREAK}: {why}."
    total = last.inhabitants - first.inhabitants
    span = last.year - first.year
    rate = 100 * ((last.inhabitants / first.inhabitants) ** (1 / span) - 1)
    sign = "+" if total > 0 else ""
    return f"{sign}{plural(total, 'habitant')} de {first.year} à {last.year}, soit {signed(rate, 2)}{NARROW}% par an."


def _parents(store: Store, territory: Territory) -> list[KeyFigure]:
    """Return the intercommunalité, the département and the region of a territory."""
    codes = (
        (Level.EPCI, territory.epci, "intercommunalité"),
        (Level.DEPARTEMENT, territory.departement, "département"),
        (Level.REGION, territory.region, "région"),
    )
    return [
        KeyFigure(tied(store.territories(level).get(code).name), label)
        for level, code, label in codes
        if code and level is not territory.level
    ]


def _seat(store: Store, territory: Territory) -> list[KeyFigure]:
    """Return the seat of a territory."""
    communes = store.territories(Level.COMMUNE)
    if not territory.seat or territory.seat not in communes:
        return []
    label = {Level.REGION: "chef-lieu", Level.DEPARTEMENT: "préfecture"}.get(territory.level, "siège")
    return [KeyFigure(tied(communes.get(territory.seat).name), label)]


def _touching(level: Level, count: int) -> str:
    words = {
        Level.REGION: ("région voisine", "régions voisines"),
        Level.DEPARTEMENT: ("département voisin dans la région", "départements voisins dans la région"),
        Level.EPCI: ("intercommunalité voisine", "intercommunalités voisines"),
        Level.COMMUNE: ("commune voisine", "communes voisines"),
    }
    return words[level][count > 1]
