"""Two orders side by side: ranks that respect margins, four readings, actors, waves."""

from __future__ import annotations

import math

import pytest

from territoires.analysis.domain_alerts import DomainShare
from territoires.analysis.gaps import COVERED, FEWEST_READ, Gaps, Reading, covered, gaps
from territoires.analysis.perceived import (
    Change,
    Rank,
    asked,
    between_actors,
    domain_ranks,
    rank_all,
    region_ranks,
    steps,
    through_time,
)
from territoires.errors import UnknownError
from territoires.model.indicators import Status
from territoires.model.perceptions import Actor, Unit
from territoires.model.sizes import Stratum
from tests.unit.analysis.perception_samples import figure, surveys

REGIONS = tuple("ABCDEFGH")


def shares(*percents: float, known: int = 1000, everyone: int = 1000) -> dict[str, dict[str, DomainShare]]:
    """Regions A, B, C… with these shares (%) of inhabitants in communes in alert on health."""
    return {
        code: {"sante": DomainShare(percent / 100, round(10 * percent), known, everyone)}
        for code, percent in zip(REGIONS, percents, strict=False)
    }


def read(measured: list[float], felt: list[float], base: int = 100_000) -> Gaps:
    answers = {
        code: {"sante": figure(code, value, base=base)} for code, value in zip(REGIONS, felt, strict=False)
    }
    return gaps(shares(*measured), answers, "sante")


def test_the_four_readings_are_halves_of_two_orders() -> None:
    found = read([40, 30, 20, 10, 8, 6, 4, 2], [60, 20, 50, 10, 40, 15, 30, 5])
    assert {row.code: row.reading for row in found.rows} == {
        "A": Reading.SHARED,
        "B": Reading.SILENT,
        "C": Reading.SHARED,
        "D": Reading.SILENT,
        "E": Reading.FELT,
        "F": Reading.CONTAINED,
        "G": Reading.FELT,
        "H": Reading.CONTAINED,
    }
    assert not found.unsure
    assert not found.too_few
    row = found.get("E")
    assert row.felt_rank == Rank(3, 3, 3, 8)
    assert row.measured_rank == Rank(5, 5, 5, 8)
    with pytest.raises(UnknownError):
        found.get("Z")


def test_the_middle_of_an_odd_number_is_low() -> None:
    found = read([50, 40, 30, 20, 10], [50, 40, 30, 20, 10])
    assert [row.reading for row in found.rows] == [
        Reading.SHARED, Reading.SHARED, Reading.CONTAINED, Reading.CONTAINED, Reading.CONTAINED,
    ]  # fmt: skip
    assert found.too_few


def test_a_margin_across_the_middle_leaves_the_reading_open() -> None:
    sure = read([40, 30, 20, 10], [60, 50, 20, 10])
    open_ones = read([40, 30, 20, 10], [60, 36, 34, 10], base=200)
    assert sure.unsure == 0
    assert [row.unsure for row in open_ones.rows] == [False, True, True, False]
    assert open_ones.get("B").felt_rank == Rank(2, 2, 3, 4)
    unknown_margin = gaps(
        shares(40, 30, 20, 10),
        {code: {"sante": figure(code, 50 - k, base=None)} for k, code in enumerate(REGIONS[:4])},
        "sante",
    )
    assert all(row.unsure for row in unknown_margin.rows)


def test_only_regions_known_on_both_sides_are_compared() -> None:
    answers = {code: {"sante": figure(code, 50 - k)} for k, code in enumerate(REGIONS[:6])}
    answers["B"] = {"sante": figure("B", math.nan, status=Status.SECRET, base=12)}
    measured = shares(40, 30, 20, 10, 8, 6, 4)
    measured["C"] = {"sante": DomainShare(0.9, 360, 400, 1000)}
    found = gaps(measured, answers, "sante")
    assert found.compared == 4
    assert [row.code for row in found.rows if row.reading] == ["A", "D", "E", "F"]
    assert found.get("C").measured_rank is None
    assert found.get("G").felt is None
    assert not covered(measured["C"]["sante"])
    assert covered(DomainShare(0.1, 50, round(COVERED * 1000), 1000))


