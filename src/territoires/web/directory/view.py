"""What a page of the directory shows: the organisations in order, each with its distance and its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from territoires.analysis.domain_alerts import DomainAlerts, domain_alerts
from territoires.catalysts.catalyst import Catalyst
from territoires.catalysts.directory import Directory
from territoires.catalysts.filtering import Found, Indexed, find, indexed, plain
from territoires.catalysts.likeness import Home, Peer, home, like_home
from territoires.catalysts.proximity import near
from territoires.model.levels import Level
from territoires.store.store import Store
from territoires.store.territories import Territory
from territoires.web.components.demonstration import demonstration_shown
from territoires.web.directory.address import Asked, Mode
from territoires.web.held import held


@dataclass(frozen=True, slots=True)
class Result:
    """An organisation of the list, its distance (km, or None) and the reasons why it is there, if any."""

    catalyst: Catalyst
    km: float | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """The list in its order, the counts of the options, and the territory that it starts from, if any."""

    results: tuple[Result, ...]
    found: Found
    territory: Territory | None
    home: Home | None


#: What is computed once: kept as long as the store, or the version of the directory, is in use.
_alerts: WeakKeyDictionary[Store, dict[Level, DomainAlerts]] = WeakKeyDictionary()
_entries: WeakKeyDictionary[Directory, tuple[Indexed, ...]] = WeakKeyDictionary()


def alerts_of(store: Store, level: Level) -> DomainAlerts:
    """Return the alerts on domains of a level; `UnknownError` for a level where alerts are not counted."""
    known = _alerts.setdefault(store, {})
    if level not in known:
        known[level] = domain_alerts(store, level)
    return known[level]


def entries_of(directory: Directory, store: Store) -> tuple[Indexed, ...]:
    """Return the organisations ready to be filtered, those that exist first, then by name."""
    if directory not in _entries:
        ordered = sorted(directory.catalysts, key=lambda each: (each.fictitious, plain(each.name), each.id))
        _entries[directory] = tuple(indexed(ordered, store))
    return _entries[directory]


def shown_directory() -> Directory:
    """Return the directory that the present request may show."""
    found = held().catalysts
    return found if demonstration_shown() else found.without_fictitious()


def peers_of(directory: Directory, store: Store, level: Level, code: str) -> tuple[Home, list[Peer]]:
    """Return what is known of a territory, and its peers; `UnknownError` where there are none to look for."""
    place = home(store, alerts_of(store, level), level, code)
    return place, like_home(directory.catalysts, store, place)


def view(directory: Directory, store: Store, asked: Asked) -> View:
    """Return what an address asks for."""
    entries = entries_of(directory, store)
    ranked: Sequence[Result] = [Result(entry.catalyst) for entry in entries]
    territory = place = None
    if asked.mode is not None and asked.level is not None and asked.territory is not None:
        territory = store.territories(asked.level).get(asked.territory)
        if asked.mode is Mode.LIKE:
            place, peers = peers_of(directory, store, asked.level, asked.territory)
            ranked = [Result(peer.catalyst, peer.km, peer.reasons) for peer in peers]
        else:
            close = near(directory.catalysts, *territory.point, asked.radius)
            ranked = [Result(each.catalyst, each.km) for each in close]
    by_id = {entry.catalyst.id: entry for entry in entries}
    found = find([by_id[result.catalyst.id] for result in ranked], asked.choice)
    kept = {each.id for each in found.catalysts}
    return View(tuple(result for result in ranked if result.catalyst.id in kept), found, territory, place)


def page_of(results: Sequence[Result], number: int, length: int) -> tuple[Sequence[Result], int, int]:
    """Return one page of results, its number (the last there is, at most) and how many pages there are."""
    pages = max(1, -(-len(results) // length))
    number = min(number, pages)
    return results[(number - 1) * length : number * length], number, pages
