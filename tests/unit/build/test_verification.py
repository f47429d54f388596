"""Our sums held against published figures, on figures made by hand."""

import csv
from dataclasses import replace

import numpy as np
import pytest

from territoires.analysis.checks import SHIPPED, check_verification
from territoires.build.indicators import Computed, Index
from territoires.build.publish import stored
from territoires.build.verification import (
    PLAN_COLUMNS,
    Comparison,
    compare,
    gaps,
    read_plan,
    verify_sums,
    write_verification,
)
from territoires.errors import DataError, InputError
from territoires.model.levels import Level
from territoires.sources.registry import Column
from territoires.store.verification import (
    COLUMNS,
    FAMILIES,
    Family,
    VerificationRow,
    read_verification,
    share_within,
)
from tests.samples import indicator

nan = np.nan
CODES = ["11", "24", "27", "28"]


def comparison(**changes: object) -> Comparison:
    """Return a comparison with a published percentage at région level, with some fields changed."""
    fields: dict[str, object] = {
        "indicator": "part", "level": Level.REGION, "numerator": "", "denominator": "", "value": "p.taux",
        "scale": 1.0, "numerator_0": "", "denominator_0": "", "value_0": "", "change": "", "years": 0,
        "summed_from": "", "family": "recensement_parts", "independent": False, "note": "", "reason": "",
    }  # fmt: skip
    return Comparison(**{**fields, **changes})


def compared(ours: list[float], published: list[float], **changes: object) -> VerificationRow:
    return compare(comparison(**changes), np.array(ours), np.array(published), CODES, "%")


def test_gap_is_ours_minus_published():
    family = Family("essai", 0.1)
    assert gaps(np.array([12.5, 10.0]), np.array([12.0, 11.0]), family).tolist() == [0.5, -1.0]


def test_relative_gap_is_in_per_cent_of_the_published_figure():
    family = Family("essai", 2, relative=True)
    assert gaps(np.array([102.0, 45.0]), np.array([100.0, 50.0]), family).tolist() == [2.0, -10.0]


def test_relative_gap_to_zero_is_nothing_or_everything():
    family = Family("essai", 2, relative=True)
    assert gaps(np.array([0.0, 3.0]), np.array([0.0, 0.0]), family).tolist() == [0.0, 100.0]


def test_territories_without_one_of_the_two_figures_are_not_compared():
    row = compared([10.0, nan, 12.0, nan], [10.0, 11.0, nan, nan])
    assert row.compared == 1
    assert row.within == 1


def test_gap_equal_to_the_tolerance_is_within_it():
    row = compared([10.1, 12.3, 20.4, 30.11], [10.0, 12.2, 20.3, 30.0])
    assert row.tolerance == 0.1
    assert (row.within, row.compared) == (3, 4)


def test_median_gap_ignores_the_signs():
    row = compared([10.3, 9.9, 10.1, 10.0], [10.0, 10.0, 10.0, 10.0])
    assert row.median_gap == pytest.approx(0.1)


def test_worst_territory_keeps_its_sign_and_its_code():
    row = compared([10.3, 9.0, 10.1, 10.0], [10.0, 10.0, 10.0, 10.0])
    assert (row.worst_code, row.worst_gap) == ("24", -1.0)


def test_worst_of_equals_is_the_first():
    assert compared([11.0, 9.0, 10.0, 11.0], [10.0, 10.0, 10.0, 10.0]).worst_code == "11"


def test_comparison_is_listed_when_its_median_is_outside():
    row = compared([10.2, 10.2, 10.2, 10.0], [10.0, 10.0, 10.0, 10.0])
    assert row.outside


def test_comparison_is_listed_when_more_than_a_tenth_of_its_territories_are_outside():
    row = compared([10.0, 10.0, 10.0, 11.0], [10.0, 10.0, 10.0, 10.0])
    assert row.median_gap == 0.0
    assert row.share_within == 0.75
    assert row.outside


def test_comparison_in_order_is_not_listed():
    assert not compared([10.05, 10.0, 9.95, 10.0], [10.0, 10.0, 10.0, 10.0]).outside


