"""Who may send how much: a signed form instead of a cookie, a time trap, and rates per visitor and per organisation.

The form carries a token: the organisation, the moment it was served and a number used once, signed with a secret of
this installation. A form that comes back too fast, too late, altered, or for another organisation is not taken; the
number becomes that of the message, so that a form sent twice makes one message. There is no session, hence nothing
that another site could make a visitor do in their own name: at worst, it writes a message as anybody can.

Addresses are never written down: the rates are kept under a keyed hash of them, and forgotten after a day.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from territoires.contact.outbox import FOLDER, Outbox
from territoires.errors import DataError

KEY_FILE = "signing.key"
SECRET_LENGTH = 32

#: Seconds that nobody takes less of to write a message, and those that a form stays good for.
FASTEST, LONGEST = 3, 24 * 3600

DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `most` messages in `seconds`."""

    most: int
    seconds: float


#: By the address of the visitor, by the address they give, by organisation.
BY_VISITOR = (Rate(5, 3600.0), Rate(20, DAY))
BY_WRITER = (Rate(5, DAY),)
BY_TARGET = (Rate(20, DAY),)


class Token(Enum):
    """What a token of a form is worth."""

    GOOD = "good"
    TOO_FAST = "too fast"
    TOO_OLD = "too old"
    WRONG = "wrong"


def read_secret(state: Path) -> bytes:
    """Return the secret of this installation, made at the first need; `DataError` where it cannot be kept."""
    path = state / FOLDER / KEY_FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            # Whole or absent, and the same for all processes: the first link wins.
            draft = path.with_name(f"{KEY_FILE}.{os.getpid()}.{secrets.token_hex(4)}")
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as handle:
                handle.write(secrets.token_bytes(SECRET_LENGTH))
            try:
                path.hardlink_to(draft)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"Secret du formulaire inutilisable ({error.strerror}) : {path}.") from error


class Gate:
    """What stands between the form and the queue."""

    def __init__(self, outbox: Outbox, secret: bytes) -> None:
        self._outbox = outbox
        self._secret = secret

    def token(self, target: str, now: float) -> str:
        """Return the token of a form served at `now` for an organisation."""
        body = f"{int(now)}.{secrets.token_hex(16)}"
        return f"{body}.{self._sign(f'{target}.{body}')}"

    def check(self, token: str, target: str, now: float) -> tuple[Token, str]:
        """Return what a token is worth, and the number it carries (empty unless it was signed here)."""
        parts = token.split(".")
        if len(parts) != 3 or not parts[0].isascii() or not parts[0].isdigit() or len(parts[0]) > 12:
            return Token.WRONG, ""
        served, number, signature = parts
        if not hmac.compare_digest(signature.encode(), self._sign(f"{target}.{served}.{number}").encode()):
            return Token.WRONG, ""
        age = now - int(served)
        if age < FASTEST:
            return Token.TOO_FAST, number
        return (Token.TOO_OLD if age > LONGEST else Token.GOOD), number

    def admit(self, visitor: str, writer: str, target: str, now: float) -> bool:
        """Whether one more message passes the rates; it is then counted. Two processes never both take the last one."""
        wanted = [
            (self._sign(f"{kind}:{who.lower()}"), rates)
            for kind, who, rates in (
                ("visitor", visitor, BY_VISITOR),
                ("writer", writer, BY_WRITER),
                ("target", target, BY_TARGET),
            )
        ]
        with self._outbox.connection() as db:
            db.execute("DELETE FROM passages WHERE at < ?", (now - DAY,))
            for key, rates in wanted:
                for rate in rates:
                    passed = db.execute(
                        "SELECT count(*) FROM passages WHERE key = ? AND at > ?", (key, now - rate.seconds)
                    ).fetchone()[0]
                    if passed >= rate.most:
                        return False
            db.executemany("INSERT INTO passages VALUES (?, ?)", [(key, now) for key, _ in wanted])
        return True

    def _sign(self, text: str) -> str:
        return hmac.new(self._secret, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
