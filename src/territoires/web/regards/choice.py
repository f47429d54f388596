"""What the pages of Regards are asked in their address: each choice is one of a list, or it is said and ignored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from territoires.model.formats import NARROW
from territoires.model.fragilities import DOMAINS, Criterion, Domain
from territoires.model.levels import Level
from territoires.model.selection import quoted
from territoires.model.sizes import LABELS, STRATA
from territoires.store.store import Store
from territoires.web.components.demonstration import PARAMETER, keep
from territoires.web.typography import french

Options = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the second navigation: its word, its address, whether it is this page."""

    word: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True)
class Menu:
    """A field of the form: its parameter, its label, its (value, words) options, the value chosen.

    `groups` gives the same options under headings when there are some.
    """

    name: str
    label: str
    options: Options
    chosen: str
    groups: Sequence[tuple[str, Options]] = ()


@dataclass
class Address:
    """The parameters of an address, read one by one; what is not understood is told in `notices`."""

    arguments: Mapping[str, str]
    notices: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=lambda: [PARAMETER, "v"])

    def word(self, parameter: str, options: Options, subject: str, default: str = "") -> str:
        """Return the value of `parameter` when it is one of `options`, or `default` with a notice."""
        self.known.append(parameter)
        asked = self.arguments.get(parameter, "")
        if not asked or any(asked == value for value, _ in options):
            return asked or default
        self.notices.append(f"{subject} {quoted(asked)} n’existe pas ici : ce choix est ignoré.")
        return default


def link(path: str, **choices: str) -> str:
    """Return an address of the site with the choices that say something, and the visitor's switch kept."""
    query = urlencode({name: value for name, value in choices.items() if value})
    return keep(f"{path}?{query}" if query else path)


def navigation(path: str) -> tuple[Entry, ...]:
    """Return the three pages of Regards, in the order of a first visit."""
    pages = (("Regards", "/regards"), ("Perceptions", "/perceptions"), ("Dominos", "/dominos"))
    return tuple(Entry(word, keep(address), address == path) for word, address in pages)


def region_options(store: Store) -> list[tuple[str, str]]:
    """Return the code and the name of each region, in the order of names."""
    regions = store.territories(Level.REGION)
    pairs = sorted(zip(regions.names, regions.codes, strict=True), key=lambda pair: pair[0].replace("Î", "I"))
    return [(code, french(name)) for name, code in pairs]


def size_options() -> list[tuple[str, str]]:
    """Return the word and the label of each size."""
    return [(stratum.value, LABELS[stratum].replace(" 000", f"{NARROW}000")) for stratum in STRATA]


def domain_groups() -> list[tuple[str, Options]]:
    """Return the domains under their criteria."""
    return [
        (f"Critères {criterion.value}", [(d.id, d.label) for d in DOMAINS if d.criterion is criterion])
        for criterion in Criterion
    ]


def domain_options() -> list[tuple[str, str]]:
    """Return the word and the label of each domain."""
    return [(domain.id, domain.label) for domain in DOMAINS]


def short(domain: Domain) -> str:
    """Return the first words of the label of a domain: what stands at the head of a narrow column."""
    return domain.label.split(" / ")[0]
