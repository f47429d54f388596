"""The manifest of the shipped data: what every file must be, to the byte."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from territoires.errors import DataError

NAME = "manifest.json"
REBUILD = "Rétablir le fichier d’origine (git checkout) ou reconstruire les données (territoires build)"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A shipped file: path from the folder that holds data/ and geodata/, size in bytes, sha256 and rows."""

    path: str
    bytes: int
    sha256: str
    rows: int | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What shipped together. `version` is the hash of the contents; `release` the month of the vintage."""

    version: str
    release: str
    counts: dict[str, int]
    files: tuple[FileEntry, ...]


def file_sha256(path: Path) -> str:
    """Return the hexadecimal sha256 of a file."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def read_manifest(data: Path) -> Manifest:
    """Read `manifest.json` in the folder `data`; `DataError` if it is missing or unreadable."""
    path = data / NAME
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        files = tuple(
            FileEntry(entry["path"], entry["bytes"], entry["sha256"], entry.get("rows"))
            for entry in content["files"]
        )
        return Manifest(content["version"], content["release"], dict(content["counts"]), files)
    except FileNotFoundError as error:
        raise DataError(f"Fichier absent : {data.name}/{NAME}. {REBUILD}.") from error
    except (json.JSONDecodeError, KeyError, TypeError, UnicodeDecodeError) as error:
        raise DataError(f"Fichier illisible : {data.name}/{NAME} ({error}). {REBUILD}.") from error


def locate(entry: FileEntry, data: Path, geodata: Path) -> Path:
    """Return where a file of the manifest stands; its first folder is "data" or "geodata"."""
    folder, _, rest = entry.path.partition("/")
    return (data if folder == "data" else geodata) / rest


def verify(manifest: Manifest, data: Path, geodata: Path) -> None:
    """Check the size and the sha256 of every shipped file; `DataError` names the first that differs."""
    for entry in manifest.files:
        path = locate(entry, data, geodata)
        if not path.is_file():
            raise DataError(f"Fichier absent : {entry.path}. {REBUILD}.")
        size = path.stat().st_size
        if size != entry.bytes:
            raise DataError(
                f"Fichier altéré : {entry.path} fait {size} octets, {entry.bytes} attendus. {REBUILD}."
            )
        if file_sha256(path) != entry.sha256:
            raise DataError(f"Fichier altéré : {entry.path} n’a pas l’empreinte attendue. {REBUILD}.")
