"""What is asked of the page of dominoes, and how its addresses are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from territoires.analysis.domain_alerts import POSITIONS
from territoires.model.levels import WORDS, Level
from territoires.model.selection import quoted
from territoires.model.sizes import Stratum
from territoires.store.store import Store
from territoires.web.regards.choice import Address, link, region_options, size_options

#: The levels whose territories have alerts of their own.
LEVELS = (Level.COMMUNE, Level.EPCI)

#: What stands between two domains in an address.
BETWEEN = "_"


class Order(StrEnum):
    """By what the list is sorted; the values stand in addresses."""

    LIFT = "rapport"
    TOGETHER = "nombre"
    INHABITANTS = "habitants"


@dataclass(frozen=True, slots=True)
class DominoChoice:
    """Territories of one level, of one size and one region or of all, and the domino looked at (may be empty)."""

    level: Level = Level.COMMUNE
    stratum: Stratum | None = None
    region: str | None = None
    domino: tuple[str, ...] = ()
    order: Order = Order.LIFT

    @property
    def strata(self) -> tuple[Stratum, ...]:
        """The size asked for, as a filter."""
        return () if self.stratum is None else (self.stratum,)

    def query(self) -> dict[str, str]:
        """Return the parameters that say this choice."""
        return {
            "niveau": "" if self.level is Level.COMMUNE else self.level.value,
            "taille": self.stratum.value if self.stratum else "",
            "region": self.region or "",
            "domino": BETWEEN.join(self.domino),
            "tri": "" if self.order is Order.LIFT else self.order.value,
        }

    def address(self, path: str = "/dominos", anchor: str = "") -> str:
        """Return the address of the page that shows this choice."""
        return link(path, **self.query()) + anchor

    def looking_at(self, domains: tuple[str, ...]) -> DominoChoice:
        """Return the same with another domino."""
        return replace(self, domino=domains)


def level_options() -> list[tuple[str, str]]:
    """Return the word and the name of each level that has alerts."""
    return [(level.value, WORDS[level].plural.capitalize()) for level in LEVELS]


def read_domino_choice(store: Store, arguments: Mapping[str, str]) -> tuple[DominoChoice, Address]:
    """Return what `arguments` ask, and the address they were read from with its notices."""
    address = Address(arguments)
    level = Level(address.word("niveau", level_options(), "L’échelon", Level.COMMUNE.value))
    size = address.word("taille", size_options(), "La taille")
    region = address.word("region", region_options(store), "La région")
    order = address.word("tri", [(each.value, "") for each in Order], "Le tri", Order.LIFT.value)
    address.known.append("domino")
    asked = arguments.get("domino", "")
    domains = tuple(sorted({*asked.split(BETWEEN)} & POSITIONS.keys(), key=POSITIONS.__getitem__))
    if asked and (len(domains) not in (2, 3) or len(domains) != len(asked.split(BETWEEN))):
        address.notices.append(
            f"Le domino {quoted(asked)} n’existe pas : deux ou trois domaines différents sont attendus, "
            f"par exemple emploi{BETWEEN}sante."
        )
        domains = ()
    stratum = Stratum(size) if size else None
    return DominoChoice(level, stratum, region or None, domains, Order(order)), address