def test_unit_is_points_for_a_percentage_and_per_cent_for_a_relative_gap():
    assert compared([10.0] * 4, [10.0] * 4).unit == "points"
    assert compared([10.0] * 4, [10.0] * 4, family="surfaces").unit == "% de la valeur publiée"
    row = compare(comparison(), np.array([1.0]), np.array([1.0]), ["11"], "€ par an")
    assert row.unit == "€ par an"


def test_comparison_that_compares_nothing_is_refused():
    with pytest.raises(InputError, match="aucun territoire"):
        compared([10.0, nan, nan, nan], [nan, 10.0, nan, nan])


class HandTables:
    """Columns by (variable, level), as the registry gives them."""

    def __init__(self, columns: dict[tuple[str, str], list[float]]) -> None:
        self.columns = columns

    def column(self, variable: str, level: str) -> Column:
        values = np.array(self.columns[variable, str(level)])
        return Column(values, np.zeros(values.size, dtype=np.uint8))


def figures(columns: dict[tuple[str, str], list[float]], ours: list[float], **changes: object):
    """Run one comparison over two régions of two communes each; return its row."""
    index = Index(
        codes={Level.REGION: ["11", "24"]}, population={}, stratum={},
        parents={(Level.COMMUNE, Level.REGION): np.array([0, 0, 1, 1])}, departement_of={},
    )  # fmt: skip
    computed = Computed(values={Level.REGION: {"part": np.array(ours)}})
    (row,) = verify_sums([indicator()], [comparison(**changes)], HandTables(columns), index, computed)
    return row


def test_published_ratio_is_made_of_the_counts_of_its_level():
    columns = {("p.a", "region"): [30.0, 5.0], ("p.b", "region"): [200.0, 50.0]}
    row = figures(columns, [15.0, 10.0], value="", numerator="p.a", denominator="p.b", scale=100.0)
    assert (row.compared, row.within, row.worst_gap) == (2, 2, 0.0)
    assert row.reference == "p.a / p.b"


def test_published_change_in_points_is_the_difference_of_two_figures():
    columns = {("p.fin", "region"): [12.0, 9.0], ("p.debut", "region"): [10.0, 10.0]}
    row = figures(columns, [2.0, -1.0], value="p.fin", value_0="p.debut", change="points")
    assert (row.within, row.reference) == (2, "p.fin ; p.debut")


def test_published_change_in_per_cent_compares_two_figures():
    columns = {("p.fin", "region"): [110.0, 90.0], ("p.debut", "region"): [100.0, 100.0]}
    assert figures(columns, [10.0, -10.0], value="p.fin", value_0="p.debut", change="pct").within == 2


def test_published_yearly_rate_is_compounded():
    columns = {("p.taux", "region"): [10.0, 0.0]}
    assert figures(columns, [21.0, 0.0], change="compound", years=2).within == 2


def test_counts_of_another_producer_are_summed_and_never_averaged():
    columns = {("p.a", "commune"): [1.0, 30.0, 5.0, nan], ("p.b", "commune"): [2.0, 100.0, 10.0, 7.0]}
    row = figures(
        columns, [100 * 31 / 102, 50.0], value="", numerator="p.a", denominator="p.b", scale=100.0,
        summed_from="commune",
    )  # fmt: skip
    assert (row.within, row.compared) == (2, 2)
    assert row.reference == "p.a / p.b (sommes des communes)"


def written(path, **changes: str):
    """Write a plan of one line, with some cells changed."""
    line = {
        **dict.fromkeys(PLAN_COLUMNS, ""), "indicator": "part", "level": "region", "value": "p.taux",
        "family": "effectifs", "independent": "yes", **changes,
    }  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, PLAN_COLUMNS)
        writer.writeheader()
        writer.writerow(line)
    return path


def test_absent_plan_compares_nothing(tmp_path):
    assert read_plan(tmp_path / "verification_plan.csv", [indicator()]) == []


