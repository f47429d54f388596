"""What an installation holds beside the shipped files: the imported list, its contacts, the ids that were removed.

In the folder `catalysts/` of the state:

| file | what it holds |
|---|---|
| `current.csv` | the imported list, in the canonical form, without any contact |
| `contacts-<hash>.json` | e-mail and phone by id, given with consent; readable by its owner only (mode 600) |
| `removed.csv` | the ids that were removed, and when: they do not come back with the next file |
| `journal.jsonl` | who did what and when, without personal data |

The contacts are named by the hash of the list they go with, and written before it: one renaming puts both in
place, so that a contact never meets the list of another import.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import dataclass
from pathlib import Path

from territoires.catalysts.records import RESTORE, parse_rows
from territoires.errors import DataError

#: Folder of the directory, under the shipped data and under the state of an installation.
FOLDER = "catalysts"

CURRENT = "current.csv"
REMOVED = "removed.csv"

#: Characters of the hash of a list in the name of its contacts.
HASH_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Contact:
    """How an organisation is reached: an e-mail address, a phone number; empty where it gave none."""

    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """The imported list (canonical rows), its contacts by id, and the ids that were removed (id → date)."""

    name: str
    rows: tuple[dict[str, str], ...]
    contacts: dict[str, Contact]
    removed: dict[str, str]
    sha256: str


def folder_of(state: Path) -> Path:
    """Return the folder of the directory in the state of an installation."""
    return state / FOLDER


def contacts_path(state: Path, sha256: str) -> Path:
    """Return where the contacts of the list of this hash stand."""
    return folder_of(state) / f"contacts-{sha256[:HASH_LENGTH]}.json"


def watched(state: Path) -> tuple[Path, ...]:
    """Return the paths of which one at least changes whenever the holding does."""
    folder = folder_of(state)
    return folder, folder / CURRENT, folder / REMOVED


def read_held(state: Path) -> Held:
    """Read what an installation holds; nothing where it never imported a list.

    `DataError` names a file that cannot be read.
    """
    path = folder_of(state) / CURRENT
    try:
        content = path.read_bytes() if path.is_file() else b""
        rows = parse_rows(content.decode("utf-8")) if content else []
        sha256 = hashlib.sha256(content).hexdigest() if content else ""
        contacts = _read_contacts(contacts_path(state, sha256)) if content else {}
        removed = read_removed(state)
    except (OSError, UnicodeDecodeError, csv.Error, ValueError, KeyError, TypeError) as error:
        raise DataError(f"Annuaire illisible dans {folder_of(state)} ({error}). {RESTORE}.") from error
    ids = {row["id"] for row in rows}
    kept = {id: contact for id, contact in contacts.items() if id in ids and id not in removed}
    return Held(path.name, tuple(rows), kept, removed, sha256)


def _read_contacts(path: Path) -> dict[str, Contact]:
    if not path.is_file():
        return {}
    content: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return {id: Contact(**cells) for id, cells in content.items()}


def read_removed(state: Path) -> dict[str, str]:
    """Return the ids that were removed, and the day of each; `OSError` or `KeyError` for an unreadable file."""
    path = folder_of(state) / REMOVED
    if not path.is_file():
        return {}
    lines = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
    return {line["id"]: line["removed_on"] for line in lines}
