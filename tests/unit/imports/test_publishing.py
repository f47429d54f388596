"""A file is replaced whole or not at all, whatever happens to the process that replaces it."""

import hashlib
import json
import random
import signal
import subprocess
import sys
import time
from dataclasses import asdict

import pytest

from territoires.errors import InputError
from territoires.imports.publishing import Entry, fingerprint, journal, publish

#: Publishes for ever files whose 40 000 lines all say the same number.
WRITER = """
import itertools, sys
from pathlib import Path
from territoires.imports.publishing import publish
folder = Path(sys.argv[1])
print("ready", flush=True)
for turn in itertools.count(int(sys.argv[2])):
    content = (f"{turn:09d}," + "x" * 50 + "\\n").encode() * 40_000
    publish(folder, content, who="Essai", what="essai", file=f"{turn}.csv", rows=40_000)
"""

KILLS = 20


def number_of(content):
    """Return the number that all lines of a whole file say."""
    lines = content.split(b"\n")
    assert lines.pop() == b""
    assert len(lines) == 40_000
    assert len(set(lines)) == 1
    return int(lines[0][:9])


def send(folder, content=b"a\n", **changes):
    options = {"who": "Ana", "what": "essai", "file": "essai.csv", "rows": 1} | changes
    return publish(folder, content, **options)


def test_reader_finds_a_whole_file_after_each_of_twenty_kills(tmp_path):
    draw = random.Random(7)  # noqa: S311 - a repeatable draw
    moments = set()
    for turn in range(KILLS):
        arguments = [sys.executable, "-c", WRITER, str(tmp_path), str(1000 * turn)]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE) as process:
            assert process.stdout.readline() == b"ready\n"
            time.sleep(draw.uniform(0, 0.09))
            process.send_signal(signal.SIGKILL)
            process.wait()
        moments.add(frozenset(path.name for path in tmp_path.iterdir()))
        current, previous = tmp_path / "current.csv", tmp_path / "previous.csv"
        if current.is_file():
            number_of(current.read_bytes())
        if previous.is_file():
            assert number_of(previous.read_bytes()) <= number_of(current.read_bytes())
        for line in (tmp_path / "journal.jsonl").read_text().splitlines() if journal(tmp_path) else ():
            Entry(**json.loads(line))
    assert len(moments) > 1  # killed at several steps, some in the middle of a publication
    entry = send(tmp_path)
    entries = journal(tmp_path)
    assert entries[-1] == entry
    assert {path.name for path in tmp_path.iterdir()} == {
        ".lock", "current.csv", "previous.csv", "journal.jsonl"
    }  # fmt: skip
    known = {each.sha256 for each in entries}
    assert hashlib.sha256((tmp_path / "previous.csv").read_bytes()).hexdigest() in known


def test_first_publication_has_no_previous(tmp_path):
    entry = send(tmp_path / "new" / "folder")
    assert (tmp_path / "new/folder/current.csv").read_bytes() == b"a\n"
    assert not (tmp_path / "new/folder/previous.csv").exists()
    assert journal(tmp_path / "new/folder") == (entry,)
    assert entry.sha256 == hashlib.sha256(b"a\n").hexdigest()
    assert entry.when.endswith("+00:00")


def test_each_publication_keeps_what_it_replaces(tmp_path):
    for content in (b"a\n", b"b\n", b"c\n"):
        send(tmp_path, content)
    assert (tmp_path / "previous.csv").read_bytes() == b"b\n"
    assert len(journal(tmp_path)) == 3


def test_line_of_the_journal_lost_by_a_kill_is_written_at_the_next_occasion(tmp_path):
    lost = send(tmp_path, b"a\n")
    (tmp_path / "journal.jsonl").unlink()
    (tmp_path / "pending.json").write_text(json.dumps(asdict(lost)))
    entry = send(tmp_path, b"b\n")
    assert journal(tmp_path) == (lost, entry)


def test_publication_that_did_not_happen_is_not_in_the_journal(tmp_path):
    first = send(tmp_path, b"a\n")
    never = Entry("Ana", first.when, "essai", "jamais.csv", 1, "0" * 64)
    (tmp_path / "pending.json").write_text(json.dumps(asdict(never)))
    (tmp_path / "current.csv.tmp").write_bytes(b"la moiti")
    second = send(tmp_path, b"b\n")
    assert journal(tmp_path) == (first, second)
    assert not (tmp_path / "current.csv.tmp").exists()


def test_line_cut_short_does_not_spoil_the_next(tmp_path):
    send(tmp_path)
    with (tmp_path / "journal.jsonl").open("a") as file:
        file.write('{"who": "An')
    entry = send(tmp_path, b"b\n")
    assert journal(tmp_path)[-1] == entry


def test_what_was_made_from_an_older_file_is_not_published(tmp_path):
    former = fingerprint(tmp_path)
    send(tmp_path, b"a\n")
    with pytest.raises(InputError, match="un autre import"):
        send(tmp_path, b"b\n", made_from=former)
    assert (tmp_path / "current.csv").read_bytes() == b"a\n"
    send(tmp_path, b"b\n", made_from=fingerprint(tmp_path))
    assert (tmp_path / "current.csv").read_bytes() == b"b\n"


def test_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "state").write_text("un fichier, pas un dossier")
    with pytest.raises(InputError, match="inscriptible"):
        send(tmp_path / "state" / "perceptions")


def test_two_processes_publish_one_after_the_other(tmp_path):
    code = (
        "import sys; from pathlib import Path; from territoires.imports.publishing import publish\n"
        "for k in range(15): publish(Path(sys.argv[1]), b'x' * 1000, who=sys.argv[2], what='e', file='f', rows=k)"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), who]) for who in "ab"]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    entries = journal(tmp_path)
    assert len(entries) == 30
    assert {(entry.who, entry.rows) for entry in entries} == {(who, k) for who in "ab" for k in range(15)}
