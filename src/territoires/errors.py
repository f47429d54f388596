"""Everything that can go wrong, said in one place.

```
TerritoiresError            one clear French line for a person, exit code 2 on the command line
├── InputError              a file given to the build or to an import is not what was expected
├── DataError               a shipped file is missing, truncated or altered
├── UnknownError            a code, an indicator or a page that does not exist (404 on the web)
├── ConfigurationError      a setting of the environment has a value that means nothing
└── SheetError              a sheet could not be composed or compiled
```

A message says what was found, what was expected, and what to do.
"""

from __future__ import annotations

from collections.abc import Sequence


class TerritoiresError(Exception):
    """Base of every error this package raises on purpose; its text is meant for a person."""


class InputError(TerritoiresError):
    """A file given to the build is not what was expected.

    Names the file, the column where there is one, and the first offending rows.
    """

    def __init__(
        self,
        file: str,
        found: str,
        expected: str,
        *,
        column: str | None = None,
        rows: Sequence[object] = (),
    ) -> None:
        where = f"{file}, colonne « {column} »" if column else file
        shown = ", ".join(str(row) for row in rows[:5])
        more = f" et {len(rows) - 5} autres" if len(rows) > 5 else ""
        text = f"{where} : {found}"
        if shown:
            text += f" ({shown}{more})"
        super().__init__(f"{text}. Attendu : {expected}.")
        self.file = file
        self.column = column
        self.rows = tuple(rows)


class DataError(TerritoiresError):
    """A shipped file under data/ or geodata/ is missing, truncated or altered."""


class UnknownError(TerritoiresError):
    """A level, a code or an indicator that does not exist; 404 on the web."""


class ConfigurationError(TerritoiresError):
    """A setting of the environment has a value that means nothing."""


class SheetError(TerritoiresError):
    """A sheet could not be composed or compiled."""
