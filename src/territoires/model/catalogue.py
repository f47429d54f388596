"""Read the rows of the catalogue: every cell checked, every fault named by row and column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NoReturn, TypeVar

from territoires.errors import InputError
from territoires.model.fragilities import BY_ID
from territoires.model.indicators import Aggregation, ChangeType, Direction, Indicator, Nature
from territoires.model.levels import ZONES, Level

FILE = "catalogue.csv"

COLUMNS: tuple[str, ...] = (
    "id", "domain", "label", "definition", "reading", "synonyms", "odd", "unit", "aggregate_unit", "nature",
    "direction", "direction_reason", "numerator", "denominator", "scale", "value", "numerator_0",
    "denominator_0", "change_type", "years", "centre", "finest_level", "counts_level", "aggregation",
    "published", "minimum_base", "lower", "upper", "vintage", "source", "confidence", "decimals",
    "inherited_from", "caveat",
)  # fmt: skip

#: Longest label that fits a legend and a table head.
LABEL_LENGTH = 70

CONFIDENCES = ("official copy", "recomputed")

T = TypeVar("T")


class _Row:
    """One row being read; each getter names the row and the column when the cell is not acceptable."""

    def __init__(self, number: int, cells: Mapping[str, str]) -> None:
        self.number = number
        self.cells = cells

    def fail(self, column: str, expected: str) -> NoReturn:
        found = f"« {self.cells[column]} »" if self.cells[column] else "cellule vide"
        raise InputError(
            FILE,
            found,
            expected,
            column=column,
            rows=[f"ligne {self.number}, {self.cells.get('id') or 'sans id'}"],
        )

    def text(self, column: str) -> str:
        return self.cells[column].strip()

    def filled(self, column: str, expected: str = "un texte") -> str:
        return self.text(column) or self.fail(column, expected)

    def number_of(self, column: str, convert: Callable[[str], T], expected: str = "un nombre") -> T:
        try:
            return convert(self.filled(column, expected))
        except ValueError:
            self.fail(column, expected)

    def optional(self, column: str, convert: Callable[[str], T]) -> T | None:
        return self.number_of(column, convert) if self.text(column) else None

    def word(self, column: str, kind: Callable[[str], T], words: Iterable[object]) -> T:
        try:
            return kind(self.text(column))
        except ValueError:
            self.fail(column, "un mot parmi " + ", ".join(str(word) or "(vide)" for word in words))


def _variable(row: _Row, column: str, *, required: bool = False) -> str:
    """Return a `source.variable` name, or an empty string."""
    text = row.filled(column, "source.variable") if required else row.text(column)
    if text and text.count(".") != 1:
        row.fail(column, "un nom de la forme source.variable")
    return text


def _published(row: _Row) -> tuple[tuple[Level, str], ...]:
    """Return the (level, source.variable) pairs of the published values of larger territories."""
    pairs: list[tuple[Level, str]] = []
    for part in filter(None, (piece.strip() for piece in row.text("published").split(";"))):
        level, _, name = part.partition(":")
        try:
            pairs.append((Level(level.strip()), name.strip()))
        except ValueError:
            row.fail("published", "échelon:source.variable, séparés par « ; »")
        if name.count(".") != 1:
            row.fail("published", "échelon:source.variable, séparés par « ; »")
    return tuple(pairs)


def _indicator(row: _Row) -> Indicator:
    """Return the indicator that one row describes."""
    domain = row.filled("domain")
    if domain not in BY_ID:
        row.fail("domain", "un des 16 domaines : " + ", ".join(BY_ID))
    label = row.filled("label")
    if len(label) > LABEL_LENGTH:
        row.fail("label", f"{LABEL_LENGTH} caractères au plus ({len(label)} trouvés)")
    aggregation = row.word("aggregation", Aggregation, Aggregation)
    nature = row.word("nature", Nature, Nature)
    value = _variable(row, "value")
    numerator = _variable(row, "numerator", required=not value)
    direction = Direction(row.word("direction", lambda text: Direction(int(text)), (1, -1, 0)))
    if direction is Direction.CONTEXT:
        row.filled("direction_reason", "la raison pour laquelle l’indicateur est de contexte")
    finest = row.filled("finest_level")
    if finest not in {*Level, *ZONES}:
        row.fail("finest_level", "un échelon ou une zone : " + ", ".join([*Level, *ZONES]))
    confidence = row.text("confidence")
    if confidence not in CONFIDENCES:
        row.fail("confidence", "un mot parmi " + ", ".join(CONFIDENCES))
    lower, upper = row.number_of("lower", float), row.number_of("upper", float)
    if lower >= upper:
        row.fail("upper", f"une borne supérieure à {lower:g}")
    return Indicator(
        id=row.filled("id"),
        domain=domain,
        label=label,
        definition=row.filled("definition"),
        reading=row.filled("reading"),
        synonyms=tuple(word.strip() for word in row.text("synonyms").split("|") if word.strip()),
        odd=row.number_of("odd", int, "un numéro de 1 à 17"),
        unit=row.filled("unit"),
        aggregate_unit=row.text("aggregate_unit"),
        nature=nature,
        direction=direction,
        direction_reason=row.text("direction_reason"),
        numerator=numerator,
        denominator=_variable(row, "denominator"),
        scale=row.number_of("scale", float),
        value=value,
        numerator_0=_variable(row, "numerator_0"),
        denominator_0=_variable(row, "denominator_0"),
        change_type=row.word("change_type", ChangeType, ChangeType),
        years=row.optional("years", int),
        centre=row.optional("centre", float),
        finest_level=finest,
        counts_level=row.text("counts_level") or finest,
        aggregation=aggregation,
        published=_published(row),
        minimum_base=row.optional("minimum_base", float),
        lower=lower,
        upper=upper,
        vintage=row.filled("vintage", "la période de référence"),
        source=row.filled("source", "une source de sources.toml"),
        confidence=confidence,
        decimals=row.number_of("decimals", int),
        inherited_from=row.text("inherited_from"),
        caveat=row.text("caveat"),
    )


def read_catalogue(rows: Iterable[Mapping[str, str]]) -> tuple[Indicator, ...]:
    """Return the indicators of a catalogue, in its order.

    Raises `InputError` naming the row and the column of the first cell that is not acceptable, an unknown
    or missing column, or an id used twice.
    """
    indicators: list[Indicator] = []
    seen: set[str] = set()
    for number, cells in enumerate(rows, start=2):
        if number == 2:
            for column in COLUMNS:
                if column not in cells:
                    raise InputError(FILE, "colonne absente", "cette colonne", column=column)
        row = _Row(number, {column: cells.get(column) or "" for column in COLUMNS})
        indicator = _indicator(row)
        if indicator.id in seen:
            row.fail("id", "un identifiant employé une seule fois")
        seen.add(indicator.id)
        indicators.append(indicator)
    if not indicators:
        raise InputError(FILE, "aucune ligne de données", "au moins un indicateur")
    return tuple(indicators)
