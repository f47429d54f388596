"""A fault in the catalogue is named by its row and its column."""

import pytest

from territoires.errors import InputError
from territoires.model.catalogue import COLUMNS, read_catalogue
from territoires.model.indicators import Aggregation, Direction, Nature
from territoires.model.levels import Level

GOOD = dict.fromkeys(COLUMNS, "") | {
    "id": "chomage",
    "domain": "emploi",
    "label": "Taux de chômage",
    "definition": "Chômeurs rapportés aux actifs.",
    "reading": "Sur 100 actifs, combien sont au chômage.",
    "synonyms": "sans emploi | demandeurs",
    "odd": "8",
    "unit": "%",
    "nature": "ratio",
    "direction": "1",
    "numerator": "rp.chom",
    "denominator": "rp.act",
    "scale": "100",
    "finest_level": "commune",
    "counts_level": "commune",
    "aggregation": "sum_ratio",
    "published": "region:ag.txchom ; departement:ag.txchom",
    "minimum_base": "30",
    "lower": "0",
    "upper": "100",
    "vintage": "2022",
    "source": "rp",
    "confidence": "official copy",
    "decimals": "1",
}


def test_good_row_becomes_an_indicator():
    (found,) = read_catalogue([GOOD])
    assert found.nature is Nature.RATIO
    assert found.direction is Direction.MORE_FRAGILE
    assert found.aggregation is Aggregation.SUM_RATIO
    assert found.synonyms == ("sans emploi", "demandeurs")
    assert found.published == ((Level.REGION, "ag.txchom"), (Level.DEPARTEMENT, "ag.txchom"))
    assert found.counted == ("rp.chom", "rp.act")
    assert found.is_share


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("domain", "travail", "un des 16 domaines"),
        ("nature", "taux", "un mot parmi"),
        ("direction", "2", "un mot parmi"),
        ("aggregation", "mean", "un mot parmi"),
        ("finest_level", "canton", "un échelon ou une zone"),
        ("numerator", "chom", "source.variable"),
        ("numerator", "", "source.variable"),
        ("published", "pays:ag.x", "échelon:source.variable"),
        ("scale", "cent", "un nombre"),
        ("upper", "-1", "une borne supérieure à 0"),
        ("label", "x" * 71, "70 caractères au plus"),
        ("definition", "", "un texte"),
        ("reading", "", "un texte"),
        ("unit", "", "un texte"),
        ("vintage", "", "la période"),
        ("confidence", "sûr", "un mot parmi"),
        ("years", "six", "un nombre"),
    ],
)
def test_fault_names_row_and_column(column, cell, expected):
    with pytest.raises(InputError) as caught:
        read_catalogue([GOOD, GOOD | {"id": "autre", column: cell}])
    message = str(caught.value)
    assert f"colonne « {column} »" in message
    assert "ligne 3, autre" in message
    assert expected in message


def test_id_used_twice_is_refused():
    with pytest.raises(InputError, match="une seule fois"):
        read_catalogue([GOOD, GOOD])


def test_missing_column_is_named():
    row = {name: cell for name, cell in GOOD.items() if name != "reading"}
    with pytest.raises(InputError, match="« reading »"):
        read_catalogue([row])


def test_empty_catalogue_is_refused():
    with pytest.raises(InputError, match="aucune ligne"):
        read_catalogue([])


def test_indicator_of_context_must_say_why():
    with pytest.raises(InputError, match="direction_reason") as caught:
        read_catalogue([GOOD | {"direction": "0"}])
    assert "la raison" in str(caught.value)
