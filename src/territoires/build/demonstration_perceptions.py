"""Answers that nobody gave, so that perceptions can be tried at their full size: `perceptions/demonstration.csv`.

What is published is a few national figures and fewer regional ones. This draws a whole survey around them: 18
régions × 16 domains × 5 actors × 3 waves, and the four sizes of communes where enough people would be asked. Every
row says `simulated`, and the file is the same to the byte at every run: each draw is the hash of what it is about.

* **Level.** The figure of France is the published one where there is one in the unit of the actor (notes for all,
  percentages of citations for associations, as in the surveys of 2015), otherwise `USUAL` and the drift of the wave.
* **Regions.** A stable deviation for each region, actor and domain, a smaller one for the wave, and one that all
  actors of a region share; weighted by population they add up to nothing, so that France stays what it is.
* **Sizes.** A slope for each domain (`SLOPES`): mobility or health are felt in small communes, safety in large ones.
* **Bases.** Totals of the real surveys (2 000 and 2 400 citizens), shared between regions by the square root of
  their population, then equally between sizes, as the survey of mayors of 2024 did; the wave of 2022 is larger so
  that its sizes can be shown. Nothing is drawn for fewer than 30 answers, nor more than three local officials per
  commune. Intervals take a standard deviation of 2.3 for a note.

No figure here follows from objective data: perceived and measured fragilities are drawn independently.
"""

from __future__ import annotations

import csv
import hashlib
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import NormalDist

from territoires.model.fragilities import DOMAINS, Domain
from territoires.model.indicators import Status
from territoires.model.levels import FRANCE_CODE, Level
from territoires.model.perceptions import ACTOR_LABELS, FRAGILITIES, MINIMUM_BASE, Actor, Unit, interval
from territoires.model.sizes import STRATA, Stratum
from territoires.store.perceptions import COLUMNS, DEMONSTRATION, FOLDER, open_perceptions
from territoires.store.store import Store

WAVES: tuple[str, ...] = ("2015", "2019", "2022")

#: Answers in all, by actor and wave.
TOTALS: dict[Actor, tuple[int, int, int]] = {
    Actor.CITIZENS: (2_000, 2_400, 4_800),
    Actor.MAYORS: (1_200, 1_200, 2_400),
    Actor.LEADERS: (1_000, 1_000, 1_000),
    Actor.ASSOCIATIONS: (1_000, 1_000, 1_000),
    Actor.FOUNDATIONS: (560, 560, 560),
}

#: Actors asked enough for their sizes to be shown within a region.
BY_SIZE = (Actor.CITIZENS, Actor.MAYORS)

#: The usual note (out of 10) of each domain, in the order of `DOMAINS`; percentages are ten times the note.
USUAL: dict[Actor, tuple[float, ...]] = {
    Actor.CITIZENS: (6.7, 6.1, 6.4, 6.1, 5.4, 5.7, 5.5, 5.6, 6.0, 6.2, 4.9, 4.5, 6.0, 5.6, 5.6, 5.8),
    Actor.MAYORS: (5.8, 6.0, 5.3, 5.0, 4.6, 5.9, 5.2, 4.7, 6.6, 4.8, 5.4, 4.4, 5.3, 4.9, 5.6, 6.4),
    Actor.LEADERS: (5.9, 5.7, 5.6, 5.4, 4.7, 4.9, 4.6, 5.2, 4.9, 5.3, 4.8, 4.0, 4.6, 4.8, 5.1, 5.5),
    Actor.ASSOCIATIONS: (5.6, 3.4, 4.8, 5.0, 4.1, 5.6, 5.2, 4.2, 4.3, 2.6, 3.7, 3.0, 3.3, 4.0, 2.4, 4.1),
    Actor.FOUNDATIONS: (5.7, 4.6, 5.4, 6.3, 5.2, 5.3, 6.0, 6.1, 5.6, 4.2, 5.4, 4.7, 5.9, 5.5, 5.3, 4.6),
}

