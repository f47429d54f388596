"""Surveys are opened from three places, and a simulated figure never doubles a real one."""

from dataclasses import replace

import pytest

from territoires.errors import DataError
from territoires.model.indicators import Status
from territoires.model.levels import Level
from territoires.model.perceptions import Actor
from territoires.model.sizes import Stratum
from territoires.store.perceptions import FOLDER, Perceptions, format_rows, open_perceptions
from tests.surveys import figure


def write(folder, name, *rows):
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    (folder / FOLDER / name).write_text(format_rows(rows), encoding="utf-8")


@pytest.fixture
def folders(tmp_path):
    return tmp_path / "data", tmp_path / "state"


def simulated(**changes):
    return figure(status=Status.SIMULATED, origin="demonstration", **changes)


def test_absent_folders_hold_nothing(folders):
    opened = open_perceptions(*folders, demonstration=True)
    assert opened.rows == ()
    assert not opened.has_simulated
    assert (opened.waves, opened.actors) == ((), ())


def test_what_is_written_is_read_back(folders):
    rows = (
        figure(note="Une « remarque », avec virgule", stratum=Stratum.FROM_2000, low=5.123456789012345),
        figure(domain="sante", code=None, area="PACA et Corse", base=None, low=None, high=None),
        figure(domain="energie", actor=None, respondents="Pionniers"),
    )
    write(folders[1], "current.csv", *rows)
    assert open_perceptions(*folders, demonstration=False).rows == rows


@pytest.mark.parametrize("place", ["published", "imported"])
def test_real_figure_replaces_the_simulated_one_that_answers_the_same_question(folders, place):
    write(folders[0], "demonstration.csv", simulated(value=1.0), simulated(domain="sante"))
    if place == "published":
        write(folders[0], "published.csv", figure())
    else:
        write(folders[1], "current.csv", figure())
    opened = open_perceptions(*folders, demonstration=True)
    assert [(row.domain, row.origin) for row in opened.rows] == [
        ("mobilite", place),
        ("sante", "demonstration"),
    ]


def test_imported_figure_never_replaces_a_published_one(folders):
    write(folders[0], "published.csv", figure(value=5.0))
    write(folders[1], "current.csv", figure(value=7.0))
    assert [row.value for row in open_perceptions(*folders, demonstration=True).rows] == [5.0, 7.0]


def test_demonstration_is_not_even_opened_when_it_is_switched_off(folders):
    write(folders[0], "demonstration.csv", simulated())
    assert open_perceptions(*folders, demonstration=False).rows == ()
    (folders[0] / FOLDER / "demonstration.csv").write_text("illisible", encoding="utf-8")
    assert open_perceptions(*folders, demonstration=False).rows == ()


def test_simulated_row_outside_the_demonstration_is_refused(folders):
    write(folders[0], "published.csv", simulated())
    with pytest.raises(DataError, match="statut"):
        open_perceptions(*folders, demonstration=True)


def test_real_row_in_the_demonstration_is_refused(folders):
    write(folders[0], "demonstration.csv", figure())
    with pytest.raises(DataError, match="statut"):
        open_perceptions(*folders, demonstration=True)


def test_unreadable_file_is_named(folders):
    write(folders[1], "current.csv", figure())
    path = folders[1] / FOLDER / "current.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("note-10", "note-12"), encoding="utf-8")
    with pytest.raises(DataError, match=r"perceptions/current\.csv"):
        open_perceptions(*folders, demonstration=True)


def test_selection_keeps_territories_as_a_whole_unless_a_size_is_asked():
    whole, part = figure(), figure(stratum=Stratum.UNDER_2000)
    opened = Perceptions((whole, part, figure(actor=Actor.MAYORS)), "v")
    assert opened.select(actor=Actor.CITIZENS) == (whole,)
    assert opened.select(stratum=Stratum.UNDER_2000) == (part,)
    assert opened.select(actor=Actor.CITIZENS, all_strata=True) == (whole, part)
    assert opened.select(
        question="fragilites", wave="2026", level=Level.REGION, code="53", domain="mobilite"
    ) == (
        whole,
        replace(whole, actor=Actor.MAYORS),
    )
    assert opened.select(question="fragilites", wave="1999", level=Level.REGION) == ()


def test_version_changes_with_what_is_imported(folders):
    before = open_perceptions(*folders, demonstration=True).version
    write(folders[1], "current.csv", figure())
    assert open_perceptions(*folders, demonstration=True).version != before


def test_simulated_rows_can_be_left_out_of_what_is_opened():
    opened = Perceptions((figure(), simulated(domain="sante")), "v")
    assert opened.without_simulated().rows == (figure(),)
    assert opened.without_simulated().version != opened.version
