"""Ten indicators made again by hand, with the numbers visible.

Each line gives the counts (sums over the communes where every count is known), the operation, and what the
page must show. The counts are read from the shipped files and added up here without any code of ours.
"""

from dataclasses import dataclass

import pyarrow.parquet as pq
import pytest

from territoires.config import Settings
from territoires.model.formats import number, with_unit
from territoires.model.levels import Level
from territoires.store.store import TableStore


@dataclass(frozen=True)
class Case:
    """One value: the indicator, the place, its counts, the value they give, and the figure shown."""

    indicator: str
    place: tuple[Level, str]
    counts: tuple[float, ...]
    value: float
    shown: str


FOIX = (Level.COMMUNE, "09122")
GUERET = (Level.COMMUNE, "23096")
ROCAMADOUR = (Level.COMMUNE, "46240")
PAYS_FOIX_VARILHES = (Level.EPCI, "200067791")
OCCITANIE = (Level.REGION, "76")
FRANCE = (Level.FRANCE, "FR")

CASES = [
    # Taux de chômage des 15-64 ans (%)
    Case("emp_txchom_1564", FOIX, (797.47, 4_334.17), 100 * 797.47 / 4_334.17, "18,4"),
    Case("emp_txchom_1564", GUERET, (861.02, 5_645.11), 100 * 861.02 / 5_645.11, "15,3"),
    Case("emp_txchom_1564", ROCAMADOUR, (27.11, 261.39), 100 * 27.11 / 261.39, "10,4"),
    Case("emp_txchom_1564", PAYS_FOIX_VARILHES, (1_790.86, 14_892.68), 100 * 1_790.86 / 14_892.68, "12,0"),
    Case("emp_txchom_1564", OCCITANIE, (354_242.55, 2_728_713.97), 100 * 354_242.55 / 2_728_713.97, "13,0"),
    Case(
        "emp_txchom_1564", FRANCE, (3_506_770.37, 30_653_563.11), 100 * 3_506_770.37 / 30_653_563.11, "11,4"
    ),
    # Part des ménages monoparentaux (%)
    Case("pau_mono", FOIX, (555.23, 5_129.29), 100 * 555.23 / 5_129.29, "10,8"),
    Case("pau_mono", GUERET, (640.38, 7_038.15), 100 * 640.38 / 7_038.15, "9,1"),
    Case("pau_mono", ROCAMADOUR, (15.60, 281.03), 100 * 15.60 / 281.03, "5,6"),
    Case("pau_mono", PAYS_FOIX_VARILHES, (1_588.93, 15_658.89), 100 * 1_588.93 / 15_658.89, "10,1"),
    Case("pau_mono", OCCITANIE, (287_074.25, 2_888_057.02), 100 * 287_074.25 / 2_888_057.02, "9,9"),
    Case("pau_mono", FRANCE, (2_938_957.53, 30_087_925.86), 100 * 2_938_957.53 / 30_087_925.86, "9,8"),
    # Part des 75 ans ou plus (%)
    Case("vie_75p", FOIX, (1_354.26, 9_731), 100 * 1_354.26 / 9_731, "13,9"),
    Case("vie_75p", GUERET, (1_670.22, 12_814), 100 * 1_670.22 / 12_814, "13,0"),
    Case("vie_75p", ROCAMADOUR, (75.02, 604), 100 * 75.02 / 604, "12,4"),
    Case("vie_75p", PAYS_FOIX_VARILHES, (3_835.12, 32_542), 100 * 3_835.12 / 32_542, "11,8"),
    Case("vie_75p", OCCITANIE, (685_334.39, 6_078_244), 100 * 685_334.39 / 6_078_244, "11,3"),
    Case("vie_75p", FRANCE, (6_523_747.13, 65_765_984), 100 * 6_523_747.13 / 65_765_984, "9,9"),
    # Abstention à la présidentielle de 2022 (%)
    Case("iso_abst_p22t1", FOIX, (1_496, 6_646), 100 * 1_496 / 6_646, "22,5"),
    Case("iso_abst_p22t1", GUERET, (2_499, 8_132), 100 * 2_499 / 8_132, "30,7"),
    Case("iso_abst_p22t1", ROCAMADOUR, (78, 506), 100 * 78 / 506, "15,4"),
    Case("iso_abst_p22t1", PAYS_FOIX_VARILHES, (4_757, 24_458), 100 * 4_757 / 24_458, "19,4"),
    Case("iso_abst_p22t1", OCCITANIE, (940_531, 4_323_895), 100 * 940_531 / 4_323_895, "21,8"),
    Case("iso_abst_p22t1", FRANCE, (11_582_028, 46_846_146), 100 * 11_582_028 / 46_846_146, "24,7"),
    # Part des logements vacants (%)
    Case("log_vacants", FOIX, (931, 6_370), 100 * 931 / 6_370, "14,6"),
    Case("log_vacants", GUERET, (1_217, 8_502), 100 * 1_217 / 8_502, "14,3"),
    Case("log_vacants", ROCAMADOUR, (35, 487), 100 * 35 / 487, "7,2"),
    Case("log_vacants", PAYS_FOIX_VARILHES, (1_917, 19_101), 100 * 1_917 / 19_101, "10,0"),
    Case("log_vacants", OCCITANIE, (305_121, 3_714_386), 100 * 305_121 / 3_714_386, "8,2"),
    Case("log_vacants", FRANCE, (3_002_896, 37_153_192), 100 * 3_002_896 / 37_153_192, "8,1"),
    # Part de la surface imperméabilisée (%)
    Case("env_imperm", FOIX, (191.26, 19.32), 191.26 / 19.32, "9,9"),
    Case("env_imperm", GUERET, (366.21, 26.21), 366.21 / 26.21, "14,0"),
    Case("env_imperm", ROCAMADOUR, (25.44, 49.42), 25.44 / 49.42, "0,5"),
    Case("env_imperm", PAYS_FOIX_VARILHES, (684.63, 443.78), 684.63 / 443.78, "1,5"),
    Case("env_imperm", OCCITANIE, (148_388.85, 72_440.68), 148_388.85 / 72_440.68, "2,0"),
    Case("env_imperm", FRANCE, (1_567_927.17, 541_574.38), 1_567_927.17 / 541_574.38, "2,9"),
    # Évolution de l’emploi salarié privé, 2019-2024 (%)
    Case("eco_emppriv_evol5", FOIX, (4_097, 4_056), 100 * (4_097 / 4_056 - 1), "1,0"),
    Case("eco_emppriv_evol5", GUERET, (5_481, 5_486), 100 * (5_481 / 5_486 - 1), "−0,1"),
    Case("eco_emppriv_evol5", ROCAMADOUR, (197, 173), 100 * (197 / 173 - 1), "13,9"),
    Case("eco_emppriv_evol5", PAYS_FOIX_VARILHES, (6_988, 6_603), 100 * (6_988 / 6_603 - 1), "5,8"),
    Case("eco_emppriv_evol5", OCCITANIE, (1_537_538, 1_416_998), 100 * (1_537_538 / 1_416_998 - 1), "8,5"),
    Case("eco_emppriv_evol5", FRANCE, (19_995_369, 18_748_946), 100 * (19_995_369 / 18_748_946 - 1), "6,6"),
    # Évolution annuelle de la population, 2015-2022 (% par an)
    Case("iso_pop_evol", FOIX, (9_731, 9_706), 100 * ((9_731 / 9_706) ** (1 / 7) - 1), "0,04"),
    Case("iso_pop_evol", GUERET, (12_814, 13_492), 100 * ((12_814 / 13_492) ** (1 / 7) - 1), "−0,73"),
    Case("iso_pop_evol", ROCAMADOUR, (604, 628), 100 * ((604 / 628) ** (1 / 7) - 1), "−0,56"),
    Case(
        "iso_pop_evol", PAYS_FOIX_VARILHES, (32_542, 31_776), 100 * ((32_542 / 31_776) ** (1 / 7) - 1), "0,34"
    ),
    Case(
        "iso_pop_evol",
        OCCITANIE,
        (6_080_731, 5_774_185),
        100 * ((6_080_731 / 5_774_185) ** (1 / 7) - 1),
        "0,74",
    ),
    Case(
        "iso_pop_evol",
        FRANCE,
        (67_760_573, 66_190_280),
        100 * ((67_760_573 / 66_190_280) ** (1 / 7) - 1),
        "0,34",
    ),
    # Évolution de l’abstention à la présidentielle, 2017-2022 (points)
    Case("iso_abst_evol", FOIX, (1_496, 6_646, 1_425, 6_731), 100 * (1_496 / 6_646 - 1_425 / 6_731), "1,3"),
    Case("iso_abst_evol", GUERET, (2_499, 8_132, 2_160, 8_427), 100 * (2_499 / 8_132 - 2_160 / 8_427), "5,1"),
    Case("iso_abst_evol", ROCAMADOUR, (78, 506, 75, 515), 100 * (78 / 506 - 75 / 515), "0,9"),
    Case(
        "iso_abst_evol",
        PAYS_FOIX_VARILHES,
        (4_757, 24_458, 4_134, 23_916),
        100 * (4_757 / 24_458 - 4_134 / 23_916),
        "2,2",
    ),
    Case(
        "iso_abst_evol",
        OCCITANIE,
        (940_531, 4_323_895, 794_460, 4_194_250),
        100 * (940_531 / 4_323_895 - 794_460 / 4_194_250),
        "2,8",
    ),
    Case(
        "iso_abst_evol",
        FRANCE,
        (11_526_712, 46_752_568, 9_581_457, 45_799_897),
        100 * (11_526_712 / 46_752_568 - 9_581_457 / 45_799_897),
        "3,7",
    ),
    # Commune sans école (% des communes)
    Case("iso_sans_ecole", FOIX, (0, 1), 0, "non"),
    Case("iso_sans_ecole", GUERET, (0, 1), 0, "non"),
    Case("iso_sans_ecole", ROCAMADOUR, (0, 1), 0, "non"),
    Case("iso_sans_ecole", PAYS_FOIX_VARILHES, (20, 42), 100 * 20 / 42, "48"),
    Case("iso_sans_ecole", OCCITANIE, (2_054, 4_446), 100 * 2_054 / 4_446, "46"),
    Case("iso_sans_ecole", FRANCE, (13_494, 34_515), 100 * 13_494 / 34_515, "39"),
]

