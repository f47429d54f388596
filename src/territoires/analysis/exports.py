"""What a file about one indicator gives to take away: typed columns made from the store, in any format."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from territoires.analysis.ranks import rank
from territoires.analysis.selected import SIZED_LEVELS, aggregated_values, strata_mask
from territoires.analysis.tables import Column, Fact, Kind, Table
from territoires.model.aggregation import sum_counts
from territoires.model.alerts import alert_known, compared_mask, in_alert
from territoires.model.indicators import STATUS_EXPLANATIONS, STATUS_LABELS, Indicator, Status
from territoires.model.levels import MAPPED, WORDS, Level
from territoires.model.sizes import LABELS, STRATA, Stratum
from territoires.store.store import Source, Store

#: How much of the manifest's version stands in a file.
VERSION_LENGTH = 12

#: The parents written beside a territory of each level.
PARENTS: dict[Level, tuple[Level, ...]] = {
    Level.COMMUNE: (Level.DEPARTEMENT, Level.REGION, Level.EPCI),
    Level.EPCI: (Level.DEPARTEMENT, Level.REGION),
    Level.DEPARTEMENT: (Level.REGION,),
    Level.REGION: (),
    Level.FRANCE: (),
}

#: Name and title of the counts, in the order of the formula of a change; others have the first ones only.
COUNTS: dict[str, str] = {
    "numerator": "Numérateur",
    "denominator": "Dénominateur",
    "numerator_0": "Numérateur de départ",
    "denominator_0": "Dénominateur de départ",
}

#: Decimals of counts summed over communes.
SUM_DECIMALS = 3

STATUS_WORDS = np.array([status.word for status in Status], dtype=object)
STATUS_TITLES = np.array([STATUS_LABELS[status] for status in Status], dtype=object)


def indicator_table(
    store: Store, indicator: Indicator, level: Level, strata: tuple[Stratum, ...] = ()
) -> Table:
    """Return one indicator at one level, a row per territory in index order.

    Values are rounded as displayed and empty where missing; the status says why. Columns depend on the level
    and on the formula alone, so that files of the same kind can be stacked. At levels without a size of their
    own, `strata` restricts values and counts to the communes of these sizes.
    """
    restricted = () if level in SIZED_LEVELS else strata
    values, status = aggregated_values(store, indicator, level, restricted)
    values = np.round(values, indicator.decimals) + 0.0
    columns = (
        *territory_columns(store, level),
        Column("value", "Valeur", Kind.NUMBER, values, indicator.decimals),
        Column("status", "Statut, code", Kind.TEXT, STATUS_WORDS[status].tolist()),
        Column("status_label", "Statut", Kind.TEXT, STATUS_TITLES[status].tolist()),
        *_count_columns(store, indicator, level, restricted, status),
        *_compared_columns(store, indicator, level, values, status),
    )
    source = store.sources[indicator.source]
    facts = (
        Fact("indicator", "Indicateur, code", indicator.id),
        Fact("label", "Indicateur", indicator.label),
        Fact("unit", "Unité", indicator.unit_at(level)),
        Fact("vintage", "Période", indicator.vintage),
        Fact("source", "Source", source.short),
        Fact("licence", "Licence", licence_of(source)),
        *release_facts(store),
    )
    title = f"{indicator.label}, {WORDS[level].plural}"
    return Table(title, level, len(values), columns, facts, _notes(indicator, source, status))


def release_facts(store: Store) -> tuple[Fact, Fact]:
    """Return the month of the release and the version of the data."""
    manifest = store.manifest
    return (
        Fact("release", "Parution", manifest.release),
        Fact("data_version", "Version des données", manifest.version[:VERSION_LENGTH]),
    )


def licence_of(source: Source) -> str:
    """Return the licence of a source, and whether it is still to be confirmed."""
    return source.licence if source.licence_confirmed else f"{source.licence} (à confirmer)"


def territory_columns(store: Store, level: Level) -> tuple[Column, ...]:
    """Return who the territories of a level are: codes are text, parents have a code and a name.

    The size is that of a commune or of an intercommunalité: larger territories have none.
    """
    territories = store.territories(level)
    columns = [
        Column("code", "Code", Kind.TEXT, territories.codes),
        Column("name", "Nom", Kind.TEXT, territories.names),
        Column("population", "Population", Kind.INTEGER, territories.population),
        Column("population_year", "Année de la population", Kind.INTEGER, territories.population_year),
    ]
    if level in SIZED_LEVELS:
        words = np.array([stratum.value for stratum in STRATA], dtype=object)
        labels = np.array([LABELS[stratum] for stratum in STRATA], dtype=object)
        columns += [
            Column("stratum", "Taille, code", Kind.TEXT, words[territories.stratum].tolist()),
            Column("stratum_label", "Taille", Kind.TEXT, labels[territories.stratum].tolist()),
        ]
    for parent in PARENTS[level]:
        above = store.territories(parent)
        # One more name, None, for those at position −1: without parent.
        codes, names = np.array([*above.codes, None], object), np.array([*above.names, None], object)
        positions = territories.parents[parent]
        word = WORDS[parent].singular.capitalize()
        columns += [
            Column(f"{parent}_code", f"{word}, code", Kind.TEXT, codes[positions].tolist()),
            Column(f"{parent}_name", word, Kind.TEXT, names[positions].tolist()),
        ]
    return tuple(columns)


def counts_at(
    store: Store,
    indicator: Indicator,
    level: Level,
    strata: tuple[Stratum, ...] = (),
    status: NDArray[np.uint8] | None = None,
) -> tuple[NDArray[np.float64], ...]:
    """Return the counts of an indicator at `level`, in formula order; empty where they do not exist.

    At the level where they are counted, as shipped; above it, sums over the territories (of `strata`) where
    all are known: those that the value is made from. A cell under statistical secrecy gives no count;
    `status` is that of the values, by default as shipped.
    """
    found = store.counts(indicator.id)
    if found is None or not indicator.is_summed:
        return ()
    origin, counts = found
    if origin is level:
        # What ships is float32: its shortest decimal writing is the number that was published.
        counts = tuple(column.astype(np.float32).astype(str).astype(np.float64) for column in counts)
    elif level is Level.FRANCE or (origin is not Level.EPCI and level in PARENTS[origin]):
        groups = store.territories(origin).parents[level]
        keep = strata_mask(store.territories(origin).stratum, strata)
        summed = sum_counts(counts, groups, len(store.territories(level)), keep)
        counts = tuple(np.round(column, SUM_DECIMALS) + 0.0 for column in summed)
    else:
        return ()
    secret = (store.status(level, indicator.id) if status is None else status) == Status.SECRET
    return tuple(np.where(secret, np.nan, column) for column in counts)


def _count_columns(
    store: Store,
    indicator: Indicator,
    level: Level,
    strata: tuple[Stratum, ...],
    status: NDArray[np.uint8],
) -> list[Column]:
    """Return the columns of the counts that the formula has."""
    counts = counts_at(store, indicator, level, strata, status)
    names = [name for name in COUNTS if getattr(indicator, name)]
    if len(names) != len(counts):
        # A sum of published numbers, or a share of communes: what is summed has no name in the formula.
        names = list(COUNTS)[: len(counts)]
    return [
        Column(name, COUNTS[name], Kind.NUMBER, values) for name, values in zip(names, counts, strict=True)
    ]


def _compared_columns(
    store: Store,
    indicator: Indicator,
    level: Level,
    values: NDArray[np.float64],
    status: NDArray[np.uint8],
) -> list[Column]:
    """Return ranks (1: most fragile), and what is told among territories of the same size."""
    if level not in MAPPED:
        return []
    compared, direction = compared_mask(status), indicator.direction
    columns = [Column("rank", "Rang en France", Kind.INTEGER, _or_missing(rank(values, compared, direction)))]
    if level not in SIZED_LEVELS:
        return columns
    stratum = store.territories(level).stratum
    within = np.zeros(values.shape, dtype=np.int64)
    for size in range(len(STRATA)):
        within += rank(values, compared & (stratum == size), direction)
    flags = in_alert(values, status, stratum, direction).astype(np.float64)
    flags[~alert_known(status, direction)] = np.nan
    return [
        *columns,
        Column("rank_in_stratum", "Rang dans sa taille", Kind.INTEGER, _or_missing(within)),
        Column("alert", "En alerte", Kind.FLAG, flags),
    ]


def _or_missing(ranks: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return ranks with NaN for what is not ranked."""
    return np.where(ranks > 0, ranks, np.nan)


def _notes(indicator: Indicator, source: Source, status: NDArray[np.uint8]) -> tuple[Fact, ...]:
    """Return what is to be known before using the figures."""
    notes = [
        Fact("definition", "Définition", indicator.definition),
        Fact("reading", "Lecture", indicator.reading),
        Fact("caveat", "Réserve", indicator.caveat),
        Fact("producer", "Producteur", source.producer),
        Fact("dataset", "Jeu de données", source.title),
        Fact("official_page", "Page du producteur", source.official_page),
        Fact("source_caveats", "Réserves de la source", source.caveats),
    ]
    present = np.unique(status).tolist()
    notes += [
        Fact(f"status_{each.word}", f"Statut « {STATUS_LABELS[each]} »", STATUS_EXPLANATIONS[each])
        for each in Status
        if int(each) in present
    ]
    return tuple(note for note in notes if note.text)
