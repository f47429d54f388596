"""Alerts: which territories are among the most fragile fifth of those of their size.

The rule is one for the build, which counts alerts once for every domain, and for whoever asks for one
indicator. It never makes a score: a domain is told as "5 indicators in alert out of 17 known".
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from territoires.model.indicators import COMPARED, Direction
from territoires.model.masks import among

#: The share of the territories of a size that may be in alert on an indicator.
FIFTH = 0.2

#: Under this number of territories to compare with, nobody is in alert.
FEWEST_PEERS = 20


def compared_mask(status: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which cells are compared with others: classes, ranks, alerts, dispersion."""
    return among(status, COMPARED)


def alert_known(status: NDArray[np.uint8], direction: Direction) -> NDArray[np.bool_]:
    """Return which territories can be in alert: compared values of an indicator that has a direction."""
    if direction is Direction.CONTEXT:
        return np.zeros(status.shape, dtype=bool)
    return compared_mask(status)


def in_alert(
    values: NDArray[np.floating],
    status: NDArray[np.uint8],
    stratum: NDArray[np.int8],
    direction: Direction,
) -> NDArray[np.bool_]:
    """Return which territories are in alert on an indicator, each among those of its stratum.

    A territory is in alert when those of its stratum that are as fragile or more, itself included, make at
    most a fifth. Equal values are in alert together or not at all: a value shared by 60 % alerts nobody.
    """
    alerts = np.zeros(values.shape, dtype=bool)
    known = alert_known(status, direction) & np.isfinite(values)
    for size in np.unique(stratum):
        peers = known & (stratum == size)
        n = int(np.count_nonzero(peers))
        if n < FEWEST_PEERS:
            continue
        key = values[peers] if direction is Direction.LESS_FRAGILE else -values[peers]
        as_fragile = np.searchsorted(np.sort(key, kind="stable"), key, side="right")
        alerts[peers] = as_fragile <= FIFTH * n
    return alerts
