"""The French phrases of a sheet: what it covers, its date, its file name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from territoires.model.formats import NARROW, NO_BREAK, number, ordinal, plural
from territoires.model.indicators import STATUS_LABELS, Direction
from territoires.model.levels import WORDS, Level
from territoires.model.sizes import LABELS, Stratum
from territoires.sheets.readings import Line

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
    "novembre", "décembre",
)  # fmt: skip

#: How a sheet names its own territory at the head of a column.
HERE: dict[Level, str] = {
    Level.COMMUNE: "Commune",
    Level.EPCI: "Intercommunalité",
    Level.DEPARTEMENT: "Département",
    Level.REGION: "Région",
}


#: What stands beside the territory, by level: the head of a column, and what it holds.
COLUMNS: dict[Level, tuple[tuple[str, str], ...]] = {
    Level.COMMUNE: (("Même taille", "median"), ("Région", "region")),
    Level.EPCI: (("Même taille", "median"), ("Région", "region")),
    Level.DEPARTEMENT: (("Ailleurs", "median"), ("Région", "region")),
    Level.REGION: (("Ailleurs", "median"), ("France", "france")),
}


def columns_of(level: Level) -> tuple[tuple[str, str], ...]:
    """Return the columns beside the territory; "Ailleurs" and "Même taille" are medians of the others."""
    return COLUMNS[level]


@lru_cache(maxsize=4096)
def tied(text: str) -> str:
    """Return `text` with French spacing: U+2019, thousands and double punctuation held by no-break spaces."""
    text = text.replace("'", "\u2019")
    text = re.sub(r"(?<=\d) (?=\d{3}\b)", NARROW, text)
    text = re.sub(r" (?=[;!?%])", NARROW, text)
    text = re.sub(r" (?=:)", NO_BREAK, text)
    return text.replace("« ", "«" + NARROW).replace(" »", NARROW + "»")


def of_size(strata: tuple[Stratum, ...]) -> str:
    """Return what follows "communes": "de moins de 2 000 habitants", or "" for all sizes."""
    labels = [LABELS[stratum] for stratum in strata]
    phrases = [label if label.startswith("de ") else f"de {label}" for label in labels]
    return tied(" ou ".join(phrases))


def short_size(stratum: Stratum) -> str:
    """Return a size under a head that says "inhabitants": "2 000 à 20 000", "50 000 ou plus"."""
    return tied(LABELS[stratum].removeprefix("de ").replace(" habitants", ""))


def scope_of(strata: tuple[Stratum, ...]) -> str:
    """Return the line under the name: "Communes de 2 000 à 20 000 habitants", "Toutes les communes"."""
    return f"Communes {of_size(strata)}" if strata else "Toutes les communes"


def month_of(release: str) -> str:
    """Write the month of a release: "2026-06" is "juin 2026"; any other text is returned as it is."""
    match = re.fullmatch(r"(\d{4})-(\d{2})(?:-\d{2})?", release)
    if match is None or not 1 <= int(match[2]) <= 12:
        return release
    return f"{MONTHS[int(match[2]) - 1]}{NO_BREAK}{match[1]}"


def contraction(level: Level) -> str:
    """Return "de la région", "du département", "de l’intercommunalité"."""
    word = WORDS[level].singular
    if word[0] in "aeiouéê":
        return f"de l\u2019{word}"
    return f"de la {word}" if WORDS[level].feminine else f"du {word}"


def slug(text: str) -> str:
    """Return `text` in lower-case ASCII words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return "-".join(re.findall(r"[a-z0-9]+", plain)) or "territoire"


def file_name(name: str, strata: tuple[Stratum, ...], extension: str) -> str:
    """Return the name under which a sheet is saved: "fiche-reperes-occitanie-2000-20000-hab.pdf"."""
    size = "-" + "-et-".join(stratum.value for stratum in strata) + "-hab" if strata else ""
    return f"fiche-reperes-{slug(name)}{size}.{extension}"


def spread_note(line: Line) -> str:
    """Say how many territories are compared, and the main reason why the others are not."""
    if line.concerned is not None:
        yes, known = line.concerned
        verb = "concernée" if yes < 2 else "concernées"
        return f"{plural(yes, 'commune')} {verb} sur {number(known)}"
    if line.spread is None:
        return ""
    words = WORDS[line.spread.level]
    left_out = sum(count for _, count in line.spread.missing)
    reason = STATUS_LABELS[max(line.spread.missing, key=lambda pair: pair[1])[0]] if left_out else ""
    if line.spread.n == 0:
        none = "Aucune" if words.feminine else "Aucun"
        return f"{none} {words.singular} à comparer ({reason})" if reason else f"{none} {words.singular}"
    compared = plural(line.spread.n, words.singular, words.plural)
    return f"{compared} sur {number(line.spread.n + left_out)} ({reason})" if left_out else compared


def direction_note(line: Line) -> str:
    """Say on which side of a strip fragility lies, or that the indicator is of context."""
    return {
        Direction.MORE_FRAGILE: "fragile →",
        Direction.LESS_FRAGILE: "← fragile",
        Direction.CONTEXT: "contexte",
    }[line.indicator.direction]


def rank_note(line: Line, level: Level, *, reverse: bool = False) -> str:
    """Write a rank from the most fragile (from the least with `reverse`): "2e sur 13"; else the status word."""
    if line.rank == 0:
        return STATUS_LABELS[line.here.status]
    rank = line.reverse if reverse and line.reverse else line.rank
    return f"{ordinal(rank, feminine=WORDS[level].feminine)}{NO_BREAK}sur{NO_BREAK}{number(line.ranked)}"


def unit_note(line: Line) -> str:
    """Return the unit to print after a label, or "" when the label already says it."""
    return (
        "" if not line.unit or line.unit == "indice" or line.unit in tied(line.indicator.label) else line.unit
    )
