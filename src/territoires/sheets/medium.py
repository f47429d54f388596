"""The sizes that a rendering gives to the drawings of a sheet, and a drawing as it is placed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from territoires.sheets.drawing import Drawing
from territoires.sheets.strips import StripStyle


@dataclass(frozen=True, slots=True)
class Medium:
    """Sizes of the drawings of a rendering: strips of the domains, beside the map, of the sizes, and so on.

    `definitions` tells whether it has room for the definition of each indicator.
    """

    strip: StripStyle
    plate: StripStyle
    share: StripStyle
    tally: StripStyle
    ranks: StripStyle
    sizes: StripStyle
    code: float
    definitions: bool


def image(drawing: Drawing) -> dict[str, Any]:
    """Return a drawing, its words and its proportions."""
    return {"svg": drawing.svg, "alt": drawing.alt, "ratio": drawing.width / drawing.height}
