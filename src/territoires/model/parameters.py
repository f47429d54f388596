"""The parameters of an address, read one by one: what cannot be used is kept as notices, never raised."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

#: The switch of the demonstration: every page knows it, even those that show nothing invented, to hand it on.
SWITCH = "demonstration"

#: Longest value quoted back in a notice.
QUOTED = 40

#: Most notices shown; what is beyond is counted in one more.
MOST_NOTICES = 8


def quoted(text: str) -> str:
    """Return `text` fit for a notice: printable, at most `QUOTED` characters, in French quotes."""
    clean = "".join(character if character.isprintable() else "�" for character in text[: QUOTED + 1])
    short = clean if len(clean) <= QUOTED else clean[:QUOTED] + "…"
    return f"«\u202f{short}\u202f»"


class Parameters:
    """The parameters of one address (name → values, as repeated in the query), and what was ignored in them."""

    def __init__(self, query: Mapping[str, Sequence[str]]) -> None:
        self._query = query
        self._notices: dict[str, None] = {}

    def values(self, name: str) -> list[str]:
        """Return the values of a parameter that say something."""
        return [value for value in self._query.get(name, ()) if value != ""]

    def ignore(self, name: str, value: str, reason: str) -> None:
        """Say that one value of a parameter is ignored, and why."""
        self._notices[f"Le paramètre {name}={quoted(value)} est ignoré : {reason}."] = None

    def one(self, name: str, accepts: Callable[[str], bool], said: str = "") -> str | None:
        """Return the first acceptable value of a parameter, or None; `said` ends the notices."""
        chosen: str | None = None
        for value in self.values(name):
            if value == chosen:
                continue
            known = accepts(value)
            if chosen is None and known:
                chosen = value
            else:
                reason = "une seule valeur est possible" if known else "valeur inconnue"
                self.ignore(name, value, reason + said)
        return chosen

    def several(self, name: str, accepts: Callable[[str], bool], most: int | None = None) -> list[str]:
        """Return the acceptable values of a parameter, in order and without repeats, `most` of them at most."""
        kept: dict[str, None] = {}
        for value in self.values(name):
            if value in kept:
                continue
            if not accepts(value):
                self.ignore(name, value, "valeur inconnue")
            elif most is not None and len(kept) >= most:
                self.ignore(name, value, f"{most} valeurs au plus")
            else:
                kept[value] = None
        return list(kept)

    def unknown(self, known: Iterable[str]) -> None:
        """Say which parameters mean nothing here; the switch of the demonstration always means something."""
        for name in sorted(set(self._query) - {*known, SWITCH}):
            self._notices[f"Le paramètre {quoted(name)} est inconnu : il est ignoré."] = None

    @property
    def notices(self) -> tuple[str, ...]:
        """The notices, each once and in French; beyond `MOST_NOTICES`, only their number."""
        said = list(self._notices)
        more = len(said) - MOST_NOTICES
        if more <= 0:
            return tuple(said)
        rest = f"{more} autres paramètres sont ignorés" if more > 1 else "un autre paramètre est ignoré"
        return (*said[:MOST_NOTICES], f"Et {rest}.")
