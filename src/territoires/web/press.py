"""What is costly to make is made once, a few at a time, and kept for a while.

A `Press` has one store of bodies and a bounded workshop: `get` makes a body once, whoever asks for it at the same time;
`print` does so too, but lets only `hands` bodies be made at once and `places` visitors wait, so that the other threads
of the worker always answer the rest of the site. Who finds no place is told when to come back (`BusyError`).
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import BoundedSemaphore, Lock

from territoires.errors import TerritoiresError
from territoires.sheets.memory import give_back
from territoires.web.encoding import Body

#: Shortest and longest time after which a visitor is asked to come back (seconds).
SOONEST, LATEST = 1, 30

#: Bodies made between two times that memory is given back.
TRIM_EVERY = 2


class BusyError(TerritoiresError):
    """Every place of the press is taken; come back in `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"La fiche est en préparation : réessayez dans {seconds} s.")
        self.seconds = seconds


class Press:
    """Makes each body once, whoever asks for it at the same time, and keeps the most recent ones."""

    def __init__(self, capacity: int, *, hands: int = 1, places: int = 12) -> None:
        """Keep `capacity` bytes; `print` makes `hands` bodies at once for `places` visitors, waiting ones included."""
        self._capacity = capacity
        self._bodies: OrderedDict[Hashable, Body] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}
        self._lock = Lock()
        self._hands = BoundedSemaphore(hands)
        self._places = BoundedSemaphore(places)
        self._parallel = hands
        self._room = places
        self._usual = 0.5
        #: Bodies made since the beginning.
        self.made = 0

    def get(self, key: Hashable, make: Callable[[], Body]) -> Body:
        """Return the body of `key`; those who ask while it is being made wait for it."""
        with self._lock:
            making = self._making.setdefault(key, Lock())
        with making:
            try:
                found = self._kept(key)
                if found is None:
                    found = make()
                    self._keep(key, found)
            finally:
                with self._lock:
                    self._making.pop(key, None)
        return found

    def print(self, key: Hashable, make: Callable[[], Body]) -> Body:
        """Return the body of `key`, made when a hand is free; `BusyError` when nobody else may wait."""
        found = self._kept(key)
        if found is not None:
            return found
        if not self._places.acquire(blocking=False):
            raise BusyError(self.delay)
        try:
            return self.get(key, lambda: self._by_hand(make))
        finally:
            self._places.release()

    @property
    def delay(self) -> int:
        """When to come back (seconds): the time that those who wait now will take, as bodies usually do."""
        return min(LATEST, max(SOONEST, math.ceil(self._usual * self._room / self._parallel / 2)))

    def _by_hand(self, make: Callable[[], Body]) -> Body:
        with self._hands:
            start = time.monotonic()
            body = make()
            took = time.monotonic() - start
            with self._lock:
                self._usual += (took - self._usual) / 8
                trim = self.made % TRIM_EVERY == 0
            if trim:
                give_back()
        return body

    def _kept(self, key: Hashable) -> Body | None:
        with self._lock:
            body = self._bodies.get(key)
            if body is not None:
                self._bodies.move_to_end(key)
        return body

    def _keep(self, key: Hashable, body: Body) -> None:
        with self._lock:
            self.made += 1
            self._bodies[key] = body
            while len(self._bodies) > 1 and sum(b.size for b in self._bodies.values()) > self._capacity:
                self._bodies.popitem(last=False)
