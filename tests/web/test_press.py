"""Sheets asked for by many at once: made once, a few at a time, and a kind page for those who find no place."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import islice
from typing import Any

import pytest

from territoires.model.levels import Level
from territoires.sheets.content import compose
from territoires.sheets.memory import give_back
from territoires.sheets.pdf import render_pdf
from territoires.store.store import TableStore
from territoires.web.encoding import Body
from territoires.web.pages.sheets import PRESS
from territoires.web.press import BusyError, Hands, Press

PDF = "application/pdf"


def body() -> Body:
    return Body(b"%PDF", PDF)


def test_ten_thousand_identical_requests_are_made_once() -> None:
    press = Press(1_000, places=32)
    with ThreadPoolExecutor(32) as pool:
        bodies = list(pool.map(lambda _: press.print("fiche", body), range(10_000)))
    assert press.made == 1
    assert len(set(map(id, bodies))) == 1


class Slow:
    """Bodies that wait for a sign, and say how many are made at the same time."""

    def __init__(self) -> None:
        self.sign = threading.Event()
        self.begun = threading.Semaphore(0)
        self.now = self.most = 0
        self._lock = threading.Lock()

    def make(self) -> Body:
        """Make a body when the sign is given."""
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
        self.begun.release()
        assert self.sign.wait(10)
        with self._lock:
            self.now -= 1
        return body()


def test_beyond_its_places_a_press_says_when_to_come_back() -> None:
    press, slow = Press(1_000, hands=1, places=3), Slow()
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(press.print, n, slow.make) for n in range(8)]
        refused = [each.exception() for each in islice(as_completed(asked, timeout=20), 5)]
        slow.sign.set()
        answered = [each.exception(10) for each in asked]
    assert all(isinstance(each, BusyError) and 1 <= each.seconds <= 30 for each in refused)
    assert answered.count(None) == 3
    assert (slow.most, press.made) == (1, 3)


def test_a_hand_goes_to_the_one_who_waits_longest() -> None:
    hands, order = Hands(1), []

    def take(name: int) -> None:
        with hands:
            order.append(name)

    with ThreadPoolExecutor(8) as pool:
        with hands:
            for name in range(8):
                pool.submit(take, name)
                while hands.waiting <= name:
                    time.sleep(0.001)
        take(8)
    assert order == list(range(9)), "not even who comes back at once goes before the others"


def test_those_who_find_no_place_come_back_one_after_the_other() -> None:
    press, slow = Press(1_000, places=1), Slow()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(press.print, "longue", slow.make)
        assert slow.begun.acquire(timeout=10)
        told = []
        for n in range(200):
            with pytest.raises(BusyError) as refused:
                press.print(n, body)
            told.append(refused.value.seconds)
        slow.sign.set()
        waiting.result(10)
    assert told[0] == 1
    assert told == sorted(told)
    # A body usually takes half a second: two visitors a second, and nobody is told to wait longer than half a minute.
    assert told[9] in (4, 5)
    assert told[-1] == 30


def test_what_fails_is_made_again_and_leaves_its_place() -> None:
    press = Press(1_000, places=1)

    def fail() -> Body:
        raise ZeroDivisionError

    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            press.print("fiche", fail)
    assert press.print("fiche", body).mimetype == PDF
    assert press.made == 1


def test_what_is_kept_is_answered_even_when_every_place_is_taken() -> None:
    press, slow = Press(1_000, places=1), Slow()
    press.print("prête", body)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(press.print, "autre", slow.make)
        assert slow.begun.acquire(timeout=10)
        assert press.print("prête", body).mimetype == PDF
        with pytest.raises(BusyError):
            press.print("encore une", body)
        slow.sign.set()
        waiting.result(10)


def test_twenty_visitors_asking_different_files_are_answered_or_told_when_to_come_back(
    country: Any, country_store: TableStore
) -> None:
    from territoires.web.application import create_app

    server = create_app(country.settings, store=country_store).server
    communes = country_store.territories(Level.COMMUNE).codes
    addresses = [f"/reperes/commune/{communes[n % len(communes)]}.pdf" for n in range(20)]

    def ask(address: str) -> Any:
        return server.test_client().get(address)

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(ask, addresses))
    assert {answer.status_code for answer in answers} <= {200, 503}
    files = [answer for answer in answers if answer.status_code == 200]
    assert files
    assert all(answer.data.startswith(b"%PDF") and answer.headers["ETag"] for answer in files)
    for answer in answers:
        if answer.status_code == 503:
            assert 1 <= int(answer.headers["Retry-After"]) <= 30
    assert server.extensions[PRESS].made <= len(set(addresses))


def test_the_page_of_a_full_press_is_kind_and_leads_back(country: Any, country_store: TableStore) -> None:
    from territoires.web.application import create_app

    server = create_app(country.settings, store=country_store).server
    press = server.extensions[PRESS] = Press(1_000, places=1)
    slow = Slow()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(press.print, "une autre", slow.make)
        assert slow.begun.acquire(timeout=10)
        code = country_store.territories(Level.REGION).codes[0]
        answer = server.test_client().get(f"/reperes/region/{code}.pdf?taille=moins-2000")
        slow.sign.set()
        waiting.result(10)
    assert answer.status_code == 503
    assert (answer.headers["Retry-After"], answer.headers["Cache-Control"]) == (
        str(press.delay),
        "no-store",
    )
    assert "La fiche est en préparation" in answer.text
    assert f'href="/reperes/region/{code}.pdf?taille=moins-2000"' in answer.text
    assert "<main" in answer.text


def test_memory_is_given_back_and_sheets_are_made_after_as_before(country_store: TableStore) -> None:
    region = country_store.territories(Level.REGION).codes[0]
    sheet = compose(country_store, Level.REGION, region)
    before = render_pdf(sheet)
    give_back()
    assert render_pdf(sheet) == before
