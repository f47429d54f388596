"""Sending: a server that is down, refuses, or loses its answer; what the letters say; what is kept afterwards."""

from __future__ import annotations

import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from territoires.config import read_settings
from territoires.contact import outbox as queue
from territoires.contact.message import Draft, check
from territoires.contact.outbox import Counts, Outbox
from territoires.contact.postman import Postman
from territoires.contact.sender import can_send
from territoires.contact.sending import server_of
from territoires.errors import ConfigurationError
from tests.unit.contact.installation import FAST, RECIPIENT, SENDER, fill, install, sender
from tests.unit.contact.mail_server import Mailbox, free_port, mail_server


@pytest.fixture
def state() -> Iterator[Path]:
    """An installation that holds one organisation with its contact."""
    with tempfile.TemporaryDirectory(dir=FAST) as folder:
        yield install(Path(folder))


def run(state: Path, port: int) -> None:
    """Send what is due."""
    assert sender(state, port).wait(timeout=60) == 0


def text_of(letter: Any) -> str:
    """Return the text of a letter."""
    assert isinstance(letter, EmailMessage)
    content: str = letter.get_content()
    return content.replace("\r\n", "\n")


def test_a_server_that_is_down_loses_nothing_and_gets_everything_when_it_is_up(state: Path) -> None:
    outbox, mailbox, port = Outbox(state), Mailbox(), free_port()
    fill(outbox, 5)
    for _ in range(3):
        run(state, port)
    assert outbox.counts() == Counts(waiting=10, sent=0, abandoned=0, unsure=0)
    with mail_server(mailbox, port):
        run(state, port)
        # Those that were tried wait for their pause; the others have gone.
        assert outbox.counts().sent == 4
        outbox.hurry(time.time())
        run(state, port)
    assert outbox.counts() == Counts(waiting=0, sent=10, abandoned=0, unsure=0)
    assert len({message["Message-ID"] for _, message in mailbox.messages}) == len(mailbox.letters) == 10


def test_the_letter_reaches_the_organisation_and_the_copy_keeps_its_address_secret(state: Path) -> None:
    outbox, mailbox, port = Outbox(state), Mailbox(), free_port()
    draft = Draft("Zoé, d’Ambre <x>", "zoe@exemple.example", "Bonjour,\n.\n.. voilà : été\nFrom là")
    outbox.put("m1", "alliance", draft, time.time())
    with mail_server(mailbox, port):
        run(state, port)
    (to, letter), (back, copied) = mailbox.messages
    assert (to, back) == (RECIPIENT, "zoe@exemple.example")
    assert letter["Reply-To"].addresses[0].addr_spec == "zoe@exemple.example"
    assert letter["From"].addresses[0].addr_spec == copied["From"].addresses[0].addr_spec == SENDER
    assert draft.message in text_of(letter)
    assert draft.message in text_of(copied)
    assert "Alliance du Bocage" in text_of(copied)
    assert RECIPIENT.encode() not in mailbox.letters[1][1]
    assert RECIPIENT not in text_of(copied)
    assert copied["Auto-Submitted"] == "auto-replied"


def test_what_was_written_is_erased_once_both_letters_have_gone(state: Path) -> None:
    outbox, mailbox, port = Outbox(state), Mailbox(), free_port()
    fill(outbox, 1)
    with mail_server(mailbox, port):
        run(state, port)
    with sqlite3.connect(outbox.path) as db:
        assert db.execute("SELECT id, target, name, email, message FROM messages").fetchall() == [
            ("m0", "alliance", "", "", "")
        ]
    assert outbox.folder.stat().st_mode & 0o077 == 0
    assert outbox.path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("answer", ["451 Réessayez", "554 Refusé"])
def test_a_letter_that_is_refused_is_tried_again_later(state: Path, answer: str) -> None:
    outbox, mailbox, port = (
        Outbox(state),
        Mailbox(answer=answer.encode("ascii", "replace").decode()),
        free_port(),
    )
    fill(outbox, 2)
    with mail_server(mailbox, port):
        run(state, port)
        assert outbox.counts() == Counts(waiting=4, sent=0, abandoned=0, unsure=0)
        assert not outbox.due(time.time())
        assert outbox.due(time.time() + queue.FIRST_PAUSE + 5)
        mailbox.answer = "250 OK"
        outbox.hurry(time.time())
        run(state, port)
    assert outbox.counts().sent == 4


def test_a_final_answer_that_is_lost_makes_a_second_letter_of_the_same_name(state: Path) -> None:
    outbox, mailbox, port = Outbox(state), Mailbox(cut=True), free_port()
    fill(outbox, 1)
    with mail_server(mailbox, port):
        run(state, port)
        assert outbox.counts() == Counts(waiting=2, sent=0, abandoned=0, unsure=1)
        mailbox.cut = False
        outbox.hurry(time.time())
        run(state, port)
    assert outbox.counts() == Counts(waiting=0, sent=2, abandoned=0, unsure=1)
    names = [message["Message-ID"] for to, message in mailbox.messages if to == RECIPIENT]
    assert len(names) == 2
    assert len(set(names)) == 1


