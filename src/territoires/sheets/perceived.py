"""The perceived fragilities of a sheet: each actor's answers, beside the inhabitants of communes in alert."""

from __future__ import annotations

from dataclasses import dataclass, replace

from territoires.analysis.gaps import READING_EXPLANATIONS, READING_LABELS, Gaps, Reading, all_gaps
from territoires.analysis.perceived import Rank, asked, domain_ranks, region_ranks
from territoires.model.formats import NARROW, NO_BREAK, number, plural
from territoires.model.fragilities import DOMAINS
from territoires.model.levels import FRANCE_CODE, Level
from territoires.model.perceptions import (
    ACTOR_LABELS,
    FRAGILITIES,
    UNIT_DECIMALS,
    Actor,
    Perception,
    Unit,
)
from territoires.model.sizes import Stratum
from territoires.sheets.overview import shares_of
from territoires.sheets.sections import Overview
from territoires.sheets.survey import Felt, FeltDomain, Perceived
from territoires.sheets.wording import tied
from territoires.store.perceptions import Perceptions
from territoires.store.remembering import remembered
from territoires.store.store import Store
from territoires.store.territories import Territory

#: Fewest domains answered in a region for its survey to be laid out.
FEWEST_DOMAINS = 3

SUFFIXES: dict[Unit, str] = {Unit.NOTE: "note sur 10", Unit.SHARE: "% des réponses", Unit.RANK: "rang"}


@dataclass(frozen=True, eq=False)
class _Known:
    """A survey and the store beside it, told apart by their versions rather than by their content."""

    store: Store
    survey: Perceptions

    def __hash__(self) -> int:
        return hash((id(self.store), self.survey.version))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Known)
            and self.store is other.store
            and self.survey.version == other.survey.version
        )


Answers = dict[str, dict[str, Perception]]


@remembered(64)
def _answers(known: _Known, actor: Actor, wave: str, stratum: Stratum | None) -> Answers:
    return asked(known.survey, actor=actor, wave=wave, stratum=stratum)


@remembered(512)
def _ranks(known: _Known, actor: Actor, wave: str, stratum: Stratum | None, domain: str) -> dict[str, Rank]:
    return region_ranks(_answers(known, actor, wave, stratum), domain)


@remembered(16)
def _gaps(known: _Known, actor: Actor, wave: str, stratum: Stratum | None) -> dict[str, Gaps]:
    strata = () if stratum is None else (stratum,)
    found = shares_of(known.store, Level.REGION, strata)
    shares = dict(zip(known.store.territories(Level.REGION).codes, found, strict=True))
    return all_gaps(shares, _answers(known, actor, wave, stratum))


def perceived(
    store: Store, survey: Perceptions, territory: Territory, strata: tuple[Stratum, ...] = ()
) -> Perceived:
    """Return what people of the region of a territory feel; where no survey says it, the national figures.

    For each actor the latest wave answered in the region is kept; answers of one size only are used when the sheet
    is limited to that size and the survey knows it.
    """
    region = territory.code if territory.level is Level.REGION else (territory.region or "")
    name = tied(store.territories(Level.REGION).get(region).name) if region else ""
    known = _Known(store, survey)
    for stratum in dict.fromkeys((strata[0] if len(strata) == 1 else None, None)):
        waves = _waves(known, region, stratum)
        if waves:
            return _regional(known, region, name, waves, stratum)
    return _national(survey, region, name)


def _waves(known: _Known, region: str, stratum: Stratum | None) -> dict[Actor, str]:
    """Return, per actor, the latest wave that says enough of a region."""
    found: dict[Actor, str] = {}
    for actor in Actor:
        for wave in reversed(known.survey.waves):
            answers = _answers(known, actor, wave, stratum).get(region, {})
            if sum(row.shown for row in answers.values()) >= FEWEST_DOMAINS:
                found[actor] = wave
                break
    return found


def _regional(
    known: _Known, region: str, name: str, waves: dict[Actor, str], stratum: Stratum | None
) -> Perceived:
    """Return the answers of a region, actor by actor, and the readings of the first actor."""
    answers = {actor: _answers(known, actor, wave, stratum) for actor, wave in waves.items()}
    first = next(iter(waves))
    beside = _gaps(known, first, waves[first], stratum)
    rows = []
    for domain in DOMAINS:
        felt = []
        for actor, found in answers.items():
            row = found.get(region, {}).get(domain.id)
            if row is not None:
                rank = _ranks(known, actor, waves[actor], stratum, domain.id).get(region)
                felt.append(_felt(actor, row, rank.rank if rank else 0, rank.of if rank else 0))
        gap = beside[domain.id]
        mine = gap.get(region)
        ranks = mine.felt_rank, mine.measured_rank
        reading = READING_LABELS[mine.reading] if mine.reading and not gap.too_few else ""
        rows.append(
            FeltDomain(
                domain=domain,
                felt=tuple(felt),
                reading=reading,
                why="incertaine" if reading and mine.unsure else "" if reading else "trop peu de régions",
                perceived_rank=ranks[0].rank if ranks[0] else 0,
                objective_rank=ranks[1].rank if ranks[1] else 0,
                ranked=gap.compared,
            )
        )
    every = [row for found in answers.values() for row in found.get(region, {}).values()]
    return Perceived(
        area=name,
        wave=", ".join(dict.fromkeys(waves.values())),
        actors=tuple(ACTOR_LABELS[actor] for actor in waves),
        domains=tuple(rows),
        absence="",
        rule=_rule(first),
        source=_sources(every),
        simulated=any(row.simulated for row in every),
    )


