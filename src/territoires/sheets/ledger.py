"""What a folder of sheets already holds: one line per file, with the version it was made from.

A file is written beside its place, then renamed: a folder never holds half a sheet. The ledger is only added to:
a batch stopped in the middle of a line loses that line and nothing else.
"""

from __future__ import annotations

import json
from pathlib import Path

from territoires.errors import TerritoiresError

NAME = "registre.jsonl"


class Ledger:
    """The files of `folder` and the version each was made from; the folder is made where it is missing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._held: dict[str, tuple[str, int]] = {}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            text = (folder / NAME).read_text(encoding="utf-8") if (folder / NAME).exists() else ""
        except OSError as error:
            raise TerritoiresError(f"Dossier inutilisable : {folder} ({error.strerror}).") from error
        for line in text.splitlines():
            self._read(line)
        self._unfinished = bool(text) and not text.endswith("\n")

    def _read(self, line: str) -> None:
        try:
            entry = json.loads(line)
            self._held[str(entry["fichier"])] = (str(entry["version"]), int(entry["octets"]))
        except (ValueError, KeyError, TypeError):
            return

    def holds(self, file: str, version: str) -> bool:
        """Whether `file` is there, whole, made from `version`."""
        written, size = self._held.get(file, ("", -1))
        path = self.folder / file
        return written == version and path.is_file() and path.stat().st_size == size

    def keep(self, file: str, content: bytes, version: str) -> None:
        """Write a file and its line; `TerritoiresError` where the folder refuses them."""
        path = self.folder / file
        unfinished = path.with_name(f".{file}.partiel")
        entry = {"fichier": file, "octets": len(content), "version": version}
        line = json.dumps(entry, ensure_ascii=False) + "\n"
        try:
            unfinished.write_bytes(content)
            unfinished.replace(path)
            with (self.folder / NAME).open("a", encoding="utf-8") as lines:
                lines.write("\n" + line if self._unfinished else line)
        except OSError as error:
            raise TerritoiresError(f"Impossible d’écrire {path} : {error.strerror}.") from error
        self._unfinished = False
        self._held[file] = (version, len(content))