#: What each wave adds to the usual note, and to that of a few domains.
DRIFT: tuple[float, ...] = (0.2, -0.2, 0.0)
DOMAIN_DRIFT: dict[str, tuple[float, float, float]] = {
    "emploi": (0.3, 0.0, -0.5),
    "sante": (-0.3, 0.0, 0.6),
    "energie": (-0.4, 0.1, 0.6),
    "environnement": (-0.1, 0.0, 0.3),
    "numerique": (-0.2, 0.0, 0.2),
}
NO_DRIFT = (0.0, 0.0, 0.0)

#: What one step towards larger communes adds to the note.
SLOPES: dict[str, float] = {
    "mobilite": -0.35,
    "sante": -0.3,
    "numerique": -0.25,
    "vieillissement": -0.15,
    "developpement-economique": -0.15,
    "emploi": -0.05,
    "niveau-de-vie": 0.05,
    "environnement": 0.1,
    "pauvrete": 0.2,
    "mal-logement": 0.3,
    "securite": 0.35,
}

#: Spread of the deviations, in notes: of a region for good, of a region in one wave, shared by its actors, of a size.
STABLE, PASSING, SHARED, BY_STRATUM = 0.45, 0.15, 0.25, 0.12

#: Standard deviation of a note between people.
DEVIATION = 2.3

#: Local officials asked per commune at most, and fewest answers asked for in a region.
OFFICIALS = 3
FEWEST: dict[str, int] = {"2015": 40, "2019": 40, "2022": 120}

#: Notes per unit of logit, to move a percentage as one moves a note.
LOGIT = 0.4

PROGRAMME = "Démonstration"
SOURCE = "Territoires, jeu de démonstration"

#: The unit in which each actor answers, and its words, as in the surveys of 2015.
UNITS: dict[Actor, Unit] = {
    actor: Unit.SHARE if actor is Actor.ASSOCIATIONS else Unit.NOTE for actor in Actor
}
WORDINGS: dict[Unit, str] = {Unit.NOTE: "note sur 10", Unit.SHARE: "% de citations"}


@dataclass(frozen=True, slots=True)
class Region:
    """A region and its communes per size."""

    code: str
    name: str
    population: int
    communes: tuple[int, ...]


def draw(*about: str) -> float:
    """Return a standard normal number that depends on the words of `about` only."""
    digest = hashlib.sha256("|".join(("territoires", *about)).encode()).digest()
    return NormalDist().inv_cdf((int.from_bytes(digest[:6]) + 0.5) / 2**48)


def regions_of(store: Store) -> tuple[Region, ...]:
    """Return the regions of the store in code order."""
    communes, regions = store.territories(Level.COMMUNE), store.territories(Level.REGION)
    inside = communes.parents[Level.REGION]
    return tuple(
        Region(
            code,
            regions.names[index],
            int(regions.population[index]),
            tuple(int(((inside == index) & (communes.stratum == k)).sum()) for k in range(len(STRATA))),
        )
        for index, code in enumerate(regions.codes)
    )


def bases(regions: tuple[Region, ...], actor: Actor, wave: str) -> dict[str, int]:
    """Return the number of answers in each region: shared by the square root of the population."""
    total = TOTALS[actor][WAVES.index(wave)]
    roots = {region.code: math.sqrt(region.population) for region in regions}
    fewest = FEWEST[wave] if actor in BY_SIZE else MINIMUM_BASE + 1
    shared = {code: max(fewest, round(total * root / sum(roots.values()))) for code, root in roots.items()}
    if actor is Actor.MAYORS:
        return {region.code: min(shared[region.code], OFFICIALS * sum(region.communes)) for region in regions}
    return shared


def _deviations(regions: tuple[Region, ...], actor: Actor, domain: str, wave: str) -> dict[str, float]:
    """Return what each region adds to the note of France; weighted by population, they add up to nothing."""
    drawn = {
        region.code: STABLE * draw("stable", actor, domain, region.code)
        + PASSING * draw("passing", actor, domain, region.code, wave)
        + SHARED * draw("shared", region.code, domain)
        for region in regions
    }
    people = sum(region.population for region in regions)
    mean = sum(region.population * drawn[region.code] for region in regions) / people
    return {code: value - mean for code, value in drawn.items()}


def _size_deviation(actor: Actor, domain: str, stratum: Stratum, code: str) -> float:
    """Return what a size of communes adds to the note of a territory."""
    step = STRATA.index(stratum) - 1.5
    return SLOPES.get(domain, 0.0) * step + BY_STRATUM * draw("size", actor, domain, stratum, code)


