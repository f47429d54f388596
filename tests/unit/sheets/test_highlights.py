"""What sets a territory apart: chosen by rank and distance, never by a mean."""

import math

from territoires.model.indicators import Direction, Status
from territoires.sheets.highlights import by_distance, most_distant
from territoires.sheets.readings import Reading
from tests.samples import indicator
from tests.unit.sheets.sheet_samples import line


def of(name, value, *, domain="emploi", rank=1, direction=Direction.MORE_FRAGILE):
    return line(
        indicator(id=name, domain=domain, direction=direction),
        here=Reading(value, Status.OK, str(value), ""),
        rank=rank,
    )


def test_distance_is_counted_towards_fragility():
    assert of("a", 13.0).fragility_gap == 2.0
    assert of("a", 13.0, direction=Direction.LESS_FRAGILE).fragility_gap == -2.0


def test_context_has_no_distance():
    assert math.isnan(of("a", 13.0, direction=Direction.CONTEXT).fragility_gap)


def test_one_highlight_per_domain_the_furthest_first():
    lines = [of("a", 11.0), of("b", 15.0), of("c", 13.0, domain="sante")]
    assert [each.indicator.id for each in most_distant(lines, fragile=True)] == ["b", "c"]


def test_a_first_quarter_rank_comes_before_a_larger_distance():
    lines = [of("loin", 19.0, rank=7), of("premier", 11.0, rank=1, domain="sante")]
    assert [each.indicator.id for each in most_distant(lines, fragile=True)] == ["premier", "loin"]


def test_the_other_side_holds_what_is_less_fragile():
    lines = [of("a", 13.0), of("b", 5.0, rank=13, domain="sante")]
    assert [each.indicator.id for each in most_distant(lines, fragile=False)] == ["b"]


def test_what_is_compared_with_nothing_is_mapped_last():
    alone = of("seul", 13.0, rank=0)
    assert by_distance([alone, of("b", 9.5, rank=9)])[-1] is alone
