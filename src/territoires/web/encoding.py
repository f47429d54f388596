"""Bodies compressed once and answered many times: brotli or gzip, an ETag, and a bounded cache."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import lru_cache
from threading import Lock

import brotli
from flask import Response, request
from werkzeug.http import parse_accept_header

#: Brotli quality (0–11): beyond it, a large body takes longer to compress than the network saves.
QUALITY = 6

#: Bodies under this size (bytes) are sent as they are.
SMALLEST = 600

#: Types that are compressed already.
PACKED_TYPES = frozenset({"font/woff2", "image/png", "image/x-icon", "application/pdf"})

IMMUTABLE = "public, max-age=31536000, immutable"
SHORT = "public, max-age=300"
REVALIDATE = "no-cache"


@lru_cache(maxsize=256)
def accepts(header: str, coding: str) -> bool:
    """Whether an Accept-Encoding `header` allows `coding`."""
    weights = {name.lower(): weight for name, weight in parse_accept_header(header)}
    return weights.get(coding, weights.get("*", 0)) > 0


def preferred_coding(header: str) -> str:
    """Return "br", "gzip" or "identity": the smallest coding that an Accept-Encoding `header` allows."""
    return next((coding for coding in ("br", "gzip") if accepts(header, coding)), "identity")


class Body:
    """The content of an answer, with the codings it has been asked in.

    Brotli is made once and kept; gzip is made from it when a client first asks for it. A small or packed
    body is kept as it is.
    """

    __slots__ = ("_codings", "etag", "mimetype")

    def __init__(self, content: bytes, mimetype: str, quality: int = QUALITY) -> None:
        self.mimetype = mimetype
        self.etag = hashlib.blake2b(content, digest_size=12).hexdigest()
        packed = mimetype in PACKED_TYPES or len(content) < SMALLEST
        self._codings = {"identity": content} if packed else {"br": brotli.compress(content, quality=quality)}

    @property
    def size(self) -> int:
        """Bytes held in memory."""
        return sum(len(coded) for coded in tuple(self._codings.values()))

    def coded(self, coding: str) -> tuple[bytes, str]:
        """Return the content in `coding` ("br", "gzip" or "identity") and the coding really used."""
        if "br" not in self._codings:
            return self._codings["identity"], "identity"
        found = self._codings.get(coding)
        if found is not None:
            return found, coding
        content: bytes = brotli.decompress(self._codings["br"])
        if coding == "identity":
            return content, coding
        self._codings["gzip"] = gzip.compress(content, compresslevel=6, mtime=0)
        return self._codings["gzip"], "gzip"

    def answer(self, cache_control: str, status: int = 200) -> Response:
        """Return the answer to the present request: 304 without content when the client holds it already."""
        if status == 200 and request.if_none_match.contains_weak(self.etag):
            response = Response(status=304)
        else:
            content, coding = self.coded(preferred_coding(request.headers.get("Accept-Encoding", "")))
            response = Response(content, status=status, mimetype=self.mimetype)
            if coding != "identity":
                response.headers["Content-Encoding"] = coding
        response.headers["ETag"] = f'W/"{self.etag}"'
        response.headers["Cache-Control"] = cache_control
        response.headers["Vary"] = "Accept-Encoding"
        return response


class BodyCache:
    """The bodies most recently asked for, up to `capacity` bytes; safe to share between threads."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self._held: OrderedDict[Hashable, Body] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Body]) -> Body:
        """Return the body of `key`, made by `make` when it is not held."""
        with self._lock:
            body = self._held.get(key)
            if body is not None:
                self._held.move_to_end(key)
                return body
        body = make()
        with self._lock:
            self._held[key] = body
            self._held.move_to_end(key)
            while len(self._held) > 1 and self.size > self.capacity:
                self._held.popitem(last=False)
        return body

    @property
    def size(self) -> int:
        """Bytes held in memory."""
        return sum(body.size for body in self._held.values())
