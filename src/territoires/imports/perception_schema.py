"""The columns of a survey that somebody brings: names, what they accept, and the template.

Two shapes are read. In a table of **figures** each row is one figure: an actor, a territory, a domain, a value and
its base. In a table of **answers** each row is one respondent, with one column per domain.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from dataclasses import dataclass

from territoires.model.fragilities import DOMAINS
from territoires.model.levels import Level
from territoires.model.perceptions import (
    ACTOR_LABELS,
    FRAGILITIES,
    MINIMUM_BASE,
    QUESTIONS,
    Actor,
    Unit,
)
from territoires.model.sizes import LABELS, STRATA, Stratum


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the file, the name in the shipped files, what it holds, an example, other names read."""

    name: str
    field: str
    required: bool
    meaning: str
    example: str
    synonyms: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Every title by which the column is recognised."""
        return (self.name, self.field, *self.synonyms)


#: The columns of a table of figures.
FIGURES: tuple[Column, ...] = (
    Column("vague", "wave", True, "vague de l’enquête, le plus souvent une année", "2026"),
    Column("acteur", "actor", True, "qui a répondu : " + ", ".join(Actor), "citoyens"),
    Column(
        "niveau", "level", False,
        "niveau du territoire : " + ", ".join(Level) + " (sinon : region) ; le titre « echelon » est lu aussi",
        "region", ("echelon",),
    ),
    Column("code", "code", True, "code officiel du territoire (FR pour la France)", "53"),
    Column("taille", "stratum", False, "taille des communes : " + ", ".join(STRATA) + " (vide : toutes)", ""),
    Column("domaine", "domain", True, "domaine de fragilité, par son mot ou son nom", "mobilite"),
    Column("valeur", "value", True, "la note (0 à 10), le pourcentage (0 à 100) ou le rang", "6,2"),
    Column("unite", "unit", True, "unité de la valeur : " + ", ".join(Unit), "note-10"),
    Column("base", "base", True, f"nombre de réponses ; sous {MINIMUM_BASE}, la valeur n’est pas gardée", "412"),
    Column("ecart_type", "deviation", False, "écart-type des notes, s’il est connu", "2,1"),
    Column("bas", "low", False, "borne basse de l’intervalle à 95 %, s’il est déjà calculé", ""),
    Column("haut", "high", False, "borne haute de l’intervalle à 95 %", ""),
    Column("question", "question", False, f"question posée (sinon : {FRAGILITIES}) ; liste ci-dessous", FRAGILITIES),
    Column("libelle", "label", False, "intitulé tel que posé (sinon : nom du domaine)", ""),
    Column("annee", "year", False, "année de publication (sinon : celle de la vague)", "2026"),
    Column("programme", "programme", False, "nom du programme d’études", "Enquête régionale"),
    Column("repondants", "respondents", False, "qui a répondu, en toutes lettres", "habitants de 18 ans et plus"),
    Column("formulation", "wording", False, "unité telle que formulée", "% de citations"),
    Column("representativite", "representative", False, "ce que l’échantillon représente", "quotas : âge, sexe"),
    Column("source", "source", False, "qui publie, titre, date (sinon : fichier)", "Observatoire régional, mars 2026"),
    Column("adresse", "url", False, "adresse de la publication (http ou https)", "https://exemple.fr/enquete"),
    Column("note", "note", False, "remarque à montrer avec la valeur", ""),
)  # fmt: skip

#: The fields that describe a survey, in both shapes.
DESCRIPTION = ("year", "programme", "respondents", "representative", "source", "url", "note")

#: The columns of a table of answers; those of the domains come after.
ANSWERS: tuple[Column, ...] = (
    Column("vague", "wave", True, "vague de l’enquête, le plus souvent une année", "2026"),
    Column("acteur", "actor", True, "qui répond : " + ", ".join(Actor), "citoyens"),
    next(column for column in FIGURES if column.field == "level"),
    Column("code", "code", True, "code officiel du territoire du répondant", "53"),
    Column("taille", "stratum", False, "taille de sa commune : " + ", ".join(STRATA), "moins-2000"),
    Column("poids", "weight", False, "poids de redressement, plus grand que 0 (sinon : 1)", "0,87"),
    Column("unite", "unit", False, f"{Unit.NOTE} (0 à 10) ou {Unit.SHARE} (oui/non) ; sinon : {Unit.NOTE}", "note-10"),
    *(column for column in FIGURES if column.field in DESCRIPTION),
)  # fmt: skip

#: Other words accepted for a unit.
UNIT_WORDS: dict[str, Unit] = {
    "note": Unit.NOTE,
    "note10": Unit.NOTE,
    "10": Unit.NOTE,
    "pourcent": Unit.SHARE,
    "": Unit.SHARE,  # what is left of "%"
}


def plain(text: str) -> str:
    """Return `text` without accents, case, spaces nor punctuation: how words are compared."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if letter.isalnum())


DOMAIN_WORDS: dict[str, str] = {plain(word): each.id for each in DOMAINS for word in (each.id, each.label)}
ACTOR_WORDS: dict[str, Actor] = {
    plain(word): actor for actor in Actor for word in (actor.value, ACTOR_LABELS[actor])
}
LEVEL_WORDS: dict[str, Level] = {plain(level): level for level in Level}
STRATUM_WORDS: dict[str, Stratum] = {
    plain(word): stratum for stratum in STRATA for word in (stratum.value, LABELS[stratum])
}

#: What a message says is expected.
EXPECTED: dict[str, str] = {
    "actor": "un acteur : " + ", ".join(Actor),
    "level": "un niveau : " + ", ".join(Level),
    "stratum": "une taille : " + ", ".join(STRATA) + ", ou rien",
    "domain": "un domaine : " + ", ".join(domain.id for domain in DOMAINS),
    "unit": "une unité : " + ", ".join(Unit),
}
UNITS: dict[str, Unit] = {**UNIT_WORDS, **{plain(unit): unit for unit in Unit}}


def domain_columns() -> tuple[Column, ...]:
    """Return the columns of a table of answers that hold the answers: one per domain, by its word."""
    return tuple(
        Column(domain.id, domain.id, False, f"« {domain.label} » : note de 0 à 10, ou oui/non", "7")
        for domain in DOMAINS
    )


def describe() -> str:
    """Return the schema as text for a terminal."""
    lines = ["Tableau de CHIFFRES : une ligne par valeur (CSV ou XLSX, en-têtes en première ligne)", ""]
    lines += [_line(column) for column in FIGURES]
    lines += ["", "Tableau de RÉPONSES : une ligne par répondant, une colonne par domaine", ""]
    lines += [_line(column) for column in (*ANSWERS, *domain_columns())]
    lines += ["", "Domaines : " + ", ".join(domain.id for domain in DOMAINS)]
    lines += ["Questions : ", *(f"  {word} : {label}" for word, label in QUESTIONS.items())]
    lines += ["", "Exemple :", *template_csv(example=True).splitlines()]
    return "\n".join(lines)


def _line(column: Column) -> str:
    return f"  {column.name:<28}{'obligatoire' if column.required else 'facultatif':<13}{column.meaning}"


def template_csv(*, example: bool = False) -> str:
    """Return the header of a table of figures, for a French spreadsheet, with an example row if asked."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.name for column in FIGURES])
    if example:
        writer.writerow([column.example for column in FIGURES])
    return buffer.getvalue()
