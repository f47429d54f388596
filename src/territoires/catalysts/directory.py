"""The directory of catalysts: the organisations of the shipped files and of the imported list, as one.

A record never holds an e-mail address nor a phone number: those stand in a file of their own
(`catalysts/holding.py`), and all that is known here is that one exists (`reachable`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cached_property, partial
from pathlib import Path

from territoires.catalysts.catalyst import Catalyst
from territoires.catalysts.holding import FOLDER, read_held, watched
from territoires.catalysts.records import read_records, records_of
from territoires.errors import UnknownError
from territoires.model.catalysts import Origin
from territoires.model.selection import quoted
from territoires.store.live import Live
from territoires.store.store import Store

#: The shipped files, and the origin of their records. What could not be placed is listed without a point.
SHIPPED: tuple[tuple[str, Origin], ...] = (
    ("published.csv", Origin.PUBLISHED),
    ("unplaced.csv", Origin.PUBLISHED),
    ("demonstration.csv", Origin.FICTITIOUS),
)

#: The order of the directory: what exists first.
ORDER: tuple[Origin, ...] = (Origin.PUBLISHED, Origin.IMPORTED, Origin.FICTITIOUS)

#: Characters of the hash that names a version.
VERSION_LENGTH = 12


class Directory:
    """The organisations, in one order that does not change: published, imported, fictitious."""

    def __init__(self, catalysts: Iterable[Catalyst], version: str) -> None:
        self.catalysts: tuple[Catalyst, ...] = tuple(catalysts)
        #: Changes when anything in the directory does.
        self.version = version
        self._by_id = {catalyst.id: catalyst for catalyst in self.catalysts}

    def __len__(self) -> int:
        """Return the number of organisations."""
        return len(self.catalysts)

    def __contains__(self, id: object) -> bool:
        """Whether an organisation has this id."""
        return id in self._by_id

    def get(self, id: str) -> Catalyst:
        """Return the organisation of this id; `UnknownError` where there is none."""
        try:
            return self._by_id[id]
        except KeyError:
            raise UnknownError(f"Aucune organisation de l’annuaire n’a l’identifiant {quoted(id)}.") from None

    @cached_property
    def has_fictitious(self) -> bool:
        """Whether some organisations were invented for the demonstration."""
        return any(catalyst.fictitious for catalyst in self.catalysts)

    def without_fictitious(self) -> Directory:
        """Return the directory of the organisations that exist."""
        return self._real

    @cached_property
    def _real(self) -> Directory:
        if not self.has_fictitious:
            return self
        kept = (catalyst for catalyst in self.catalysts if not catalyst.fictitious)
        return Directory(kept, f"{self.version}-real")


def open_directory(data: Path, state: Path, store: Store, *, demonstration: bool) -> Directory:
    """Open the directory: the files shipped in `data`, and the list imported in `state`.

    Without `demonstration`, the fictitious organisations are not even read. An imported record takes the place
    of a shipped one of the same id, and one that was removed is nowhere. `DataError` names a file that cannot be
    read.
    """
    digest = hashlib.blake2b(digest_size=VERSION_LENGTH // 2)
    found: dict[str, Catalyst] = {}
    for name, origin in SHIPPED:
        path = data / FOLDER / name
        if path.is_file() and (demonstration or origin is not Origin.FICTITIOUS):
            digest.update(path.read_bytes())
            found.update((record.id, record) for record in read_records(path, origin, store))
    held = read_held(state)
    reachable = frozenset(id for id, contact in held.contacts.items() if contact.email)
    if held.rows:
        records = records_of(held.rows, held.name, Origin.IMPORTED, store, reachable)
        found.update((record.id, record) for record in records)
    digest.update("\n".join((held.sha256, *sorted(reachable), *sorted(held.removed))).encode())
    kept = (record for record in found.values() if record.id not in held.removed)
    return Directory(sorted(kept, key=lambda record: ORDER.index(record.status)), digest.hexdigest())


class LiveDirectory(Live[Directory]):
    """The directory of a server that is running: opened again when an import or a removal has changed it."""

    def __init__(self, data: Path, state: Path, store: Store, *, demonstration: bool) -> None:
        super().__init__(
            watched(state), partial(open_directory, data, state, store, demonstration=demonstration)
        )
