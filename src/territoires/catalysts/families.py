"""Five families of organisations: what the map can tell apart by a shape and a colour, where kinds are eighteen."""

from __future__ import annotations

from enum import StrEnum

from territoires.model.catalysts import Kind


class Family(StrEnum):
    """A family of kinds; its value is the word used in files sent to the browser."""

    PATRONS = "mecenes"
    SUPPORT = "accompagnement"
    COOPERATION = "cooperations"
    ASSOCIATIONS = "associations"
    OTHERS = "autres"


FAMILY_LABELS: dict[Family, str] = {
    Family.PATRONS: "Fondations et mécènes",
    Family.SUPPORT: "Accompagnement et ingénierie",
    Family.COOPERATION: "Coopérations de territoire",
    Family.ASSOCIATIONS: "Associations et lieux",
    Family.OTHERS: "Collectivités, entreprises, autres",
}

#: The kinds of each family, in the order in which they are listed; every kind stands in one family.
KINDS: dict[Family, tuple[Kind, ...]] = {
    Family.PATRONS: (Kind.FOUNDATION, Kind.PATRONS),
    Family.SUPPORT: (Kind.SUPPORT, Kind.INCUBATOR, Kind.RESOURCE_CENTRE, Kind.DEVELOPMENT_AGENCY),
    Family.COOPERATION: (
        Kind.CLUSTER,
        Kind.START_UP_DE_TERRITOIRE,
        Kind.FRENCH_IMPACT,
        Kind.LOCAL_DYNAMIC,
        Kind.EMPLOYMENT_COMMITTEE,
    ),
    Family.ASSOCIATIONS: (Kind.ASSOCIATION, Kind.HOUSE_OF_ASSOCIATIONS, Kind.THIRD_PLACE),
    Family.OTHERS: (Kind.AUTHORITY, Kind.COMPANY, Kind.ACADEMIC, Kind.OTHER),
}

#: The family of each kind.
FAMILY: dict[Kind, Family] = {kind: family for family, kinds in KINDS.items() for kind in kinds}
