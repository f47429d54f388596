"""Keep what is costly to compute and the same for every sheet: the last few answers of a function of a store."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")


def remembered(count: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep the last `count` answers of a function; stores are told apart by identity, and never change."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        return cast("Callable[P, R]", lru_cache(maxsize=count)(function))

    return decorate
