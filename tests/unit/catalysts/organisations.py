"""Organisations made by hand: an accompagnateur of which nothing is known, and what a test changes in it."""

from typing import Any

from territoires.catalysts.catalyst import Catalyst
from territoires.model.catalysts import Kind, Origin, Profile


def organisation(id: str, **changes: Any) -> Catalyst:
    """Return an organisation with some fields changed; its name is its id unless said otherwise."""
    fields: dict[str, Any] = {
        "id": id,
        "name": id,
        "kind": Kind.SUPPORT,
        "profile": Profile.ENGINEERING,
        "town": "",
        "commune": None,
        "departement": None,
        "region": None,
        "lon": None,
        "lat": None,
        "stratum": None,
        "level": None,
        "covers": (),
        "domains": (),
        "trades": (),
        "strata": (),
        "presentation": "",
        "website": "",
        "reachable": False,
        "source": "",
        "source_url": "",
        "verified_on": "",
        "status": Origin.PUBLISHED,
        "certainty": None,
        "near_network": False,
        "note": "",
    }
    return Catalyst(**{**fields, **changes})
