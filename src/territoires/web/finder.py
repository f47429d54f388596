"""Find indicators by the words people type: no accents, no plurals, the beginnings of words are enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from territoires.analysis.search import normalise
from territoires.model.fragilities import BY_ID
from territoires.model.indicators import Indicator

#: Words that say nothing of what is looked for.
EMPTY_WORDS = frozenset(
    (
        *(
            "a",
            "au",
            "aux",
            "avec",
            "ce",
            "combien",
            "d",
            "dans",
            "de",
            "des",
            "du",
            "en",
            "entre",
            "et",
            "l",
        ),
        *("la", "le", "les", "leur", "nombre", "ou", "par", "part", "pas", "pour", "qui", "s", "sans", "sur"),
        *("taux", "un", "une"),
    )
)

#: Likeness (0–100) above which a word stands for another when nothing begins like it.
LIKENESS = 80.0

#: What a match is worth, by where the word stands.
LABEL, SYNONYM, DOMAIN, TEXT = 8, 5, 3, 1


def words_of(text: str) -> list[str]:
    """Return the normalised words of `text`, without plural endings or empty words."""
    # Word by word: `normalise` keeps only the beginning of a long text.
    plain = " ".join(normalise(word) for word in text.split()).split()
    return [_singular(word) for word in plain if word not in EMPTY_WORDS]


def _singular(word: str) -> str:
    """Return `word` without a final s or x, when something is left."""
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


@dataclass(frozen=True, slots=True)
class _Entry:
    indicator: Indicator
    worth: dict[str, int]


class IndicatorFinder:
    """An index of the words of a catalogue, built once."""

    def __init__(self, indicators: Sequence[Indicator]) -> None:
        self._entries = [_Entry(indicator, _worth(indicator)) for indicator in indicators]
        self._words = sorted({word for entry in self._entries for word in entry.worth})

    def find(self, query: str) -> list[Indicator]:
        """Return the indicators that hold every word of `query`, the nearest first; all if it is empty."""
        wanted = words_of(query[:200])
        if not wanted:
            return [] if query.strip() else [entry.indicator for entry in self._entries]
        found = self._holding([[word] for word in wanted])
        return found or self._holding([self._alike(word) for word in wanted])

    def _holding(self, wanted: list[list[str]]) -> list[Indicator]:
        scored: list[tuple[int, int]] = []
        for position, entry in enumerate(self._entries):
            scores = [
                max(
                    (
                        worth
                        for word, worth in entry.worth.items()
                        if any(word.startswith(w) for w in choices)
                    ),
                    default=0,
                )
                for choices in wanted
            ]
            if all(scores):
                scored.append((-sum(scores), position))
        return [self._entries[position].indicator for _, position in sorted(scored)]

    def _alike(self, word: str) -> list[str]:
        """Return `word`, and the words of the catalogue that look like it."""
        matches = process.extract(word, self._words, scorer=fuzz.ratio, limit=4, score_cutoff=LIKENESS)
        return [word, *(match for match, _, _ in matches)]


def _worth(indicator: Indicator) -> dict[str, int]:
    """Return the words of an indicator, with what each is worth."""
    worth: dict[str, int] = {}
    parts = (
        (f"{indicator.definition} {indicator.reading}", TEXT),
        (BY_ID[indicator.domain].label, DOMAIN),
        (" ".join(indicator.synonyms), SYNONYM),
        (f"{indicator.label} {indicator.id}", LABEL),
    )
    for text, value in parts:
        for word in words_of(text):
            worth[word] = max(value, worth.get(word, 0))
    return worth
