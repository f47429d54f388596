"""What the pages, the API and the files of Regards compute, kept from one request to the next."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast

from flask import current_app

from territoires.analysis.domain_alerts import DomainAlerts, domain_alerts
from territoires.analysis.dominoes import Dominoes, dominoes
from territoires.analysis.gaps import Shares, measured_shares
from territoires.model.levels import Level
from territoires.model.sizes import Stratum
from territoires.web.held import current_store
from territoires.web.regards.drawing import NONE, draw_country, draw_region

KEPT = "territoires.regards"

#: Results kept per worker: every size and region of both levels make 190, the usual ones a few dozen.
CAPACITY = 96

Result = TypeVar("Result")


class Results:
    """The results last asked for; safe to share between threads."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self.capacity = capacity
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Result]) -> Result:
        """Return the result of `key`, made by `make` when it is not kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast(Result, self._kept[key])
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self.capacity:
                self._kept.popitem(last=False)
        return made


def _results() -> Results:
    found: Results = current_app.extensions.setdefault(KEPT, Results())
    return found


def alerts_of(level: Level) -> DomainAlerts:
    """Return the alerts of the territories of a level on the 16 domains."""
    store = current_store()
    return _results().get(("alerts", level), lambda: domain_alerts(store, level))


def dominoes_of(level: Level, strata: tuple[Stratum, ...], region: str | None) -> Dominoes:
    """Return the dominoes of the territories of some sizes and of a region."""
    store = current_store()
    return _results().get(
        ("dominoes", level, strata, region), lambda: dominoes(store, alerts_of(level), strata, region)
    )


def size_of(region: str | None) -> tuple[int, int]:
    """Return the width and the height of the map of a region, or of the country, in units of its drawing."""
    store = current_store()

    def make() -> tuple[int, int]:
        nothing = [NONE] * len(store.territories(Level.REGION))
        drawn = (
            draw_country(store, Level.REGION, nothing)
            if region is None
            else draw_region(store, region, Level.REGION, nothing)
        )
        return drawn.width, drawn.height

    return _results().get(("size", region), make)


def shares_of(stratum: Stratum | None) -> Shares:
    """Return the inhabitants of communes in alert, per region and domain, in communes of one size or of all."""
    store = current_store()
    return _results().get(
        ("shares", stratum), lambda: measured_shares(store, alerts_of(Level.COMMUNE), stratum)
    )
