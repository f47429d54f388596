"""The read side: opens data/ and geodata/ and answers in arrays, in territory-index order."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from territoires.errors import DataError, UnknownError
from territoires.model.catalogue import read_catalogue
from territoires.model.classes import Classes, Method
from territoires.model.indicators import Indicator
from territoires.model.levels import Level
from territoires.model.sizes import Stratum
from territoires.store.layout import open_tables
from territoires.store.manifest import REBUILD, Manifest, locate, read_manifest
from territoires.store.territories import Territories, read_territories


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures come from; `short` is what stands after a figure."""

    id: str
    producer: str
    title: str
    official_page: str
    licence: str
    licence_confirmed: bool
    vintage: str
    confidence: str
    caveats: str
    short: str


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A drawing frame for print: `width` × `height` units, y downwards; `paths` per level, by index.

    Two frames are the same when they are one object: they hold thousands of paths, and what was read of one is kept.
    `metres_per_unit` is the ground length of one unit; `paths[level]` lists (territory index, SVG path).
    """

    name: str
    width: float
    height: float
    metres_per_unit: float
    epsg: int
    min_x: float
    max_y: float
    paths: dict[str, list[tuple[int, str]]]


class Store(Protocol):
    """What every other room may ask of the shipped data."""

    @property
    def manifest(self) -> Manifest:
        """What shipped, to the byte."""

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The catalogue, in its order."""

    @property
    def sources(self) -> dict[str, Source]:
        """The sources by id."""

    @property
    def default_indicator(self) -> str:
        """The indicator shown first."""

    def indicator(self, indicator: str) -> Indicator:
        """Return one indicator; `UnknownError` if the id does not exist."""

    def knows_indicator(self, indicator: str) -> bool:
        """Whether `indicator` is an id of the catalogue."""

    def knows_territory(self, level: Level, code: str) -> bool:
        """Whether `code` exists at `level`."""

    def territories(self, level: Level) -> Territories:
        """Return the territories of a level."""

    def values(self, level: Level, indicator: str) -> NDArray[np.float32]:
        """Return the values of an indicator at a level; NaN where missing."""

    def status(self, level: Level, indicator: str) -> NDArray[np.uint8]:
        """Return, for each value, its `model.indicators.Status`."""

    def counts(self, indicator: str) -> tuple[Level, tuple[NDArray[np.float64], ...]] | None:
        """Return the level at which an indicator is counted and its counts, or None if it has none."""

    def classes(
        self, level: Level, indicator: str, stratum: Stratum | None, method: Method
    ) -> Classes | None:
        """Return the classes computed at build time (of one stratum, or of all), or None."""

    def alerts(self, level: Level) -> dict[str, NDArray[np.uint8]]:
        """Return, per domain, `<domain>:alert` and `<domain>:known`; `UnknownError` where none are counted."""

    def frame(self, name: str) -> Frame:
        """Return a print frame such as "region:76"; `UnknownError` if there is none."""

    def tiles(self, level: Level) -> Path:
        """Return the PMTiles archive of a level."""


