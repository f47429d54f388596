"""Put an imported file in the place of the previous one, so that a reader finds a whole file at every moment.

A folder of the state holds `current.csv`, `previous.csv` (what it replaced) and `journal.jsonl` (one line per
publication: who, when, what). The new file is written aside, flushed to the disk, then renamed: killed at any
instant, the process leaves the old file or the new one, whole. The line of the journal is laid down beforehand in
`pending.json`, and written at the next occasion when the process was killed between the two.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from territoires.errors import InputError

CURRENT, PREVIOUS = "current.csv", "previous.csv"
JOURNAL, PENDING, LOCK = "journal.jsonl", "pending.json", ".lock"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the journal: no personal data beyond the name that `who` chose to give.

    `when` is UTC, ISO 8601; `what` is the French phrase of the action; `file` the name of the file brought;
    `rows` the rows published; `sha256` that of the file published.
    """

    who: str
    when: str
    what: str
    file: str
    rows: int
    sha256: str


def now() -> str:
    """Return the present instant, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def fingerprint(folder: Path) -> str:
    """Return the sha256 of `current.csv`, empty when there is none."""
    current = folder / CURRENT
    return hashlib.sha256(current.read_bytes()).hexdigest() if current.is_file() else ""


def publish(
    folder: Path, content: bytes, *, who: str, what: str, file: str, rows: int, made_from: str | None = None
) -> Entry:
    """Publish `content` as `current.csv` of `folder`, keep what it replaces, and note it in the journal.

    One publication at a time: another process waits for its turn. With `made_from`, the `fingerprint` of what the
    content was made from, a file published meanwhile is not lost: `InputError`. The same when the folder cannot be
    written; nothing has changed then.
    """
    entry = Entry(who, now(), what, file, rows, hashlib.sha256(content).hexdigest())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            _settle(folder)
            if made_from is not None and made_from != fingerprint(folder):
                raise InputError(file, "un autre import vient d’être publié", "un nouvel essai")
            _write(folder / PENDING, json.dumps(asdict(entry), ensure_ascii=False).encode())
            fresh = _aside(folder / CURRENT, content)
            _keep(folder)
            fresh.replace(folder / CURRENT)
            _flush(folder)
            _settle(folder)
    except OSError as error:
        raise InputError(
            str(folder), f"écriture impossible ({error.strerror})", "un dossier inscriptible"
        ) from error
    return entry


def journal(folder: Path) -> tuple[Entry, ...]:
    """Return the journal of a folder, oldest first; a line cut short by a power failure is left out."""
    path = folder / JOURNAL
    found: list[Entry] = []
    if path.is_file():
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                found.append(Entry(**json.loads(line)))
            except (json.JSONDecodeError, TypeError):
                continue
    return tuple(found)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the lock of the folder; the system frees it when the process ends, however it ends."""
    with (folder / LOCK).open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _settle(folder: Path) -> None:
    """Write the pending line when its file is in place, forget it otherwise, and sweep what was left aside."""
    pending = folder / PENDING
    if pending.is_file():
        entry = json.loads(pending.read_text(encoding="utf-8"))
        published = fingerprint(folder) == entry["sha256"]
        last = journal(folder)[-1:]
        if published and (not last or asdict(last[0]) != entry):
            _append(folder / JOURNAL, json.dumps(entry, ensure_ascii=False))
        pending.unlink()
    for left in folder.glob("*.tmp"):
        left.unlink()


def _keep(folder: Path) -> None:
    """Keep `current.csv` as `previous.csv`; `current.csv` stays in place meanwhile."""
    current = folder / CURRENT
    if current.is_file():
        _write(folder / PREVIOUS, current.read_bytes())


def _aside(path: Path, content: bytes) -> Path:
    """Write `content` beside `path`, flushed to the disk; return where."""
    beside = path.with_name(f"{path.name}.tmp")
    with beside.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    return beside


def _write(path: Path, content: bytes) -> None:
    """Write a whole file or leave the former one."""
    _aside(path, content).replace(path)


def _append(path: Path, line: str) -> None:
    """Add a line, on a line of its own even after one cut short."""
    with path.open("ab") as handle:
        start = b"" if handle.tell() == 0 or _ends_well(path) else b"\n"
        handle.write(start + line.encode() + b"\n")
        handle.flush()
        os.fsync(handle.fileno())


def _ends_well(path: Path) -> bool:
    """Return whether the last byte of a file that is not empty ends a line."""
    with path.open("rb") as handle:
        handle.seek(-1, os.SEEK_END)
        return handle.read(1) == b"\n"


def _flush(folder: Path) -> None:
    """Flush the renaming itself to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
