"""What sets a territory apart: the rule that chooses the highlights and the map of a sheet."""

from __future__ import annotations

import math
from collections.abc import Iterable

from territoires.model.formats import NARROW, NO_BREAK, plural
from territoires.sheets.readings import Line

#: Distance (interquartile ranges) beyond which the order of the domains decides.
FAR = 3.0

#: How many highlights stand on each side.
HIGHLIGHTS = 3


def most_distant(lines: Iterable[Line], *, fragile: bool, count: int = HIGHLIGHTS) -> tuple[Line, ...]:
    """Return the lines that set the territory apart, one per domain, the furthest first.

    Those where it stands in the first quarter of the ranks on that side come first; then distance decides:
    `Line.fragility_gap`, to the median of the other territories of the level for the same sizes of communes.
    """
    ordered = sorted(
        (
            line
            for line in lines
            if (line.fragility_gap > 0 if fragile else line.fragility_gap < 0)
            and line.indicator.unit != "oui/non"
        ),
        key=lambda line: (not _in_first_quarter(line, fragile=fragile), -min(abs(line.fragility_gap), FAR)),
    )
    chosen: dict[str, Line] = {}
    for line in ordered:
        chosen.setdefault(line.indicator.domain, line)
    return tuple(chosen.values())[:count]


def _in_first_quarter(line: Line, *, fragile: bool) -> bool:
    """Whether the rank is in the first quarter, counted from the most fragile or from the least."""
    if not math.isfinite(line.fragility_gap):
        return False
    place = line.rank if fragile else line.ranked - line.rank + 1
    return place <= math.ceil(line.ranked / 4)


def highlights_rule(others: str, indicators: int) -> str:
    """Say in one sentence how the highlights were chosen; `others` names the territories compared."""
    return (
        f"Parmi les {plural(indicators, 'indicateur')} de cette fiche, ceux où le rang et l’écart aux {others} "
        f"sont les plus marqués, à tailles de communes égales{NARROW}; un par domaine. "
        f"Ailleurs{NO_BREAK}: médiane des {others}. Rangs comptés depuis le plus fragile à gauche, "
        "depuis le moins fragile à droite."
    )


def by_distance(lines: Iterable[Line]) -> list[Line]:
    """Return the lines from the most distant towards fragility; those compared with nothing come last."""
    return sorted(
        lines,
        key=lambda line: (
            not _in_first_quarter(line, fragile=True),
            -line.fragility_gap if math.isfinite(line.fragility_gap) else math.inf,
        ),
    )
