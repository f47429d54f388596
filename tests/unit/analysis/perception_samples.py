"""Invented survey figures for tests: one line each."""

from __future__ import annotations

from territoires.model.indicators import Status
from territoires.model.levels import Level
from territoires.model.perceptions import Actor, Perception, Unit, interval
from territoires.model.sizes import Stratum
from territoires.store.perceptions import Perceptions


def figure(
    code: str,
    value: float,
    *,
    domain: str = "sante",
    wave: str = "2022",
    actor: Actor = Actor.CITIZENS,
    unit: Unit = Unit.SHARE,
    base: int | None = 100_000,
    status: Status = Status.OK,
    wording: str = "% de citations",
    stratum: Stratum | None = None,
) -> Perception:
    """A figure of one region, known almost exactly unless `base` says otherwise."""
    low, high = interval(value, unit, base) or (None, None)
    return Perception(
        wave=wave,
        year=int(wave),
        programme="Essai",
        question="fragilites",
        actor=actor,
        respondents=actor.value,
        level=Level.REGION,
        code=code,
        area=code,
        stratum=stratum,
        domain=domain,
        label=domain,
        value=value,
        unit=unit,
        base=base,
        low=low,
        high=high,
        status=status,
        representative="",
        source="Essai",
        url="",
        note="",
        origin="published",
        wording=wording,
    )


def surveys(*rows: Perception) -> Perceptions:
    """All the figures of a test."""
    return Perceptions(rows, "essai")
