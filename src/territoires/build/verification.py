"""Hold the values of larger territories against figures published elsewhere, and write what is found.

The plan is written by hand (`data/verification_plan.csv`). Nothing here changes a value: a gap is measured
and published, with the reason a person found for it.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from territoires.build.indicators import Computed, Index
from territoires.errors import InputError
from territoires.model.aggregation import sum_counts
from territoires.model.indicators import Indicator
from territoires.model.levels import Level
from territoires.sources.reading import read_csv
from territoires.sources.registry import Tables
from territoires.store.verification import COLUMNS, FAMILIES, FILE, RELATIVE_UNIT, Family, VerificationRow

PLAN = "verification_plan.csv"

PLAN_COLUMNS: tuple[str, ...] = (
    "indicator", "level", "numerator", "denominator", "value", "scale", "numerator_0", "denominator_0",
    "value_0", "change", "years", "summed_from", "family", "independent", "note", "reason",
)  # fmt: skip

LEVELS: tuple[Level, ...] = (Level.EPCI, Level.DEPARTEMENT, Level.REGION)

#: How the published figure is made of its end and its start.
CHANGES: tuple[str, ...] = ("", "points", "pct", "compound")

#: Slack for the binary writing of decimal figures: 12.35 − 12.30 is not quite 0.05.
BINARY = 1e-9

#: Decimals of the gaps written.
WRITTEN_DECIMALS = 4

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One line of the plan: where the published figure of an indicator stands at a level.

    The figure is `scale × value`, or `scale × numerator / denominator` (`scale × numerator` alone without
    denominator). `change` says what to do with a start (`*_0`): "points" (end − start) or "pct"
    (100 × (end / start − 1)); "compound" brings a published yearly rate over `years` years. With
    `summed_from` = "commune", numerator and denominator are counts of another producer that we sum.
    """

    indicator: str
    level: Level
    numerator: str
    denominator: str
    value: str
    scale: float
    numerator_0: str
    denominator_0: str
    value_0: str
    change: str
    years: int
    summed_from: str
    family: str
    independent: bool
    note: str
    reason: str

    @property
    def reference(self) -> str:
        """The variables of the published figure, as one text."""
        end = self.value or " / ".join(filter(None, (self.numerator, self.denominator)))
        start = self.value_0 or " / ".join(filter(None, (self.numerator_0, self.denominator_0)))
        text = f"{end} ; {start}" if start else end
        return f"{text} (sommes des communes)" if self.summed_from else text


def read_plan(path: Path, indicators: Sequence[Indicator]) -> list[Comparison]:
    """Read the plan; an absent file is an empty plan.

    `InputError` names the line and the column of an unknown indicator, level, family or word, of a number
    that is not one, of a change without its start, or of a comparison written twice.
    """
    if not path.is_file():
        return []
    known = {indicator.id for indicator in indicators}
    lines = read_csv(path, PLAN_COLUMNS, key=None).to_dict("records")
    plan: dict[tuple[str, Level, str], Comparison] = {}
    for number, line in enumerate(lines, start=2):
        words = {
            "indicator": known, "level": LEVELS, "family": FAMILIES, "independent": ("yes", "no"),
            "change": CHANGES, "summed_from": ("", "commune"),
        }  # fmt: skip
        for column, accepted in words.items():
            if line[column] not in accepted:
                expected = ", ".join(sorted(word or "(vide)" for word in accepted))
                raise _fault(number, line, column, "un id du catalogue" if accepted is known else expected)
        for column, digits in (("scale", line["scale"].replace(".", "", 1)), ("years", line["years"])):
            if line[column] and not digits.isdigit():
                raise _fault(number, line, column, "un nombre, ou rien")
        if (line["change"] in ("points", "pct")) != bool(line["value_0"] or line["numerator_0"]):
            raise _fault(number, line, "change", "points ou pct avec un départ (value_0 ou numerator_0)")
        if bool(line["value"]) == bool(line["numerator"]):
            raise _fault(number, line, "value", "une valeur ou un numérateur, l’un des deux seulement")
        comparison = Comparison(
            indicator=line["indicator"], level=Level(line["level"]), numerator=line["numerator"],
            denominator=line["denominator"], value=line["value"], scale=float(line["scale"] or 1),
            numerator_0=line["numerator_0"], denominator_0=line["denominator_0"], value_0=line["value_0"],
            change=line["change"], years=int(line["years"] or 0), summed_from=line["summed_from"],
            family=line["family"], independent=line["independent"] == "yes", note=line["note"],
            reason=line["reason"],
        )  # fmt: skip
        key = (comparison.indicator, comparison.level, comparison.reference)
        if key in plan:
            raise _fault(number, line, "indicator", "une seule ligne par comparaison")
        plan[key] = comparison
    return list(plan.values())