def _national(survey: Perceptions, region: str, name: str) -> Perceived:
    """Return the latest national answers of each actor, and say that the region's are not published."""
    rows = [
        row
        for row in survey.select(question=FRAGILITIES, level=Level.FRANCE, code=FRANCE_CODE)
        if row.domain and row.actor and row.shown and not row.simulated
    ]
    latest: dict[Actor, tuple[str, Unit]] = {}
    for row in sorted(rows, key=lambda each: (each.year, each.wave)):
        if row.actor:
            latest[row.actor] = (row.wave, row.unit)
    kept: dict[Actor, dict[str, Perception]] = {}
    for row in rows:
        if row.actor and row.domain and latest[row.actor] == (row.wave, row.unit):
            kept.setdefault(row.actor, {}).setdefault(row.domain, row)
    actors = tuple(actor for actor in Actor if actor in kept)
    ranks = {actor: domain_ranks({FRANCE_CODE: kept[actor]}, FRANCE_CODE) for actor in actors}
    domains = []
    for domain in DOMAINS:
        felt = tuple(
            _felt(actor, kept[actor][domain.id], ranks[actor][domain.id].rank, ranks[actor][domain.id].of)
            for actor in actors
            if domain.id in kept[actor]
        )
        if felt:
            domains.append(FeltDomain(domain, felt, "", "", 0, 0, 0))
    own = [row for row in survey.select(question=FRAGILITIES, level=Level.REGION, code=region) if row.shown]
    partial = (
        f" Seuls {plural(len(own), 'chiffre est publié', 'chiffres sont publiés')}, trop peu pour un classement."
        if own
        else ""
    )
    absence = (
        f"Aucune enquête complète sur les fragilités ressenties n’est publiée pour la région {name}.{partial} "
        "Voici ce qui est publié pour la France."
    )
    return Perceived(
        area="France",
        wave=", ".join(dict.fromkeys(wave for wave, _ in latest.values())),
        actors=tuple(ACTOR_LABELS[actor] for actor in actors),
        domains=tuple(domains),
        absence=absence,
        rule="",
        source=_sources([row for found in kept.values() for row in found.values()]),
        simulated=False,
    )


def _felt(actor: Actor, row: Perception, rank: int, ranked: int) -> Felt:
    decimals = UNIT_DECIMALS[row.unit]
    return Felt(
        actor=ACTOR_LABELS[actor],
        value=row.value,
        text=number(row.value, decimals) if row.shown else "secret",
        unit=SUFFIXES[row.unit],
        low=row.low,
        high=row.high,
        base=row.base,
        rank=rank,
        ranked=ranked,
        simulated=row.simulated,
        source=_cited(row),
    )


def _cited(row: Perception) -> str:
    """Return the source of a figure, its year said once."""
    source = tied(row.source)
    return source if str(row.year) in source else f"{source}, {row.year}"


def _sources(rows: list[Perception]) -> str:
    return f"{NARROW}; ".join(dict.fromkeys(_cited(row) for row in rows))


def _rule(actor: Actor) -> str:
    """Say what the two ranks and the four readings are."""
    words = f"{NARROW}; ".join(
        f"{READING_LABELS[each]}{NO_BREAK}: {READING_EXPLANATIONS[each]}" for each in Reading
    )
    return (
        f"Rangs parmi les régions, 1{NO_BREAK}: la plus forte. Ressenti{NO_BREAK}: réponses des {ACTOR_LABELS[actor]}"
        f"{NARROW}; mesuré{NO_BREAK}: part des habitants vivant dans une commune en alerte. Fragilité {words}. "
        f"Incertaine{NO_BREAK}: la marge de l’enquête laisse deux lectures possibles."
    )


def with_felt(glance: Overview, felt: Perceived) -> Overview:
    """Return the domains at a glance with the word that says what people feel beside each."""
    words = {row.domain.id: row.reading for row in felt.domains}
    return replace(glance, rows=tuple(replace(row, felt=words.get(row.domain.id, "")) for row in glance.rows))