def test_too_few_regions_or_too_few_inhabitants_in_alert_are_not_read() -> None:
    assert read([40, 30, 20], [60, 50, 40]).compared == 0
    assert FEWEST_READ == 4
    tiny = read([0.4, 0.3, 0.2, 0.1], [60, 50, 40, 30])
    assert tiny.compared == 0
    assert all(row.reading is None for row in tiny.rows)
    assert read([0, 0, 0, 0], [60, 50, 40, 30]).compared == 0


def test_equal_measures_share_the_best_rank() -> None:
    found = read([40, 40.02, 20, 10], [60, 50, 40, 30])
    assert [row.measured_rank.rank for row in found.rows if row.measured_rank] == [1, 1, 3, 4]


def test_ranks_are_ranges_that_margins_allow() -> None:
    ranks = rank_all({"a": figure("a", 60), "b": figure("b", 40, base=100), "c": figure("c", 35, base=100)})
    assert ranks == {"a": Rank(1, 1, 1, 3), "b": Rank(2, 2, 3, 3), "c": Rank(3, 2, 3, 3)}
    assert ranks["a"].sure
    assert not ranks["b"].sure
    published = rank_all(
        {k: figure(k, v, unit=Unit.RANK, wording="rang") for k, v in (("a", 3), ("b", 1), ("c", 2))}
    )
    assert {k: rank.rank for k, rank in published.items()} == {"a": 3, "b": 1, "c": 2}


def test_one_scale_at_a_time_and_published_figures_first() -> None:
    found = asked(
        surveys(
            figure("A", 41),
            figure("B", 40),
            figure("C", 6.1, unit=Unit.NOTE, wording="note sur 10"),
            figure("D", 39, wording="% des habitants"),
            figure("A", 12, status=Status.SIMULATED),
            figure("A", 20, stratum=Stratum.UNDER_2000),
            figure("A", 20, wave="2019"),
        ),
        actor=Actor.CITIZENS,
        wave="2022",
    )
    assert {code: each["sante"].value for code, each in found.items()} == {"A": 41, "B": 40}
    assert asked(surveys(), actor=Actor.MAYORS, wave="2022") == {}


def test_actors_disagree_only_when_margins_keep_their_ranks_apart() -> None:
    citizens = {"sante": Rank(1, 1, 2, 16), "emploi": Rank(4, 3, 6, 16), "energie": Rank(2, 2, 2, 16)}
    mayors = {"sante": Rank(9, 8, 12, 16), "emploi": Rank(6, 5, 9, 16)}
    found = between_actors({Actor.CITIZENS: citizens, Actor.MAYORS: mayors})
    assert set(found) == {"sante", "emploi"}
    assert (found["sante"].spread, found["sante"].highest, found["sante"].lowest) == (
        8, Actor.CITIZENS, Actor.MAYORS,
    )  # fmt: skip
    assert (found["emploi"].spread, found["emploi"].highest) == (0, None)


def test_ranks_of_domains_in_a_region_and_of_regions_on_a_domain() -> None:
    answers = asked(
        surveys(figure("A", 50), figure("A", 60, domain="emploi"), figure("B", 70)),
        actor=Actor.CITIZENS,
        wave="2022",
    )
    assert {k: rank.rank for k, rank in domain_ranks(answers, "A").items()} == {"emploi": 1, "sante": 2}
    assert {k: rank.rank for k, rank in region_ranks(answers, "sante").items()} == {"B": 1, "A": 2}
    assert domain_ranks(answers, "Z") == {}


def test_a_change_is_told_only_when_intervals_part() -> None:
    waves = surveys(
        figure("A", 5.0, wave="2015", unit=Unit.NOTE, wording="note sur 10"),
        figure("A", 30, wave="2019", base=200),
        figure("A", 33, wave="2020", base=200),
        figure("A", math.nan, wave="2021", status=Status.SECRET),
        figure("A", 60, wave="2022", base=200),
        figure("A", 20, wave="2023", base=200),
    )
    figures = through_time(waves, actor=Actor.CITIZENS, code="A")["sante"]
    assert [row.wave for row in figures] == ["2015", "2019", "2020", "2021", "2022", "2023"]
    found = steps(figures)
    assert [step.change for step in found] == [Change.UNLIKE, Change.NONE, Change.RISE, Change.FALL]
    assert found[2].difference == pytest.approx(27)
    assert steps(figures[:1]) == ()
