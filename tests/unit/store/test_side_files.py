"""The small files beside the tables: what goes together, the words of the counts, the cells set aside."""

from __future__ import annotations

from pathlib import Path

import pytest

from territoires.config import Settings
from territoires.errors import DataError
from territoires.model.levels import Level
from territoires.store.related import Related, read_related
from territoires.store.set_aside import read_set_aside
from territoires.store.store import TableStore
from territoires.store.variables import read_variables


def test_related_indicators_are_read_with_their_strength(tmp_path: Path) -> None:
    (tmp_path / "related.json").write_text('{"a":{"within":[["b",-0.5,700]],"across":[]}}', encoding="utf-8")
    found = read_related(tmp_path)["a"]
    assert found.within == (Related("b", -0.5, 700),)
    assert found.across == ()


@pytest.mark.parametrize("text", ["{", '{"a":{}}', '{"a":{"within":[["b"]],"across":[]}}'])
def test_a_spoiled_related_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "related.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"related\.json"):
        read_related(tmp_path)


def test_every_related_indicator_is_in_the_catalogue(
    shipped_settings: Settings, shipped_store: TableStore
) -> None:
    for name, found in read_related(shipped_settings.data).items():
        assert shipped_store.knows_indicator(name)
        for each in (*found.within, *found.across):
            assert shipped_store.knows_indicator(each.indicator)
            assert -1 <= each.correlation <= 1


def test_every_count_of_a_formula_has_its_words(
    shipped_settings: Settings, shipped_store: TableStore
) -> None:
    words = read_variables(shipped_settings.data)
    used = {
        name
        for i in shipped_store.indicators
        for name in (i.numerator, i.denominator, i.numerator_0, i.denominator_0)
        if name
    }
    assert used == set(words)
    assert all(label.strip() and "'" not in label for label in words.values())


def test_words_may_be_absent_but_not_spoiled(tmp_path: Path) -> None:
    assert read_variables(tmp_path) == {}
    (tmp_path / "variables.csv").write_text("nom,texte\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"variables\.csv"):
        read_variables(tmp_path)


def test_cells_set_aside_are_read_with_their_places(tmp_path: Path) -> None:
    assert read_set_aside(tmp_path) == ()
    (tmp_path / "set_aside.csv").write_text(
        "source,variable,where,note\na,*,departement:2A 2B,Corse\nb,x,equal:x=y,Erreur\n", encoding="utf-8"
    )
    first, second = read_set_aside(tmp_path)
    assert (first.level, first.codes) == (Level.DEPARTEMENT, ("2A", "2B"))
    assert (second.level, second.codes) == (None, ())
    (tmp_path / "set_aside.csv").write_text("source,variable,where,note\na,*,canton:1,x\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"set_aside\.csv"):
        read_set_aside(tmp_path)
