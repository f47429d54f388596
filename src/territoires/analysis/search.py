"""Find a place by its name, as people type it.

Normalised prefixes and population lead; fuzzy matching is only the fallback when nothing begins like what
was typed. Accents, case, hyphens, apostrophes and "st"/"ste" make no difference.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from operator import itemgetter

from rapidfuzz import fuzz, process

from territoires.model.levels import MAPPED, Level
from territoires.store.store import Store

#: Longest query looked up; the longest French place name has 45 characters.
LONGEST = 80

#: Likeness (0–100) under which a fuzzy match is not offered.
LIKENESS = 78.0

#: Queries whose answer is remembered: people type the same first letters.
RECENT = 4096

#: The longest code of a territory (an EPCI's SIREN number).
CODE_LENGTH = 9

#: Sorts after every character of a normalised name.
LAST = "~"

_ABBREVIATIONS = {"st": "saint", "ste": "sainte", "s/": "sur", "sts": "saints"}
_ARTICLES = ("le ", "la ", "les ", "l ")


def normalise(text: str) -> str:
    """Return `text` in lower case without accents or punctuation, "st" written "saint"."""
    text = text[:LONGEST].replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae")
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    plain = plain.replace("s/", " sur ")
    words = re.split(r"[^a-z0-9]+", plain)
    return " ".join(_ABBREVIATIONS.get(word, word) for word in words if word)


@dataclass(frozen=True, slots=True)
class Place:
    """A place found: `departement` and `region` are codes, None where there is none."""

    level: Level
    code: str
    name: str
    population: int
    departement: str | None
    region: str | None


class PlaceSearch:
    """An index of every place name, built once and read by every request."""

    def __init__(self, store: Store) -> None:
        self._store = store
        entries: list[tuple[str, int, Level, int]] = []
        for level in MAPPED:
            territories = store.territories(level)
            for index, name in enumerate(territories.names):
                people = -int(territories.population[index])
                full = normalise(name)
                keys = {full, full.replace(" ", "")}
                for article in _ARTICLES:
                    if full.startswith(article):
                        keys.add(full[len(article) :])
                entries.extend((key, people, level, index) for key in keys)
        entries.sort(key=lambda entry: entry[:2])
        self._entries = entries
        self._keys = [entry[0] for entry in entries]
        self._names = sorted(set(self._keys))
        # The end of each name from its second word on, so that a later word is found as fast as the first.
        endings = [
            (key[position + 1 :], people, level, index)
            for key, people, level, index in entries
            for position, character in enumerate(key)
            if character == " "
        ]
        endings.sort(key=lambda entry: entry[:2])
        self._endings = endings
        self._ending_keys = [entry[0] for entry in endings]
        self._recent = lru_cache(maxsize=RECENT)(self._find)

    def find(self, query: str, limit: int = 10) -> list[Place]:
        """Return at most `limit` places whose name begins like `query`, the most inhabited first.

        Exact names come first, whatever their size. A code (5 characters for a commune) finds its territory.
        """
        wanted = normalise(query)
        if not wanted or limit < 1:
            return []
        return list(self._recent(wanted, query.strip().upper()[:CODE_LENGTH], limit))

    def _find(self, wanted: str, code: str, limit: int) -> tuple[Place, ...]:
        """Look up a normalised query, and the same text read as a code."""
        found: dict[tuple[Level, int], tuple[bool, int]] = {}
        self._by_code(code, found)
        self._by_prefix(wanted, found)
        if not found:
            self._by_prefix(wanted.replace(" ", ""), found)
        if len(found) < limit:
            self._by_word(wanted, found, limit)
        if not found and len(wanted) >= 3:
            self._by_likeness(wanted, found, limit)
        ordered = sorted(found.items(), key=lambda item: (*item[1], item[0]))
        return tuple(self._place(level, index) for (level, index), _ in ordered[:limit])

    def _by_code(self, code: str, found: dict[tuple[Level, int], tuple[bool, int]]) -> None:
        for level in MAPPED:
            territories = self._store.territories(level)
            if code in territories:
                index = territories.index(code)
                found[level, index] = (False, -int(territories.population[index]))

    def _by_prefix(self, prefix: str, found: dict[tuple[Level, int], tuple[bool, int]]) -> None:
        start = bisect_left(self._keys, prefix)
        stop = bisect_left(self._keys, prefix + LAST, lo=start)
        for key, people, level, index in self._entries[start:stop]:
            here = (key != prefix, people)
            found[level, index] = min(here, found.get((level, index), here))

    def _by_word(self, wanted: str, found: dict[tuple[Level, int], tuple[bool, int]], limit: int) -> None:
        """Add the places that hold `wanted` at the beginning of a later word, largest first."""
        start = bisect_left(self._ending_keys, wanted)
        stop = bisect_left(self._ending_keys, wanted + LAST, lo=start)
        for _, people, level, index in nsmallest(limit * 4, self._endings[start:stop], key=itemgetter(1)):
            found.setdefault((level, index), (True, people // 10))

    def _by_likeness(self, wanted: str, found: dict[tuple[Level, int], tuple[bool, int]], limit: int) -> None:
        matches = process.extract(wanted, self._names, scorer=fuzz.ratio, limit=limit, score_cutoff=LIKENESS)
        for name, score, _ in matches:
            for position in range(bisect_left(self._keys, name), len(self._keys)):
                key, people, level, index = self._entries[position]
                if key != name:
                    break
                found.setdefault((level, index), (True, people if score > 90 else people // 100))

    def _place(self, level: Level, index: int) -> Place:
        territory = self._store.territories(level).at(index)
        return Place(
            level,
            territory.code,
            territory.name,
            territory.population,
            territory.departement,
            territory.region,
        )
