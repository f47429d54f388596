"""The phrases of a sheet: scope, date, file name, notes."""

import pytest

from territoires.model.indicators import Direction, Status
from territoires.model.levels import Level
from territoires.model.sizes import STRATA, Stratum
from territoires.sheets import wording
from tests.unit.sheets.sheet_samples import line, spread


@pytest.mark.parametrize(
    ("name", "strata", "expected"),
    [
        ("Occitanie", (Stratum.FROM_2000,), "fiche-reperes-occitanie-2000-20000-hab.pdf"),
        ("Provence-Alpes-Côte d'Azur", (), "fiche-reperes-provence-alpes-cote-d-azur.pdf"),
        ("Île-de-France", (Stratum.UNDER_2000,), "fiche-reperes-ile-de-france-moins-2000-hab.pdf"),
        ("Corse", STRATA[2:], "fiche-reperes-corse-20000-50000-et-plus-50000-hab.pdf"),
        ('../"#[$\\', (), "fiche-reperes-territoire.pdf"),
    ],
)
def test_file_name_says_the_territory_and_the_size(name, strata, expected):
    assert wording.file_name(name, strata, "pdf") == expected


def test_scope_says_all_communes_without_size():
    assert wording.scope_of(()) == "Toutes les communes"


def test_scope_names_each_size_with_narrow_spaces():
    assert wording.scope_of((Stratum.UNDER_2000, Stratum.FROM_50000)) == (
        "Communes de moins de 2\u202f000 habitants ou de 50\u202f000 habitants ou plus"
    )


def test_release_is_a_month_in_words():
    assert wording.month_of("2026-06") == "juin\u00a02026"
    assert wording.month_of("2026-13") == "2026-13"


def test_text_is_tied_as_in_french():
    assert wording.tied("L'emploi : 2 000 « ou » 5 % ?") == (
        "L’emploi\u00a0: 2\u202f000 «\u202fou\u202f» 5\u202f%\u202f?"
    )


def test_note_says_how_many_communes_and_why_the_others_are_missing():
    assert wording.spread_note(line()) == "40\u00a0communes sur 42 (secret statistique)"


def test_note_says_that_nothing_can_be_compared():
    alone = line(spread=spread(n=0, missing=((Status.INHERITED, 40),)))
    assert wording.spread_note(alone) == "Aucune commune à comparer (valeur d’une zone plus large)"


def test_note_counts_the_communes_concerned_by_a_yes_or_no():
    assert wording.spread_note(line(spread=None, concerned=(3, 40))) == "3\u00a0communes concernées sur 40"


def test_arrow_points_towards_fragility():
    arrows = {direction: wording.direction_note(line(_directed(direction))) for direction in Direction}
    assert arrows[Direction.MORE_FRAGILE] == "fragile →"
    assert arrows[Direction.LESS_FRAGILE] == "← fragile"
    assert arrows[Direction.CONTEXT] == "contexte"


def test_rank_is_feminine_for_a_region_and_a_status_word_without_rank():
    assert wording.rank_note(line(rank=1), Level.REGION) == "1re\u00a0sur\u00a013"
    assert wording.rank_note(line(rank=1), Level.DEPARTEMENT) == "1er\u00a0sur\u00a013"


def test_unit_is_not_repeated_after_a_label_that_says_it():
    assert wording.unit_note(line()) == "%"
    assert wording.unit_note(line(unit="d’essai")) == ""


def _directed(direction):
    from tests.samples import indicator

    return indicator(direction=direction)
