"""Sheets by the lot: two real processes, a folder taken up where it was left, a sheet that fails and stops nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from territoires.errors import TerritoiresError
from territoires.model.levels import Level
from territoires.model.sizes import STRATA, Stratum
from territoires.sheets.batch import Format, every_scope, plan
from territoires.sheets.ledger import NAME, Ledger


class Batch:
    """The command line on the invented country, writing into a folder of its own."""

    def __init__(self, country: Any, folder: Path) -> None:
        self.country = country
        self.out = folder / "fiches"

    def run(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run `territoires sheets` as a person does."""
        settings = self.country.settings
        found = os.environ | {
            "TERRITOIRES_DATA": str(settings.data),
            "TERRITOIRES_GEODATA": str(settings.geodata),
            "TERRITOIRES_CACHE": str(settings.cache),
            "TERRITOIRES_STATE": str(settings.state),
            "COLUMNS": "300",
        }
        command = [sys.executable, "-m", "territoires.cli", "sheets", "--out", str(self.out), *words]
        return subprocess.run(
            command, capture_output=True, text=True, env=found | environment, timeout=300, check=False
        )

    @property
    def files(self) -> dict[str, tuple[int, int]]:
        """The sheets of the folder: size, and when they were written (nanoseconds)."""
        found = [path for path in self.out.iterdir() if path.name != NAME]
        return {path.name: (path.stat().st_size, path.stat().st_mtime_ns) for path in found}


@pytest.fixture(scope="module")
def batch(country: Any, tmp_path_factory: pytest.TempPathFactory) -> Batch:
    return Batch(country, tmp_path_factory.mktemp("batch"))


@pytest.fixture(scope="module")
def codes(country_store: Any) -> list[str]:
    return list(country_store.territories(Level.REGION).codes)


@pytest.fixture(scope="module")
def first(batch: Batch, codes: list[str]) -> subprocess.CompletedProcess[str]:
    """A first run by two processes, in which one territory does not exist."""
    return batch.run("--strata", "all", "--workers", "2", "--code", codes[0], "--code", "999")


def test_a_failing_sheet_is_listed_and_the_others_are_made(
    batch: Batch, first: subprocess.CompletedProcess[str]
) -> None:
    assert first.returncode == 2
    assert "5 fiches faites, 0 déjà à jour, 5 en échec" in first.stdout
    assert sum("(999)" in line for line in first.stderr.splitlines()) == 5
    assert "Traceback" not in first.stderr
    assert len(batch.files) == 5
    assert all((batch.out / name).read_bytes().startswith(b"%PDF") for name in batch.files)


@pytest.mark.usefixtures("first")
def test_a_folder_is_taken_up_where_it_was_left(batch: Batch, codes: list[str]) -> None:
    before = batch.files
    lost, spoilt, *_ = sorted(before)
    (batch.out / lost).unlink()
    (batch.out / spoilt).write_bytes(b"%PDF")
    with (batch.out / NAME).open("a") as lines:
        lines.write('{"fichier": "coup')
    again = batch.run("--strata", "all", "--workers", "2", "--code", codes[0])
    assert again.returncode == 0, again.stderr
    assert "2 fiches faites, 3 déjà à jour, 0 en échec" in again.stdout
    after = batch.files
    assert {name: size for name, (size, _) in after.items()} == {
        name: size for name, (size, _) in before.items()
    }
    assert all(after[name] == before[name] for name in before if name not in (lost, spoilt))
    last = batch.run("--strata", "all", "--code", codes[0])
    assert "0 fiches faites, 5 déjà à jour" in last.stdout


@pytest.mark.usefixtures("first")
def test_files_are_made_again_when_what_they_say_has_changed(batch: Batch, codes: list[str]) -> None:
    ledger = Ledger(batch.out)
    entries = [json.loads(line) for line in (batch.out / NAME).read_text().splitlines() if line.endswith("}")]
    assert ledger.holds(entries[-1]["fichier"], entries[-1]["version"])
    assert not ledger.holds(entries[-1]["fichier"], "une autre version")
    moved = batch.run(
        "--workers", "1", "--code", codes[0], TERRITOIRES_PUBLIC_URL="https://territoires.example"
    )
    assert "1 fiches faites, 0 déjà à jour" in moved.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--strata", "enorme"), "Taille inconnue : « enorme »"),
        (("--format", "docx"), "Format inconnu : « docx »"),
        (("--level", "france"), "Il n’y a pas de fiche"),
    ],
)
def test_what_cannot_be_made_is_refused_in_one_line(batch: Batch, words: tuple[str, ...], said: str) -> None:
    refused = batch.run(*words)
    assert refused.returncode == 2
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_plan_names_every_file_apart(shipped_store: Any) -> None:
    communes = shipped_store.territories(Level.COMMUNE)
    orders = plan(communes, [], every_scope(), [Format.PDF])
    assert len(orders) == len(communes)
    assert len({order.file for order in orders}) == len(orders)
    regions = plan(shipped_store.territories(Level.REGION), [], every_scope(), list(Format))
    assert len(regions) == 18 * (1 + len(STRATA)) * 2
    assert len({order.file for order in regions}) == len(regions)
    assert "fiche-reperes-occitanie-2000-20000-hab.pdf" in {order.file for order in regions}
    chosen = plan(
        shipped_store.territories(Level.REGION), ["76", "76"], [(Stratum.FROM_2000,)], [Format.XLSX]
    )
    assert [replace(order, file="") for order in chosen] == [
        replace(chosen[0], file="", code="76", strata=(Stratum.FROM_2000,))
    ]


def test_a_folder_that_cannot_be_used_says_so(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("")
    with pytest.raises(TerritoiresError, match="Dossier inutilisable"):
        Ledger(tmp_path / "fichier")


def test_the_program_of_a_worker_imports_neither_the_web_nor_its_libraries() -> None:
    told = "import sys; import territoires.sheets.batch; print(*sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"dash", "flask", "plotly", "pandas", "geopandas", "territoires.web"} & set(loaded)
