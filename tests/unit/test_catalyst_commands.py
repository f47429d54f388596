"""The commands of the directory: import, export, remove, outbox; what they say, and what they leave."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from territoires.cli import app
from territoires.config import Settings
from territoires.contact.message import Draft
from territoires.contact.outbox import Outbox
from territoires.errors import TerritoiresError
from tests.unit.contact.installation import SENDER
from tests.unit.contact.mail_server import Mailbox, free_port, mail_server

EMAIL = "contact@bocage.example"
LIST = (
    "Identifiant;Nom;Code INSEE;Domaines;Courriel;Consentement\n"
    f"CAT-1;Alliance du Bocage;79049;Santé;{EMAIL};oui\n"
    "CAT-2;=1+1;01340;Éducation;;\n"
)


class Shell:
    """The command line, in one process, on an installation of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.state = folder / "state"
        self.list = folder / "liste.csv"
        self.list.write_text(LIST, encoding="utf-8")

    def run(self, *words: object) -> Result:
        """Run a command; an error of ours is raised as it is."""
        return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)

    def held(self) -> dict[str, bytes]:
        """Return every file of the state."""
        return {path.name: path.read_bytes() for path in self.state.rglob("*") if path.is_file()}


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shipped_settings: Settings) -> Shell:
    """An installation that has imported nothing."""
    monkeypatch.setenv("TERRITOIRES_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("TERRITOIRES_CACHE", str(shipped_settings.cache))
    monkeypatch.delenv("TERRITOIRES_SMTP_URL", raising=False)
    monkeypatch.delenv("TERRITOIRES_MAIL_FROM", raising=False)
    return Shell(tmp_path)


def test_a_dry_run_changes_nothing_and_an_import_says_what_it_did(shell: Shell) -> None:
    dry = shell.run("import", "catalysts", shell.list, "--dry-run")
    assert (
        "En ordre : 2\u00a0organisations, 1\u00a0contact avec consentement. Rien n’a été changé" in dry.output
    )
    assert shell.held() == {}
    done = shell.run("import", "catalysts", shell.list, "--par", "Service")
    assert "Annuaire importé : 2\u00a0organisations" in done.output
    assert "réunie à Arboys en Bugey" in done.output
    (line,) = (shell.state / "catalysts" / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    entry = json.loads(line)
    assert (entry["who"], entry["file"], entry["rows"]) == ("Service", "liste.csv", 2)
    assert EMAIL not in line
    assert "Bocage" not in line


def test_an_import_that_fails_leaves_everything_as_it_was(shell: Shell) -> None:
    shell.run("import", "catalysts", shell.list)
    before = shell.held()
    shell.list.write_text(LIST + "CAT-1;Double;79049;Bonheur;;\n", encoding="utf-8")
    with pytest.raises(TerritoiresError) as refused:
        shell.run("import", "catalysts", shell.list)
    assert "ligne 4, colonne « Domaines »" in str(refused.value)
    assert "est déjà l’identifiant de la ligne 2" in str(refused.value)
    assert shell.held() == before


@pytest.mark.parametrize("ending", ["csv", "xlsx", "geojson"])
def test_what_is_exported_imports_as_the_same_list(shell: Shell, ending: str) -> None:
    shell.run("import", "catalysts", shell.list)
    before = (shell.state / "catalysts" / "current.csv").read_bytes()
    for options, mode in (((), 0o644), (("--contacts",), 0o600)):
        target = shell.folder / f"export{len(options)}.{ending}"
        shell.run("export", "catalysts", target, *options)
        assert stat.S_IMODE(target.stat().st_mode) & 0o077 & ~mode == 0
        shell.run("import", "catalysts", target)
        assert (shell.state / "catalysts" / "current.csv").read_bytes() == before
        assert any(EMAIL.encode() in content for content in shell.held().values())


def test_an_export_says_what_is_missing(shell: Shell) -> None:
    with pytest.raises(TerritoiresError, match=r"Aucun annuaire"):
        shell.run("export", "catalysts", shell.folder / "export.csv")
    with pytest.raises(TerritoiresError, match=r"Format inconnu"):
        shell.run("export", "catalysts", shell.folder / "export.doc")


def test_a_removal_takes_everything_messages_included(shell: Shell) -> None:
    shell.run("import", "catalysts", shell.list)
    draft = Draft("Camille", "camille@exemple.example", "Bonjour à tous")
    Outbox(shell.state).put("m", "CAT-1", draft, 0)
    removed = shell.run("remove", "catalyst", "CAT-1")
    assert "Retirée : Alliance du Bocage (CAT-1)" in removed.output
    assert "Messages en attente effacés : 1." in removed.output
    assert not any(EMAIL.encode() in content or b"Bocage" in content for content in shell.held().values())
    with pytest.raises(TerritoiresError, match=r"identifiant «.CAT-1.»"):
        shell.run("remove", "catalyst", "CAT-1")
    with pytest.raises(TerritoiresError, match=r"a été retiré"):
        shell.run("import", "catalysts", shell.list)
    shell.run("remove", "catalyst", "CAT-1", "--undo")
    assert "Annuaire importé" in shell.run("import", "catalysts", shell.list).output


def test_the_outbox_needs_a_mail_server_then_says_what_it_sent(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(TerritoiresError, match=r"Aucun serveur de courrier"):
        shell.run("outbox", "send")
    mailbox, port = Mailbox(), free_port()
    monkeypatch.setenv("TERRITOIRES_SMTP_URL", f"smtp://127.0.0.1:{port}")
    monkeypatch.setenv("TERRITOIRES_MAIL_FROM", SENDER)
    with mail_server(mailbox, port):
        assert "Envoyés : 0. En attente : 0." in shell.run("outbox", "send").output