def test_plan_is_read(tmp_path):
    (line,) = read_plan(written(tmp_path / "plan.csv", reason="Champ plus large."), [indicator()])
    assert (line.level, line.scale, line.independent, line.reason) == (
        Level.REGION, 1.0, True, "Champ plus large.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("indicator", "inconnu"), ("level", "commune"), ("family", "au_jugé"), ("independent", "peut-être"),
        ("change", "différence"), ("change", "points"), ("scale", "cent"), ("years", "deux"),
        ("summed_from", "epci"), ("value", ""),
    ],
)  # fmt: skip
def test_wrong_cell_of_the_plan_is_named(tmp_path, column, cell):
    with pytest.raises(InputError, match="ligne 2") as caught:
        read_plan(written(tmp_path / "plan.csv", **{column: cell}), [indicator()])
    assert caught.value.column == column


def test_comparison_written_twice_is_refused(tmp_path):
    path = written(tmp_path / "plan.csv")
    path.write_text(path.read_text() + path.read_text().splitlines()[1] + "\n")
    with pytest.raises(InputError, match="ligne 3"):
        read_plan(path, [indicator()])


def test_rows_are_read_as_they_were_written(tmp_path):
    rows = (
        compared([10.3, 9.0, 10.1, 10.0], [10.0] * 4, reason="Champs différents, « dits » ici."),
        compared([10.0] * 4, [10.0] * 4, independent=True),
    )
    write_verification(rows, tmp_path)
    assert read_verification(tmp_path) == rows
    first = (tmp_path / "verification.csv").read_bytes()
    write_verification(rows, tmp_path)
    assert (tmp_path / "verification.csv").read_bytes() == first
    assert first.decode().splitlines()[0] == ",".join(COLUMNS)


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", ",".join(COLUMNS) + "\npart,region\n"])
def test_spoilt_results_are_a_data_error(tmp_path, text):
    (tmp_path / "verification.csv").write_text(text)
    with pytest.raises(DataError, match="verification"):
        read_verification(tmp_path)


def test_missing_results_are_a_data_error(tmp_path):
    with pytest.raises(DataError, match="verification"):
        read_verification(tmp_path)


def test_share_within_counts_values_and_not_comparisons():
    rows = (
        compared([10.0] * 4, [10.0] * 4),
        compared([11.0, nan, nan, nan], [10.0, nan, nan, nan]),
    )
    assert share_within(rows) == pytest.approx(4 / 5)
    assert share_within(()) == 0.0


def test_check_wants_enough_indicators_and_enough_values_within(tmp_path):
    rows = [compared([10.0, 10.0, 10.0, 11.0], [10.0] * 4, reason="Champ plus large.")]
    write_verification(rows, tmp_path)
    assert check_verification(tmp_path, replace(SHIPPED, verified=1, within=0.75)).passed
    assert not check_verification(tmp_path, replace(SHIPPED, verified=2, within=0.75)).passed
    assert not check_verification(tmp_path, replace(SHIPPED, verified=1, within=0.76)).passed


def test_check_wants_a_reason_for_every_comparison_that_is_outside(tmp_path):
    write_verification([compared([10.0, 10.0, 10.0, 11.0], [10.0] * 4)], tmp_path)
    outcome = check_verification(tmp_path, replace(SHIPPED, verified=0, within=0.0))
    assert not outcome.passed
    assert "part, region" in outcome.detail


def test_every_tolerance_is_the_one_of_the_decision_record(request):
    record = request.config.rootpath / "docs" / "adr" / "0006-verification-tolerances.md"
    text = record.read_text(encoding="utf-8")
    for name, family in FAMILIES.items():
        (line,) = [line for line in text.splitlines() if line.startswith(f"| `{name}`")]
        cell = line.split("|")[2].strip()
        assert float(cell.split()[0]) == family.tolerance
        assert ("%" in cell) == family.relative


def test_stored_value_shows_what_the_true_value_shows():
    true = np.array([19.44966882, 0.2501, -3.0499, 12.0, nan, 100.04996])
    kept = stored(true, 1)
    assert kept.dtype == np.float32
    assert [f"{value:.1f}" for value in kept.astype(float)] == [f"{value:.1f}" for value in true]
    assert np.nanmax(np.abs(kept - true)) < 0.00051
