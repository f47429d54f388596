"""A worker that makes one sheet of each level before its visitors ask for one."""

from __future__ import annotations

from typing import Any

from territoires.web.warming import LEVELS, warm, warm_later


def test_the_page_and_the_pdf_of_each_level_are_made(client: Any) -> None:
    answered = warm(client.application, pause=0)
    assert len(answered) == 2 * len(LEVELS)
    assert [each.split("/")[2] for each in answered[::2]] == [level.value for level in LEVELS]
    assert all(each.endswith(".pdf") for each in answered[1::2])


def test_it_is_done_in_a_thread_that_does_not_keep_the_worker_alive(client: Any) -> None:
    thread = warm_later(client.application, patience=0)
    assert thread.daemon
    thread.join(timeout=60)
    assert not thread.is_alive()
