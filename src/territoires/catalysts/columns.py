"""The columns of a list of catalysts: their French titles, and the other names that people give them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from territoires.analysis.search import normalise
from territoires.catalysts.records import COLUMNS

#: The columns of a contact: kept apart from the records, and only with consent.
CONTACT_COLUMNS: tuple[str, ...] = ("email", "phone", "consent")


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its name in files of programs, its French title, and synonyms separated by ";"."""

    name: str
    title: str
    synonyms: str = ""


HEADINGS: tuple[Heading, ...] = (
    Heading("id", "Identifiant", "code catalyseur; ref; référence; numéro; n°"),
    Heading(
        "name",
        "Nom",
        "nom de l’organisation; organisation; structure; nom de la structure; dénomination; raison sociale",
    ),
    Heading("kind", "Type", "type d’organisation; type de structure; nature; statut de la structure"),
    Heading("profile", "Profil d’acteur", "profil; profil acteur; famille d’acteurs"),
    Heading("town", "Ville", "nom de la commune; localité; ville du siège; commune du siège; city"),
    Heading(
        "commune",
        "Code commune",
        "code insee; insee; code de la commune; code commune insee; codgeo; code_commune; citycode",
    ),
    Heading("departement", "Département", "dep; code département; dept; dpt; numéro de département"),
    Heading("region", "Région", "code région; nom de la région"),
    Heading("lon", "Longitude", "lng; long; x; longitude wgs84"),
    Heading("lat", "Latitude", "y; latitude wgs84"),
    Heading("level", "Échelon d’action", "échelon; niveau d’action; échelle; niveau d’intervention"),
    Heading(
        "covers",
        "Territoires couverts",
        "territoire couvert; territoire; territoires; périmètre; zone d’intervention",
    ),
    Heading(
        "domains",
        "Domaines",
        "domaine; domaines d’action; fragilités; domaine d’action; thématiques; thématique",
    ),
    Heading("trades", "Métiers", "métier; métiers du catalyseur; activités; modes d’action"),
    Heading(
        "strata",
        "Tailles de territoire",
        "strates; taille; tailles; taille de territoire; strate; strates de taille",
    ),
    Heading("presentation", "Présentation", "description; présentation courte; résumé; descriptif"),
    Heading("website", "Site internet", "site web; site; url; web; site internet de la structure"),
    Heading("source", "Source", "origine"),
    Heading("source_url", "Adresse de la source", "url de la source; lien de la source"),
    Heading(
        "verified_on",
        "Vérifié le",
        "date de vérification; mis à jour le; date de mise à jour; vérification",
    ),
    Heading("certainty", "Degré de certitude", "certitude"),
    Heading("near_network", "Réseau proche", "réseaux proches"),
    Heading("note", "Précision", "remarque; commentaire; notes; précisions"),
    Heading(
        "email",
        "Courriel",
        "e-mail; mail; adresse électronique; adresse e-mail; courriel de contact; adresse mail",
    ),
    Heading("phone", "Téléphone", "tel; tél; numéro de téléphone; portable; mobile"),
    Heading(
        "consent",
        "Consentement",
        "consentement à être contacté; accord; accord rgpd; rgpd; autorise le contact",
    ),
)

TITLES: dict[str, str] = {heading.name: heading.title for heading in HEADINGS}

_KNOWN: dict[str, str] = {
    normalise(word): heading.name
    for heading in HEADINGS
    for word in (*heading.synonyms.split(";"), heading.title, heading.name)
}


def recognised(titles: Sequence[str]) -> tuple[dict[int, str], list[str], list[tuple[str, str, str]]]:
    """Return the column of each position whose title is known, the titles that are not, and the repeats.

    A repeat is (column, first title, second title): two titles of a file that mean the same column.
    """
    found: dict[int, str] = {}
    unknown: list[str] = []
    repeats: list[tuple[str, str, str]] = []
    # "Commune" is read last: it is the name of the town where another column has the code.
    for position in sorted(range(len(titles)), key=lambda place: normalise(titles[place]) == "commune"):
        title = titles[position]
        column = _KNOWN.get(normalise(title))
        if normalise(title) == "commune" and "commune" in found.values() and "town" not in found.values():
            column = "town"
        if column is None:
            unknown.append(title)
        elif column in found.values():
            first = next(place for place, name in found.items() if name == column)
            repeats.append((column, titles[first], title))
        else:
            found[position] = column
    return found, unknown, repeats


assert {heading.name for heading in HEADINGS} == {*COLUMNS, *CONTACT_COLUMNS}  # noqa: S101 - one list of columns
