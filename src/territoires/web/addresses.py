"""The addresses that pages write: the map of an indicator, the sheet of a territory."""

from __future__ import annotations

from urllib.parse import urlencode

from territoires.model.indicators import Indicator
from territoires.model.levels import MAPPED, Level
from territoires.model.selection import Selection, format_query
from territoires.model.sizes import Stratum


def map_address(indicator: Indicator) -> str:
    """Return the address of the map of an indicator, at the finest level where it has its own values."""
    levels = {level.value: level for level in MAPPED}
    level = levels.get(indicator.finest_level, Level.COMMUNE)
    return f"/carte?{format_query(Selection(level, indicator.id))}"


def sheet_address(level: Level, code: str, strata: tuple[Stratum, ...] = (), ending: str = "") -> str:
    """Return the address of a sheet, limited to some sizes of communes; `ending` is "", ".pdf" or ".xlsx"."""
    query = urlencode([("taille", stratum.value) for stratum in strata])
    return f"/reperes/{level}/{code}{ending}" + (f"?{query}" if query else "")
