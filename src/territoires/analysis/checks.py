"""Verify the shipped data: files against their manifest, figures against their counts.

Each check is a function of the opened store that returns what it found; nothing here repairs anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pmtiles.reader import MmapSource, Reader

from territoires.errors import DataError
from territoires.model.aggregation import aggregate, known_together, sum_counts
from territoires.model.classes import Method
from territoires.model.formats import with_unit
from territoires.model.fragilities import DOMAINS
from territoires.model.indicators import MISSING, SPARE_DECIMALS, Status
from territoires.model.levels import AGGREGATED, MAPPED, Level
from territoires.model.sizes import STRATA, stratum_index
from territoires.store.layout import read_in_memory
from territoires.store.manifest import read_manifest, verify
from territoires.store.store import Store, TableStore
from territoires.store.verification import read_verification, share_within


@dataclass(frozen=True, slots=True)
class Expected:
    """What a data set must hold: territories per level, indicators, and their spread over the domains.

    `verified`: indicators compared with a published figure; `within`: share (0–1) of the compared values that
    must be within the tolerance of their family.
    """

    territories: dict[Level, int]
    indicators: int
    per_domain: tuple[int, int]
    widely_covered: int
    verified: int = 0
    within: float = 0.0


#: What ships: COG 2026, metropolitan France and the five overseas departments.
SHIPPED = Expected(
    territories={Level.COMMUNE: 34_875, Level.EPCI: 1_255, Level.DEPARTEMENT: 101, Level.REGION: 18},
    indicators=333,
    per_domain=(10, 32),
    widely_covered=250,
    verified=50,
    within=0.90,
)

#: An indicator covers the country widely when it is known for this share of communes, or of inhabitants.
WIDE_COMMUNES = 0.90
WIDE_POPULATION = 0.50

#: float32 holds seven digits.
RELATIVE_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of one check: `detail` says what was counted, or what is wrong."""

    name: str
    passed: bool
    detail: str


Checker = Callable[[Store, Expected], Check]


def check_territories(store: Store, expected: Expected) -> Check:
    """The number of territories of each level is the one announced."""
    found = {level: len(store.territories(level)) for level in MAPPED}
    detail = " / ".join(f"{found[level]} {level.value}" for level in MAPPED)
    return Check("territoires", found == expected.territories, detail)


def check_strata(store: Store, expected: Expected) -> Check:
    """Each commune is in the one stratum that its population says."""
    communes = store.territories(Level.COMMUNE)
    wrong = [
        code
        for code, people, stratum in zip(communes.codes, communes.population, communes.stratum, strict=True)
        if stratum_index(int(people)) != stratum
    ]
    sizes = np.bincount(communes.stratum, minlength=len(STRATA))
    detail = " + ".join(str(size) for size in sizes) + f" = {sizes.sum()} communes"
    if wrong:
        detail = f"mal classées : {', '.join(wrong[:5])}"
    return Check("strates de taille", not wrong and int(sizes.sum()) == len(communes), detail)


def check_parents(store: Store, expected: Expected) -> Check:
    """Every commune has a département and a région that exist; those without EPCI are counted."""
    communes = store.territories(Level.COMMUNE)
    lost = [
        communes.codes[i]
        for level in (Level.DEPARTEMENT, Level.REGION)
        for i in np.flatnonzero(communes.parents[level] < 0)
    ]
    unknown = [
        communes.codes[i]
        for i in np.flatnonzero(communes.parents[Level.EPCI] < 0)
        if communes.parent_codes[Level.EPCI][i] is not None
    ]
    without = sum(code is None for code in communes.parent_codes[Level.EPCI])
    detail = f"{without} communes sans intercommunalité"
    if lost or unknown:
        detail = f"parents inconnus : {', '.join([*lost, *unknown][:5])}"
    return Check("parents", not lost and not unknown, detail)


def check_population(store: Store, expected: Expected) -> Check:
    """Inhabitants add up: communes = départements = régions = France."""
    totals = {level: int(store.territories(level).population.astype(np.int64).sum()) for level in Level}
    communes = store.territories(Level.COMMUNE)
    for level in (Level.DEPARTEMENT, Level.REGION, Level.EPCI):
        parents = communes.parents[level]
        inside = parents >= 0
        summed = np.bincount(parents[inside], communes.population[inside], len(store.territories(level)))
        if not np.array_equal(summed.astype(np.int64), store.territories(level).population):
            return Check("population", False, f"les {level.value} ne font pas la somme de leurs communes")
    same = totals[Level.COMMUNE] == totals[Level.DEPARTEMENT] == totals[Level.REGION] == totals[Level.FRANCE]
    return Check("population", same, f"Σ communes = régions = France = {totals[Level.FRANCE]} habitants")


