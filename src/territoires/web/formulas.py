"""The formula of an indicator in words: what is added, what is divided, what is compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from territoires.model.formats import number
from territoires.model.indicators import Aggregation, ChangeType, Indicator


@dataclass(frozen=True, slots=True)
class Quotient:
    """A sum, or a sum over another, in words; `over` is empty where nothing divides."""

    top: str
    over: str = ""


@dataclass(frozen=True, slots=True)
class Formula:
    """How a value is made: `times` ("100 × ") `end`, compared with `start` as `comparison` says.

    `variables` are the names of the same counts in the files of the sources. `end` is None for a value that
    is read as it is published.
    """

    end: Quotient | None
    start: Quotient | None
    times: str
    comparison: str
    variables: tuple[str, ...]


COMPARISONS: dict[ChangeType, str] = {
    ChangeType.NONE: "",
    ChangeType.POINTS: "La seconde est retranchée de la première : l’écart se lit en points.",
    ChangeType.POINTS_OF_VALUES: "La seconde valeur est retranchée de la première : l’écart se lit en points.",
    ChangeType.PERCENT: "La première est rapportée à la seconde : la variation se lit en pourcentage.",
    ChangeType.PERCENT_PER_YEAR: "La variation de la seconde à la première est ramenée à une année "
    "({years} ans, taux composé).",
}


def formula_of(indicator: Indicator, words: Mapping[str, str]) -> Formula:
    """Return the formula of `indicator`; a variable that `words` does not hold is shown by its name."""

    def quotient(top: str, over: str) -> Quotient:
        return Quotient(words.get(top, top), words.get(over, over))

    names = (indicator.numerator, indicator.denominator, indicator.numerator_0, indicator.denominator_0)
    if indicator.aggregation in (Aggregation.SUM, Aggregation.SHARE_OF_COMMUNES) or not indicator.numerator:
        return Formula(None, None, "", "", tuple(filter(None, (indicator.value,))))
    comparison = COMPARISONS[indicator.change_type]
    if indicator.years:
        comparison = comparison.format(years=indicator.years)
    changes = indicator.change_type is not ChangeType.NONE
    scaled = indicator.scale != 1 and indicator.change_type not in (
        ChangeType.PERCENT,
        ChangeType.PERCENT_PER_YEAR,
    )
    decimals = 0 if indicator.scale == int(indicator.scale) else 2
    return Formula(
        quotient(indicator.numerator, indicator.denominator),
        quotient(indicator.numerator_0, indicator.denominator_0) if changes and names[2] else None,
        f"{number(indicator.scale, decimals)} × " if scaled else "",
        comparison,
        tuple(filter(None, names)),
    )
