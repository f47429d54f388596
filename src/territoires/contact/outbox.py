"""The messages on their way: a durable queue, in SQLite, in `contact/` of the state of an installation.

A message makes two letters: one to the organisation, then a copy to the visitor, due once the first has gone. A
letter is `waiting`, then `sent`; after `GIVEN_UP` of trying it is `abandoned`, kept for whoever looks after the site.
What the visitor wrote is erased as soon as both letters have gone: only the identifier of the organisation and the
dates remain.

The address of the organisation is never written here: it is looked up when the letter leaves, so that a contact that
was removed stops being written to at once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from territoires.contact.message import Draft
from territoires.errors import DataError

FOLDER = "contact"
FILE = "outbox.sqlite3"
HANDING = "handing"

#: Seconds before each new attempt: doubled from a minute, to six hours at most.
FIRST_PAUSE, LONGEST_PAUSE = 60.0, 6 * 3600.0

#: Seconds after which a letter that was never accepted is abandoned, and those after which it is erased.
GIVEN_UP, ERASED = 5 * 86_400.0, 30 * 86_400.0

#: Seconds that a writer waits for another.
BUSY = 15.0

TARGET, COPY = "target", "copy"

SCHEMA = """
CREATE TABLE IF NOT EXISTS messages (
    id TEXT PRIMARY KEY, target TEXT NOT NULL, name TEXT NOT NULL, email TEXT NOT NULL, message TEXT NOT NULL,
    created REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS letters (
    message TEXT NOT NULL REFERENCES messages(id), role TEXT NOT NULL, state TEXT NOT NULL, due REAL NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, unsure INTEGER NOT NULL DEFAULT 0, error TEXT NOT NULL DEFAULT '',
    sent REAL, PRIMARY KEY (message, role)
);
CREATE INDEX IF NOT EXISTS letters_due ON letters (state, due);
CREATE TABLE IF NOT EXISTS passages (key TEXT NOT NULL, at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS passages_key ON passages (key, at);
"""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to send: its message, its role (`target` or `copy`), and how often it was tried."""

    message: str
    role: str
    target: str
    draft: Draft
    attempts: int

    @property
    def identifier(self) -> str:
        """The left part of its Message-ID: the same at every attempt."""
        return f"{self.message}.{self.role}"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many letters are in each state; `unsure` is how many were handed over twice for want of knowing."""

    waiting: int
    sent: int
    abandoned: int
    unsure: int


class Outbox:
    """The queue; each operation opens and closes its own connection, so that processes may fork between two."""

    def __init__(self, state: Path) -> None:
        self.folder = state / FOLDER
        self.path = self.folder / FILE
        self._handing = self.folder / HANDING

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Open the queue, in a transaction that is written or undone whole; `DataError` where that fails."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            fresh = not self.path.exists()
            opened = sqlite3.connect(self.path, timeout=BUSY, isolation_level=None)
            try:
                if fresh:
                    self.path.chmod(0o600)
                    opened.execute("PRAGMA journal_mode = WAL")
                opened.execute("PRAGMA synchronous = FULL")
                # What is erased is overwritten, not only forgotten.
                opened.execute("PRAGMA secure_delete = ON")
                if (
                    fresh
                    or not opened.execute("SELECT 1 FROM sqlite_master WHERE name = 'passages'").fetchone()
                ):
                    opened.executescript(SCHEMA)
                opened.execute("BEGIN IMMEDIATE")
                try:
                    yield opened
                except BaseException:
                    opened.execute("ROLLBACK")
                    raise
                opened.execute("COMMIT")
            finally:
                opened.close()
        except (sqlite3.Error, OSError) as error:
            raise DataError(f"File des messages inutilisable ({error}) : {self.path}.") from error

    def put(self, id: str, target: str, draft: Draft, now: float) -> bool:
        """Take a message; False when this `id` was taken already (a form sent twice)."""
        with self.connection() as db:
            added = db.execute(
                "INSERT OR IGNORE INTO messages VALUES (?, ?, ?, ?, ?, ?)",
                (id, target, draft.name, draft.email, draft.message, now),
            ).rowcount
            if added:
                db.executemany(
                    "INSERT INTO letters (message, role, state, due) VALUES (?, ?, ?, ?)",
                    [(id, TARGET, "waiting", now), (id, COPY, "after", now)],
                )
            return bool(added)

    def recover(self) -> bool:
        """Count as `unsure` the letter that a killed process left in its last step, if there is one.

        Only whoever holds the sender's lock may call this.
        """
        try:
            message, _, role = self._handing.read_text(encoding="utf-8").partition(".")
        except FileNotFoundError:
            return False
        except OSError as error:
            raise DataError(f"File des messages inutilisable ({error}) : {self._handing}.") from error
        with self.connection() as db:
            left = db.execute(
                "UPDATE letters SET unsure = unsure + 1 WHERE message = ? AND role = ? AND state = 'waiting'",
                (message, role),
            ).rowcount
        self.over()
        return bool(left)

    def next(self, now: float) -> Letter | None:
        """Return the letter that has been due for longest, or None."""
        with self.connection() as db:
            row = db.execute(
                "SELECT l.message, l.role, m.target, m.name, m.email, m.message, l.attempts FROM letters l "
                "JOIN messages m ON m.id = l.message WHERE l.state = 'waiting' AND l.due <= ? "
                "ORDER BY l.due, m.created LIMIT 1",
                (now,),
            ).fetchone()
        return Letter(row[0], row[1], row[2], Draft(*row[3:6]), row[6]) if row else None

    def due(self, now: float) -> bool:
        """Whether a letter is to be sent now."""
        if not self.path.exists():
            return False
        with self.connection() as db:
            return bool(
                db.execute(
                    "SELECT 1 FROM letters WHERE state = 'waiting' AND due <= ? LIMIT 1",
                    (now,),
                ).fetchone()
            )

    def handing(self, letter: Letter) -> None:
        """Note that the last step of a letter begins: a file beside the queue, which costs no wait for the disk."""
        self._handing.write_text(letter.identifier, encoding="utf-8")

    def over(self) -> None:
        """Note that the last step is over."""
        self._handing.unlink(missing_ok=True)

    def sent(self, letter: Letter, now: float) -> None:
        """Note that the server has accepted a letter; the copy is then due, or the message erased."""
        with self.connection() as db:
            key = (letter.message, letter.role)
            db.execute(
                "UPDATE letters SET state = 'sent', sent = ?, error = '' WHERE message = ? AND role = ?",
                (now, *key),
            )
            db.execute(
                "UPDATE letters SET state = 'waiting', due = ? WHERE message = ? AND state = 'after'",
                (now, key[0]),
            )
            db.execute(
                "UPDATE messages SET name = '', email = '', message = '' WHERE id = ? AND NOT EXISTS "
                "(SELECT 1 FROM letters WHERE message = messages.id AND state != 'sent')",
                (key[0],),
            )

    def failed(self, letter: Letter, error: str, now: float, *, unsure: bool = False) -> None:
        """Note that a letter was not accepted, or that nobody knows (`unsure`), and when it is tried again."""
        key = (letter.message, letter.role)
        with self.connection() as db:
            found = db.execute("SELECT created FROM messages WHERE id = ?", key[:1]).fetchone()
            if found is None:
                # Erased meanwhile: its organisation was removed.
                return
            pause = min(FIRST_PAUSE * 2 ** min(letter.attempts, 12), LONGEST_PAUSE)
            state = "abandoned" if now - found[0] > GIVEN_UP else "waiting"
            db.execute(
                "UPDATE letters SET state = ?, due = ?, attempts = attempts + 1, unsure = unsure + ?, error = ? "
                "WHERE message = ? AND role = ?",
                (state, now + pause, int(unsure), error[:200], *key),
            )

    def hurry(self, now: float) -> None:
        """Make every letter due now: those that wait for a new attempt, and those that were abandoned."""
        with self.connection() as db:
            db.execute(
                "UPDATE letters SET state = 'waiting', due = ? WHERE state IN ('waiting', 'abandoned')",
                (now,),
            )

    def forget(self, target: str) -> int:
        """Erase every message to an organisation; return how many letters had not gone."""
        if not self.path.exists():
            return 0
        with self.connection() as db:
            left = db.execute(
                "SELECT count(*) FROM letters WHERE state NOT IN ('sent', 'after') "
                "AND message IN (SELECT id FROM messages WHERE target = ?)",
                (target,),
            ).fetchone()[0]
            db.execute(
                "DELETE FROM letters WHERE message IN (SELECT id FROM messages WHERE target = ?)", (target,)
            )
            db.execute("DELETE FROM messages WHERE target = ?", (target,))
            return int(left)

    def erase_old(self, now: float) -> None:
        """Erase what has stayed too long, gone or not: personal data are not kept."""
        with self.connection() as db:
            old = (now - ERASED,)
            db.execute(
                "DELETE FROM letters WHERE message IN (SELECT id FROM messages WHERE created < ?)", old
            )
            db.execute("DELETE FROM messages WHERE created < ?", old)

    def counts(self) -> Counts:
        """Count the letters by state."""
        with self.connection() as db:
            states = dict(db.execute("SELECT state, count(*) FROM letters GROUP BY state").fetchall())
            unsure = db.execute("SELECT count(*) FROM letters WHERE unsure > 0").fetchone()[0]
        waiting = states.get("waiting", 0) + states.get("after", 0)
        return Counts(waiting, states.get("sent", 0), states.get("abandoned", 0), unsure)
