"""Count the alerts of every domain once, so that no request has to sort 333 columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from territoires.build.indicators import Computed, Index
from territoires.model.alerts import alert_known, in_alert
from territoires.model.fragilities import DOMAINS
from territoires.model.indicators import Indicator
from territoires.model.levels import Level

#: The levels whose territories have a size of their own.
ALERTED = (Level.COMMUNE, Level.EPCI)


def count_alerts(
    indicators: Sequence[Indicator], computed: Computed, index: Index, level: Level
) -> dict[str, NDArray[np.uint8]]:
    """Return, per domain, `<domain>:alert` and `<domain>:known`: indicators in alert, and indicators known.

    Values are rounded as displayed before they are compared, so that equal figures on screen alert together.
    """
    size = len(index.codes[level])
    columns: dict[str, NDArray[np.uint8]] = {}
    for domain in DOMAINS:
        alerts = np.zeros(size, dtype=np.uint8)
        known = np.zeros(size, dtype=np.uint8)
        for indicator in indicators:
            if indicator.domain != domain.id:
                continue
            values = np.round(computed.values[level][indicator.id], indicator.decimals)
            status = computed.status[level][indicator.id]
            alerts += in_alert(values, status, index.stratum[level], indicator.direction)
            known += alert_known(status, indicator.direction)
        columns[f"{domain.id}:alert"] = alerts
        columns[f"{domain.id}:known"] = known
    return columns
