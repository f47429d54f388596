"""Hand letters to the mail server, each of them once.

A letter is marked as sent only after the server's 250. Between the moment the server takes it and the moment this is
written stands the one window in which a killed process would not know. So the last step (the final dot of SMTP, the
answer, the mark) is made by a process of its own, forked for it: killing the sender does not touch it, it ends within
the time of one answer, and it holds the sender's lock meanwhile, so that no other sender starts before it has
written. What remains is the death of that very process (power failure, a kill of the whole group) during its few
milliseconds: the letter is then sent again under the same Message-ID, by which mail systems recognise a double, and
counted as `unsure`. Losing a message would be worse, and SMTP offers no third way.
"""

from __future__ import annotations

import fcntl
import logging
import os
import re
import smtplib
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from territoires.contact.message import copy, letter
from territoires.contact.outbox import COPY, Letter, Outbox
from territoires.errors import ConfigurationError

log = logging.getLogger(__name__)

LOCK = "sender.lock"

#: Seconds waited for the server before the last step, then for its final answer (RFC 5321, 4.5.3.2.6: a shorter
#: patience makes doubles).
PATIENCE, LAST_PATIENCE = 30.0, 600.0

#: How the process of the last step ends.
ACCEPTED, NOT_ACCEPTED, UNKNOWN = 0, 1, 2

PORTS = {"smtp": 587, "smtps": 465}
LOOPBACK = ("localhost", "127.0.0.1", "::1")

#: What finds the name and the address of an organisation; None when there is no contact any more.
Finder = Callable[[str], tuple[str, str] | None]


@dataclass(frozen=True, slots=True)
class Server:
    """The mail server; `implicit`: TLS from the first byte, otherwise by STARTTLS where it is offered."""

    host: str
    port: int
    user: str
    password: str
    implicit: bool


def server_of(url: str) -> Server:
    """Read `smtp://user:password@host:587` or `smtps://…`; `ConfigurationError` never repeats the password."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if parts.scheme not in PORTS or not host:
        raise ConfigurationError(
            "TERRITOIRES_SMTP_URL : adresse illisible. Attendu : smtp://utilisateur:motdepasse@hôte:587, ou smtps://."
        )
    return Server(
        host,
        port or PORTS[parts.scheme],
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        parts.scheme == "smtps",
    )


class RefusedError(Exception):
    """The server did not take a letter; the text is its answer, for whoever looks after the site."""


class UnreachableError(Exception):
    """The server takes no letter at all: it cannot be reached, or refuses the connection."""


@contextmanager
def sole_sender(outbox: Outbox, *, wait: bool) -> Iterator[bool]:
    """Hold the sender's lock; yields False when another holds it. The last step inherits it, and frees it."""
    outbox.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (outbox.folder / LOCK).open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True


def send_due(outbox: Outbox, server: Server, sender: str, find: Finder, *, wait: bool = False) -> int:
    """Send every letter that is due, one after the other; return how many were accepted.

    Must run in a process without threads: the last step forks. Stops at the first letter that the server does not
    take because it cannot be reached. Nothing is done while another process sends, unless `wait`.
    """
    accepted = 0
    line = Line(server)
    with sole_sender(outbox, wait=wait) as alone:
        if not alone:
            return 0
        if outbox.recover():
            log.warning("Une lettre est restée à sa dernière étape : elle est envoyée de nouveau.")
        outbox.erase_old(time.time())
        while (due := outbox.next(time.time())) is not None:
            found = find(due.target)
            if found is None:
                outbox.failed(due, "plus de contact pour cette organisation", time.time())
                continue
            try:
                accepted += _deliver(outbox, line, sender, due, *found)
            except RefusedError as error:
                line.drop()
                outbox.failed(due, str(error), time.time())
            except (OSError, UnreachableError) as error:
                outbox.failed(due, f"serveur injoignable : {error}", time.time())
                break
        line.drop()
    return accepted


