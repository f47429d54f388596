"""Bodies: the coding a client accepts, kept within bounds."""

from __future__ import annotations

import pytest

from territoires.web.encoding import Body, BodyCache, preferred_coding


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("", "identity"),
        ("*", "br"),
        ("br;q=0, *;q=0.5", "gzip"),
        ("br;q=0, gzip;q=0", "identity"),
        ("GZIP", "gzip"),
        ("n’importe quoi", "identity"),
    ],
)
def test_the_smallest_accepted_coding_is_chosen(accepted: str, coding: str) -> None:
    assert preferred_coding(accepted) == coding


def test_a_small_or_packed_body_stays_as_it_is() -> None:
    assert Body(b"court", "text/plain").coded("br") == (b"court", "identity")
    assert Body(b"x" * 5000, "font/woff2").coded("gzip") == (b"x" * 5000, "identity")


def test_the_same_content_has_the_same_etag_and_another_has_not() -> None:
    assert Body(b"a" * 900, "text/plain").etag == Body(b"a" * 900, "text/plain", 3).etag
    assert Body(b"a" * 900, "text/plain").etag != Body(b"b" * 900, "text/plain").etag


def test_the_cache_forgets_the_oldest_beyond_its_capacity() -> None:
    cache = BodyCache(3_000)
    made: list[int] = []

    def body(number: int) -> Body:
        made.append(number)
        return Body(bytes([number]) * 1_000, "font/woff2")

    for number in (1, 2, 3):
        cache.get(number, lambda number=number: body(number))
    cache.get(1, lambda: body(1))
    cache.get(4, lambda: body(4))
    assert made == [1, 2, 3, 4]
    assert cache.size <= 3_000
    cache.get(1, lambda: body(1))
    cache.get(2, lambda: body(2))
    assert made == [1, 2, 3, 4, 2]


def test_a_body_larger_than_the_cache_is_answered_all_the_same() -> None:
    cache = BodyCache(10)
    assert cache.get("long", lambda: Body(b"x" * 1_000, "font/woff2")).coded("br")[0] == b"x" * 1_000
