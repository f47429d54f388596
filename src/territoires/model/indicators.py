"""What an indicator is, and why a value may be missing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from territoires.model.levels import Level


class Status(IntEnum):
    """Why a cell holds what it holds; stored as one byte beside each value.

    The first group has no value to show, the second has one that calls for a word of caution.
    """

    OK = 0
    NOT_PUBLISHED = 1
    SECRET = 2
    CENSORED = 3
    NOT_APPLICABLE = 4
    NOT_COMPUTABLE = 5
    SIMULATED = 6
    ESTIMATED = 7
    SMALL_BASE = 8
    INHERITED = 9
    PARTIAL = 10

    @property
    def word(self) -> str:
        """The word used in files, exports and the API."""
        return self.name.lower()


#: Decimals kept in the shipped values beyond those displayed: figures shown are exact, files stay small.
SPARE_DECIMALS = 1

#: Statuses whose cell holds no value (NaN).
MISSING: frozenset[Status] = frozenset(
    {Status.NOT_PUBLISHED, Status.SECRET, Status.NOT_APPLICABLE, Status.NOT_COMPUTABLE}
)

#: Statuses whose value is compared with others: classes, ranks, alerts, dispersion.
COMPARED: frozenset[Status] = frozenset({Status.OK})

STATUS_LABELS: dict[Status, str] = {
    Status.OK: "publié",
    Status.NOT_PUBLISHED: "non publié",
    Status.SECRET: "secret statistique",
    Status.CENSORED: "publié comme une limite",
    Status.NOT_APPLICABLE: "sans objet",
    Status.NOT_COMPUTABLE: "non calculable à cet échelon",
    Status.SIMULATED: "simulé",
    Status.ESTIMATED: "estimé par le producteur",
    Status.SMALL_BASE: "effectif faible",
    Status.INHERITED: "valeur d’une zone plus large",
    Status.PARTIAL: "couverture partielle",
}

STATUS_EXPLANATIONS: dict[Status, str] = {
    Status.OK: "Le producteur publie cette valeur, ou elle est recalculée à partir de ses effectifs.",
    Status.NOT_PUBLISHED: "Le producteur ne publie rien pour ce territoire.",
    Status.SECRET: "Trop peu de personnes ou d’unités : la loi protège leur anonymat.",
    Status.CENSORED: "Le producteur ne donne qu’une limite (par exemple « moins de »).",
    Status.NOT_APPLICABLE: "La question ne se pose pas pour ce territoire.",
    Status.NOT_COMPUTABLE: "Une médiane ou un indice ne se déduit pas de ceux des communes.",
    Status.SIMULATED: "Valeur inventée pour la démonstration : à ne jamais citer.",
    Status.ESTIMATED: "Le producteur estime cette valeur à partir d’un territoire plus large.",
    Status.SMALL_BASE: "La valeur repose sur trop peu d’unités pour être comparée.",
    Status.INHERITED: "Valeur de la zone d’emploi ou du bassin auquel la commune appartient.",
    Status.PARTIAL: "Une partie du territoire seulement est couverte : valeur hors classement.",
}


class Nature(StrEnum):
    """What kind of quantity an indicator is; drives symbol, palette, aggregation and format."""

    RATIO = "ratio"
    STOCK = "stock"
    MEDIAN = "median"
    QUANTILE = "quantile"
    INDEX = "index"
    DISTANCE = "distance"
    CHANGE = "change"
    FLAG = "flag"


NATURE_LABELS: dict[Nature, str] = {
    Nature.RATIO: "part ou taux",
    Nature.STOCK: "nombre",
    Nature.MEDIAN: "médiane",
    Nature.QUANTILE: "quantile",
    Nature.INDEX: "indice",
    Nature.DISTANCE: "distance",
    Nature.CHANGE: "évolution",
    Nature.FLAG: "oui ou non",
}


class Direction(IntEnum):
    """Which way fragility runs along the values."""

    LESS_FRAGILE = -1
    CONTEXT = 0
    MORE_FRAGILE = 1


DIRECTION_LABELS: dict[Direction, str] = {
    Direction.MORE_FRAGILE: "Plus la valeur est élevée, plus le territoire est fragile.",
    Direction.LESS_FRAGILE: "Plus la valeur est faible, plus le territoire est fragile.",
    Direction.CONTEXT: "Repère de contexte : ni favorable ni défavorable en soi.",
}


class Aggregation(StrEnum):
    """How the value of a larger territory is obtained; never a mean of rates."""

    SUM_RATIO = "sum_ratio"
    SUM_RATIO_PARTIAL = "sum_ratio_partial"
    PUBLISHED_OR_NONE = "published_or_none"
    NONE = "none"
    SUM = "sum"
    SHARE_OF_COMMUNES = "share_of_communes"


class ChangeType(StrEnum):
    """How a change between two periods is expressed."""

    NONE = ""
    POINTS = "points"
    PERCENT = "pct"
    PERCENT_PER_YEAR = "pct_per_year"
    POINTS_OF_VALUES = "points_value"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of `data/catalogue.csv`: a figure that is defined, sourced, dated and bounded.

    Variables are written `source.variable`; they are read in the table of `counts_level` (counts) or
    `finest_level` (published value). Ratios are `scale × Σ numerator / Σ denominator`.
    """

    id: str
    domain: str
    label: str
    definition: str
    reading: str
    synonyms: tuple[str, ...]
    odd: int
    unit: str
    aggregate_unit: str
    nature: Nature
    direction: Direction
    direction_reason: str
    numerator: str
    denominator: str
    scale: float
    value: str
    numerator_0: str
    denominator_0: str
    change_type: ChangeType
    years: int | None
    centre: float | None
    finest_level: str
    counts_level: str
    aggregation: Aggregation
    published: tuple[tuple[Level, str], ...]
    minimum_base: float | None
    lower: float
    upper: float
    vintage: str
    source: str
    confidence: str
    decimals: int
    inherited_from: str
    caveat: str

    @property
    def counted(self) -> tuple[str, ...]:
        """The variables that are summed, in formula order; empty when nothing may be summed.

        numerator, denominator, starting numerator, starting denominator (those that the formula has); for
        a sum or a share of communes, the published value itself.
        """
        if self.aggregation in (Aggregation.SUM, Aggregation.SHARE_OF_COMMUNES):
            return (self.numerator or self.value,)
        if not self.is_summed:
            return ()
        return tuple(
            name for name in (self.numerator, self.denominator, self.numerator_0, self.denominator_0) if name
        )

    @property
    def is_share(self) -> bool:
        """Whether the numerator is a part of the denominator: a percentage bounded by 100."""
        return (
            self.nature is Nature.RATIO and self.unit == "%" and self.upper <= 100 and bool(self.denominator)
        )

    @property
    def counts_communes(self) -> bool:
        """Whether the denominator is the number of communes themselves."""
        return self.aggregation is Aggregation.SHARE_OF_COMMUNES

    @property
    def is_summed(self) -> bool:
        """Whether larger territories are recomputed from summed counts."""
        return self.aggregation in (
            Aggregation.SUM_RATIO,
            Aggregation.SUM_RATIO_PARTIAL,
            Aggregation.SUM,
            Aggregation.SHARE_OF_COMMUNES,
        )

    def unit_at(self, level: Level) -> str:
        """The unit of the values at `level` (a flag becomes a share above the commune)."""
        return self.aggregate_unit if self.aggregate_unit and level is not Level.COMMUNE else self.unit

    @property
    def is_count(self) -> bool:
        """Whether it is drawn as circles (a count) rather than as colour (a rate)."""
        return self.nature is Nature.STOCK
