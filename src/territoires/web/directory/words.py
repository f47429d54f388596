"""How the directory is said in French: places, domains, sizes, options; and its families as shapes."""

from __future__ import annotations

from collections.abc import Sequence

from territoires.catalysts.catalyst import Catalyst
from territoires.catalysts.families import FAMILY, FAMILY_LABELS, KINDS, Family
from territoires.catalysts.likeness import short_label
from territoires.model.catalysts import ECHELON_LABELS, KIND_LABELS, TRADE_LABELS
from territoires.model.fragilities import DOMAINS
from territoires.model.levels import Level
from territoires.model.sizes import LABELS
from territoires.store.store import Store
from territoires.web.components.vocabulary import tied
from territoires.web.typography import french

#: The shape of each family in a square of 16 units: told apart without colours, on screen and on paper.
SHAPES: dict[Family, str] = {
    Family.PATRONS: "M2 8a6 6 0 1 0 12 0a6 6 0 1 0 -12 0z",
    Family.SUPPORT: "M2.8 2.8h10.4v10.4h-10.4z",
    Family.COOPERATION: "M8 1.4l5.7 3.3v6.6l-5.7 3.3l-5.7 -3.3v-6.6z",
    Family.ASSOCIATIONS: "M8 1.6l6.8 12h-13.6z",
    Family.OTHERS: "M8 .8l7.2 7.2l-7.2 7.2l-7.2 -7.2z",
}

Options = Sequence[tuple[str, str]]


def where(store: Store, catalyst: Catalyst) -> str:
    """Return where an organisation is: "Millau (Aveyron)", "Occitanie", or an empty text."""
    names = [
        french(store.territories(level).get(code).name)
        for level, code in ((Level.DEPARTEMENT, catalyst.departement), (Level.REGION, catalyst.region))
        if code is not None and code in store.territories(level)
    ]
    around = names[0] if names else ""
    town = french(catalyst.town)
    return f"{town} ({around})" if town and around and around != town else town or around


def domains_words(domains: Sequence[str]) -> str:
    """Return domains as a line: "Santé, mobilité", or "Les 16 domaines"."""
    if len(domains) == len(DOMAINS):
        return f"Les {len(DOMAINS)} domaines"
    said = ", ".join(short_label(domain) for domain in domains)
    return said[:1].upper() + said[1:]


def region_options(store: Store) -> Options:
    """Return the regions, by name."""
    regions = store.territories(Level.REGION)
    return sorted(zip(regions.codes, map(french, regions.names), strict=True), key=lambda option: option[1])


def kind_groups() -> list[tuple[str, str, str, Options]]:
    """Return the families with their kinds: word, label, shape, (value, words) of each kind."""
    return [
        (
            family.value,
            FAMILY_LABELS[family],
            SHAPES[family],
            [(kind.value, KIND_LABELS[kind]) for kind in kinds],
        )
        for family, kinds in KINDS.items()
    ]


def family_of(catalyst: Catalyst) -> str:
    """Return the word of the family of an organisation."""
    return FAMILY[catalyst.kind].value


TRADE_OPTIONS: Options = [(trade.value, label) for trade, label in TRADE_LABELS.items()]
ECHELON_OPTIONS: Options = [(level.value, label) for level, label in ECHELON_LABELS.items()]
SIZE_OPTIONS: Options = [(size.value, tied(label[:1].upper() + label[1:])) for size, label in LABELS.items()]
DOMAIN_OPTIONS: Options = [(domain.id, domain.label) for domain in DOMAINS]