class TableStore:
    """The store on Arrow tables: mapped from the cache, or in memory (the same code, the twin of tests)."""

    def __init__(self, manifest: Manifest, tables: dict[str, pa.Table], data: Path, geodata: Path) -> None:
        self._manifest = manifest
        self._tables = tables
        self._data = data
        self._geodata = geodata
        self._indicators = self._read_catalogue()
        self._by_id = {indicator.id: indicator for indicator in self._indicators}
        self._sources, self._default = self._read_sources()
        self._territories = self._read_territories()
        self._classes: dict[str, dict[str, dict[str, Any]]] = self._read_json("classes.json")
        self._columns = {
            name: {column: position for position, column in enumerate(table.column_names)}
            for name, table in tables.items()
        }
        #: Columns opened so far: views of the mapped files, without a copy.
        self._opened: dict[tuple[str, str], NDArray[Any]] = {}

    @property
    def manifest(self) -> Manifest:
        """What shipped, to the byte."""
        return self._manifest

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The catalogue, in its order."""
        return self._indicators

    @property
    def sources(self) -> dict[str, Source]:
        """The sources by id."""
        return self._sources

    @property
    def default_indicator(self) -> str:
        """The indicator shown first: the first of the catalogue."""
        return self._default

    def indicator(self, indicator: str) -> Indicator:
        """Return one indicator; `UnknownError` if the id does not exist."""
        try:
            return self._by_id[indicator]
        except KeyError:
            raise UnknownError(f"Indicateur inconnu : {indicator[:40]}.") from None

    def knows_indicator(self, indicator: str) -> bool:
        """Whether `indicator` is an id of the catalogue."""
        return indicator in self._by_id

    def knows_territory(self, level: Level, code: str) -> bool:
        """Whether `code` exists at `level`."""
        return code in self._territories[level]

    def territories(self, level: Level) -> Territories:
        """Return the territories of a level."""
        return self._territories[level]

    def values(self, level: Level, indicator: str) -> NDArray[np.float32]:
        """Return the values of an indicator at a level; NaN where missing."""
        values: NDArray[np.float32] = self._column(f"values-{level}", indicator)
        return values

    def status(self, level: Level, indicator: str) -> NDArray[np.uint8]:
        """Return, for each value, its `model.indicators.Status`."""
        status: NDArray[np.uint8] = self._column(f"status-{level}", indicator)
        return status

    def counts(self, indicator: str) -> tuple[Level, tuple[NDArray[np.float64], ...]] | None:
        """Return the level at which an indicator is counted and its counts, or None if it has none."""
        found = self.indicator(indicator)
        names = found.counted
        if not names:
            return None
        level = Level(found.counts_level)
        table = f"counts-{level}"
        columns = [self._column(table, name).astype(np.float64) for name in names]
        if found.counts_communes:
            columns.append(np.where(np.isfinite(columns[0]), 1.0, np.nan))
        return level, tuple(columns)

    def classes(
        self, level: Level, indicator: str, stratum: Stratum | None, method: Method
    ) -> Classes | None:
        """Return the classes computed at build time (of one stratum, or of all), or None."""
        self.indicator(indicator)
        key = f"{method}:{stratum or 'toutes'}"
        found = self._classes.get(level, {}).get(indicator, {}).get(key)
        if found is None:
            return None
        return Classes(method, found["asked"], tuple(found["bounds"]), tuple(found["sizes"]))

    def alerts(self, level: Level) -> dict[str, NDArray[np.uint8]]:
        """Return, per domain, `<domain>:alert` and `<domain>:known`; `UnknownError` where none are counted."""
        table = f"alerts-{level}"
        if table not in self._tables:
            raise UnknownError(f"Les alertes ne sont pas comptées à l’échelon {level}.")
        return {name: self._column(table, name) for name in self._columns[table]}

    def frame(self, name: str) -> Frame:
        """Return a print frame such as "region:76"; `UnknownError` if there is none."""
        frames = self._tables["frames"]
        names: list[str] = frames.column("frame").to_pylist()
        if name not in names:
            raise UnknownError(f"Cadre d’impression inconnu : {name[:40]}.")
        row = frames.slice(names.index(name), 1).to_pylist()[0]
        start, length = self._frame_rows()[name]
        prints = self._tables["prints"].slice(start, length)
        columns = (prints.column(each).to_numpy().tolist() for each in ("level", "i", "path"))
        paths: dict[str, list[tuple[int, str]]] = {}
        for level, index, path in zip(*columns, strict=True):
            paths.setdefault(level, []).append((index, path))
        return Frame(
            name,
            row["width"],
            row["height"],
            row["metres_per_unit"],
            row["epsg"],
            row["min_x"],
            row["max_y"],
            paths,
        )

    def tiles(self, level: Level) -> Path:
        """Return the PMTiles archive of a level."""
        for entry in self._manifest.files:
            if entry.path.startswith(f"geodata/tiles/{level}."):
                return locate(entry, self._data, self._geodata)
        raise UnknownError(f"Aucune tuile à l’échelon {level}.")

    def _frame_rows(self) -> dict[str, tuple[int, int]]:
        """Return the first row and the number of rows of each frame (rows of a frame are contiguous)."""
        if not hasattr(self, "_frames"):
            runs = pc.run_end_encode(self._tables["prints"].column("frame").combine_chunks())
            ends: list[int] = runs.run_ends.to_pylist()
            starts = [0, *ends[:-1]]
            self._frames = {
                name: (start, end - start)
                for name, start, end in zip(runs.values.to_pylist(), starts, ends, strict=True)
            }
        return self._frames

    def _column(self, table: str, name: str) -> NDArray[Any]:
        """Return one column without a copy; `UnknownError` for a name the table does not hold."""
        opened = self._opened.get((table, name))
        if opened is not None:
            return opened
        position = self._columns.get(table, {}).get(name)
        if position is None:
            raise UnknownError(f"Aucune colonne « {name[:60]} » dans {table}.")
        chunks = self._tables[table].column(position).chunks
        column: NDArray[Any] = chunks[0].to_numpy(zero_copy_only=False) if chunks else np.empty(0)
        self._opened[table, name] = column
        return column

    def _read_text(self, name: str) -> str:
        try:
            return (self._data / name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise DataError(f"Fichier illisible : data/{name} ({error}). {REBUILD}.") from error

    def _read_json(self, name: str) -> dict[str, Any]:
        try:
            content: dict[str, Any] = json.loads(self._read_text(name))
        except json.JSONDecodeError as error:
            raise DataError(f"Fichier illisible : data/{name} ({error}). {REBUILD}.") from error
        return content

    def _read_catalogue(self) -> tuple[Indicator, ...]:
        return read_catalogue(csv.DictReader(io.StringIO(self._read_text("catalogue.csv"))))

    def _read_sources(self) -> tuple[dict[str, Source], str]:
        try:
            content = tomllib.loads(self._read_text("sources.toml"))
        except tomllib.TOMLDecodeError as error:
            raise DataError(f"Fichier illisible : data/sources.toml ({error}). {REBUILD}.") from error
        sources = {
            name: Source(
                name,
                entry["producer"],
                entry["title"],
                entry.get("official_page", ""),
                entry["licence"],
                bool(entry.get("licence_confirmed", False)),
                entry["vintage"],
                entry["confidence"],
                entry.get("caveats", ""),
                entry["short"],
            )
            for name, entry in content["source"].items()
        }
        return sources, str(content.get("default_indicator") or self._indicators[0].id)

    def _read_territories(self) -> dict[Level, Territories]:
        indexes: dict[Level, dict[str, int]] = {}
        for level in Level:
            codes = self._tables[f"territories-{level}"].column("code").to_pylist()
            indexes[level] = {code: position for position, code in enumerate(codes)}
        higher = {level: indexes[level] for level in (Level.EPCI, Level.DEPARTEMENT, Level.REGION)}
        return {
            level: read_territories(level, self._tables[f"territories-{level}"], higher) for level in Level
        }


def open_store(data: Path, geodata: Path, cache: Path | None) -> TableStore:
    """Open the shipped data; `DataError` says which file is missing or unreadable."""
    manifest = read_manifest(data)
    return TableStore(manifest, open_tables(manifest, data, geodata, cache), data, geodata)
