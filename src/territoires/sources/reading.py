"""Read the files given to the build, and say exactly what is wrong with the ones that cannot be read.

Every reader returns a pandas frame whose `code` column is text, unique and complete. Nothing is guessed:
a missing file, a missing column, a duplicate code, an unreadable encoding or an empty file is an
`InputError` that names the file, the column and the first offending rows.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from territoires.errors import InputError


def require_file(path: Path) -> Path:
    """Return `path`, or raise `InputError` if no such file exists or if it is empty."""
    if not path.is_file():
        raise InputError(
            path.name, "fichier absent", f"un fichier à l’emplacement {path.parent.name}/{path.name}"
        )
    if path.stat().st_size == 0:
        raise InputError(path.name, "fichier vide", "au moins une ligne d’en-tête et une ligne de données")
    return path


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file; any other encoding is an `InputError` naming the first bad line."""
    data = require_file(path).read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputError(
            path.name,
            f"octet illisible en UTF-8 à la ligne {line}",
            "un fichier texte encodé en UTF-8 (l’enregistrer de nouveau en choisissant cet encodage)",
        ) from error


def read_csv(
    path: Path, columns: Sequence[str], *, key: str | None = "code", may_be_empty: bool = False
) -> pd.DataFrame:
    """Read a comma-separated UTF-8 file as text columns (empty string where nothing is written).

    `columns` must all be present; `key` (if any) must be unique and never empty; there must be at least one
    row unless the file `may_be_empty`.
    """
    from io import StringIO

    text = read_text(path)
    frame = pd.read_csv(StringIO(text), dtype=str, keep_default_na=False)
    if may_be_empty and frame.empty:
        require_columns(path.name, list(frame.columns), columns)
        return frame
    return checked(frame, path.name, columns, key)


def read_table(path: Path, columns: Sequence[str] = (), *, key: str | None = "code") -> pd.DataFrame:
    """Read a Parquet table (all columns, or `columns` plus the key) and check its key."""
    require_file(path)
    try:
        names = pq.read_schema(path).names
        require_columns(path.name, names, [*columns, *([key] if key else [])])
        wanted = None if not columns else list(dict.fromkeys([*([key] if key else []), *columns]))
        frame = pq.read_table(path, columns=wanted).to_pandas()
    except (pa.ArrowInvalid, OSError) as error:
        raise InputError(
            path.name, "fichier Parquet illisible ou tronqué", "un fichier Parquet complet"
        ) from error
    return checked(frame, path.name, columns, key)


def require_columns(file: str, present: Sequence[str], wanted: Sequence[str]) -> None:
    """Raise `InputError` naming the first of `wanted` that is not among `present`."""
    for column in wanted:
        if column not in present:
            known = ", ".join(sorted(present)[:12])
            raise InputError(file, "colonne absente", f"cette colonne (présentes : {known}…)", column=column)


def checked(frame: pd.DataFrame, file: str, columns: Sequence[str], key: str | None) -> pd.DataFrame:
    """Return `frame` after checking that it has rows, the `columns`, and a unique, complete `key`."""
    require_columns(file, list(frame.columns), [*columns, *([key] if key else [])])
    if frame.empty:
        raise InputError(file, "aucune ligne de données", "au moins une ligne")
    if key is not None:
        keys = frame[key]
        blank = frame.index[keys.isna() | (keys == "")]
        if len(blank):
            rows = [f"ligne {position + 2}" for position in blank]
            raise InputError(file, "clé vide", "une valeur sur chaque ligne", column=key, rows=rows)
        repeated = keys[keys.duplicated()].unique()
        if len(repeated):
            raise InputError(
                file, "clé en double", "une seule ligne par clé", column=key, rows=list(repeated)
            )
    return frame


def as_numbers(series: pd.Series, file: str, column: str, codes: pd.Series | None = None) -> pd.Series:
    """Return `series` as float64; a text that is not a number is an `InputError` with its rows.

    Empty strings and missing entries become NaN.
    """
    if pd.api.types.is_numeric_dtype(series) or pd.api.types.is_bool_dtype(series):
        return series.astype("float64")
    cleaned = series.replace("", None)
    numbers = pd.to_numeric(cleaned, errors="coerce")
    bad = cleaned.notna() & numbers.isna()
    if bad.any():
        labels = codes[bad] if codes is not None else bad.index[bad] + 2
        rows = [f"{label} : « {value} »" for label, value in zip(labels, cleaned[bad], strict=True)]
        raise InputError(file, "texte là où un nombre est attendu", "un nombre", column=column, rows=rows)
    return numbers.astype("float64")


def read_toml(path: Path) -> dict[str, Any]:
    """Return the content of a TOML file; a syntax error is an `InputError`."""
    try:
        return tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise InputError(path.name, f"syntaxe TOML invalide ({error})", "un fichier TOML valide") from error
