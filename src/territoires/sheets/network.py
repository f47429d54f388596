"""What a sheet says of the catalysts of its territory: who, how many, on what, and where none is."""

from __future__ import annotations

from dataclasses import dataclass

from territoires.sheets.sections import Locator


@dataclass(frozen=True, slots=True)
class Named:
    """A catalyst named in public: name, kind, town, and where that was said."""

    name: str
    kind: str
    town: str
    source: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many catalysts share a word (a kind, a domain); `simulated` of them are invented."""

    label: str
    count: int
    simulated: int


@dataclass(frozen=True, slots=True)
class Network:
    """The catalysts of a territory; `missing` lists the domains in alert on which none of them acts."""

    count: int
    fictitious: int
    by_kind: tuple[Count, ...]
    by_domain: tuple[Count, ...]
    named: tuple[Named, ...]
    missing: tuple[str, ...]
    map: Locator
    sentence: str
    source: str

    @property
    def simulated(self) -> bool:
        """Whether some of them are invented for the demonstration."""
        return self.fictitious > 0
