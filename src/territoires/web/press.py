"""What is costly to make is made once, a few at a time, and kept for a while.

A `Press` has one store of bodies and a bounded workshop: `get` makes a body once, whoever asks for it at the same time;
`print` does so too, but lets only `hands` bodies be made at once, in the order they were asked for, and `places`
visitors wait, so that the other threads of the worker always answer the rest of the site. Who finds no place is told
when to come back (`BusyError`): one visitor for each body that can be made meanwhile.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from threading import BoundedSemaphore, Event, Lock

from territoires.errors import TerritoiresError
from territoires.sheets.memory import give_back
from territoires.web.encoding import Body

#: Shortest and longest time after which a visitor is asked to come back (seconds).
SOONEST, LATEST = 1, 30


class BusyError(TerritoiresError):
    """Every place of the press is taken; come back in `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"La fiche est en préparation : réessayez dans {seconds} s.")
        self.seconds = seconds


class Hands:
    """A number of hands, given first come, first served: who is freed gives his hand to the one who waits longest.

    A semaphore does not promise that: a newcomer may take what was released before the one it was meant for wakes up.
    """

    def __init__(self, count: int) -> None:
        self._lock = Lock()
        self._free = count
        self._waiting: deque[Event] = deque()

    @property
    def waiting(self) -> int:
        """How many wait for a hand."""
        return len(self._waiting)

    def __enter__(self) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            turn = Event()
            self._waiting.append(turn)
        turn.wait()

    def __exit__(self, *raised: object) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1


class Press:
    """Makes each body once, whoever asks for it at the same time, and keeps the most recent ones."""

    def __init__(self, capacity: int, *, hands: int = 1, places: int = 16) -> None:
        """Keep `capacity` bytes; `print` makes `hands` bodies at once for `places` visitors, waiting ones included."""
        self._capacity = capacity
        self._bodies: OrderedDict[Hashable, Body] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}
        self._lock = Lock()
        self._hands = Hands(hands)
        self._places = BoundedSemaphore(places)
        self._parallel = hands
        self._usual = 0.5
        self._appointment = 0.0
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
            raise BusyError(self._appoint())
        try:
            return self.get(key, lambda: self._by_hand(make))
        finally:
            self._places.release()

    @property
    def waiting(self) -> int:
        """How many bodies wait for a hand."""
        return self._hands.waiting

    @property
    def delay(self) -> int:
        """When the next one who finds no place is asked to come back (seconds)."""
        return self._seconds(self._next())

    def _next(self) -> float:
        """Return when a place is free for one more visitor: bodies leave one after the other, as they usually do."""
        step = self._usual / self._parallel
        return max(time.monotonic(), self._appointment) + step

    def _appoint(self) -> int:
        """Keep the next time for one visitor; return in how many seconds it is."""
        with self._lock:
            self._appointment = min(self._next(), time.monotonic() + LATEST)
            return self._seconds(self._appointment)

    @staticmethod
    def _seconds(moment: float) -> int:
        return min(LATEST, max(SOONEST, math.ceil(moment - time.monotonic())))

    def _by_hand(self, make: Callable[[], Body]) -> Body:
        with self._hands:
            start = time.monotonic()
            body = make()
            took = time.monotonic() - start
            with self._lock:
                self._usual += (took - self._usual) / 8
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
