"""Find indicators by the words people type: no accents, no plurals, the beginnings of words are enough.

A word found in a label is worth more than in a synonym, a synonym more than the name of the domain, and that
more than the definition. When a word is nowhere, words that look like it are tried; when no indicator holds
every word, those that hold most of them are offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from rapidfuzz import fuzz, process

from territoires.analysis.search import normalise
from territoires.model.fragilities import BY_ID
from territoires.model.indicators import Indicator

#: Words that say nothing of what is looked for.
EMPTY_WORDS = frozenset(
    {
        "a", "ai", "au", "aux", "avec", "avoir", "c", "ce", "cette", "chez", "combien", "comment", "d", "dans",
        "de", "des", "du", "elle", "en", "entre", "est", "et", "eu", "faire", "il", "j", "je", "l", "la", "le",
        "les", "leur", "leurs", "ma", "mes", "mon", "n", "ne", "nombre", "nos", "notre", "nous", "on", "ont",
        "ou", "par", "parmi", "part", "pas", "plus", "pour", "pourcentage", "qu", "que", "quel", "quelle",
        "quelles", "quels", "qui", "s", "sa", "sans", "ses", "son", "sont", "sur", "taux", "trop", "un", "une",
        "vers", "y",
    }
)  # fmt: skip

#: Words that help to choose but are not required: they are said of everything.
FAINT_WORDS = frozenset(
    {
        "acces", "baisse", "commune", "habitant", "hausse", "manque", "probleme", "quartier", "rural",
        "territoire", "trouver", "village", "ville",
    }
)  # fmt: skip

#: What people say, and the words of the catalogue for it.
EVERYDAY: dict[str, tuple[str, ...]] = {
    "baisse": ("evolution", "declin"),
    "hausse": ("evolution",),
    "toubib": ("medecin",),
    "docteur": ("medecin",),
    "police": ("delinquance",),
    "gendarmerie": ("delinquance",),
    "insecurite": ("delinquance",),
    "vieux": ("age", "vieillissement"),
    "papy": ("age",),
    "mamie": ("age",),
    "ado": ("jeune",),
    "tgv": ("train",),
    "sncf": ("train",),
    "ordure": ("dechet", "ordure"),
    "chauffer": ("chauffage",),
    "isole": ("seul", "isolement", "isole"),
}

#: Likeness (0–100) above which a word stands for another when nothing begins like it.
LIKENESS = 80.0

#: What a match is worth, by where the word stands.
LABEL, SYNONYM, DOMAIN, TEXT = 8.0, 5.0, 2.0, 1.0

#: What a word is worth when only its beginning was typed.
BEGINNING = 0.6

#: Bonuses: the label, or a synonym, says the whole query; a synonym holds it.
WHOLE, HELD = 6.0, 2.0

#: Share of the weight of the words that must be found when no indicator holds them all.
ENOUGH = 0.4


def words_of(text: str) -> list[str]:
    """Return the normalised words of `text`, without plural endings or empty words."""
    # Word by word: `normalise` keeps only the beginning of a long text.
    plain = " ".join(normalise(word) for word in text.split()).split()
    return [_singular(word) for word in plain if word not in EMPTY_WORDS]


def _phrase(text: str) -> str:
    """Return every word of `text`, normalised and singular, between spaces."""
    words = " ".join(normalise(word) for word in text.split()).split()
    return f" {' '.join(_singular(word) for word in words)} "


def _singular(word: str) -> str:
    """Return `word` without its plural: "hopitaux" is "hopital", "logements" is "logement"."""
    if len(word) > 5 and word.endswith("aux") and not word.endswith("eaux"):
        return word[:-2] + "l"
    return word[:-1] if len(word) > 3 and word[-1] in "sx" and not word.endswith("ss") else word


@dataclass(frozen=True, slots=True)
class _Entry:
    indicator: Indicator
    worth: dict[str, float]
    label: str
    synonyms: tuple[str, ...]


class IndicatorFinder:
    """An index of the words of a catalogue, built once."""

    def __init__(self, indicators: Sequence[Indicator]) -> None:
        self._entries = [_entry(indicator) for indicator in indicators]
        self._words = sorted({word for entry in self._entries for word in entry.worth})
        self._ids = {indicator.id: indicator for indicator in indicators}

    def find(self, query: str) -> list[Indicator]:
        """Return the indicators nearest to `query`, the nearest first; all of them if it is empty."""
        query = query[:200]
        if query.strip() in self._ids:
            return [self._ids[query.strip()]]
        wanted = words_of(query)
        if not wanted:
            return [] if query.strip() else [entry.indicator for entry in self._entries]
        required = [word for word in wanted if word not in FAINT_WORDS] or wanted
        faint = [word for word in wanted if word not in required]
        matches = [self._matches(word) for word in dict.fromkeys(required)]
        helping = [self._matches(word) for word in dict.fromkeys(faint)]
        return self._ranked(matches, helping, _phrase(query))

    def _matches(self, word: str) -> dict[int, float]:
        """Return what `word` is worth in each entry that holds it, by position."""
        choices = (word, *EVERYDAY.get(word, ()))
        found = self._held(choices)
        return found or self._held(self._alike(word))

    def _held(self, choices: Iterable[str]) -> dict[int, float]:
        words = {
            word: 1.0 if word in choices else BEGINNING
            for word in self._words
            if any(word.startswith(choice) for choice in choices)
        }
        found: dict[int, float] = {}
        for position, entry in enumerate(self._entries):
            best = max(
                (entry.worth[word] * words[word] for word in words.keys() & entry.worth.keys()), default=0
            )
            if best:
                found[position] = best
        return found

    def _alike(self, word: str) -> list[str]:
        """Return the words of the catalogue that look like `word`, or of which it is a longer form."""
        if len(word) < 4:
            return []
        stems = [each for each in self._words if len(each) >= 5 and word.startswith(each)]
        alike = process.extract(word, self._words, scorer=fuzz.ratio, limit=4, score_cutoff=LIKENESS)
        return stems + [match for match, _, _ in alike]

    def _ranked(
        self, matches: list[dict[int, float]], helping: list[dict[int, float]], phrase: str
    ) -> list[Indicator]:
        """Order the entries that hold every required word, or failing that most of their weight."""
        weights = [log(1.0 + len(self._entries) / len(found)) if found else 0.0 for found in matches]
        total = sum(weights)
        if not total:
            return []
        scored: list[tuple[float, int]] = []
        partial: list[tuple[float, int]] = []
        for position, entry in enumerate(self._entries):
            held = [weight for weight, found in zip(weights, matches, strict=True) if position in found]
            if not held:
                continue
            score = sum(w * found.get(position, 0.0) for w, found in zip(weights, matches, strict=True))
            score += 0.2 * sum(found.get(position, 0.0) for found in helping)
            score += total * _bonus(entry, phrase)
            if len(held) == len(matches):
                scored.append((-score, position))
            elif sum(held) >= ENOUGH * total:
                partial.append((-score, position))
        return [self._entries[position].indicator for _, position in sorted(scored or partial)]


def _bonus(entry: _Entry, phrase: str) -> float:
    """Return what an entry gains by saying the whole `phrase` in its label or in one of its synonyms."""
    if phrase in entry.label or phrase in entry.synonyms:
        return WHOLE
    return HELD if any(phrase in synonym for synonym in entry.synonyms) else 0.0


def _entry(indicator: Indicator) -> _Entry:
    """Return the words of an indicator, with what each is worth."""
    worth: dict[str, float] = {}
    parts = (
        (f"{indicator.definition} {indicator.reading} {indicator.id}", TEXT),
        (BY_ID[indicator.domain].label, DOMAIN),
        (" ".join(indicator.synonyms), SYNONYM),
        (indicator.label, LABEL),
    )
    for text, value in parts:
        for word in words_of(text):
            worth[word] = max(value, worth.get(word, 0.0))
    return _Entry(
        indicator,
        worth,
        _phrase(indicator.label),
        tuple(_phrase(synonym) for synonym in indicator.synonyms),
    )
