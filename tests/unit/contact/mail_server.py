"""A mail server on loopback that keeps what it accepts."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class Mailbox:
    """The letters accepted: recipient and content, in order.

    `answer` is what the server says at the end; with `cut`, it keeps the letter and hangs up without a word.
    `held` counts the letters that came whole, each of which it thinks about for `delay` seconds.
    """

    letters: list[tuple[str, bytes]] = field(default_factory=list)
    answer: str = "250 OK"
    cut: bool = False
    delay: float = 0.0
    held: int = 0
    lock: Any = field(default_factory=threading.Lock)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep a letter, or answer what was asked for."""
        self.held += 1
        await asyncio.sleep(self.delay)
        if self.answer.startswith("250"):
            with self.lock:
                self.letters.extend((recipient, envelope.content) for recipient in envelope.rcpt_tos)
        if self.cut:
            server.transport.abort()
        return self.answer

    @property
    def messages(self) -> list[tuple[str, Message]]:
        """The letters, read."""
        return [(to, message_from_bytes(content, policy=default)) for to, content in self.letters]


@contextmanager
def mail_server(mailbox: Mailbox, port: int) -> Iterator[None]:
    """Run a server on `port` of loopback."""
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()


def free_port() -> int:
    """Return a port that nobody listens to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