class Line:
    """The connection to the server, kept from one letter to the next where both processes may share it.

    Through TLS they may not: the state of the session would differ on each side of the fork.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._connection: smtplib.SMTP | None = None

    def begin(self, sender: str, recipient: str) -> smtplib.SMTP:
        """Return a connection on which the text of a letter is awaited.

        One that was kept and that the server has closed meanwhile is replaced. `RefusedError` with the server's
        words, `UnreachableError` or `OSError` where there is no connection.
        """
        if self._connection is not None:
            try:
                return self._open(self._connection, sender, recipient)
            except (OSError, RefusedError):
                self.drop()
        self._connection = _connect(self._server)
        return self._open(self._connection, sender, recipient)

    def _open(self, connection: smtplib.SMTP, sender: str, recipient: str) -> smtplib.SMTP:
        _ask(connection, f"MAIL FROM:<{sender}>", 250)
        _ask(connection, f"RCPT TO:<{recipient}>", 250)
        _ask(connection, "DATA", 354)
        return connection

    def over(self, *, answered: bool) -> None:
        """Keep the connection after a letter that the server `answered`, unless it is encrypted."""
        if self._connection is not None and (
            not answered or isinstance(self._connection.sock, ssl.SSLSocket)
        ):
            self.drop()

    def drop(self) -> None:
        """Close this end without a word: the other one may be in the last step of a letter."""
        if self._connection is not None and self._connection.sock is not None:
            self._connection.sock.close()
        self._connection = None


def _deliver(outbox: Outbox, line: Line, sender: str, due: Letter, organisation: str, address: str) -> bool:
    """Send one letter up to its last step, then fork for that step; return whether it was accepted."""
    if due.role == COPY:
        recipient, content = due.draft.email, copy(due.draft, organisation, sender, due.identifier)
    else:
        recipient, content = address, letter(due.draft, organisation, address, sender, due.identifier)
    connection = line.begin(sender, recipient)
    try:
        # Lines that begin with a dot get a second one; the lone dot that ends the letter is the last step.
        connection.send(re.sub(rb"(?m)^\.", b"..", content))
    except OSError:
        line.drop()
        raise
    outbox.handing(due)
    code = _last_step(outbox, connection, due)
    line.over(answered=code in (ACCEPTED, NOT_ACCEPTED))
    return code == ACCEPTED


def _last_step(outbox: Outbox, connection: smtplib.SMTP, due: Letter) -> int:
    """End the letter, wait for the answer and write it down, in a process that outlives this one."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        if code in (ACCEPTED, NOT_ACCEPTED):
            outbox.over()
        else:
            outbox.failed(due, "réponse finale du serveur perdue", time.time(), unsure=True)
            outbox.over()
        return code
    code = UNKNOWN
    try:
        # A kill of the sender's group does not reach this process.
        os.setsid()
        assert connection.sock is not None  # noqa: S101 - connected a moment ago
        connection.sock.settimeout(LAST_PATIENCE)
        connection.send(b".\r\n")
        answer, text = connection.getreply()
        if answer == 250:
            outbox.sent(due, time.time())
            code = ACCEPTED
        else:
            outbox.failed(due, f"{answer} {text.decode('utf-8', 'replace')}", time.time())
            code = NOT_ACCEPTED
    finally:
        # Whatever happened, this process ends here: the sender goes on in the other one.
        os._exit(code)


def _ask(connection: smtplib.SMTP, command: str, expected: int) -> None:
    """Say `command`; `RefusedError` with the server's words when it does not answer `expected`."""
    answer, text = connection.docmd(command)
    if answer != expected:
        raise RefusedError(f"{command.split(':')[0]} : {answer} {text.decode('utf-8', 'replace')}")


def _connect(server: Server) -> smtplib.SMTP:
    """Return a connection that is ready for a letter; `UnreachableError` says why there is none."""
    connection: smtplib.SMTP | None = None
    try:
        if server.implicit:
            connection = smtplib.SMTP_SSL(
                server.host, server.port, timeout=PATIENCE, context=ssl.create_default_context()
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
        if connection.sock is not None:
            # The lone dot leaves at once, without waiting for the acknowledgement of what goes before.
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.ehlo_or_helo_if_needed()
        if not server.implicit and connection.has_extn("starttls"):
            connection.starttls(context=ssl.create_default_context())
            connection.ehlo()
        elif server.user and not server.implicit and server.host not in LOOPBACK:
            raise UnreachableError("aucun chiffrement n’est offert, le mot de passe n’est pas envoyé")
        if server.user:
            connection.login(server.user, server.password)
    except (OSError, UnreachableError) as error:
        if connection is not None:
            connection.close()
        # The words of the server stay out of the log: they may repeat a credential.
        reason = str(error) if isinstance(error, UnreachableError) else type(error).__name__
        raise UnreachableError(reason) from error
    return connection


def finder(state: Path) -> Finder:
    """Return what looks an organisation up at the moment its letter leaves."""
    from territoires.catalysts.holding import read_held

    def find(target: str) -> tuple[str, str] | None:
        held = read_held(state)
        contact = held.contacts.get(target)
        name = next((row["name"] for row in held.rows if row["id"] == target), None)
        return (name, contact.email) if contact and contact.email and name else None

    return find
