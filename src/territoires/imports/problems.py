"""What is wrong with a file that somebody brings: everything at once, each with its row and its column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from territoires.errors import TerritoiresError

#: Problems written in the message of the error; all of them are in `problems`.
MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct: `row` is the row number in the file (None: the whole file), `column` its name.

    `found`, `expected` and `remedy` are French phrases without a final full stop.
    """

    row: int | None
    column: str | None
    found: str
    expected: str
    remedy: str = ""

    def __str__(self) -> str:
        where = [f"ligne {self.row}"] if self.row is not None else []
        if self.column:
            where.append(f"colonne « {self.column} »")
        text = f"{', '.join(where) or 'fichier'} : {self.found}. Attendu : {self.expected}."
        return f"{text} {self.remedy}." if self.remedy else text


class RefusedError(TerritoiresError):
    """A file is refused as a whole; `problems` lists everything found in it, in row order."""

    def __init__(self, file: str, problems: Iterable[Problem]) -> None:
        self.file = file
        self.problems = tuple(sorted(problems, key=lambda each: (each.row or 0, each.column or "")))
        count = len(self.problems)
        lines = [
            f"{file} : {count} problème{'s' if count > 1 else ''}, rien n’a été importé.",
            *(f"- {problem}" for problem in self.problems[:MOST_SHOWN]),
        ]
        if count > MOST_SHOWN:
            lines.append(f"- et {count - MOST_SHOWN} autres.")
        super().__init__("\n".join(lines))


@dataclass(slots=True)
class Report:
    """The problems met while reading `file`, and what was understood of it (`remarks`, French phrases)."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def add(self, row: int | None, column: str | None, found: str, expected: str, remedy: str = "") -> None:
        """Note one problem."""
        self.problems.append(Problem(row, column, found, expected, remedy))

    def remark(self, phrase: str) -> None:
        """Note something done with the file that its author should know."""
        self.remarks.append(phrase)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.problems)

    def __len__(self) -> int:
        return len(self.problems)

    def refuse(self) -> None:
        """Raise `RefusedError` when there is at least one problem."""
        if self.problems:
            raise RefusedError(self.file, self.problems)
