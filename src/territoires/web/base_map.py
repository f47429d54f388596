"""The optional base map: the only other host that a page may ask, and only when the reader asked for it.

The switch is part of the address (`fond=ign`): the content-security policy opens to that host for this address
and for no other, so that nothing leaves the site before the reader has chosen it (docs/adr/0009-base-map.md).
"""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Request

from territoires.model.selection import BASE_MAP

#: The host of the Géoplateforme, as a policy names it.
HOST = "https://data.geopf.fr"

#: The page that may show it.
PAGE = "/carte"

#: One tile of the Plan IGN, as MapLibre asks for it.
TILES = (
    f"{HOST}/wmts?"
    + urlencode(
        {
            "SERVICE": "WMTS",
            "REQUEST": "GetTile",
            "VERSION": "1.0.0",
            "LAYER": "GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2",
            "STYLE": "normal",
            "TILEMATRIXSET": "PM",
            "FORMAT": "image/png",
        }
    )
    + "&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"
)

ATTRIBUTION = "Fond de carte : © IGN, Plan IGN, Géoplateforme"


def host_wanted(request: Request) -> str:
    """Return the host that the page at this address may ask besides this site, or ""."""
    wanted = request.path == PAGE and BASE_MAP in request.args.getlist("fond")
    return HOST if wanted else ""
