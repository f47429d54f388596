"""Find a place by its name, as people type it.

Normalised prefixes and population lead; fuzzy matching is only the fallback when nothing begins like what
was typed. Accents, case, hyphens, apostrophes and "st"/"ste" make no difference.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from territoires.model.levels import MAPPED, Level
from territoires.store.store import Store

#: Longest query looked up; the longest French place name has 45 characters.
LONGEST = 80

#: Likeness (0–100) under which a fuzzy match is not offered.
LIKENESS = 78.0

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

    def find(self, query: str, limit: int = 10) -> list[Place]:
        """Return at most `limit` places whose name begins like `query`, the most inhabited first.

        Exact names come first, whatever their size. A code (5 characters for a commune) finds its territory.
        """
        wanted = normalise(query)
        if not wanted or limit < 1:
            return []
        found: dict[tuple[Level, int], tuple[bool, int]] = {}
        self._by_code(query.strip(), found)
        self._by_prefix(wanted, found)
        if not found:
            self._by_prefix(wanted.replace(" ", ""), found)
        if len(found) < limit:
            self._by_word(wanted, found, limit)
        if not found and len(wanted) >= 3:
            self._by_likeness(wanted, found, limit)
        ordered = sorted(found.items(), key=lambda item: (*item[1], item[0]))
        return [self._place(level, index) for (level, index), _ in ordered[:limit]]

    def _by_code(self, code: str, found: dict[tuple[Level, int], tuple[bool, int]]) -> None:
        for level in MAPPED:
            territories = self._store.territories(level)
            if code.upper() in territories:
                index = territories.index(code.upper())
                found[level, index] = (False, -int(territories.population[index]))

    def _by_prefix(self, prefix: str, found: dict[tuple[Level, int], tuple[bool, int]]) -> None:
        for position in range(bisect_left(self._keys, prefix), len(self._keys)):
            key, people, level, index = self._entries[position]
            if not key.startswith(prefix):
                break
            here = (key != prefix, people)
            found[level, index] = min(here, found.get((level, index), here))

    def _by_word(self, wanted: str, found: dict[tuple[Level, int], tuple[bool, int]], limit: int) -> None:
        """Add the places that hold `wanted` at the beginning of a later word, largest first."""
        inner = " " + wanted
        later = [entry for entry in self._entries if inner in entry[0]]
        for _, people, level, index in sorted(later, key=lambda entry: entry[1])[: limit * 4]:
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
