"""`territoires import perceptions` on five files: two good, answers, two bad; and what it says without a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from territoires.cli import app
from territoires.imports.publishing import journal
from territoires.imports.template import template_workbook
from tests.conftest import Country

HEAD = "vague;acteur;code;domaine;valeur;unite;base"


@pytest.fixture
def command(country: Country, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Run the command on the invented country, with a state of its own."""
    for name, path in (
        ("DATA", country.settings.data),
        ("GEODATA", country.settings.geodata),
        ("CACHE", country.settings.cache),
        ("STATE", tmp_path / "state"),
    ):
        monkeypatch.setenv(f"TERRITOIRES_{name}", str(path))

    def run(*arguments: str, content: str | None = None) -> Result:
        words = list(arguments)
        if content is not None:
            path = tmp_path / "enquete.csv"
            path.write_text(content, encoding="utf-8")
            words.insert(0, str(path))
        return CliRunner().invoke(app, ["import", "perceptions", *words])

    return run


def test_good_file_is_imported_and_noted(command, tmp_path):
    result = command("--who", "Ana Roux", content=f"{HEAD}\n2026;citoyens;94;mobilite;6,2;note-10;412\n")
    assert result.exit_code == 0
    assert "Importé : 1" in result.stdout
    [entry] = journal(tmp_path / "state" / "perceptions")
    assert (entry.who, entry.file, entry.rows) == ("Ana Roux", "enquete.csv", 1)


def test_dry_run_says_what_it_would_do(command, tmp_path):
    result = command("--dry-run", content=f"{HEAD}\n2026;citoyens;94;mobilite;6,2;note-10;412\n")
    assert result.exit_code == 0
    assert "À importer : 1" in result.stdout
    assert not (tmp_path / "state").exists()


def test_answers_are_summed_up(command, tmp_path):
    lines = [f"2026;citoyens;02;{1 + k % 3};{k % 11}" for k in range(120)]
    result = command(content="\n".join(["vague;acteur;code;poids;sante", *lines]))
    assert result.exit_code == 0
    assert "120" in result.stdout
    assert (tmp_path / "state" / "perceptions" / "current.csv").is_file()


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        (f"{HEAD}\n2026;citoyens;99;mobilite;6,2;note-10;412\n2026;gens;94;sante;11;note-10;0\n", 4),
        ("vague;acteur\n2026;citoyens\n", 5),
    ],
)
def test_every_problem_of_a_bad_file_is_written_on_its_line(command, tmp_path, content, problems):
    result = command(content=content)
    assert result.exit_code == 2
    lines = result.stderr.strip().splitlines()
    assert len(lines) == problems + 1
    assert all(line.startswith("ligne ") for line in lines[:-1])
    assert f"{problems} problèmes, rien n’a été importé" in lines[-1]
    assert not (tmp_path / "state").exists()


def test_schema_and_templates_are_given(command, tmp_path):
    assert "ecart_type" in command("--schema").stdout
    for name in ("modele.csv", "modele.xlsx"):
        assert command("--template", str(tmp_path / name)).exit_code == 0
    assert (tmp_path / "modele.csv").read_bytes().startswith(b"\xef\xbb\xbfvague;")
    assert len((tmp_path / "modele.xlsx").read_bytes()) == pytest.approx(len(template_workbook()), abs=200)


@pytest.mark.parametrize("arguments", [(), ("--template", "modele.doc"), ("absent.csv",)])
def test_what_cannot_be_done_is_said(command, arguments):
    result = command(*arguments)
    assert result.exit_code != 0
    assert "Traceback" not in result.output
