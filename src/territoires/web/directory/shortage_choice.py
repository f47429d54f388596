"""What is asked of « Où en manque-t-il ? »: a domain, a distance, a level, a size; and how that is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from territoires.catalysts.likeness import short_label
from territoires.catalysts.shortage import Shortage
from territoires.model.formats import NARROW, NO_BREAK, number, plural, population
from territoires.model.fragilities import BY_ID, DOMAINS
from territoires.model.levels import WORDS, Level
from territoires.model.parameters import Parameters
from territoires.model.sizes import LABELS, Stratum
from territoires.web.components.demonstration import keep

PATH = "/catalyseurs/manques"

#: The distances offered, in kilometres.
DISTANCES: tuple[int, ...] = (25, 50, 100, 200)
USUAL = 50

#: The levels at which alerts are counted.
LEVELS = (Level.EPCI, Level.COMMUNE)

PARAMETERS = ("domaine", "distance", "niveau", "taille", "page", "v")


@dataclass(frozen=True, slots=True)
class ShortageChoice:
    """A domain, how far is too far (km), the level of the territories, and their size or None for all."""

    domain: str = DOMAINS[0].id
    distance: int = USUAL
    level: Level = Level.EPCI
    stratum: Stratum | None = None

    @property
    def strata(self) -> tuple[Stratum, ...]:
        """The sizes that are listed; none for all."""
        return (self.stratum,) if self.stratum is not None else ()


def read(query: Mapping[str, Sequence[str]]) -> tuple[ShortageChoice, int, tuple[str, ...]]:
    """Return what an address asks for, the page of the table, and the notices of what is ignored."""
    parameters = Parameters(query)
    domain = parameters.one("domaine", BY_ID.__contains__)
    distance = parameters.one("distance", {str(each) for each in DISTANCES}.__contains__)
    level = parameters.one("niveau", {each.value for each in LEVELS}.__contains__)
    stratum = parameters.one("taille", {each.value for each in Stratum}.__contains__)
    page = parameters.one(
        "page", lambda value: value.isascii() and value.isdigit() and 0 < int(value) < 10_000
    )
    parameters.unknown(PARAMETERS)
    choice = ShortageChoice(
        domain or DOMAINS[0].id,
        int(distance or USUAL),
        Level(level or Level.EPCI),
        Stratum(stratum) if stratum else None,
    )
    return choice, int(page or 1), parameters.notices


def address(choice: ShortageChoice, page: int = 1, path: str = PATH, **more: str) -> str:
    """Return the address of a choice."""
    found = [("domaine", choice.domain), ("distance", str(choice.distance)), ("niveau", choice.level.value)]
    found += [("taille", choice.stratum.value)] if choice.stratum else []
    found += [("page", str(page))] if page > 1 else []
    return keep(f"{path}?{urlencode([*found, *more.items()])}")


def sentence(choice: ShortageChoice, found: Shortage, inhabitants: int) -> str:
    """Say in one sentence how many territories are in alert on the domain with nobody near."""
    words = WORDS[choice.level]
    domain = short_label(choice.domain)
    size = ""
    if choice.stratum is not None:
        label = LABELS[choice.stratum]
        size = f" {label if label.startswith('de ') else f'de {label}'}"
    if not found.known.any():
        return (
            f"Domaine {domain}{NO_BREAK}: trop peu d’indicateurs sont connus par {words.singular} pour dire où il est "
            "en alerte."
        )
    alert, far = int(found.alert.sum()), int(found.missing.sum())
    subject = f"{domain[:1].upper()}{domain[1:]}{NO_BREAK}: "
    if not alert:
        return f"{subject}aucune {words.singular}{size} n’est en alerte."
    near = f"aucun catalyseur qui agit sur ce domaine à moins de {choice.distance}{NO_BREAK}km"
    if not far:
        among = plural(alert, words.singular, words.plural)
        return f"{subject}aucune des {among}{size} en alerte n’est loin d’un catalyseur."
    verb = "n’ont" if far > 1 else "n’a"
    return (
        f"{subject}{number(far)} des {plural(alert, words.singular, words.plural)}{size} en alerte {verb} {near}"
        f"{NARROW}; {population(inhabitants)} y {'vivent' if inhabitants > 1 else 'vit'}."
    )
