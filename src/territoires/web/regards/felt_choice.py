"""What is asked of the pages that show surveys: who answers, when, on what, where; and how addresses say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from territoires.model.fragilities import BY_ID
from territoires.model.levels import Level
from territoires.model.perceptions import ACTOR_LABELS, FRAGILITIES, Actor
from territoires.model.sizes import LABELS, Stratum
from territoires.store.perceptions import Perceptions
from territoires.store.store import Store
from territoires.web.regards.choice import (
    Address,
    Menu,
    domain_groups,
    domain_options,
    link,
    region_options,
    size_options,
)
from territoires.web.typography import french, tie


@dataclass(frozen=True, slots=True)
class FeltChoice:
    """An actor and a wave; a domain, a region and a size of communes, or all of them."""

    actor: Actor
    wave: str
    domain: str | None = None
    region: str | None = None
    stratum: Stratum | None = None

    def query(self) -> dict[str, str]:
        """Return the parameters that say this choice."""
        return {
            "region": self.region or "",
            "domaine": self.domain or "",
            "acteur": self.actor.value,
            "vague": self.wave,
            "taille": self.stratum.value if self.stratum else "",
        }

    def address(self, path: str, **changes: str | None) -> str:
        """Return the address of a page that shows this choice, with some of its parts changed."""
        query = self.query() | {name: value or "" for name, value in changes.items()}
        return link(path, **query)

    def about(self, domain: str | None) -> FeltChoice:
        """Return the same on another domain."""
        return replace(self, domain=domain)

    @property
    def who(self) -> str:
        """Say who answers, where and when: "les citoyens, communes de moins de 2 000 habitants, 2022"."""
        text = f"les {ACTOR_LABELS[self.actor]}"
        if self.stratum:
            label = LABELS[self.stratum]
            text += f" des communes {label if label.startswith('de ') else 'de ' + label}"
        return tie(text)


def waves(perceptions: Perceptions, actor: Actor | None = None, *, regional: bool = False) -> list[str]:
    """Return the waves that asked about the domains, oldest first; by `actor`, in regions of today, if asked."""
    rows = perceptions.select(
        question=FRAGILITIES, actor=actor, level=Level.REGION if regional else None, all_strata=True
    )
    return sorted({row.wave for row in rows if not regional or row.code is not None})


def read_felt_choice(
    store: Store, perceptions: Perceptions, arguments: Mapping[str, str]
) -> tuple[FeltChoice, Address]:
    """Return what `arguments` ask among what `perceptions` hold, and the address with its notices."""
    address = Address(arguments)
    actor = Actor(
        address.word("acteur", [(each.value, "") for each in Actor], "L’acteur", Actor.CITIZENS.value)
    )
    known = waves(perceptions)
    recent = waves(perceptions, actor, regional=True) or waves(perceptions, actor) or known or [""]
    wave = address.word("vague", [(each, "") for each in known], "La vague", recent[-1])
    domain = address.word("domaine", domain_options(), "Le domaine")
    region = address.word("region", region_options(store), "La région")
    size = address.word("taille", size_options(), "La taille")
    stratum = Stratum(size) if size else None
    return FeltChoice(actor, wave, domain or None, region or None, stratum), address


def menus(
    store: Store, perceptions: Perceptions, choice: FeltChoice, *, all_domains: str, all_regions: str | None
) -> list[Menu]:
    """Return the fields of the form; `all_domains` and `all_regions` word a first option, None leaves a field out."""
    fields = [
        Menu(
            "domaine",
            "Domaine",
            [("", all_domains)] if all_domains else [],
            choice.domain or "",
            domain_groups(),
        ),
        Menu(
            "acteur",
            "Selon",
            [(each.value, f"les {ACTOR_LABELS[each]}") for each in Actor],
            choice.actor.value,
        ),
        Menu("vague", "Vague", [(each, each) for each in waves(perceptions)], choice.wave),
        Menu(
            "taille",
            "Taille",
            [("", "Toutes les tailles"), *size_options()],
            choice.stratum.value if choice.stratum else "",
        ),
    ]
    if all_regions is not None:
        options = ([("", all_regions)] if all_regions else []) + region_options(store)
        fields.insert(0, Menu("region", "Région", options, choice.region or ""))
    return fields


def name_of_domain(domain: str) -> str:
    """Return the label of a domain as it stands in a sentence, between quotes."""
    return f"« {BY_ID[domain].label} »"


def name_of_region(store: Store, code: str) -> str:
    """Return the name of a region."""
    return french(store.territories(Level.REGION).get(code).name)
