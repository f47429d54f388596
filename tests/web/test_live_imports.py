"""What an import brings is shown by the workers that run, without a restart, and by every page at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from territoires.catalysts.changing import put_list, remove
from territoires.cli import app as command
from territoires.config import Settings
from territoires.store.perceptions import CURRENT, FOLDER
from territoires.store.store import TableStore
from territoires.web.application import create_app
from tests.web.relay import row

#: Pages kept in memory, a page with parameters, the map, a sheet, the files: all of them show surveys.
SHOWN = (
    "/regards", "/perceptions", "/regards?acteur=citoyens&vague=2022", "/reperes/region/53",
    "/perceptions?acteur=citoyens&vague=2022&domaine=mobilite", "/telecharger/perceptions.csv",
    "/perceptions/carte.svg?acteur=citoyens&vague=2022&domaine=mobilite", "/api/v1/perceptions?region=53",
)  # fmt: skip

#: Another answer to a question of the demonstration, which it replaces.
SURVEY = "vague;acteur;code;domaine;valeur;unite;base\n2022;citoyens;53;mobilite;{};note-10;412\n"


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def workers(shipped_settings: Settings, shipped_store: TableStore, state: Path) -> list[Any]:
    """Two workers of one installation that imported nothing yet."""
    settings = replace(shipped_settings, state=state)
    return [create_app(settings, store=shipped_store).server.test_client() for _ in range(2)]


@pytest.fixture
def bring(
    shipped_settings: Settings, state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], str]:
    """Import a survey by the command line, in a process that knows nothing of the workers."""
    monkeypatch.setenv("TERRITOIRES_STATE", str(state))
    monkeypatch.setenv("TERRITOIRES_CACHE", str(shipped_settings.cache))

    def run(value: str) -> str:
        path = tmp_path / "enquete.csv"
        path.write_text(SURVEY.format(value), encoding="utf-8")
        result = CliRunner().invoke(command, ["import", "perceptions", str(path)])
        assert result.exit_code == 0, result.output
        return result.output

    return run


def test_every_worker_shows_an_imported_survey_at_its_next_request(workers, bring):
    tags = [{address: worker.get(address).headers["ETag"] for address in SHOWN} for worker in workers]
    assert "sans redémarrer" in bring("9,9")
    for worker, before in zip(workers, tags, strict=True):
        for address in SHOWN:
            answer = worker.get(address, headers={"If-None-Match": before[address]})
            assert answer.status_code == 200, address
            assert answer.headers["ETag"] != before[address], address
        rows = worker.get("/api/v1/perceptions?region=53&vague=2022&domaine=mobilite&taille=ensemble").json
        mine = [each for each in rows["perceptions"] if each["actor"] == "citoyens"]
        assert [(each["value"], each["origin"]) for each in mine] == [(9.9, "imported")]
    bring("1,1")
    text = workers[0].get("/telecharger/perceptions.csv?region=53&demonstration=0").text
    assert "1,1" in text
    assert "9,9" not in text


def test_an_unchanged_installation_is_not_read_again(workers, bring):
    bring("9,9")
    before = workers[0].get("/regards").headers["ETag"]
    assert workers[0].get("/regards", headers={"If-None-Match": before}).status_code == 304


def test_a_survey_that_is_spoilt_leaves_the_former_one_and_is_said_in_the_log(workers, bring, state, caplog):
    bring("9,9")
    address = "/api/v1/perceptions?demonstration=0&vague=2022&region=53"
    before = workers[0].get(address).json
    (state / FOLDER / CURRENT).write_text("wave\n2022\n", encoding="utf-8")
    assert workers[0].get(address).json == before
    assert "perceptions/current.csv" in caplog.text
    (state / FOLDER / CURRENT).unlink()
    assert workers[0].get(address).json != before


def test_every_worker_shows_an_imported_directory_and_forgets_who_was_removed(workers, state):
    for worker in workers:
        assert worker.get("/catalyseurs/alliance").status_code == 404
    put_list(state, [row("alliance")], {}, who="test", file="liste.csv")
    for worker in workers:
        assert worker.get("/catalyseurs/alliance").status_code == 200
        assert "Alliance du Bocage" in worker.get("/telecharger/catalyseurs.csv?demonstration=0").text
    remove(state, "alliance", who="test")
    for worker in workers:
        assert worker.get("/catalyseurs/alliance").status_code == 404
