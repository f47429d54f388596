"""Peers: who is useful to a territory, by a rule of three sentences, each of which is said on the result.

An organisation is a peer of a commune or an intercommunalité when at least one of these is true:
1. it acts on a domain in alert there (`analysis/domain_alerts.py`);
2. it acts in territories of the same size;
3. it says it covers the territory, or it stands within `CLOSE_KM` of it.
Those for which more of the three are true come first; then the nearest; then by name. Nothing else counts: no
weight, no score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from territoires.analysis.domain_alerts import POSITIONS, DomainAlerts
from territoires.catalysts.catalyst import Catalyst
from territoires.catalysts.proximity import Near, by_distance, near
from territoires.errors import UnknownError
from territoires.model.formats import NO_BREAK, number
from territoires.model.fragilities import BY_ID
from territoires.model.levels import Level
from territoires.model.sizes import LABELS, STRATA, Stratum
from territoires.store.store import Store

#: Up to this distance (km), an organisation is close.
CLOSE_KM = 50.0

#: Most domains named in a reason.
NAMED = 3

#: The levels at which alerts are counted, hence which can have peers.
HOME_LEVELS = (Level.COMMUNE, Level.EPCI)


@dataclass(frozen=True, slots=True)
class Home:
    """What the rule knows of a territory: its point, its size, its domains in alert, and what holds it."""

    level: Level
    code: str
    name: str
    lon: float
    lat: float
    stratum: Stratum
    alerts: tuple[str, ...]
    within: frozenset[tuple[Level, str]]


@dataclass(frozen=True, slots=True)
class Peer:
    """An organisation, its distance (km, or None), and the reasons why it is there, in French.

    `domains` are those in alert on which it acts; `rules` says how many of the three sentences are true (1–3).
    """

    catalyst: Catalyst
    km: float | None
    rules: int
    domains: tuple[str, ...]
    reasons: tuple[str, ...]


def home(store: Store, alerts: DomainAlerts, level: Level, code: str) -> Home:
    """Return what the rule needs of a territory.

    `alerts` are those of `level`. `UnknownError` for a code that does not exist, or a level without alerts.
    """
    if level not in HOME_LEVELS:
        raise UnknownError("Les semblables se cherchent pour une commune ou une intercommunalité.")
    place = store.territories(level).get(code)
    parents = (
        (Level.EPCI, place.epci),
        (Level.DEPARTEMENT, place.departement),
        (Level.REGION, place.region),
    )
    row = alerts.alert[place.index]
    return Home(
        level=level,
        code=code,
        name=place.name,
        lon=place.point[0],
        lat=place.point[1],
        stratum=STRATA[place.stratum],
        alerts=tuple(domain for domain, position in POSITIONS.items() if row[position]),
        within=frozenset([(level, code), *((each, name) for each, name in parents if name is not None)]),
    )


def sizes_of(catalyst: Catalyst) -> tuple[Stratum, ...]:
    """Return the sizes of territory an organisation acts in: those it says, or else that of its commune."""
    if catalyst.strata:
        return catalyst.strata
    return (catalyst.stratum,) if catalyst.stratum is not None else ()


def short_label(domain: str) -> str:
    """Return the first words of a domain, as in a sentence: "emploi", "accès au numérique"."""
    label = BY_ID[domain].label.partition(" / ")[0]
    return label[:1].lower() + label[1:]


def like_home(catalysts: Sequence[Catalyst], store: Store, place: Home) -> list[Peer]:
    """Return the peers of a territory in the order of the rule; those with no reason to be there are left out."""
    peers = [_peer(found, store, place) for found in near(catalysts, place.lon, place.lat)]
    return sorted(
        (peer for peer in peers if peer.rules),
        key=lambda peer: (-peer.rules, *by_distance(Near(peer.catalyst, peer.km))),
    )


def _peer(found: Near, store: Store, place: Home) -> Peer:
    """Return an organisation with what is true of it."""
    catalyst, km = found.catalyst, found.km
    covered = next((each for each in catalyst.covers if _holds(store, place, each)), None)
    close = km is not None and km <= CLOSE_KM
    sized = place.stratum in sizes_of(catalyst)
    shared = tuple(domain for domain in place.alerts if domain in catalyst.domains)
    far = "" if km is None else distance_words(km)
    reasons = [
        far if close else "",
        f"couvre{NO_BREAK}: {_name(store, covered)}" if covered else "",
        _size_words(catalyst, place.stratum) if sized else "",
        f"{_listed(shared)}, en alerte chez vous" if shared else "",
        "" if close else far,
    ]
    return Peer(
        catalyst,
        km,
        bool(shared) + sized + (close or covered is not None),
        shared,
        tuple(reason for reason in reasons if reason),
    )


def _holds(store: Store, place: Home, covered: tuple[Level, str]) -> bool:
    """Whether a covered territory holds the home, is it, or is one of its communes."""
    if covered in place.within:
        return True
    level, code = covered
    if place.level is not Level.EPCI or level is not Level.COMMUNE:
        return False
    communes = store.territories(Level.COMMUNE)
    return code in communes and communes.get(code).epci == place.code


def _name(store: Store, territory: tuple[Level, str]) -> str:
    level, code = territory
    return store.territories(level).get(code).name.replace("'", "’")


def distance_words(km: float) -> str:
    """Write a distance: "à 38 km", "à moins de 1 km"."""
    return f"à{NO_BREAK}{number(km)}{NO_BREAK}km" if km >= 1 else f"à moins de 1{NO_BREAK}km"


def _size_words(catalyst: Catalyst, stratum: Stratum) -> str:
    size = LABELS[stratum].replace("habitants", "hab.")
    joined = size if size.startswith("de ") else f"de {size}"
    return f"territoires {joined}" if catalyst.strata else f"installé dans une commune {joined}"


def _listed(domains: tuple[str, ...]) -> str:
    names = [short_label(domain) for domain in domains]
    if len(names) <= NAMED:
        return ", ".join(names)
    rest = len(names) - NAMED
    return f"{', '.join(names[:NAMED])} et {rest} autre{'s' if rest > 1 else ''} domaine{'s' if rest > 1 else ''}"
