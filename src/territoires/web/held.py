"""What one application holds: made by the factory, read by the requests of its worker."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from flask import current_app

from territoires.analysis.search import PlaceSearch
from territoires.config import Settings
from territoires.store.store import Store
from territoires.web.encoding import BodyCache
from territoires.web.finder import IndicatorFinder

if TYPE_CHECKING:
    from territoires.web.static import StaticFiles
    from territoires.web.tiles import TileArchives

STORE = "territoires"
HELD = "territoires.held"

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


def held() -> Held:
    """Return what the current application holds."""
    found: Held = current_app.extensions[HELD]
    return found


def current_store() -> Store:
    """Return the store of the current application."""
    found: Store = current_app.extensions[STORE]
    return found