def check_catalogue(store: Store, expected: Expected) -> Check:
    """The catalogue holds the announced indicators, spread over the 16 domains, none without its words."""
    low, high = expected.per_domain
    sizes = {domain.id: sum(i.domain == domain.id for i in store.indicators) for domain in DOMAINS}
    bare = [
        i.id
        for i in store.indicators
        if not (i.definition and i.reading and i.vintage and i.source in store.sources)
    ]
    outside = [f"{name} {size}" for name, size in sizes.items() if not low <= size <= high]
    detail = f"{len(store.indicators)} indicateurs ; " + ", ".join(f"{n} {s}" for n, s in sizes.items())
    if bare or outside:
        detail = f"incomplets : {bare[:5]} ; domaines hors de {low}–{high} : {outside}"
    passed = not bare and not outside and len(store.indicators) == expected.indicators
    return Check("catalogue", passed, detail)


def check_coverage(store: Store, expected: Expected) -> Check:
    """Enough indicators are known for most communes, or for most inhabitants."""
    people = store.territories(Level.COMMUNE).population.astype(np.float64)
    wide: dict[str, int] = {domain.id: 0 for domain in DOMAINS}
    for indicator in store.indicators:
        if indicator.finest_level != Level.COMMUNE:
            continue
        known = np.isfinite(store.values(Level.COMMUNE, indicator.id))
        if known.mean() >= WIDE_COMMUNES or people[known].sum() / people.sum() >= WIDE_POPULATION:
            wide[indicator.domain] += 1
    total = sum(wide.values())
    detail = f"{total} connus de la plupart des communes ; " + ", ".join(f"{n} {s}" for n, s in wide.items())
    return Check("couverture", total >= expected.widely_covered, detail)


def check_statuses(store: Store, expected: Expected) -> Check:
    """A value is absent exactly where its status says so, and every status is known."""
    missing = [int(status) for status in MISSING]
    known = [int(status) for status in Status]
    cells = 0
    for level in Level:
        for indicator in store.indicators:
            absent = np.isnan(store.values(level, indicator.id))
            status = store.status(level, indicator.id)
            cells += status.size
            if not np.array_equal(absent, np.isin(status, missing)) or not np.isin(status, known).all():
                return Check(
                    "statuts", False, f"{indicator.id}, {level.value} : valeur et statut se contredisent"
                )
    return Check("statuts", True, f"{cells} cellules, chacune avec une valeur ou une raison")


def check_sums(store: Store, expected: Expected) -> Check:
    """Every count adds up: Σ communes = Σ départements = Σ régions = France."""
    communes = store.territories(Level.COMMUNE)
    counted = 0
    for indicator in store.indicators:
        found = store.counts(indicator.id)
        if found is None or found[0] is not Level.COMMUNE:
            continue
        counts = found[1]
        known = known_together(counts)
        for position, column in enumerate(counts):
            direct = float(column[known].sum())
            for level in (Level.DEPARTEMENT, Level.REGION, Level.FRANCE):
                groups = communes.parents[level]
                summed = sum_counts(counts, groups, len(store.territories(level)))[position]
                if not np.isclose(np.nansum(summed), direct, rtol=1e-12):
                    return Check("sommes", False, f"{indicator.id} : {level.value} ≠ Σ communes")
            counted += 1
    return Check("sommes", True, f"{counted} effectifs : Σ communes = départements = régions = France")


def check_recomputed(store: Store, expected: Expected) -> Check:
    """Every aggregated value is what its counts give again: Σ numerator / Σ denominator."""
    compared = 0
    for indicator in store.indicators:
        found = store.counts(indicator.id)
        if found is None:
            continue
        origin, counts = found
        territories = store.territories(origin)
        for level in AGGREGATED:
            if level is origin or (origin is not Level.COMMUNE and level is Level.EPCI):
                continue
            if level is not Level.FRANCE and (origin is Level.EPCI or level not in territories.parents):
                continue
            groups = territories.parents[level]
            again = aggregate(
                indicator, counts, territories.population, groups, len(store.territories(level))
            )
            shipped = store.values(level, indicator.id).astype(np.float64)
            step = 0.5 * 10.0 ** -(indicator.decimals + SPARE_DECIMALS)
            close = np.isclose(
                shipped, again.values, rtol=RELATIVE_TOLERANCE, atol=1.01 * step, equal_nan=True
            )
            if not close.all():
                code = store.territories(level).codes[int(np.flatnonzero(~close)[0])]
                return Check("recalcul", False, f"{indicator.id}, {level.value} {code} ne se retrouve pas")
            compared += close.size
    return Check("recalcul", True, f"{compared} valeurs retrouvées à partir de leurs effectifs")


