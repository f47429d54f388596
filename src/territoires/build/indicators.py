"""Compute every indicator at every level from the tables, by the rules of the field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from territoires.errors import InputError
from territoires.model.aggregation import aggregate, base_of, evaluate
from territoires.model.indicators import Aggregation, Indicator, Nature, Status
from territoires.model.levels import AGGREGATED, Level
from territoires.sources.registry import Column, Tables


@dataclass(frozen=True)
class Index:
    """What the build needs of the territories: codes, inhabitants, and parents by position (−1: none)."""

    codes: dict[Level, list[str]]
    population: dict[Level, NDArray[np.int64]]
    stratum: dict[Level, NDArray[np.int8]]
    parents: dict[tuple[Level, Level], NDArray[np.intp]]
    departement_of: dict[str, str]


@dataclass
class Computed:
    """All `values` and `status` by level then id, and the `counts` read, by level then variable."""

    values: dict[Level, dict[str, NDArray[np.float64]]] = field(default_factory=dict)
    status: dict[Level, dict[str, NDArray[np.uint8]]] = field(default_factory=dict)
    counts: dict[Level, dict[str, NDArray[np.float64]]] = field(default_factory=dict)


def compute(
    indicators: Sequence[Indicator], tables: Tables, index: Index, step: Callable[[str], None]
) -> Computed:
    """Compute all `indicators` at all levels; `step` is told each id. `InputError` stops the build."""
    out = Computed(
        values={level: {} for level in Level},
        status={level: {} for level in Level},
        counts={level: {} for level in Level},
    )
    for indicator in indicators:
        _check_variables(indicator, tables)
    for indicator in indicators:
        step(indicator.id)
        counts = _counts(indicator, tables, out)
        for level in Level:
            column = _at_level(indicator, level, tables, index, counts)
            values = np.where(np.isfinite(column.values), column.values, np.nan)
            _check_bounds(indicator, level, values, column.status, index.codes[level])
            out.values[level][indicator.id] = values
            out.status[level][indicator.id] = column.status
    return out


def _check_variables(indicator: Indicator, tables: Tables) -> None:
    """Refuse a variable that its table does not hold, naming the table and the row of the catalogue."""
    wanted = [("value", indicator.value, indicator.finest_level)] if indicator.value else []
    level = indicator.counts_level
    for field_name in ("numerator", "denominator", "numerator_0", "denominator_0"):
        if variable := getattr(indicator, field_name):
            wanted.append((field_name, variable, level))
    wanted.extend(("published", variable, str(each)) for each, variable in indicator.published)
    for field_name, variable, each in wanted:
        source, _, column = variable.partition(".")
        if column not in tables.frame(source, each):
            raise InputError(
                f"{source}.{each}.parquet", "colonne absente", "cette colonne, que le catalogue demande",
                column=column, rows=[f"{indicator.id}, {field_name}"],
            )  # fmt: skip


def _counts(indicator: Indicator, tables: Tables, out: Computed) -> tuple[NDArray[np.float64], ...]:
    """Read the counts an indicator is summed from, remember them, and check their denominators."""
    if not indicator.counted:
        return ()
    level = Level(indicator.counts_level)
    columns = []
    for variable in indicator.counted:
        if variable not in out.counts[level]:
            column = tables.column(variable, level)
            # What ships is float32: sums are made from what ships, so that they can be made again.
            out.counts[level][variable] = column.values.astype(np.float32).astype(np.float64)
        columns.append(out.counts[level][variable])
    if indicator.denominator:
        _check_denominator(indicator, level, columns[0], columns[1], tables)
    if indicator.counts_communes:
        columns.append(np.where(np.isfinite(columns[0]), 1.0, np.nan))
    return tuple(columns)


def _check_denominator(
    indicator: Indicator,
    level: Level,
    numerator: NDArray[np.float64],
    denominator: NDArray[np.float64],
    tables: Tables,
) -> None:
    """Refuse negative counts, a denominator that is zero everywhere, and a share of nothing.

    Outside shares a zero denominator is a fact (jobs in a village without inhabitants): the value is then
    `not_applicable`.
    """
    source, _, column = indicator.denominator.partition(".")
    file = f"{source}.{level}.parquet"
    codes = np.asarray(tables.codes[level])
    for variable, counts in ((indicator.numerator, numerator), (indicator.denominator, denominator)):
        if (counts < 0).any():
            raise InputError(
                file, "effectif négatif", "un effectif positif ou nul",
                column=variable.partition(".")[2], rows=codes[counts < 0].tolist(),
            )  # fmt: skip
    nothing = np.nansum(denominator) == 0
    bad = (denominator == 0) & ((numerator > 0) | nothing)
    if bad.any() and (nothing or indicator.is_share):
        raise InputError(
            file, f"dénominateur nul alors que {indicator.numerator} ne l’est pas",
            f"un dénominateur positif partout où {indicator.id} a un numérateur",
            column=column, rows=codes[bad].tolist(),
        )  # fmt: skip


def _at_level(
    indicator: Indicator, level: Level, tables: Tables, index: Index, counts: tuple[NDArray[np.float64], ...]
) -> Column:
    """Return the values of one indicator at one level."""
    size = len(index.codes[level])
    if level == indicator.finest_level:
        return _finest(indicator, level, tables, index, counts)
    if level is Level.COMMUNE and indicator.inherited_from:
        return _inherited(indicator, tables)
    if counts and level == indicator.counts_level:
        return _from_counts(indicator, counts, level, tables)
    if not indicator.is_summed:
        for published_level, variable in indicator.published:
            if published_level is level:
                return _published(indicator, variable, level, tables)
    if counts and (Level(indicator.counts_level), level) in index.parents:
        origin = Level(indicator.counts_level)
        groups = index.parents[origin, level]
        result = aggregate(indicator, counts, index.population[origin], groups, size)
        return Column(result.values, result.status)
    finer = level not in AGGREGATED or (
        indicator.finest_level in AGGREGATED
        and AGGREGATED.index(level) < AGGREGATED.index(Level(indicator.finest_level))
    )
    reason = Status.NOT_PUBLISHED if finer else Status.NOT_COMPUTABLE
    return Column(np.full(size, np.nan), np.full(size, reason, dtype=np.uint8))


def _finest(
    indicator: Indicator, level: Level, tables: Tables, index: Index, counts: tuple[NDArray[np.float64], ...]
) -> Column:
    """Return the values at the finest level: published where the catalogue names a value, else computed.

    A published value without counts of its own is held against the inhabitants of the territory.
    """
    if not indicator.value:
        return _from_counts(indicator, counts, level, tables)
    column = tables.column(indicator.value, level)
    same_level = counts and level == indicator.counts_level
    base = base_of(indicator, counts) if same_level and indicator.denominator else index.population[level]
    if base is not None and indicator.minimum_base is not None and not indicator.counts_communes:
        # A published value stands even where the counts that aggregate it are unknown.
        small = (base < indicator.minimum_base) & (column.status == Status.OK)
        column.status[small] = Status.SMALL_BASE
    return column


def _formula_columns(indicator: Indicator, level: Level, tables: Tables) -> list[Column]:
    """Read every variable of the formula at `level`, counts or published values alike."""
    names = (indicator.numerator, indicator.denominator, indicator.numerator_0, indicator.denominator_0)
    return [tables.column(name, level) for name in names if name]


def _from_counts(
    indicator: Indicator, counts: tuple[NDArray[np.float64], ...], level: Level, tables: Tables
) -> Column:
    """Evaluate the formula at the level of its own variables, and say why where there is no value."""
    columns = _formula_columns(indicator, level, tables)
    inputs = counts or tuple(column.values for column in columns)
    values = evaluate(indicator, inputs)
    status = np.full(values.shape, Status.OK, dtype=np.uint8)
    for column in columns:
        uncertain = (status == Status.OK) & (column.status != Status.OK)
        status[uncertain] = column.status[uncertain]
    base = base_of(indicator, inputs)
    if base is not None and indicator.minimum_base is not None:
        status[(status == Status.OK) & (base < indicator.minimum_base)] = Status.SMALL_BASE
    if indicator.aggregation is Aggregation.SUM_RATIO_PARTIAL and level is not Level.COMMUNE:
        status[status == Status.OK] = Status.PARTIAL
    known = np.all([np.isfinite(column) for column in inputs], axis=0)
    status[known & ~np.isfinite(values)] = Status.NOT_APPLICABLE
    unexplained = ~np.isfinite(values) & ~known & ~np.isin(status, [Status.SECRET, Status.NOT_APPLICABLE])
    status[unexplained] = Status.NOT_PUBLISHED
    return Column(values, status)


def _published(indicator: Indicator, variable: str, level: Level, tables: Tables) -> Column:
    """Return the value published at `level`; a change of published values is made from both periods."""
    source = variable.partition(".")[0]
    if indicator.nature is Nature.CHANGE and not indicator.value and source == indicator.source:
        columns = _formula_columns(indicator, level, tables)
        values = evaluate(indicator, [column.values for column in columns])
        status = np.where(np.isfinite(values), Status.OK, Status.NOT_PUBLISHED).astype(np.uint8)
        return Column(values, status)
    return tables.column(variable, level)


def _inherited(indicator: Indicator, tables: Tables) -> Column:
    """Give each commune the value of its zone, marked as the zone's."""
    zone = indicator.inherited_from
    names = [name for name in (indicator.value, indicator.numerator, indicator.denominator,
                               indicator.numerator_0, indicator.denominator_0) if name]  # fmt: skip
    series = []
    for name in names:
        source, _, column = name.partition(".")
        frame = tables.frame(source, zone)
        file = f"{source}.{zone}.parquet"
        if column not in frame:
            raise InputError(file, "colonne absente", "cette colonne", column=column)
        series.append(tables.zones(zone).map(frame[column].astype("float64")).to_numpy("float64"))
    values = series[0] if indicator.value else evaluate(indicator, series)
    status = np.where(np.isfinite(values), Status.INHERITED, Status.NOT_PUBLISHED).astype(np.uint8)
    return Column(values, status)


def _check_bounds(
    indicator: Indicator,
    level: Level,
    values: NDArray[np.float64],
    status: NDArray[np.uint8],
    codes: list[str],
) -> None:
    """Refuse a compared value outside the bounds that the catalogue announces (a flag's share: 0–100)."""
    margin = 1e-6 * max(1.0, abs(indicator.lower), abs(indicator.upper))
    outside = (status == Status.OK) & (
        (values < indicator.lower - margin) | (values > indicator.upper + margin)
    )
    if outside.any():
        rows = [f"{codes[i]} : {values[i]:.6g}" for i in np.flatnonzero(outside)]
        raise InputError(
            "catalogue.csv", f"{indicator.id} sort de ses bornes à l’échelon {level.value}",
            f"des valeurs entre {indicator.lower:g} et {indicator.upper:g}", column="lower, upper", rows=rows,
        )  # fmt: skip
