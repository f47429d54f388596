"""Lay the shipped Parquet files out once as Arrow files, and map them.

The mapped copy lives in a cache folder named by the manifest's version, so that a new vintage never meets an
old copy, and is put in place by one rename, so that it is whole or absent.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from territoires.errors import DataError
from territoires.model.levels import Level
from territoires.store.manifest import REBUILD, Manifest

log = logging.getLogger(__name__)

#: How many laid-out versions are kept, the newest first.
KEPT_VERSIONS = 2


def shipped_tables(data: Path, geodata: Path) -> Iterator[tuple[str, Path]]:
    """Yield the name and the path of every Parquet table the store opens."""
    for kind in ("values", "status", "counts", "alerts"):
        for level in Level:
            path = data / kind / f"{level}.parquet"
            if path.is_file():
                yield f"{kind}-{level}", path
    for level in Level:
        yield f"territories-{level}", geodata / "territories" / f"{level}.parquet"
    for name in ("prints", "frames"):
        yield name, geodata / f"{name}.parquet"


def read_parquet(path: Path) -> pa.Table:
    """Read one shipped table in one chunk, without its geometry column; `DataError` if it cannot be read."""
    try:
        columns = [name for name in pq.read_schema(path).names if name != "geometry"]
        return pq.read_table(path, columns=columns).combine_chunks()
    except (OSError, pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise DataError(
            f"Fichier illisible : {path.parent.name}/{path.name} ({error}). {REBUILD}."
        ) from error


def read_in_memory(data: Path, geodata: Path) -> dict[str, pa.Table]:
    """Read every shipped table into memory."""
    return {name: read_parquet(path) for name, path in shipped_tables(data, geodata)}


def _write_arrow(table: pa.Table, path: Path) -> None:
    """Write a table as one uncompressed Arrow record batch."""
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        for batch in table.to_batches(max_chunksize=max(1, table.num_rows)):
            writer.write_batch(batch)


def _lay_out_one(source: Path, target: Path) -> None:
    """Lay out one shipped table."""
    _write_arrow(read_parquet(source), target)


def lay_out(manifest: Manifest, data: Path, geodata: Path, cache: Path) -> Path:
    """Return the folder of Arrow files for this manifest, writing it first where it is absent.

    Raises OSError where the cache cannot be written.
    """
    target = cache / manifest.version[:16]
    if target.is_dir():
        os.utime(target)
        return target
    cache.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=cache))
    try:
        # Arrow reads and writes outside Python's lock: two tables at a time on two cores.
        with ThreadPoolExecutor(max_workers=2) as pool:
            work = [
                pool.submit(_lay_out_one, path, draft / f"{name}.arrow")
                for name, path in shipped_tables(data, geodata)
            ]
            for done in work:
                done.result()
        # Another process may have put the same folder in place meanwhile: it holds the same bytes.
        with contextlib.suppress(OSError):
            draft.rename(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    if not target.is_dir():
        raise OSError(f"cache impossible à écrire : {cache}")
    versions = sorted(
        (p for p in cache.iterdir() if p.is_dir()), key=lambda p: p.stat().st_mtime, reverse=True
    )
    for old in [p for p in versions if not p.name.startswith(".")][KEPT_VERSIONS:]:
        shutil.rmtree(old, ignore_errors=True)
    return target


def map_tables(folder: Path) -> dict[str, pa.Table]:
    """Map every Arrow file of a laid-out folder; columns are read without a copy."""
    return {
        path.stem: pa.ipc.open_file(pa.memory_map(str(path))).read_all()
        for path in sorted(folder.glob("*.arrow"))
    }


def open_tables(manifest: Manifest, data: Path, geodata: Path, cache: Path | None) -> dict[str, pa.Table]:
    """Return every shipped table: mapped from the cache, or read into memory where it cannot be written."""
    if cache is not None:
        try:
            return map_tables(lay_out(manifest, data, geodata, cache))
        except OSError as error:
            log.warning("Cache inutilisable (%s) : les données sont lues en mémoire.", error)
    return read_in_memory(data, geodata)
