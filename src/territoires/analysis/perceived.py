"""What survey figures say once set in order: ranks that respect margins, actors side by side, waves in turn.

Two figures whose intervals at 95 % overlap are close: neither is ranked before the other. A rank is therefore a
range, from the best it may be to the worst; a figure without a known margin counts as exact, and says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar

from territoires.model.fragilities import DOMAINS
from territoires.model.levels import Level
from territoires.model.perceptions import FRAGILITIES, Actor, Perception, Unit, close
from territoires.model.sizes import Stratum
from territoires.store.perceptions import Perceptions

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Rank:
    """Where a figure stands among `of` figures: `rank` 1 is felt the most; `best` to `worst` is what margins allow."""

    rank: int
    best: int
    worst: int
    of: int

    @property
    def sure(self) -> bool:
        """Whether margins leave one rank only."""
        return self.best == self.worst


class Change(StrEnum):
    """What happened between two waves."""

    RISE = "hausse"
    FALL = "baisse"
    NONE = "non significative"
    UNLIKE = "non comparable"


@dataclass(frozen=True, slots=True)
class Step:
    """Two figures of the same question, in turn, and what changed; `difference` is in the unit of the values."""

    before: Perception
    after: Perception
    change: Change
    difference: float


@dataclass(frozen=True, slots=True)
class Disagreement:
    """How the actors rank one thing; `spread` is the widest gap between two ranks that margins keep apart."""

    ranks: dict[Actor, Rank]
    spread: int
    highest: Actor | None
    lowest: Actor | None


def asked(
    perceptions: Perceptions, *, actor: Actor, wave: str, stratum: Stratum | None = None
) -> dict[str, dict[str, Perception]]:
    """Return, per region and domain, what an actor answered in a wave: one figure each, all on one scale.

    The scale kept is the one asked in most regions. Of several figures for one question, a published one comes
    first, then an imported one, then a simulated one: the order of the rows.
    """
    rows = [
        row
        for row in perceptions.select(
            question=FRAGILITIES, wave=wave, level=Level.REGION, actor=actor, stratum=stratum
        )
        if row.code is not None and row.domain is not None
    ]
    scale = main_scale(rows)
    answers: dict[str, dict[str, Perception]] = {}
    for row in rows:
        if scale_of(row) == scale:
            answers.setdefault(row.code or "", {}).setdefault(row.domain or "", row)
    return answers


def scale_of(figure: Perception) -> tuple[Unit, str]:
    """Return what a figure may be compared with: its unit, and what exactly was asked ("% de citations")."""
    return figure.unit, figure.wording


def main_scale(rows: Sequence[Perception]) -> tuple[Unit, str] | None:
    """Return the scale of most rows (the first met when equal), or None without a row."""
    counted = Counter(scale_of(row) for row in rows)
    return counted.most_common(1)[0][0] if counted else None


def rank_all(figures: dict[Key, Perception]) -> dict[Key, Rank]:
    """Return the rank of each figure that has a value; all must be on one scale."""
    shown = {key: figure for key, figure in figures.items() if figure.shown}
    ranks = {}
    for key, figure in shown.items():
        above = [other for other in shown.values() if _above(other, figure)]
        under = [other for other in shown.values() if _above(figure, other)]
        apart_above = sum(not close(other, figure) for other in above)
        apart_under = sum(not close(other, figure) for other in under)
        ranks[key] = Rank(len(above) + 1, apart_above + 1, len(shown) - apart_under, len(shown))
    return ranks


def _above(first: Perception, second: Perception) -> bool:
    """Whether `first` is felt more than `second`: a higher note or share, a lower rank."""
    return first.value < second.value if first.unit is Unit.RANK else first.value > second.value


def between_actors(ranks: dict[Actor, dict[Key, Rank]]) -> dict[Key, Disagreement]:
    """Set the ranks of the actors side by side; only things ranked by two actors or more are kept.

    Actors ranked different numbers of things are compared all the same: each rank keeps its own `of`.
    """
    found: dict[Key, Disagreement] = {}
    for key in dict.fromkeys(key for each in ranks.values() for key in each):
        mine = {actor: each[key] for actor, each in ranks.items() if key in each}
        if len(mine) < 2:
            continue
        apart = [
            (low.rank - high.rank, a, b)
            for a, high in mine.items()
            for b, low in mine.items()
            if high.worst < low.best
        ]
        spread, highest, lowest = max(apart, key=lambda each: each[0], default=(0, None, None))
        found[key] = Disagreement(mine, spread, highest, lowest)
    return found


def domain_ranks(answers: dict[str, dict[str, Perception]], code: str) -> dict[str, Rank]:
    """Return the rank of each domain among those that an actor answered in one region."""
    return rank_all(answers.get(code, {}))


def region_ranks(answers: dict[str, dict[str, Perception]], domain: str) -> dict[str, Rank]:
    """Return the rank of each region among those where an actor answered on one domain."""
    return rank_all({code: figures[domain] for code, figures in answers.items() if domain in figures})


def steps(figures: Sequence[Perception]) -> tuple[Step, ...]:
    """Return what changed from one wave to the next; `figures` are in the order of waves, shown ones only count."""
    shown = [figure for figure in figures if figure.shown]
    return tuple(_step(a, b) for a, b in pairwise(shown))


def _step(before: Perception, after: Perception) -> Step:
    if scale_of(before) != scale_of(after):
        return Step(before, after, Change.UNLIKE, float("nan"))
    difference = after.value - before.value
    if close(before, after):
        return Step(before, after, Change.NONE, difference)
    return Step(before, after, Change.RISE if _above(after, before) else Change.FALL, difference)


def through_time(
    perceptions: Perceptions, *, actor: Actor, code: str, stratum: Stratum | None = None
) -> dict[str, tuple[Perception, ...]]:
    """Return, per domain in published order, the figures of an actor in one region, oldest wave first."""
    rows = perceptions.select(
        question=FRAGILITIES, level=Level.REGION, actor=actor, code=code, stratum=stratum
    )
    found: dict[str, tuple[Perception, ...]] = {}
    for domain in DOMAINS:
        one_per_wave: dict[str, Perception] = {}
        for row in rows:
            if row.domain == domain.id:
                one_per_wave.setdefault(row.wave, row)
        if one_per_wave:
            found[domain.id] = tuple(sorted(one_per_wave.values(), key=lambda row: (row.year, row.wave)))
    return found
