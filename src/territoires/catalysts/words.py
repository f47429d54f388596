"""The words of a list that somebody brings, as the vocabulary has them: "Santé", "sante" and "SANTÉ" are one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Generic, TypeVar

from territoires.analysis.search import normalise
from territoires.model.catalysts import (
    ECHELON_LABELS,
    KIND_LABELS,
    PROFILE_LABELS,
    TRADE_LABELS,
    Certainty,
    Echelon,
    Kind,
    Profile,
    Trade,
)
from territoires.model.fragilities import DOMAINS
from territoires.model.sizes import LABELS, STRATA

Id = TypeVar("Id", bound=str)

#: What separates the values of a cell that holds several.
SEPARATORS = re.compile(r"[|;,\n]")

#: Words whose meaning is remembered: a list has the same ones on every row.
MOST_SEEN = 5_000

#: The words of people for the sizes, beside their labels.
SIZES: dict[str, str] = {
    "moins de 2000 habitants": "moins-2000",
    "moins de 2000": "moins-2000",
    "2000 a 20000": "2000-20000",
    "de 2000 a 20000 habitants": "2000-20000",
    "20000 a 50000": "20000-50000",
    "de 20000 a 50000 habitants": "20000-50000",
    "plus de 50000": "plus-50000",
    "50000 habitants ou plus": "plus-50000",
    "plus de 50000 habitants": "plus-50000",
}

KIND_WORDS: dict[str, Kind] = {
    "fondation territoriale": Kind.FOUNDATION,
    "fondation": Kind.FOUNDATION,
    "fonds de dotation": Kind.FOUNDATION,
    "fonds de dotation territorial": Kind.FOUNDATION,
    "club de mecenes": Kind.PATRONS,
    "pole mecenat": Kind.PATRONS,
    "association": Kind.ASSOCIATION,
    "reseau associatif": Kind.ASSOCIATION,
    "entreprise": Kind.COMPANY,
    "club d entreprises": Kind.COMPANY,
    "comite de bassin d emploi": Kind.EMPLOYMENT_COMMITTEE,
    "collectivite territoriale": Kind.AUTHORITY,
    "autre": Kind.OTHER,
}

PROFILE_WORDS: dict[str, Profile] = {"ingenierie": Profile.ENGINEERING, "citoyens": Profile.CITIZENS}
ECHELON_WORDS: dict[str, Echelon] = {
    "monde": Echelon.WORLD,
    "europe": Echelon.EUROPEAN,
    "france": Echelon.NATIONAL,
}
TRADE_WORDS: dict[str, Trade] = {
    "accompagnement": Trade.SUPPORT,
    "experimentation collective": Trade.EXPERIMENTS,
    "lieu": Trade.PLACE,
}

YES: frozenset[str] = frozenset({"oui", "yes", "o", "y", "vrai", "true", "1", "x", "ok", "accord"})
NO: frozenset[str] = frozenset({"", "non", "no", "n", "faux", "false", "0", "refus"})


class Lexicon(Generic[Id]):
    """The words that a column may hold, and how each is recognised (without case, accents or punctuation)."""

    def __init__(self, labels: Mapping[Id, str], others: Mapping[str, str] | None = None) -> None:
        #: The labels, for messages.
        self.labels = tuple(labels.values())
        self._known = {normalise(word): str(id) for id, label in labels.items() for word in (id, label)}
        self._seen: dict[str, str | None] = {}
        self._known.update({normalise(word): str(id) for word, id in (others or {}).items()})

    def find(self, word: str) -> str | None:
        """Return the id that `word` means, or None."""
        if word not in self._seen:
            if len(self._seen) >= MOST_SEEN:
                self._seen.clear()
            self._seen[word] = self._find(word)
        return self._seen[word]

    def _find(self, word: str) -> str | None:
        found = self._known.get(normalise(word))
        # "2 000" and "2000" are the same size to a person.
        return found or self._known.get(normalise(re.sub(r"(?<=\d)[\s\u00a0\u202f.](?=\d)", "", word)))


LEXICONS: dict[str, Lexicon[Any]] = {
    "kind": Lexicon(KIND_LABELS, KIND_WORDS),
    "profile": Lexicon(PROFILE_LABELS, PROFILE_WORDS),
    "level": Lexicon(ECHELON_LABELS, ECHELON_WORDS),
    "trades": Lexicon(TRADE_LABELS, TRADE_WORDS),
    "domains": Lexicon({domain.id: domain.label for domain in DOMAINS}),
    "strata": Lexicon({stratum: LABELS[stratum] for stratum in STRATA}, SIZES),
    "certainty": Lexicon({certainty: certainty for certainty in Certainty}),
}

#: The columns that hold several words.
MULTIPLE: frozenset[str] = frozenset({"domains", "trades", "strata"})


@lru_cache(maxsize=1_000)
def switch(cell: str) -> bool | None:
    """Return what a cell of yes or no means; None for any other word. Nothing written is no."""
    word = normalise(cell)
    return True if word in YES else False if word in NO else None