def _fault(number: int, line: dict[str, str], column: str, expected: str) -> InputError:
    """Return the error that names a cell of the plan."""
    found = f"« {line[column]} »" if line[column] else "cellule vide"
    return InputError(PLAN, found, expected, column=column, rows=[f"ligne {number}, {line['indicator']}"])


def _figure(comparison: Comparison, tables: Tables, index: Index) -> Floats:
    """Return the published figure of every territory of the level, NaN where there is none."""
    line = comparison
    end = _part(line, (line.value or line.numerator, line.denominator), tables, index)
    if line.change == "compound":
        return 100.0 * (np.power(1.0 + end / 100.0, line.years) - 1.0)
    if not line.change:
        return end
    start = _part(line, (line.value_0 or line.numerator_0, line.denominator_0), tables, index)
    return end - start if line.change == "points" else 100.0 * (_divide(end, start) - 1.0)


def _part(line: Comparison, variables: tuple[str, str], tables: Tables, index: Index) -> Floats:
    """Return `scale × first`, or `scale × first / second` where there is a second variable."""
    names = [name for name in variables if name]
    if line.summed_from:
        origin = Level(line.summed_from)
        counts = [tables.column(name, origin).values for name in names]
        size = len(index.codes[line.level])
        columns = list(sum_counts(counts, index.parents[origin, line.level], size))
    else:
        columns = [tables.column(name, line.level).values for name in names]
    return line.scale * (_divide(columns[0], columns[1]) if len(columns) > 1 else columns[0])


def _divide(numerator: Floats, denominator: Floats) -> Floats:
    """Divide, with NaN where the denominator is zero or unknown."""
    out = np.full(numerator.shape, np.nan)
    np.divide(numerator, denominator, out=out, where=denominator > 0)
    return out


def gaps(ours: Floats, published: Floats, family: Family) -> Floats:
    """Return `ours − published`, in per cent of the published figure for a relative family.

    Where the published figure is zero, a relative gap is 0 if ours is zero too, 100 otherwise. NaN where one
    of the two is unknown.
    """
    difference = ours - published
    if not family.relative:
        return difference
    size = np.abs(published)
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = 100.0 * difference / size
    nothing = (size == 0) & np.isfinite(difference)
    return np.where(nothing, 100.0 * np.sign(difference), relative)


def compare(
    comparison: Comparison, ours: Floats, published: Floats, codes: Sequence[str], unit: str
) -> VerificationRow:
    """Return what one comparison gives; `InputError` if no territory has both figures.

    The worst territory is the one with the largest absolute gap, the first in index order among equals.
    """
    family = FAMILIES[comparison.family]
    found = gaps(ours, published, family)
    known = np.flatnonzero(np.isfinite(found))
    if not known.size:
        raise InputError(
            PLAN, "aucun territoire n’a les deux chiffres", "une comparaison possible",
            rows=[f"{comparison.indicator}, {comparison.level.value}, {comparison.reference}"],
        )  # fmt: skip
    sizes = np.abs(found[known])
    worst = int(known[int(np.argmax(sizes))])
    return VerificationRow(
        indicator=comparison.indicator,
        level=comparison.level,
        reference=comparison.reference,
        family=comparison.family,
        independent=comparison.independent,
        tolerance=family.tolerance,
        unit=RELATIVE_UNIT if family.relative else ("points" if "%" in unit else unit),
        compared=int(known.size),
        within=int((sizes <= family.tolerance + BINARY).sum()),
        median_gap=round(float(np.median(sizes)), WRITTEN_DECIMALS),
        worst_code=codes[worst],
        worst_gap=round(float(found[worst]), WRITTEN_DECIMALS) + 0.0,
        reason=comparison.reason,
    )


def verify_sums(
    indicators: Sequence[Indicator],
    plan: Sequence[Comparison],
    tables: Tables,
    index: Index,
    computed: Computed,
) -> list[VerificationRow]:
    """Return one row per comparison of the plan, in its order.

    Every value we hold is compared, whatever its status. `InputError` for a variable that its table does
    not hold, or a comparison without any territory.
    """
    by_id = {indicator.id: indicator for indicator in indicators}
    return [
        compare(
            comparison,
            computed.values[comparison.level][comparison.indicator],
            _figure(comparison, tables, index),
            index.codes[comparison.level],
            by_id[comparison.indicator].unit_at(comparison.level),
        )
        for comparison in plan
    ]


def write_verification(rows: Sequence[VerificationRow], data: Path) -> None:
    """Write `verification.csv` in the folder `data`; the same rows give the same bytes."""
    with (data / FILE).open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in rows:
            writer.writerow(
                (
                    row.indicator, row.level.value, row.reference, row.family,
                    "oui" if row.independent else "non", f"{row.tolerance:g}", row.unit, row.compared,
                    row.within, f"{row.median_gap:.{WRITTEN_DECIMALS}f}", row.worst_code,
                    f"{row.worst_gap:.{WRITTEN_DECIMALS}f}", row.reason,
                )
            )  # fmt: skip
