"""The command line: one clear line and exit code 2 when something is wrong, and never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from territoires.build.run import Inputs
from tests.conftest import Country


def run(inputs: Inputs, *arguments: str, cache: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run `territoires` on the data of `inputs`."""
    environment = os.environ | {
        "TERRITOIRES_DATA": str(inputs.data),
        "TERRITOIRES_GEODATA": str(inputs.geodata),
        "TERRITOIRES_CACHE": str(cache) if cache else "",
        "COLUMNS": "400",
    }
    command = [sys.executable, "-m", "territoires.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False)


def refused(result: subprocess.CompletedProcess[str]) -> str:
    """Return the one line said by a command that must have refused."""
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    lines = [line for line in result.stderr.splitlines() if line.startswith("Erreur")]
    assert len(lines) == 1
    return lines[0]


@pytest.fixture
def inputs(country: Country, tmp_path: Path) -> Inputs:
    return country.copy(tmp_path)


@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
def test_sheet_is_written(inputs: Inputs, tmp_path: Path, kind: str) -> None:
    target = tmp_path / f"fiche.{kind}"
    result = run(inputs, "sheet", "region", "94", "-o", str(target), "--taille", "2000-20000")
    assert result.returncode == 0
    assert target.read_bytes()[:4] in (b"%PDF", b"PK\x03\x04")


def test_sheet_of_an_unknown_territory_is_refused(inputs: Inputs, tmp_path: Path) -> None:
    target = tmp_path / "fiche.pdf"
    assert "99" in refused(run(inputs, "sheet", "region", "99", "-o", str(target)))
    assert not target.exists()


def test_sheet_in_an_unknown_format_is_refused(inputs: Inputs, tmp_path: Path) -> None:
    assert "« .docx »" in refused(run(inputs, "sheet", "region", "94", "-o", str(tmp_path / "fiche.docx")))


def test_sheet_that_cannot_be_written_says_so(inputs: Inputs, tmp_path: Path) -> None:
    result = run(inputs, "sheet", "region", "94", "-o", str(tmp_path / "absent" / "fiche.pdf"))
    assert "Impossible d’écrire" in refused(result)


def test_build_with_a_missing_table_is_refused(inputs: Inputs) -> None:
    (inputs.sources / "tables" / "rp.commune.parquet").unlink()
    result = run(inputs, "build", "--sources", str(inputs.sources), "--keep-geometry")
    assert "rp.commune.parquet" in refused(result)


def test_build_publishes_and_says_where_the_report_is(inputs: Inputs, country: Country) -> None:
    result = run(inputs, "build", "--sources", str(inputs.sources), "--keep-geometry")
    assert result.returncode == 0
    assert "report.md" in result.stdout


@pytest.mark.parametrize(
    "name",
    ["data/values/commune.parquet", "data/classes.json", "data/manifest.json", "geodata/prints.parquet"],
)
@pytest.mark.parametrize("damage", ["truncated", "altered", "removed"])
def test_serve_refuses_damaged_data_and_names_the_file(inputs: Inputs, name: str, damage: str) -> None:
    path = inputs.data.parent / name
    content = path.read_bytes()
    if damage == "removed":
        path.unlink()
    elif damage == "truncated":
        path.write_bytes(content[: len(content) // 2])
    else:
        path.write_bytes(bytes([content[0] ^ 1]) + content[1:])
    assert name in refused(run(inputs, "serve", "--port", "0"))


def test_serve_refuses_damaged_tiles(inputs: Inputs) -> None:
    (tiles,) = (inputs.geodata / "tiles").glob("commune.*.pmtiles")
    tiles.write_bytes(tiles.read_bytes()[:-1])
    assert tiles.name in refused(run(inputs, "serve", "--port", "0"))


def test_check_prints_one_line_per_check_and_fails_on_altered_data(inputs: Inputs) -> None:
    (inputs.data / "classes.json").write_text("{}", encoding="utf-8")
    result = run(inputs, "check")
    assert result.stdout.startswith("ÉCHEC fichiers")
    assert "contrôle" in refused(result)


def test_diff_of_identical_data_says_that_nothing_changed(inputs: Inputs, country: Country) -> None:
    folder = country.settings.data.parent
    result = run(inputs, "diff", str(folder), str(inputs.data.parent))
    assert result.returncode == 0
    assert "Rien n’a changé" in result.stdout


def test_diff_names_what_moved(inputs: Inputs, country: Country) -> None:
    catalogue = inputs.data / "catalogue.csv"
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(text.replace("Nombre de bibliothèques", "Bibliothèques"), encoding="utf-8")
    with (inputs.data / "set_aside.csv").open("a", encoding="utf-8") as handle:
        handle.write("rp,chom,departement:2A,Essai\n")
    assert run(inputs, "build", "--sources", str(inputs.sources), "--keep-geometry").returncode == 0
    result = run(inputs, "diff", str(country.settings.data.parent), str(inputs.data.parent))
    assert "Texte modifié : bibliotheques (label)" in result.stdout
    assert "Taux de chômage (communes) : " in result.stdout
    assert "disparues" in result.stdout


def test_a_file_changed_on_purpose_is_sealed_and_named(inputs: Inputs) -> None:
    sources = inputs.data / "sources.toml"
    sources.write_text(sources.read_text(encoding="utf-8") + "\n# relu\n", encoding="utf-8")
    assert run(inputs, "check").returncode == 2
    sealed = run(inputs, "seal")
    assert sealed.returncode == 0, sealed.stderr
    assert "changé : data/sources.toml" in sealed.stdout
    assert run(inputs, "seal").stdout.count("changé") == 0
    assert "ÉCHEC fichiers" not in run(inputs, "check").stdout
