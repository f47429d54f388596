"""What a running server opened from files that an import may replace: opened again when they have changed.

No thread watches: each request looks at a few files (some microseconds), and reads them only when one has changed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from territoires.errors import DataError

log = logging.getLogger(__name__)

Opened = TypeVar("Opened")

#: Inode, size and time of a file (ns); None where there is no file.
Stamp = tuple[int, int, int] | None


def _stamp(path: Path) -> Stamp:
    try:
        seen = path.stat()
    except OSError:
        return None
    return seen.st_ino, seen.st_size, seen.st_mtime_ns


class Live(Generic[Opened]):
    """What `read` returns, read again when one of `paths` has changed since; safe to share between threads."""

    def __init__(self, paths: Iterable[Path], read: Callable[[], Opened]) -> None:
        self._paths = tuple(paths)
        self._read = read
        self._reading = Lock()
        self._seen = self._stamps()
        self._opened = read()

    def _stamps(self) -> list[Stamp]:
        return [_stamp(path) for path in self._paths]

    def current(self) -> Opened:
        """Return what the files hold now; while one thread reads them again, the others get what they held.

        Files that cannot be read (`DataError`) leave the former content in place, and a line in the log.
        """
        seen = self._stamps()
        if seen != self._seen and self._reading.acquire(blocking=False):
            try:
                self._opened = self._read()
            except DataError as error:
                log.warning("%s", error)
            finally:
                self._seen = seen
                self._reading.release()
        return self._opened