def _moved(value: float, unit: Unit, by: float) -> float:
    """Return a value moved `by` so many notes, kept within its scale."""
    if unit is Unit.NOTE:
        return round(min(9.5, max(0.5, value + by)), 2)
    odds = math.log(value / (100 - value)) + LOGIT * by
    return round(100 / (1 + math.exp(-odds)), 1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure is drawn, from how many answers, and how many notes above that of France."""

    level: Level
    code: str
    area: str
    base: int
    by: float
    stratum: Stratum | None = None


def _places(regions: tuple[Region, ...], actor: Actor, domain: str, wave: str) -> Iterator[Place]:
    """Yield the places where an actor is asked about a domain in a wave, fewer than 30 answers included."""
    asked = bases(regions, actor, wave)
    of_all = sum(asked.values())
    yield Place(Level.FRANCE, FRANCE_CODE, "France", of_all, 0.0)
    for stratum in STRATA:
        by = _size_deviation(actor, domain, stratum, FRANCE_CODE)
        yield Place(Level.FRANCE, FRANCE_CODE, "France", of_all // len(STRATA), by, stratum)
    above = _deviations(regions, actor, domain, wave)
    for region in regions:
        base, by = asked[region.code], above[region.code]
        yield Place(Level.REGION, region.code, region.name, base, by)
        for stratum, communes in zip(STRATA, region.communes, strict=True):
            if actor not in BY_SIZE or not communes:
                continue
            part = base // len(STRATA)
            if actor is Actor.MAYORS:
                part = min(part, OFFICIALS * communes)
            size = _size_deviation(actor, domain, stratum, region.code)
            yield Place(Level.REGION, region.code, region.name, part, by + size, stratum)


def _row(wave: str, actor: Actor, domain: Domain, of_france: float, place: Place) -> dict[str, object]:
    """Return a row of the file."""
    unit = UNITS[actor]
    value = _moved(of_france, unit, place.by)
    low, high = interval(value, unit, place.base, DEVIATION) or (value, value)
    return {
        "wave": wave,
        "year": wave,
        "programme": PROGRAMME,
        "question": FRAGILITIES,
        "actor": actor.value,
        "respondents": ACTOR_LABELS[actor],
        "level": place.level.value,
        "code": place.code,
        "area": place.area,
        "stratum": place.stratum.value if place.stratum else "",
        "domain": domain.id,
        "label": domain.label,
        "value": f"{value:g}",
        "unit": unit.value,
        "base": place.base,
        "low": f"{low:.2f}",
        "high": f"{high:.2f}",
        "status": Status.SIMULATED.word,
        "source": SOURCE,
        "wording": WORDINGS[unit],
    }


def demonstration(data: Path, store: Store) -> str:
    """Return the whole file, as text; published figures are read in the folder `data`."""
    # Of two published figures that conflict, the first is the preferred one.
    published = {
        (row.actor, row.domain, row.wave, row.unit): row.value
        for row in reversed(open_perceptions(data, data / "none", demonstration=False).rows)
        if row.question == FRAGILITIES and row.code == FRANCE_CODE and row.stratum is None
    }
    regions = regions_of(store)
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for turn, wave in enumerate(WAVES):
        for actor in Actor:
            unit = UNITS[actor]
            for position, domain in enumerate(DOMAINS):
                usual = USUAL[actor][position] + DRIFT[turn] + DOMAIN_DRIFT.get(domain.id, NO_DRIFT)[turn]
                invented = usual if unit is Unit.NOTE else 10 * usual
                of_france = published.get((actor, domain.id, wave, unit), invented)
                writer.writerows(
                    _row(wave, actor, domain, of_france, place)
                    for place in _places(regions, actor, domain.id, wave)
                    if place.base >= MINIMUM_BASE
                )
    return buffer.getvalue()


def write_demonstration(data: Path, store: Store) -> int:
    """Write the file in the folder `data`; return the number of rows."""
    text = demonstration(data, store)
    path = data / FOLDER / DEMONSTRATION
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())
    return text.count("\n") - 1
