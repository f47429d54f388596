"""What a sheet says of surveys: perceived fragilities actor by actor, and the dynamics of alliance."""

from __future__ import annotations

from dataclasses import dataclass

from territoires.model.fragilities import Domain


@dataclass(frozen=True, slots=True)
class Felt:
    """What one kind of actors says of one domain.

    `value` with its `unit` ("/10", "%"), its interval (None where not computed), the number of answers, and
    the rank among regions (0: not ranked). `text` is the value in words, `simulated` its mark.
    """

    actor: str
    value: float
    text: str
    unit: str
    low: float | None
    high: float | None
    base: int | None
    rank: int
    ranked: int
    simulated: bool
    source: str


@dataclass(frozen=True, slots=True)
class FeltDomain:
    """One domain: what each kind of actors says, and the reading beside the objective alerts.

    `reading` is "partagée", "ressentie", "silencieuse", "contenue", or "" with `why` saying why it is not told.
    """

    domain: Domain
    felt: tuple[Felt, ...]
    reading: str
    why: str
    perceived_rank: int
    objective_rank: int
    ranked: int


@dataclass(frozen=True, slots=True)
class Perceived:
    """The perceived fragilities of a region; `area` is the territory surveyed, `wave` its survey.

    `absence` is "" or says what is not published; then `domains` is empty.
    """

    area: str
    wave: str
    actors: tuple[str, ...]
    domains: tuple[FeltDomain, ...]
    absence: str
    rule: str
    source: str
    simulated: bool


@dataclass(frozen=True, slots=True)
class AllianceFigure:
    """One published figure: its words, value, year, who was asked, and its source."""

    label: str
    text: str
    area: str
    year: int
    respondents: str
    source: str
    url: str
    simulated: bool


@dataclass(frozen=True, slots=True)
class Alliance:
    """Published figures about alliances, those of the territory first."""

    figures: tuple[AllianceFigure, ...]
    simulated: bool
