"""The rows of the page of Regards: each a drawing and the same in words."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from territoires.analysis.gaps import READING_EXPLANATIONS, READING_LABELS, Gap, Reading
from territoires.analysis.perceived import Change, Disagreement, Rank, Step, scale_of, steps
from territoires.model.formats import ordinal, signed, with_unit
from territoires.model.perceptions import UNIT_DECIMALS, UNIT_SUFFIXES, Actor, Perception
from territoires.web.regards.marks import actors_row, gap_row, value_span, waves_row
from territoires.web.regards.shades import interval_of, value_of


@dataclass(frozen=True, slots=True)
class GapLine:
    """A region or a domain with both ranks; `felt` and `measured` are in words, `links` lead behind the figures."""

    name: str
    address: str
    felt: str
    measured: str
    row: Markup
    unsure: bool
    figures: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one reading."""

    reading: Reading
    label: str
    explanation: str
    lines: tuple[GapLine, ...]


@dataclass(frozen=True, slots=True)
class ActorLine:
    """A domain or a region with the rank that each actor gives it; `verdict` says whether they disagree."""

    name: str
    address: str
    row: Markup
    ranks: tuple[str, ...]
    verdict: str


@dataclass(frozen=True, slots=True)
class WaveLine:
    """A domain or a region through the waves: values in words, the drawing, what changed last."""

    name: str
    address: str
    row: Markup
    values: tuple[str, ...]
    verdict: str


def rank_words(rank: Rank, *, feminine: bool = True) -> str:
    """Write a rank as margins allow: "3e", "2e à 7e"; of a region unless it is not `feminine`."""
    best = ordinal(rank.best, feminine=feminine)
    return best if rank.sure else f"{best} à {ordinal(rank.worst, feminine=feminine)}"


def gap_line(
    row: Gap, actor: Actor, name: str, address: str, links: tuple[tuple[str, str], ...] = ()
) -> GapLine:
    """Return the line of a row that is known on both sides."""
    assert row.felt is not None  # noqa: S101 - callers keep the rows that have a reading
    assert row.felt_rank is not None  # noqa: S101 - the same
    assert row.measured_rank is not None  # noqa: S101 - the same
    share = with_unit(100 * row.measured.share, "%", 0)
    margin = interval_of(row.felt)
    return GapLine(
        name,
        address,
        rank_words(row.felt_rank),
        ordinal(row.measured_rank.rank, feminine=True),
        gap_row(row.felt_rank, row.measured_rank, actor),
        row.unsure,
        f"{value_of(row.felt)}{f' ({margin})' if margin else ''} ; {share} des habitants",
        links,
    )


def grouped(lines: list[tuple[Reading, GapLine]]) -> list[Group]:
    """Return the lines by reading, in the order of `Reading`, empty readings left out."""
    return [
        Group(reading, READING_LABELS[reading], READING_EXPLANATIONS[reading], members)
        for reading in Reading
        if (members := tuple(line for each, line in lines if each is reading))
    ]


def actor_line(
    found: Disagreement,
    actors: list[Actor],
    words: dict[Actor, str],
    name: str,
    address: str,
    *,
    feminine: bool,
) -> ActorLine:
    """Return the line of a thing ranked by several actors; `words` name them in a sentence."""
    ranks = tuple(
        rank_words(found.ranks[actor], feminine=feminine) if actor in found.ranks else "–" for actor in actors
    )
    verdict = (
        f"{words[found.highest]} avant {words[found.lowest]}"
        if found.highest is not None and found.lowest is not None
        else "rangs proches"
    )
    return ActorLine(name, address, actors_row(found.ranks), ranks, verdict)


def wave_line(figures: tuple[Perception, ...], waves: list[str], name: str, address: str) -> WaveLine:
    """Return the line of what an actor answered wave after wave; only waves on the scale of the last are drawn."""
    by_wave = {figure.wave: figure for figure in figures}
    last = [figure for figure in figures if scale_of(figure) == scale_of(figures[-1])]
    values = tuple(_written(by_wave.get(wave)) for wave in waves)
    changes = steps(figures)
    return WaveLine(
        name,
        address,
        waves_row(last, waves, value_span(last)),
        values,
        verdict(changes[-1]) if changes else "une seule vague",
    )


def _written(figure: Perception | None) -> str:
    if figure is None:
        return "–"
    margin = interval_of(figure)
    return f"{value_of(figure)} ({margin})" if margin else value_of(figure)


def verdict(step: Step) -> str:
    """Say what changed between two waves: "hausse de 2019 à 2022 (+0,6)"."""
    between = f"de {step.before.wave} à {step.after.wave}"
    if step.change is Change.UNLIKE:
        return f"{between} : questions différentes, non comparables"
    if step.change is Change.NONE:
        return f"évolution non significative {between}"
    unit = step.after.unit
    gap = signed(step.difference, UNIT_DECIMALS[unit])
    points = " points" if UNIT_SUFFIXES[unit] == "%" else ""
    return f"{step.change.value} {between} ({gap}{points})"
