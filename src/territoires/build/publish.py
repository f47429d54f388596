"""Write what ships, and put it in place in one move.

Everything is first written into a draft folder beside the target. Only a complete draft takes the place of
the previous data; a build that fails leaves what was there untouched.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from territoires.build.alerts import ALERTED, count_alerts
from territoires.build.indicators import Computed, Index
from territoires.model.alerts import compared_mask
from territoires.model.classes import DEFAULT_CLASSES, Method, classify
from territoires.model.indicators import SPARE_DECIMALS, Indicator, Status
from territoires.model.levels import Level
from territoires.model.sizes import STRATA

#: Files of data/ written by people, carried over by every build.
WRITTEN_BY_HAND = (
    "catalogue.csv",
    "sources.toml",
    "former_codes.csv",
    "set_aside.csv",
    "verification_plan.csv",
    "variables.csv",
    "perceptions",
    "catalysts",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """The folder being written; `data` and `geodata` take the place of the published ones."""

    folder: Path

    @property
    def data(self) -> Path:
        """Where the values are written."""
        return self.folder / "data"

    @property
    def geodata(self) -> Path:
        """Where the geometries are written."""
        return self.folder / "geodata"


def _write(columns: Mapping[str, NDArray[Any]], path: Path, *, split: bool = False) -> None:
    """Write columns as a Parquet file whose bytes depend on the values alone.

    `split` stores floats byte by byte: a quarter smaller for counts, which seldom repeat.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    table = pa.table({name: pa.array(column) for name, column in columns.items()})
    pq.write_table(
        table,
        path,
        compression="zstd",
        compression_level=12,
        write_statistics=False,
        use_dictionary=not split,
        column_encoding=dict.fromkeys(columns, "BYTE_STREAM_SPLIT") if split else None,
    )


def stored(values: NDArray[np.float64], decimals: int) -> NDArray[np.float32]:
    """Return `values` as they ship: two spare decimals, and exact once rounded to the `decimals` displayed.

    Rounding twice would show 19.4497 as 19.5 (19.4497 → 19.450 → 19.5): such a value moves by the smallest
    step of float32 towards its own rounding.
    """
    kept = (np.round(values, decimals + SPARE_DECIMALS) + 0.0).astype(np.float32)
    shown = np.round(values, decimals)
    off = np.isfinite(values) & (np.round(kept.astype(np.float64), decimals) != shown)
    kept[off] = np.nextafter(kept[off], shown[off].astype(np.float32))
    return kept


def write_values(indicators: tuple[Indicator, ...], computed: Computed, data: Path) -> None:
    """Write values/, status/ and counts/ of every level."""
    decimals = {indicator.id: indicator.decimals for indicator in indicators}
    for level in Level:
        values = {name: stored(column, decimals[name]) for name, column in computed.values[level].items()}
        _write(values, data / "values" / f"{level}.parquet")
        _write(computed.status[level], data / "status" / f"{level}.parquet")
        if computed.counts[level]:
            counts = {name: column.astype(np.float32) for name, column in computed.counts[level].items()}
            _write(counts, data / "counts" / f"{level}.parquet", split=True)


def write_alerts(indicators: tuple[Indicator, ...], computed: Computed, index: Index, data: Path) -> None:
    """Write alerts/: per domain, how many indicators are in alert and how many are known."""
    for level in ALERTED:
        _write(count_alerts(indicators, computed, index, level), data / "alerts" / f"{level}.parquet")


def write_classes(indicators: tuple[Indicator, ...], computed: Computed, index: Index, data: Path) -> None:
    """Write classes.json: the class bounds per level × indicator, for all territories and per stratum."""
    content: dict[str, dict[str, dict[str, dict[str, Any]]]] = {}
    for level in Level:
        if level is Level.FRANCE:
            continue
        strata = index.stratum[level]
        masks = {"toutes": np.ones(strata.size, dtype=bool)}
        if level in (Level.COMMUNE, Level.EPCI):
            masks |= {stratum.value: strata == position for position, stratum in enumerate(STRATA)}
        content[level] = {}
        for indicator in indicators:
            values = computed.values[level][indicator.id].astype(np.float32).astype(np.float64)
            known = compared_mask(computed.status[level][indicator.id])
            entry = {}
            for name, mask in masks.items():
                kept = np.where(known & mask, values, np.nan)
                classes = classify(kept, Method.QUANTILES, DEFAULT_CLASSES, indicator.decimals)
                entry[f"{Method.QUANTILES}:{name}"] = {
                    "asked": classes.asked,
                    "bounds": classes.bounds,
                    "sizes": classes.sizes,
                }
            content[level][indicator.id] = entry
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (data / "classes.json").write_text(text + "\n", encoding="utf-8")


def _rows(path: Path) -> int | None:
    """Return the number of rows of a Parquet file, None for another file."""
    return int(pq.read_metadata(path).num_rows) if path.suffix == ".parquet" else None


def write_manifest(draft: Draft, release: str, indicators: int) -> str:
    """Write manifest.json and return the version: the hash of the hashes of everything that ships."""
    files = []
    for folder in (draft.data, draft.geodata):
        for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "manifest.json"):
            with path.open("rb") as handle:
                digest = hashlib.file_digest(handle, "sha256").hexdigest()
            entry = {
                "path": path.relative_to(draft.folder).as_posix(),
                "bytes": path.stat().st_size,
                "sha256": digest,
            }
            rows = _rows(path)
            files.append(entry if rows is None else {**entry, "rows": rows})
    counts = {
        level.value: _rows(draft.geodata / "territories" / f"{level}.parquet") or 0
        for level in Level
        if level is not Level.FRANCE
    }
    counts["indicators"] = indicators
    version = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()
    content = {"version": version, "release": release, "counts": counts, "files": files}
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (draft.data / "manifest.json").write_text(text + "\n", encoding="utf-8")
    return version


@contextlib.contextmanager
def draft_beside(data: Path) -> Iterator[Draft]:
    """Give a draft folder on the same disk as `data`, removed whatever happens."""
    data.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".territoires-build-", dir=data.parent))
    try:
        draft = Draft(folder)
        draft.data.mkdir()
        draft.geodata.mkdir()
        yield draft
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def carry_over(previous: Path, draft: Draft) -> None:
    """Copy the files of data/ that people write into the draft."""
    for name in WRITTEN_BY_HAND:
        source = previous / name
        if source.is_dir():
            shutil.copytree(source, draft.data / name)
        elif source.is_file():
            shutil.copy2(source, draft.data / name)


def put_in_place(draft: Draft, data: Path, geodata: Path) -> None:
    """Put a complete draft where the previous data was; the manifest comes last.

    Between the two moves the manifest and the geometries may disagree for an instant: whoever opens the
    data then is told so by their hashes, and the previous folders are put back if a move fails.
    """
    moves = [(draft.geodata, geodata), (draft.data, data)]
    aside: list[tuple[Path, Path]] = []
    try:
        for new, target in moves:
            old = draft.folder / f"previous-{target.name}"
            if target.exists():
                target.replace(old)
                aside.append((old, target))
            new.replace(target)
    except OSError:
        for old, target in reversed(aside):
            if target.exists():
                shutil.rmtree(target)
            old.replace(target)
        raise


def missing_by_reason(computed: Computed, level: Level) -> dict[Status, int]:
    """Count the cells of a level by status."""
    total: dict[Status, int] = {}
    for column in computed.status[level].values():
        reasons, sizes = np.unique(column, return_counts=True)
        for reason, size in zip(reasons, sizes, strict=True):
            total[Status(int(reason))] = total.get(Status(int(reason)), 0) + int(size)
    return total
