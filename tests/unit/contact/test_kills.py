"""Acceptance: mail server down then up; the sender killed 20 times among 200 messages: all delivered, none twice."""

from __future__ import annotations

import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from territoires.contact.outbox import Outbox
from tests.unit.contact.installation import FAST, RECIPIENT, fill, install, sender
from tests.unit.contact.mail_server import Mailbox, free_port, mail_server

MESSAGES, KILLS = 200, 20


@pytest.fixture
def state() -> Iterator[Path]:
    """An installation that holds one organisation with its contact."""
    with tempfile.TemporaryDirectory(dir=FAST) as folder:
        yield install(Path(folder))


def test_200_messages_and_their_copies_arrive_once_each_though_the_sender_is_killed_20_times(
    state: Path,
) -> None:
    outbox, mailbox, port = Outbox(state), Mailbox(), free_port()
    fill(outbox, MESSAGES)
    chance = random.Random(7)  # noqa: S311 - the same kills at every run
    kills = 0
    with mail_server(mailbox, port):
        while outbox.due(time.time()):
            process = sender(state, port)
            if kills < KILLS:
                seen = len(mailbox.letters)
                limit = time.monotonic() + 10
                # In the middle of its work: once it has sent something, at any instant of a letter.
                while len(mailbox.letters) == seen and process.poll() is None and time.monotonic() < limit:
                    time.sleep(0.005)
                time.sleep(chance.uniform(0, 0.06))
                if process.poll() is None:
                    kills += 1
                process.send_signal(signal.SIGKILL)
            process.wait(timeout=300)
        # The last step of a killed sender may still be writing.
        assert outbox.counts().waiting == 0
    assert kills == KILLS
    identifiers = Counter(message["Message-ID"] for _, message in mailbox.messages)
    assert len(identifiers) == 2 * MESSAGES
    assert max(identifiers.values()) == 1
    recipients = Counter(to for to, _ in mailbox.letters)
    assert recipients[RECIPIENT] == MESSAGES
    assert outbox.counts().sent == 2 * MESSAGES