NAMES = [f"{case.indicator} {case.place[1]}" for case in CASES]


def added_up(settings: Settings, store: TableStore, case: Case) -> list[float]:
    """Add up the shipped counts of the communes of a place, one commune after the other."""
    level, code = case.place
    variables = store.indicator(case.indicator).counted
    territories = pq.read_table(settings.geodata / "territories" / "commune.parquet")
    counts = pq.read_table(settings.data / "counts" / "commune.parquet", columns=list(variables))
    column = "code" if level is Level.COMMUNE else level.value
    places = [code] * len(territories) if level is Level.FRANCE else territories.column(column).to_pylist()
    totals, communes = [0.0] * len(variables), 0
    rows = zip(*(counts.column(name).to_pylist() for name in variables), strict=True)
    for place, row in zip(places, rows, strict=True):
        if place == code and all(count == count for count in row):
            totals = [total + count for total, count in zip(totals, row, strict=True)]
            communes += 1
    share_of_communes = store.indicator(case.indicator).counts_communes
    return [*totals, float(communes)] if share_of_communes else totals


def test_ten_indicators_are_computed_for_three_communes_one_epci_one_region_and_france():
    assert len({case.indicator for case in CASES}) == 10
    assert len(CASES) == 10 * len({case.place for case in CASES}) == 60


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_counts_written_here_are_the_sums_of_the_shipped_counts(case, shipped_settings, shipped_store):
    assert added_up(shipped_settings, shipped_store, case) == pytest.approx(case.counts, abs=0.006)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_figure_shown_is_the_one_made_by_hand(case, shipped_store):
    level, code = case.place
    indicator = shipped_store.indicator(case.indicator)
    shipped = float(shipped_store.values(level, case.indicator)[shipped_store.territories(level).index(code)])
    unit = indicator.unit_at(level)
    if unit == "oui/non":
        assert with_unit(shipped, unit) == with_unit(case.value, unit) == case.shown
    else:
        assert number(shipped, indicator.decimals) == number(case.value, indicator.decimals) == case.shown
