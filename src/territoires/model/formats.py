"""French numbers, units and ordinals: the only place where a figure becomes text.

Typography: U+202F (narrow no-break space) groups thousands and precedes «%»; U+2212 is the minus sign.
"""

from __future__ import annotations

import math

NARROW = "\u202f"
NO_BREAK = "\u00a0"
MINUS = "\u2212"
ABSENT = "–"


def number(value: float | None, decimals: int = 0) -> str:
    """Write `value` in French: `number(1234.5, 1)` is "1 234,5" (narrow spaces); NaN or None is "–"."""
    if value is None or not math.isfinite(value):
        return ABSENT
    text = f"{abs(value):,.{decimals}f}"
    negative = value < 0 and any(digit in text for digit in "123456789")
    text = text.replace(",", NARROW).replace(".", ",")
    return MINUS + text if negative else text


def signed(value: float | None, decimals: int = 0) -> str:
    """Write `value` with its sign, as for a change: "+1,2", "−0,4", "0,0"."""
    text = number(value, decimals)
    if text == ABSENT or text.startswith(MINUS) or not any(digit in text for digit in "123456789"):
        return text
    return "+" + text


def with_unit(value: float | None, unit: str, decimals: int = 0, *, change: bool = False) -> str:
    """Write `value` followed by its `unit`, tied by a space that does not break; "oui"/"non" for a flag."""
    if value is None or not math.isfinite(value):
        return ABSENT
    if unit == "oui/non":
        return "oui" if value >= 0.5 else "non"
    text = signed(value, decimals) if change else number(value, decimals)
    if not unit or unit == "indice":
        return text
    space = NARROW if unit.startswith("%") else NO_BREAK
    return f"{text}{space}{unit}"


def ordinal(rank: int, *, feminine: bool) -> str:
    """Write a rank: "1re" or "1er", then "2e", "3e"…"""
    if rank == 1:
        return "1re" if feminine else "1er"
    return f"{number(rank)}e"


def population(inhabitants: int) -> str:
    """Write a number of inhabitants: "9 500 habitants", "1 habitant"."""
    return f"{number(inhabitants)}{NO_BREAK}habitant{'s' if inhabitants > 1 else ''}"


def plural(count: int, singular: str, plural_form: str | None = None) -> str:
    """Write a count and its noun: `plural(2, "commune")` is "2 communes".

    French puts 0 and 1 in the singular.
    """
    noun = singular if abs(count) < 2 else (plural_form or singular + "s")
    return f"{number(count)}{NO_BREAK}{noun}"
