"""The four size strata of the Observatoire, by municipal population.

Source: Observatoire des partenariats, étude IMPACT Élus locaux (2020): "moins de 2.000 habitants,
moins de 20.000, moins de 50.000 et plus de 50.000".
"""

from __future__ import annotations

from enum import StrEnum


class Stratum(StrEnum):
    """A class of territory size; its value is the word used in addresses and files."""

    UNDER_2000 = "moins-2000"
    FROM_2000 = "2000-20000"
    FROM_20000 = "20000-50000"
    FROM_50000 = "plus-50000"


#: Lower bounds (inhabitants, inclusive) in the order of `STRATA`.
LOWER_BOUNDS: tuple[int, ...] = (0, 2_000, 20_000, 50_000)

#: The strata from the smallest to the largest; a file stores the position in this tuple.
STRATA: tuple[Stratum, ...] = tuple(Stratum)

LABELS: dict[Stratum, str] = {
    Stratum.UNDER_2000: "moins de 2 000 habitants",
    Stratum.FROM_2000: "de 2 000 à 20 000 habitants",
    Stratum.FROM_20000: "de 20 000 à 50 000 habitants",
    Stratum.FROM_50000: "50 000 habitants ou plus",
}


def stratum_index(population: int) -> int:
    """Return the position in `STRATA` of a territory of `population` inhabitants (≥ 0)."""
    if population < 0:
        raise ValueError(f"population négative : {population}")
    return sum(population >= bound for bound in LOWER_BOUNDS) - 1