def test_a_sender_killed_while_the_server_thinks_has_its_letter_marked_all_the_same(state: Path) -> None:
    outbox, mailbox, port = Outbox(state), Mailbox(delay=3), free_port()
    fill(outbox, 1)
    with mail_server(mailbox, port):
        process = sender(state, port)
        limit = time.monotonic() + 20
        while mailbox.held == 0 and time.monotonic() < limit:
            time.sleep(0.005)
        process.kill()
        process.wait()
        # Another one, started at once, finds the lock held by the last step and leaves the letter alone.
        run(state, port)
        assert mailbox.held == 1
        mailbox.delay = 0
        while outbox.counts().sent == 0 and time.monotonic() < limit:
            time.sleep(0.02)
        run(state, port)
    assert outbox.counts() == Counts(waiting=0, sent=2, abandoned=0, unsure=0)
    assert len(mailbox.letters) == 2


def test_only_one_process_sends_at_a_time(state: Path) -> None:
    outbox, mailbox, port = Outbox(state), Mailbox(), free_port()
    fill(outbox, 10)
    with mail_server(mailbox, port):
        processes: list[subprocess.Popen[bytes]] = [sender(state, port) for _ in range(3)]
        assert [process.wait(timeout=60) for process in processes] == [0, 0, 0]
        while outbox.due(time.time()):
            run(state, port)
    assert len(mailbox.letters) == 20
    assert len({message["Message-ID"] for _, message in mailbox.messages}) == 20


def test_a_removed_organisation_is_written_to_no_more(state: Path) -> None:
    outbox = Outbox(state)
    fill(outbox, 3)
    assert outbox.forget("alliance") == 3
    assert outbox.counts() == Counts(0, 0, 0, 0)
    assert outbox.next(time.time()) is None


def test_what_cannot_be_sent_is_abandoned_after_five_days_and_erased_after_thirty(state: Path) -> None:
    outbox = Outbox(state)
    fill(outbox, 1)
    letter = outbox.next(time.time())
    assert letter is not None
    outbox.failed(letter, "451", time.time() + queue.GIVEN_UP + 1)
    assert outbox.counts().abandoned == 1
    outbox.erase_old(time.time() + queue.ERASED + 1)
    assert outbox.counts() == Counts(0, 0, 0, 0)


def test_a_message_is_taken_once_whatever_happens(state: Path) -> None:
    outbox = Outbox(state)
    draft = Draft("Camille", "camille@exemple.example", "Bonjour à tous")
    assert outbox.put("m", "alliance", draft, time.time())
    assert not outbox.put("m", "alliance", draft, time.time())
    assert outbox.counts().waiting == 2  # the letter, and its copy


def test_the_postman_of_a_server_has_the_letters_sent(state: Path) -> None:
    outbox, mailbox, port = Outbox(state), Mailbox(), free_port()
    settings = read_settings(
        {
            "TERRITOIRES_STATE": str(state),
            "TERRITOIRES_SMTP_URL": f"smtp://127.0.0.1:{port}",
            "TERRITOIRES_MAIL_FROM": SENDER,
        }
    )
    postman = Postman(settings)
    with mail_server(mailbox, port):
        postman.start()
        fill(outbox, 2)
        postman.wake()
        limit = time.monotonic() + 30
        while outbox.counts().sent < 4 and time.monotonic() < limit:
            time.sleep(0.05)
    assert outbox.counts().sent == 4


@pytest.mark.parametrize(
    ("url", "sender"),
    [
        ("http://host", SENDER),
        ("smtp://", SENDER),
        ("smtp://host:port", SENDER),
        ("smtp://user:motsecret@host:99999", SENDER),
        ("smtp://host", ""),
        ("", SENDER),
        ("smtp://host", "relais"),
        ("smtp://host", "relais@a.example\nBcc: b@a.example"),
    ],
)
def test_settings_that_mean_nothing_are_said_without_their_password(url: str, sender: str) -> None:
    settings = read_settings({"TERRITOIRES_SMTP_URL": url, "TERRITOIRES_MAIL_FROM": sender})
    with pytest.raises(ConfigurationError) as raised:
        can_send(settings)
    assert "motsecret" not in str(raised.value)


def test_the_address_of_the_server_is_read_as_it_is_written() -> None:
    found = server_of("smtps://jean%40site.example:mot%2Fde%3Apasse@mail.example")
    assert (found.host, found.port, found.user, found.password, found.implicit) == (
        "mail.example", 465, "jean@site.example", "mot/de:passe", True,
    )  # fmt: skip
    assert server_of("smtp://mail.example").port == 587
    assert not can_send(read_settings({}))


def test_a_message_is_checked_whoever_sends_it() -> None:
    draft, wrong = check({"name": " Zoé ", "email": "z@a.example", "message": "Bonjour\r\nà tous"})
    assert wrong == {}
    assert draft == Draft("Zoé", "z@a.example", "Bonjour\nà tous")
    assert set(check({})[1]) == {"name", "email", "message"}
