"""The words of the directory of catalysts: profiles, kinds, trades, échelons, and how sure a record is.

Sources: Observatoire des partenariats, "Savoir se situer dans un monde en mutation" (2024) for the ten profiles
of actors and the five échelons; the network of catalysts (associations.gouv.fr, 2021) for the four trades
("métiers"). The kinds are those by which public sources describe the organisations they name.
"""

from __future__ import annotations

from enum import StrEnum


class Profile(StrEnum):
    """One of the ten profiles of actors; its value is the word used in addresses and files."""

    CITIZENS = "citoyens"
    INSTITUTIONS = "institutions"
    AUTHORITIES = "collectivites"
    COMPANIES = "entreprises"
    ASSOCIATIONS = "associations"
    FOUNDATIONS = "fondations"
    INVESTORS = "investisseurs"
    ACADEMICS = "academiques"
    ENGINEERING = "ingenieries"
    MEDIA = "medias"


class Kind(StrEnum):
    """What an organisation is, in the words of the network."""

    FOUNDATION = "fondation-territoriale"
    PATRONS = "collectif-mecenes"
    SUPPORT = "accompagnateur"
    INCUBATOR = "incubateur"
    RESOURCE_CENTRE = "centre-ressources"
    EMPLOYMENT_COMMITTEE = "comite-bassin-emploi"
    CLUSTER = "ptce"
    START_UP_DE_TERRITOIRE = "start-up-territoire"
    FRENCH_IMPACT = "french-impact"
    LOCAL_DYNAMIC = "dynamique-territoriale"
    HOUSE_OF_ASSOCIATIONS = "maison-associations"
    THIRD_PLACE = "tiers-lieu"
    ASSOCIATION = "association"
    AUTHORITY = "collectivite"
    DEVELOPMENT_AGENCY = "agence-developpement"
    COMPANY = "entreprise"
    ACADEMIC = "acteur-academique"
    OTHER = "autre"


class Trade(StrEnum):
    """One of the four trades ("métiers") of a catalyst."""

    DIALOGUE = "dialogue-territorial"
    EXPERIMENTS = "experimentations-collectives"
    SUPPORT = "accompagnements"
    PLACE = "gestion-lieu"


class Echelon(StrEnum):
    """One of the five territorial échelons of action."""

    LOCAL = "local"
    REGIONAL = "regional"
    NATIONAL = "national"
    EUROPEAN = "europeen"
    WORLD = "international"


class Origin(StrEnum):
    """Where a record comes from: its status. A fictitious one is never shown without being marked."""

    PUBLISHED = "published"
    IMPORTED = "imported"
    FICTITIOUS = "fictitious"


class Certainty(StrEnum):
    """How sure it is that a published organisation is a catalyst of the network."""

    NAMED = "A"
    TOOK_PART = "A2"
    SELF_NAMED = "B"
    NEIGHBOUR = "C"
    CITED = "D"


#: The certainties that are shown as catalysts; the others are the near networks ("réseaux proches").
CATALYSTS: frozenset[Certainty] = frozenset({Certainty.NAMED, Certainty.TOOK_PART, Certainty.SELF_NAMED})

PROFILE_LABELS: dict[Profile, str] = {
    Profile.CITIZENS: "Citoyens et jeunes",
    Profile.INSTITUTIONS: "Institutions",
    Profile.AUTHORITIES: "Collectivités territoriales",
    Profile.COMPANIES: "Entreprises",
    Profile.ASSOCIATIONS: "Associations",
    Profile.FOUNDATIONS: "Fondations",
    Profile.INVESTORS: "Investisseurs",
    Profile.ACADEMICS: "Acteurs académiques",
    Profile.ENGINEERING: "Ingénieries",
    Profile.MEDIA: "Médias",
}

KIND_LABELS: dict[Kind, str] = {
    Kind.FOUNDATION: "Fondation ou fonds de dotation",
    Kind.PATRONS: "Collectif de mécènes",
    Kind.SUPPORT: "Accompagnateur",
    Kind.INCUBATOR: "Incubateur",
    Kind.RESOURCE_CENTRE: "Centre de ressources",
    Kind.EMPLOYMENT_COMMITTEE: "Comité de bassin d’emploi",
    Kind.CLUSTER: "Pôle territorial de coopération économique",
    Kind.START_UP_DE_TERRITOIRE: "Start-up de Territoire",
    Kind.FRENCH_IMPACT: "Territoire French Impact",
    Kind.LOCAL_DYNAMIC: "Démarche Dynamiques territoriales",
    Kind.HOUSE_OF_ASSOCIATIONS: "Maison des associations",
    Kind.THIRD_PLACE: "Tiers-lieu",
    Kind.ASSOCIATION: "Association ou réseau associatif",
    Kind.AUTHORITY: "Collectivité",
    Kind.DEVELOPMENT_AGENCY: "Agence de développement",
    Kind.COMPANY: "Entreprise ou club d’entreprises",
    Kind.ACADEMIC: "Acteur académique",
    Kind.OTHER: "Autre organisation",
}

TRADE_LABELS: dict[Trade, str] = {
    Trade.DIALOGUE: "Dialogue territorial",
    Trade.EXPERIMENTS: "Expérimentations collectives",
    Trade.SUPPORT: "Accompagnements",
    Trade.PLACE: "Gestion d’un lieu",
}

ECHELON_LABELS: dict[Echelon, str] = {
    Echelon.LOCAL: "Local",
    Echelon.REGIONAL: "Régional",
    Echelon.NATIONAL: "National",
    Echelon.EUROPEAN: "Européen",
    Echelon.WORLD: "International",
}

ORIGIN_LABELS: dict[Origin, str] = {
    Origin.PUBLISHED: "nommé publiquement",
    Origin.IMPORTED: "annuaire du réseau",
    Origin.FICTITIOUS: "fictif (démonstration)",
}

CERTAINTY_LABELS: dict[Certainty, str] = {
    Certainty.NAMED: "nommé catalyseur par le réseau",
    Certainty.TOOK_PART: "a pris part à ses expérimentations ou à son fonds",
    Certainty.SELF_NAMED: "se dit catalyseur, ou un tiers le nomme ainsi",
    Certainty.NEIGHBOUR: "membre d’un réseau proche",
    Certainty.CITED: "cité comme exemple ou partenaire",
}
