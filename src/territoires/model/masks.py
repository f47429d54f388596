"""Which cells hold one of some codes: what `numpy.isin` says, at a fraction of its price on columns of bytes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray


def among(codes: NDArray[np.integer[Any]], wanted: Iterable[int]) -> NDArray[np.bool_]:
    """Return, in the shape of `codes`, which are one of `wanted`: none of them when it is empty."""
    found = np.zeros(codes.shape, dtype=bool)
    for code in wanted:
        found |= codes == int(code)
    return found
