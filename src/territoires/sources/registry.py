"""The tidy tables given to the build, each read once and aligned on the territory index.

A table is `tables/<source>.<level>.parquet`: a `code` column, one column per variable, and beside some of
them a `<variable>__status` column that says why a value is missing or uncertain.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from territoires.errors import InputError
from territoires.model.indicators import Status
from territoires.sources.reading import as_numbers, read_csv, read_table, require_columns

#: Words used by the tables' status columns.
STATUS_WORDS: dict[str, Status] = {
    "secret": Status.SECRET,
    "not_published": Status.NOT_PUBLISHED,
    "censored": Status.CENSORED,
    "estimated": Status.ESTIMATED,
    "not_applicable": Status.NOT_APPLICABLE,
}

#: Where one status column speaks for several variables of a table: (source, prefix) → variable that has it.
#: Filosofi publishes its deciles, its poverty rates and its income structure under three thresholds.
SHARED_STATUS: tuple[tuple[str, str, str], ...] = (
    ("insee_filosofi_2021", "tp60", "tp60"),
    ("insee_filosofi_2021", "pimp", "med"),
    ("insee_filosofi_2021", "", "d1"),
)


@dataclass(frozen=True, slots=True)
class Column:
    """One variable aligned on the territory index: `values` (NaN where missing) and `status` (bytes)."""

    values: NDArray[np.float64]
    status: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class SetAside:
    """Cells of a table that are known to be wrong, and why: a line of `set_aside.csv`.

    `where` is "zero:variable" (where that variable is 0), "equal:a=b", "departement:codes" or
    "commune:codes" (codes separated by spaces); `variable` is a name or "*" for the whole table.
    """

    source: str
    variable: str
    where: str
    note: str

    def rows(self, frame: pd.DataFrame, file: str, departement_of: dict[str, str]) -> pd.Series:
        """Return which rows of `frame` (index: code) are concerned."""
        kind, _, rest = self.where.partition(":")
        if kind == "zero":
            require_columns(file, list(frame.columns), [rest])
            return frame[rest] == 0
        if kind == "equal":
            left, _, right = rest.partition("=")
            require_columns(file, list(frame.columns), [left, right])
            return frame[left] == frame[right]
        if kind == "departement":
            return frame.index.to_series().map(departement_of).isin(rest.split())
        if kind == "commune":
            return frame.index.to_series().isin(rest.split())
        raise InputError(
            "set_aside.csv", "règle inconnue", "zero:…, equal:…=…, departement:… ou commune:…",
            column="where", rows=[self.where],
        )  # fmt: skip


@dataclass
class Reading:
    """What was read of one table, for the report."""

    file: str
    rows: int
    matched: int
    set_aside: dict[str, str]
    absent: list[str]
    emptied: dict[str, int]


@dataclass
class Tables:
    """The tables of one folder. `codes` gives, per level, the codes of the territory index, in order.

    A code that is in no territory list and in no line of `former_codes.csv` is an `InputError`: figures are
    never dropped in silence.
    """

    folder: Path
    codes: dict[str, list[str]]
    former: dict[tuple[str, str], tuple[str, str]]
    departement_of: dict[str, str]
    aside: list[SetAside]
    readings: dict[str, Reading] = field(default_factory=dict)
    _frames: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)

    def frame(self, source: str, level: str) -> pd.DataFrame:
        """Return one table with its codes brought to those of the territory index (index: code)."""
        name = f"{source}.{level}.parquet"
        if name not in self._frames:
            self._frames[name] = self._read(name, level)
        return self._frames[name]

    def has(self, variable: str, level: str) -> bool:
        """Whether `source.variable` exists in the table of `level`."""
        source, _, column = variable.partition(".")
        return (self.folder / f"{source}.{level}.parquet").is_file() and column in self.frame(source, level)

    def column(self, variable: str, level: str) -> Column:
        """Return `source.variable` at `level`, in index order; `InputError` if it is not there."""
        source, _, name = variable.partition(".")
        frame = self.frame(source, level)
        file = f"{source}.{level}.parquet"
        require_columns(file, list(frame.columns), [name])
        numbers = as_numbers(frame[name], file, name, frame.index.to_series())
        order = self.codes[level]
        values = numbers.reindex(order).to_numpy(dtype="float64", copy=True)
        status = np.where(np.isfinite(values), Status.OK, Status.NOT_PUBLISHED).astype(np.uint8)
        words = self._status_words(source, name, frame)
        if words is not None:
            said = words.reindex(order)
            unknown = sorted(set(said.dropna().unique()) - set(STATUS_WORDS))
            if unknown:
                raise InputError(
                    file, "statut inconnu", "un mot parmi " + ", ".join(STATUS_WORDS),
                    column=f"{name}__status", rows=unknown,
                )  # fmt: skip
            codes = said.map({word: int(each) for word, each in STATUS_WORDS.items()}).to_numpy("float64")
            missing = ~np.isfinite(values)
            for word in (Status.SECRET, Status.NOT_PUBLISHED, Status.NOT_APPLICABLE):
                status[missing & (codes == word)] = word
            for word in (Status.CENSORED, Status.ESTIMATED):
                status[~missing & (codes == word)] = word
        return Column(values, status)

    def zones(self, zone: str) -> pd.Series:
        """Return, per commune of the index, the code of its `ze` (zone d'emploi) or `bassin`."""
        column = {"ze": "ze2020", "bassin": "bassin_bmo2024"}[zone]
        frame = self.frame("ref_zonages", "commune")
        require_columns("ref_zonages.commune.parquet", list(frame.columns), [column])
        return frame[column].astype("object").reindex(self.codes["commune"])

    def _status_words(self, source: str, name: str, frame: pd.DataFrame) -> pd.Series | None:
        """Return the status column that speaks for a variable, if there is one."""
        own = f"{name}__status"
        if own in frame:
            return frame[own].astype("object")
        for producer, prefix, variable in SHARED_STATUS:
            if source == producer and name.startswith(prefix) and f"{variable}__status" in frame:
                return frame[f"{variable}__status"].astype("object")
        return None

    def _read(self, name: str, level: str) -> pd.DataFrame:
        """Read a table, leave out its wholly empty rows, and match its codes."""
        frame = read_table(self.folder / name, key=None)
        require_columns(name, list(frame.columns), ["code"])
        blank = frame["code"].isna() & frame.drop(columns="code").isna().all(axis=1)
        frame = frame[~blank]
        if frame.empty:
            raise InputError(name, "aucune ligne de données", "au moins une ligne")
        codes = frame["code"].astype("object")
        if codes.isna().any():
            rows = [f"ligne {position + 1}" for position in np.flatnonzero(codes.isna())]
            raise InputError(name, "code vide", "un code sur chaque ligne", column="code", rows=rows)
        set_aside: dict[str, str] = {}
        known = set(self.codes[level]) if level in self.codes else set(codes)
        renamed: dict[str, str] = {}
        unknown: list[str] = []
        for code in codes:
            if code in known:
                continue
            became, note = self.former.get((level, code), ("?", ""))
            if became == "?":
                unknown.append(code)
            elif became:
                renamed[code] = became
            else:
                set_aside[code] = note
        if unknown:
            raise InputError(
                name, "codes inconnus",
                f"des codes de l’échelon {level} en 2026, ou inscrits dans former_codes.csv",
                column="code", rows=unknown,
            )  # fmt: skip
        repeated = codes[codes.duplicated()].unique()
        if len(repeated):
            raise InputError(
                name, "code en double", "une seule ligne par code", column="code", rows=list(repeated)
            )
        kept = frame.assign(code=codes)[~codes.isin(list(set_aside))].set_index("code")
        if renamed:
            kept = _rename(kept, renamed, name)
        emptied = self._empty(kept, name, level)
        absent = [code for code in self.codes.get(level, []) if code not in kept.index]
        self.readings[name] = Reading(name, len(codes), len(kept), set_aside, absent, emptied)
        return kept

    def _empty(self, frame: pd.DataFrame, name: str, level: str) -> dict[str, int]:
        """Empty in place the cells of a commune table that `set_aside.csv` names; return how many rows, by note."""
        emptied: dict[str, int] = {}
        if level != "commune":
            return emptied
        source = name.split(".")[0]
        rules = [rule for rule in self.aside if rule.source == source]
        found = [(rule, rule.rows(frame, name, self.departement_of).to_numpy()) for rule in rules]
        for rule, rows in found:
            numeric = [column for column in frame.columns if not column.endswith("__status")]
            columns = numeric if rule.variable == "*" else [rule.variable]
            require_columns(name, list(frame.columns), columns)
            for column in columns:
                frame[column] = frame[column].astype("float64").mask(rows)
            emptied[rule.note] = int(rows.sum())
        return emptied


def _rename(frame: pd.DataFrame, renamed: dict[str, str], name: str) -> pd.DataFrame:
    """Give former codes their present one; rows that meet must complete each other, never disagree."""
    moved = frame.loc[list(renamed)].rename(index=renamed)
    rest = frame.drop(index=list(renamed))
    both = moved.index.intersection(rest.index)
    clash = (moved.loc[both].notna() & rest.loc[both].notna()).any(axis=1)
    if clash.any():
        raise InputError(
            name, "deux lignes pour un même territoire", "un ancien code qui complète le nouveau",
            column="code", rows=list(clash.index[clash]),
        )  # fmt: skip
    return rest.combine_first(moved)[frame.columns]


def open_tables(
    folder: Path, codes: dict[str, list[str]], departement_of: dict[str, str], former: Path, set_aside: Path
) -> Tables:
    """Open the `tables/` folder of `folder`.

    `former` lists the codes that changed or are out of scope, `set_aside` the cells known to be wrong;
    `departement_of` gives the département of each commune.
    """
    tables = folder / "tables"
    if not tables.is_dir():
        raise InputError(
            str(folder.name), "pas de dossier tables/", "un dossier de sources avec tables/*.parquet"
        )
    lines = read_csv(former, ["level", "code", "becomes", "note"], key=None, may_be_empty=True)
    changed = {(row.level, row.code): (row.becomes, row.note) for row in lines.itertuples(index=False)}
    rules = read_csv(set_aside, ["source", "variable", "where", "note"], key=None, may_be_empty=True)
    aside = [SetAside(str(r.source), str(r.variable), str(r.where), str(r.note)) for r in rules.itertuples()]
    return Tables(tables, codes, changed, departement_of, aside)
