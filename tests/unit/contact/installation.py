"""An installation that holds one organisation, and the process that sends its letters."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from territoires.catalysts.changing import put_list
from territoires.catalysts.holding import Contact
from territoires.catalysts.records import COLUMNS
from territoires.contact.message import Draft
from territoires.contact.outbox import Outbox

SENDER = "relais@territoires.example"
RECIPIENT = "secretariat@alliance.example"

#: Memory, where there is some: what a kill leaves is the same, and no disk is waited for.
FAST = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - a folder of our own is made in it


def install(folder: Path) -> Path:
    """Put the organisation in an installation."""
    row = dict.fromkeys(COLUMNS, "") | {
        "id": "alliance", "name": "Alliance du Bocage", "kind": "association", "profile": "associations",
    }  # fmt: skip
    put_list(folder, [row], {"alliance": Contact(RECIPIENT, "")}, who="test", file="f.csv")
    return folder


def fill(outbox: Outbox, count: int) -> None:
    """Put messages in the queue."""
    for number in range(count):
        draft = Draft(
            f"Visiteur {number}", f"visiteur{number}@exemple.example", f"Bonjour, message {number}.\n.\n.."
        )
        assert outbox.put(f"m{number}", "alliance", draft, time.time())


def sender(state: Path, port: int) -> subprocess.Popen[bytes]:
    """Start the sender as the servers do."""
    return subprocess.Popen(
        [sys.executable, "-m", "territoires.contact.sender"],
        env={
            **os.environ,
            "TERRITOIRES_STATE": str(state),
            "TERRITOIRES_SMTP_URL": f"smtp://127.0.0.1:{port}",
            "TERRITOIRES_MAIL_FROM": SENDER,
        },
        stdin=subprocess.DEVNULL,
    )
