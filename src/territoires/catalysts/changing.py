"""Change what an installation holds: put an imported list in place, remove an organisation for good.

Killed at any instant, the process leaves the former list or the new one, whole, with its own contacts. The journal
says who did what and when; it names no person and no address.
"""

from __future__ import annotations

import csv
import fcntl
import hashlib
import io
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from territoires.catalysts.holding import (
    REMOVED,
    Contact,
    contacts_path,
    folder_of,
    read_held,
)
from territoires.catalysts.records import format_rows, parse_rows
from territoires.errors import DataError, InputError
from territoires.imports.publishing import PREVIOUS, Entry, now, publish

#: Held while a list is changed, so that two changes never mix.
CHANGING = ".changing"

#: Who may read the contacts: the owner of the process.
OWNER_ONLY = 0o600


def put_list(
    state: Path,
    rows: Sequence[Mapping[str, str]],
    contacts: Mapping[str, Contact] | None,
    *,
    who: str,
    file: str,
) -> Entry:
    """Put an imported list in the place of the former one, all or nothing.

    `contacts` None: the file had no column of contacts, and those already held are kept for the ids that stay.
    `InputError` when the folder cannot be written.
    """
    with _alone(state):
        ids = {row["id"] for row in rows}
        # A former list that cannot be read is no reason to refuse the one that replaces it.
        kept = read_held(state).contacts if contacts is None else contacts
        return _publish(
            state, rows, {id: contact for id, contact in kept.items() if id in ids},
            who=who, what="Import de l’annuaire", file=file,
        )  # fmt: skip


def remove(state: Path, id: str, *, who: str) -> Entry:
    """Remove an organisation: its record, its contact, and its return with the next file.

    The id is enough for one that ships: it is hidden. `InputError` when the folder cannot be written.
    """
    with _alone(state):
        held = read_held(state)
        removed = {**held.removed, id: now()[:10]}
        _write(folder_of(state) / REMOVED, _removed_text(removed).encode())
        rows = [row for row in held.rows if row["id"] != id]
        contacts = {key: contact for key, contact in held.contacts.items() if key != id}
        entry = _publish(state, rows, contacts, who=who, what=f"Retrait de l’organisation {id}", file="")
        _forget(folder_of(state) / PREVIOUS, id)
        return entry


def bring_back(state: Path, id: str, *, who: str) -> Entry:
    """Let an organisation that was removed come back: with the files that ship, or with the next import."""
    with _alone(state):
        held = read_held(state)
        if id not in held.removed:
            raise InputError(
                "removed.csv", f"« {id} » n’a pas été retiré", "un identifiant retiré auparavant"
            )
        removed = {key: day for key, day in held.removed.items() if key != id}
        _write(folder_of(state) / REMOVED, _removed_text(removed).encode())
        return _publish(
            state, held.rows, held.contacts, who=who, what=f"Retrait levé pour l’organisation {id}", file=""
        )


def _publish(
    state: Path,
    rows: Sequence[Mapping[str, str]],
    contacts: Mapping[str, Contact],
    *,
    who: str,
    what: str,
    file: str,
) -> Entry:
    """Write the contacts under the name of the list to come, then the list; sweep the contacts of others."""
    content = format_rows(rows).encode()
    beside = contacts_path(state, hashlib.sha256(content).hexdigest())
    text = json.dumps({id: asdict(contacts[id]) for id in sorted(contacts)}, ensure_ascii=False)
    _write(beside, text.encode(), OWNER_ONLY)
    entry = publish(folder_of(state), content, who=who, what=what, file=file, rows=len(rows))
    # The contacts of another list, and what a killed process left half written.
    for pattern in ("contacts-*", "*.part"):
        for left in folder_of(state).glob(pattern):
            if left != beside:
                left.unlink(missing_ok=True)
    return entry


def _removed_text(removed: Mapping[str, str]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerows([("id", "removed_on"), *sorted(removed.items())])
    return buffer.getvalue()


def _forget(path: Path, id: str) -> None:
    """Take a record out of the former list, which is kept beside the present one."""
    if path.is_file():
        try:
            rows = parse_rows(path.read_text(encoding="utf-8"))
        except (UnicodeDecodeError, csv.Error, ValueError) as error:
            raise DataError(f"Annuaire illisible : {path} ({error}). Effacer ce fichier.") from error
        _write(path, format_rows([row for row in rows if row["id"] != id]).encode())


@contextmanager
def _alone(state: Path) -> Iterator[None]:
    """Hold the lock of the changes; `InputError` when the folder cannot be written."""
    folder = folder_of(state)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / CHANGING).open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
    except OSError as error:
        raise InputError(
            str(folder), f"écriture impossible ({error.strerror})", "un dossier inscriptible"
        ) from error


def _write(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write a whole file or leave the former one; nobody else ever reads one of mode 600."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as handle:
        os.fchmod(descriptor, mode)
        handle.write(content)
        handle.flush()
        os.fsync(descriptor)
    beside.replace(path)
