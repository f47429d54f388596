"""What one application holds: made by the factory, read by the requests of its worker."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from flask import current_app, g, has_app_context

from territoires.analysis.coverage import levels_known
from territoires.analysis.search import PlaceSearch
from territoires.catalysts.directory import Directory, LiveDirectory
from territoires.config import Settings
from territoires.model.levels import Level
from territoires.store.live import Live
from territoires.store.perceptions import LivePerceptions, Perceptions
from territoires.store.related import Neighbours, read_related
from territoires.store.store import Store
from territoires.store.variables import read_variables
from territoires.store.verification import VerificationRow, read_verification
from territoires.web.encoding import BodyCache
from territoires.web.finder import IndicatorFinder

if TYPE_CHECKING:
    from territoires.web.static import StaticFiles
    from territoires.web.tiles import TileArchives

STORE = "territoires"
HELD = "territoires.held"
FOUND = "territoires_found"

Opened = TypeVar("Opened")

#: How much of the manifest's version stands in addresses.
VERSION_LENGTH = 12


@dataclass
class Held:
    """The store, and what is kept in memory from one request to the next."""

    settings: Settings
    store: Store
    static: StaticFiles
    tiles: TileArchives
    bodies: BodyCache
    surveys: LivePerceptions
    directory: LiveDirectory

    @property
    def perceptions(self) -> Perceptions:
        """The surveys, as the present request found them."""
        return _found(self.surveys)

    @property
    def catalysts(self) -> Directory:
        """The directory of catalysts, as the present request found it."""
        return _found(self.directory)

    @property
    def imported(self) -> tuple[str, str]:
        """The versions of what an import may change while the server runs: for the keys of what is kept."""
        return self.perceptions.version, self.catalysts.version

    @property
    def version(self) -> str:
        """The version of the data, as it stands in addresses (`?v=`)."""
        return self.store.manifest.version[:VERSION_LENGTH]

    @cached_property
    def places(self) -> PlaceSearch:
        """The index of place names, built at the first search."""
        return PlaceSearch(self.store)

    @cached_property
    def finder(self) -> IndicatorFinder:
        """The index of the words of the catalogue, built at the first search."""
        return IndicatorFinder(self.store.indicators)

    @cached_property
    def levels(self) -> dict[str, tuple[Level, ...]]:
        """The levels at which each indicator is known."""
        return {each.id: levels_known(self.store, each) for each in self.store.indicators}

    @cached_property
    def related(self) -> dict[str, Neighbours]:
        """What often goes with each indicator."""
        return read_related(self.settings.data)

    @cached_property
    def variables(self) -> dict[str, str]:
        """The words of the counts that formulas are made of."""
        return read_variables(self.settings.data)

    @cached_property
    def verification(self) -> dict[str, list[VerificationRow]]:
        """The comparisons of each indicator with published figures."""
        found: dict[str, list[VerificationRow]] = {}
        for row in read_verification(self.settings.data):
            found.setdefault(row.indicator, []).append(row)
        return found


def _found(live: Live[Opened]) -> Opened:
    """Return what `live` holds, looked at once per request: an answer is made of one version, never of two."""
    seen = g.setdefault(FOUND, {}) if has_app_context() else {}
    if live not in seen:
        seen[live] = live.current()
    opened: Opened = seen[live]
    return opened


def held() -> Held:
    """Return what the current application holds."""
    found: Held = current_app.extensions[HELD]
    return found


def current_store() -> Store:
    """Return the store of the current application."""
    found: Store = current_app.extensions[STORE]
    return found
