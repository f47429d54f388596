"""What people feel: who answered, in which unit, and how sure the figure is.

A perceived fragility is a survey result. It always travels with its wave, its respondents, its base (number of
answers) and, where the base is known, its interval at 95 %. Notes out of 10, percentages and ranks are three
scales: never compared with one another.

Sources of the formulas: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
JASA 22 (1927), for a share; R. Bhatia and C. Davis, "A better bound on the variance", American Mathematical
Monthly 107 (2000), for the deviation of a note that was published without one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from territoires.model.indicators import Status
from territoires.model.levels import Level
from territoires.model.sizes import Stratum

#: Under this number of answers a figure is not shown (`Status.SECRET`).
MINIMUM_BASE = 30

#: Quantile of the normal distribution of every interval: 95 %.
Z = 1.959963984540054

#: The question about the 16 domains of fragility; the other questions are about alliances.
FRAGILITIES = "fragilites"

#: The questions asked, by the word of files and addresses. Those after the first are about alliances.
QUESTIONS: dict[str, str] = {
    FRAGILITIES: "Fragilités ressenties",
    "priorites-entreprises": "Priorités d’action des entreprises",
    "impact-partenariats": "Impact des partenariats, fort ou très fort",
    "alliance-innovation": "Les alliances sont source d’innovation",
    "urgence-alliance": "Il est urgent de faire alliance",
    "devoir-alliance": "Il existe un devoir d’alliance",
    "alliance-accelerateur": "Les alliances sont un accélérateur d’innovation",
    "alliance-assez-developpee": "Le mouvement d’alliance est suffisamment développé",
    "mobilisation-insuffisante": "Collectivités, entreprises et associations ne se mobilisent pas assez ensemble",
    "alliance-leviers": "Chacun détient une partie des leviers pour répondre aux défis collectifs",
    "alliance-confiance": "Les alliances donnent confiance aux personnes",
    "innovation-echelle": "Les alliances permettent de déployer une innovation à grande échelle",
    "territoire-cooperation": "Le territoire est en dynamique de coopérations locales",
    "territoire-coconstruction": "La commune est entrée dans une dynamique de co-construction",
    "coconstruction-emergente": "La co-construction est tout juste en émergence",
    "coconstruction-utile": "La co-construction territoriale est utile",
    "jouer-collectif-mandat": "S’appuyer sur le « jouer collectif » durant le mandat",
    "jouer-collectif-crise": "« Jouer collectif » pour sortir de la crise",
    "territoire-en-mouvement": "Le territoire est en mouvement face aux transitions",
    "territoire-innovant": "Le territoire fait fortement preuve d’innovation face aux transitions",
    "territoire-en-dynamique": "Le territoire est engagé dans une dynamique d’alliances",
    "pratiques-partenariales": "Engagés dans des partenariats",
    "categories-partenariat": "Formes de partenariat",
    "partenaires": "Partenaires des associations",
    "echelons-partenariat": "Échelons des partenariats",
    "effets-partenariats": "Effets des partenariats",
}

#: The highest note.
HIGHEST_NOTE = 10.0

Origin = Literal["published", "imported", "demonstration"]


class Actor(StrEnum):
    """Who answers; the value is the word used in addresses, files and the API."""

    CITIZENS = "citoyens"
    MAYORS = "maires"
    LEADERS = "dirigeants"
    ASSOCIATIONS = "associations"
    FOUNDATIONS = "fondations"


ACTOR_LABELS: dict[Actor, str] = {
    Actor.CITIZENS: "citoyens",
    Actor.MAYORS: "maires et élus locaux",
    Actor.LEADERS: "dirigeants d’entreprise",
    Actor.ASSOCIATIONS: "responsables associatifs",
    Actor.FOUNDATIONS: "fondations",
}


class Unit(StrEnum):
    """The scale of an answer; two units are never compared."""

    NOTE = "note-10"
    SHARE = "pourcentage"
    RANK = "rang"


UNIT_LABELS: dict[Unit, str] = {
    Unit.NOTE: "note sur 10",
    Unit.SHARE: "% des réponses",
    Unit.RANK: "rang",
}

#: The word that follows a value of the unit, for `formats.with_unit`, and the decimals shown.
UNIT_SUFFIXES: dict[Unit, str] = {Unit.NOTE: "/10", Unit.SHARE: "%", Unit.RANK: ""}
UNIT_DECIMALS: dict[Unit, int] = {Unit.NOTE: 1, Unit.SHARE: 0, Unit.RANK: 0}


class Certainty(StrEnum):
    """How closely a published figure was checked against the text that publishes it."""

    VERBATIM = "mot-pour-mot"
    EXCERPT = "extrait"


CERTAINTY_LABELS: dict[Certainty, str] = {
    Certainty.VERBATIM: "relevé mot pour mot dans le document",
    Certainty.EXCERPT: "relevé dans un extrait de la page, à relire à la source avant de citer",
}


@dataclass(frozen=True, slots=True)
class Perception:
    """One figure of one survey.

    `actor` is None when the respondents published are not one of the five actors; `code` is None when the area
    published is not a territory of today ("PACA + Corse"): `area` and `respondents` always keep the published
    words. `domain` is an id of `fragilities.DOMAINS`, None outside the question `FRAGILITIES`. `value` is NaN
    when `status` is `Status.SECRET`. `low` and `high` are the interval at 95 %, None when the base is unknown or
    for a rank. `certainty` is that of a published figure, `wording` its unit as published: "% de citations" and
    "% des habitants" are two shares that are not compared.
    """

    wave: str
    year: int
    programme: str
    question: str
    actor: Actor | None
    respondents: str
    level: Level
    code: str | None
    area: str
    stratum: Stratum | None
    domain: str | None
    label: str
    value: float
    unit: Unit
    base: int | None
    low: float | None
    high: float | None
    status: Status
    representative: str
    source: str
    url: str
    note: str
    origin: Origin
    certainty: Certainty | None = None
    wording: str = ""

    @property
    def simulated(self) -> bool:
        """Whether the figure is invented for the demonstration."""
        return self.status == Status.SIMULATED

    @property
    def shown(self) -> bool:
        """Whether there is a value to show."""
        return self.status != Status.SECRET and math.isfinite(self.value)

    @property
    def interval(self) -> tuple[float, float] | None:
        """The interval at 95 %, in the unit of the value."""
        return None if self.low is None or self.high is None else (self.low, self.high)


def interval(
    value: float, unit: Unit, base: float | None, deviation: float | None = None
) -> tuple[float, float] | None:
    """Return the interval at 95 % of a `value` known from `base` answers, in the unit of the value.

    A percentage has Wilson's interval, which never leaves 0–100. A note has value ± 1.96 × deviation / √base,
    kept within 0–10; without a published standard `deviation`, the largest that a mean of `value` allows,
    √(value × (10 − value)), so the interval is then at its widest. `base` may be an effective size.

    None for a rank, an unknown base, or a value that is not finite.
    """
    if base is None or base <= 0 or unit == Unit.RANK or not math.isfinite(value):
        return None
    if unit == Unit.SHARE:
        return wilson(value / 100, base)
    spread = math.sqrt(max(value * (HIGHEST_NOTE - value), 0.0)) if deviation is None else deviation
    half = Z * spread / math.sqrt(base)
    return max(0.0, value - half), min(HIGHEST_NOTE, value + half)


def wilson(share: float, base: float) -> tuple[float, float]:
    """Return Wilson's interval at 95 % of a `share` (0–1) known from `base` answers (> 0), in per cent."""
    square = Z * Z
    centre = (share + square / (2 * base)) / (1 + square / base)
    half = Z * math.sqrt(share * (1 - share) / base + square / (4 * base * base)) / (1 + square / base)
    return max(0.0, 100 * (centre - half)), min(100.0, 100 * (centre + half))


def close(a: Perception, b: Perception) -> bool:
    """Return whether two figures are "proches": the same unit and wording, and intervals that overlap.

    An unknown interval is the value alone, so two figures without any margin are close only when equal.
    """
    if a.unit != b.unit or a.wording != b.wording or not (a.shown and b.shown):
        return False
    low_a, high_a = a.interval or (a.value, a.value)
    low_b, high_b = b.interval or (b.value, b.value)
    return low_a <= high_b and low_b <= high_a
