"""What the page of Regards says of one region or of one domain: a sentence, gaps, actors, waves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from territoires.analysis.gaps import FEWEST_REGIONS, Gap, Gaps, Reading
from territoires.analysis.perceived import (
    Disagreement,
    asked,
    between_actors,
    domain_ranks,
    region_ranks,
    through_time,
)
from territoires.model.formats import plural
from territoires.model.fragilities import BY_ID, DOMAINS
from territoires.model.levels import Level
from territoires.model.perceptions import Actor, Perception
from territoires.model.selection import Selection, format_query
from territoires.store.perceptions import Perceptions
from territoires.store.store import Store
from territoires.web.regards.choice import link, region_options
from territoires.web.regards.felt_choice import FeltChoice, name_of_region, waves
from territoires.web.regards.felt_map import Answers
from territoires.web.regards.lines import ActorLine, GapLine, WaveLine, actor_line, gap_line, wave_line
from territoires.web.regards.sayings import domain_sentence, region_sentence, why

#: The actors named in a narrow cell.
BRIEF_ACTORS: dict[Actor, str] = {
    Actor.CITIZENS: "citoyens",
    Actor.MAYORS: "maires",
    Actor.LEADERS: "dirigeants",
    Actor.ASSOCIATIONS: "associations",
    Actor.FOUNDATIONS: "fondations",
}


@dataclass(frozen=True)
class View:
    """What is shown of one region or one domain.

    `missing` are the names known on one side only, with the reason; `warnings` stand above the drawing.
    """

    name: str
    sentence: str
    gaps: list[tuple[Reading, GapLine]]
    missing: list[str]
    warnings: list[str]
    actors: list[Actor]
    actor_heads: list[str]
    actor_lines: list[ActorLine]
    wave_heads: list[str]
    wave_lines: list[WaveLine]
    of: int


def region_view(
    store: Store, perceptions: Perceptions, choice: FeltChoice, found: Mapping[str, Gaps]
) -> View:
    """Return what is said of one region: its 16 domains."""
    code = choice.region or ""
    name = name_of_region(store, code)
    rows = [found[domain.id].get(code) for domain in DOMAINS]
    labels = {domain.id: domain.label for domain in DOMAINS}
    gaps = [
        (
            row.reading,
            gap_line(
                row,
                choice.actor,
                labels[row.domain],
                choice.address("/regards", domaine=row.domain),
                behind(store, choice, row.domain),
            ),
        )
        for row in rows
        if row.reading is not None
    ]
    answers = _all_answers(perceptions, choice)
    ranked = between_actors({actor: domain_ranks(each, code) for actor, each in answers.items()})
    actors, actor_lines = _by_actor(
        ranked, labels, lambda domain: choice.address("/regards", domaine=domain), feminine=False
    )
    times = through_time(perceptions, actor=choice.actor, code=code, stratum=choice.stratum)
    known = waves(perceptions, choice.actor, regional=True)
    return View(
        name,
        region_sentence(name, choice, rows),
        gaps,
        _missing({labels[row.domain]: why(row) for row in rows if row.reading is None}),
        _warnings([found[domain.id] for domain in DOMAINS], [row for row in rows if row.unsure]),
        actors,
        [BRIEF_ACTORS[actor] for actor in actors],
        actor_lines,
        known,
        _by_wave(times, known, labels, lambda domain: choice.address("/perceptions", domaine=domain)),
        max((row.felt_rank.of for row in rows if row.felt_rank), default=0),
    )


def domain_view(
    store: Store, perceptions: Perceptions, choice: FeltChoice, found: Mapping[str, Gaps]
) -> View:
    """Return what is said of one domain: the regions."""
    domain = choice.domain or ""
    one = found[domain]
    names = dict(region_options(store))

    def about(code: str) -> str:
        return choice.address("/regards", region=code, domaine=None)

    rows = [one.get(code) for code in names]
    gaps = [
        (row.reading, gap_line(row, choice.actor, names[row.code], about(row.code)))
        for row in sorted(rows, key=lambda row: row.measured_rank.rank if row.measured_rank else 0)
        if row.reading is not None
    ]
    answers = _all_answers(perceptions, choice)
    ranked = between_actors({actor: region_ranks(each, domain) for actor, each in answers.items()})
    actors, actor_lines = _by_actor(ranked, names, about, feminine=True)
    known = waves(perceptions, choice.actor, regional=True)
    times = {
        code: through_time(perceptions, actor=choice.actor, code=code, stratum=choice.stratum).get(domain, ())
        for code in names
    }
    return View(
        BY_ID[domain].label,
        domain_sentence(store, choice, one),
        gaps,
        _missing({names[row.code]: why(row) for row in rows if row.reading is None}),
        _warnings([one], [row for row in rows if row.unsure]),
        actors,
        [BRIEF_ACTORS[actor] for actor in actors],
        actor_lines,
        known,
        _by_wave(times, known, names, about),
        one.compared,
    )


def behind(store: Store, choice: FeltChoice, domain: str) -> tuple[tuple[str, str], ...]:
    """Return the addresses of what stands behind a measured rank: the indicators, and the map of the first."""
    indicators = [("indicateurs", link("/indicateurs", domaine=domain))]
    first = next((each for each in store.indicators if each.domain == domain), None)
    if first is None or choice.region is None:
        return tuple(indicators)
    strata = (choice.stratum,) if choice.stratum else ()
    selection = Selection(Level.COMMUNE, first.id, strata, (choice.region,))
    return (*indicators, ("carte", f"/carte?{format_query(selection)}"))


def _all_answers(perceptions: Perceptions, choice: FeltChoice) -> dict[Actor, Answers]:
    return {
        actor: asked(perceptions, actor=actor, wave=choice.wave, stratum=choice.stratum) for actor in Actor
    }


def _by_actor(
    ranked: Mapping[str, Disagreement],
    names: Mapping[str, str],
    about: Callable[[str], str],
    *,
    feminine: bool,
) -> tuple[list[Actor], list[ActorLine]]:
    """Return the actors who rank something, and the line of each thing ranked, the most disputed first.

    `names` are those of the things, in their usual order; `about` gives the address of each.
    """
    actors = [actor for actor in Actor if any(actor in each.ranks for each in ranked.values())]
    order = sorted((each for each in names if each in ranked), key=lambda each: -ranked[each].spread)
    lines = [
        actor_line(ranked[each], actors, BRIEF_ACTORS, names[each], about(each), feminine=feminine)
        for each in order
    ]
    return actors, lines


def _by_wave(
    times: Mapping[str, tuple[Perception, ...]],
    known: list[str],
    names: Mapping[str, str],
    about: Callable[[str], str],
) -> list[WaveLine]:
    """Return the line of each thing that was asked about, through the waves."""
    return [wave_line(figures, known, names[each], about(each)) for each, figures in times.items() if figures]


def _missing(reasons: dict[str, str]) -> list[str]:
    """Return, per reason, the names that have no reading: "perception non publiée : Corse, Mayotte"."""
    by_reason: dict[str, list[str]] = {}
    for name, reason in reasons.items():
        by_reason.setdefault(reason, []).append(name)
    return [f"{reason} : {', '.join(names)}" for reason, names in by_reason.items()]


def _warnings(found: list[Gaps], unsure: list[Gap]) -> list[str]:
    """Return what must be known before reading: too few regions, margins that cross the line."""
    compared = max((each.compared for each in found), default=0)
    warnings = []
    if 0 < compared < FEWEST_REGIONS:
        warnings.append(
            f"{plural(compared, 'région connue', 'régions connues')} des deux côtés : trop peu ({FEWEST_REGIONS} "
            "au moins) pour que les rangs disent grand-chose."
        )
    if unsure:
        count = plural(len(unsure), "lecture incertaine", "lectures incertaines")
        warnings.append(f"{count} : la marge de l’enquête passe de part et d’autre du milieu.")
    return warnings
