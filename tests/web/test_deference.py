"""Who has a queue of sheets lets another worker answer: connections go to the shortest queue."""

from __future__ import annotations

import os
import select
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from gunicorn.config import Config
from gunicorn.glogging import Logger

from territoires.store.store import TableStore
from territoires.web.application import create_app
from territoires.web.encoding import Body
from territoires.web.pages.sheets import PRESS
from territoires.web.press import Press
from territoires.web.serving import Deferent


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A socket that two workers listen on."""
    with socket.create_server(("127.0.0.1", 0)) as made:
        made.setblocking(False)
        yield made


@contextmanager
def busy(press: Press, count: int) -> Iterator[None]:
    """Keep `count` visitors waiting, one more being served."""
    free = threading.Event()

    def make() -> Body:
        free.wait(10)
        return Body(b"x", "text/plain")

    visitors = [threading.Thread(target=press.print, args=(k, make)) for k in range(count + 1)]
    for visitor in visitors:
        visitor.start()
    while press.waiting < count:
        time.sleep(0.001)
    try:
        yield
    finally:
        free.set()
        for visitor in visitors:
            visitor.join()


class Taker(Deferent):
    """A worker that hangs up on whoever it takes: what happens next is not looked at here."""

    def enqueue_req(self, conn: Any) -> None:
        conn.close()


@pytest.mark.parametrize(("waiting", "taken"), [(0, True), (12, False)])
def test_the_longest_queue_comes_last(
    listener: socket.socket, country: Any, country_store: TableStore, waiting: int, taken: bool
) -> None:
    """Another worker, just after, finds the connection only where the first one waits."""
    server = create_app(country.settings, store=country_store).server
    press = server.extensions[PRESS] = Press(1_000)
    settings = Config()
    made = Taker(1, os.getppid(), [listener], None, 30, settings, Logger(settings))
    made.wsgi = server
    with busy(press, waiting), socket.create_connection(listener.getsockname()):
        select.select([listener], [], [], 5)
        first = threading.Thread(target=made.accept, args=(listener,))
        first.start()
        if taken:
            first.join()
        try:
            listener.accept()[0].close()
            found = False
        except BlockingIOError:
            found = True
        first.join()
    made.tmp.close()
    assert (found, made.nr_conns) == (taken, int(taken))