def check_bounds(store: Store, expected: Expected) -> Check:
    """Every compared value lies between the bounds written in the catalogue."""
    for indicator in store.indicators:
        margin = RELATIVE_TOLERANCE * max(1.0, abs(indicator.lower), abs(indicator.upper))
        for level in Level:
            values = store.values(level, indicator.id)[store.status(level, indicator.id) == Status.OK]
            if ((values < indicator.lower - margin) | (values > indicator.upper + margin)).any():
                return Check("bornes", False, f"{indicator.id}, {level.value} sort de ses bornes")
    return Check("bornes", True, f"{len(store.indicators)} indicateurs dans leurs bornes à tous les échelons")


def check_classes(store: Store, expected: Expected) -> Check:
    """Every territory that is compared is in one class, at every level."""
    counted = 0
    for level in MAPPED:
        for indicator in store.indicators:
            classes = store.classes(level, indicator.id, None, Method.QUANTILES)
            compared = int((store.status(level, indicator.id) == Status.OK).sum())
            if classes is None or sum(classes.sizes) != compared:
                return Check("classes", False, f"{indicator.id}, {level.value} : classes incomplètes")
            counted += 1
    return Check("classes", True, f"{counted} découpages, chaque territoire comparé dans une classe")


def check_tiles(store: Store, expected: Expected) -> Check:
    """Each level has an archive of vector tiles that opens and covers zooms 3 to 11."""
    ranges = []
    for level in MAPPED:
        with store.tiles(level).open("rb") as handle:
            header = Reader(MmapSource(handle)).header()
        ranges.append(f"{level.value} {header['min_zoom']}–{header['max_zoom']}")
        if (header["min_zoom"], header["max_zoom"]) != (3, 11):
            return Check(
                "tuiles", False, f"{level.value} : zooms {header['min_zoom']} à {header['max_zoom']}"
            )
    return Check("tuiles", True, ", ".join(ranges))


def check_verification(data: Path, expected: Expected) -> Check:
    """Enough indicators are held against published figures, most values agree, every gap has its reason."""
    name = "vérification"
    try:
        rows = read_verification(data)
    except DataError as error:
        return Check(name, False, str(error))
    indicators = {row.indicator for row in rows}
    independent = {row.indicator for row in rows if row.independent}
    share = share_within(rows)
    silent = [f"{row.indicator}, {row.level.value}" for row in rows if row.outside and not row.reason]
    if silent:
        return Check(name, False, f"écarts sans explication : {' ; '.join(silent[:5])}")
    detail = (
        f"{len(indicators)} indicateurs comparés ({len(independent)} à une source indépendante), "
        f"{sum(row.compared for row in rows)} valeurs dont {with_unit(100 * share, '%', 1)} "
        "dans la tolérance, "
        f"{sum(row.outside for row in rows)} comparaisons hors tolérance expliquées"
    )
    return Check(name, len(indicators) >= expected.verified and share >= expected.within, detail)


CHECKERS: tuple[Checker, ...] = (
    check_territories, check_parents, check_strata, check_population, check_catalogue, check_coverage,
    check_statuses, check_bounds, check_sums, check_recomputed, check_classes, check_tiles,
)  # fmt: skip


def run_checks(data: Path, geodata: Path, expected: Expected = SHIPPED) -> Iterator[Check]:
    """Yield the outcome of every check; the files come first, and the rest needs them to be sound."""
    try:
        manifest = read_manifest(data)
        verify(manifest, data, geodata)
        yield Check("fichiers", True, f"{len(manifest.files)} fichiers conformes à leur empreinte")
        store = TableStore(manifest, read_in_memory(data, geodata), data, geodata)
    except DataError as error:
        yield Check("fichiers", False, str(error))
        return
    for checker in CHECKERS:
        yield checker(store, expected)
    yield check_verification(data, expected)
