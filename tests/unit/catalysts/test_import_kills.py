"""An import killed 20 times leaves a list that can be read: the former one or the new one, with its own contacts."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from territoires.catalysts.holding import folder_of, read_held

KILLS = 20

#: A process that imports two lists in turn, without end: 400 organisations of "a", then of "b", each with a contact.
IMPORTER = """
import sys
from pathlib import Path
from territoires.catalysts.changing import put_list
from territoires.catalysts.holding import Contact
from territoires.catalysts.records import COLUMNS
state = Path(sys.argv[1])
while True:
    for name in "ab":
        rows = [
            dict.fromkeys(COLUMNS, "") | {"id": f"id-{n}", "name": name, "kind": "autre", "profile": "ingenieries"}
            for n in range(400)
        ]
        contacts = {row["id"]: Contact(f"{name}@{name}.example", "") for row in rows}
        put_list(state, rows, contacts, who="test", file=f"{name}.csv")
"""


def test_20_kills_leave_a_whole_list_with_its_own_contacts(tmp_path: Path) -> None:
    chance = random.Random(3)  # noqa: S311 - the same kills at every run
    seen: set[str] = set()
    for _ in range(KILLS):
        before = _inode(tmp_path)
        process = subprocess.Popen([sys.executable, "-c", IMPORTER, str(tmp_path)])
        limit = time.monotonic() + 20
        while _inode(tmp_path) == before and time.monotonic() < limit:
            time.sleep(0.002)
        time.sleep(chance.uniform(0, 0.1))
        process.send_signal(signal.SIGKILL)
        process.wait()
        held = read_held(tmp_path)
        assert len(held.rows) == 400
        (name,) = {row["name"] for row in held.rows}
        assert {contact.email for contact in held.contacts.values()} == {f"{name}@{name}.example"}
        assert len(held.contacts) == 400
        seen.add(name)
    assert seen == {"a", "b"}
    for path in folder_of(tmp_path).glob("contacts-*"):
        assert path.stat().st_mode & 0o077 == 0, path.name


def _inode(state: Path) -> int:
    """Return what changes when a list is put in place."""
    try:
        return (folder_of(state) / "current.csv").stat().st_ino
    except FileNotFoundError:
        return 0
