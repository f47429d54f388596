"""Open the surveys: what is published, what this installation imported, and the demonstration.

Three files of one shape (`COLUMNS`): `data/perceptions/published.csv`, `<state>/perceptions/current.csv` (see
`territoires.imports`) and `data/perceptions/demonstration.csv`. A folder or a file that is absent holds nothing.
A published or imported figure replaces the simulated one that answers the same question (`key`). An imported one
never replaces a published one: both are kept, each with its source. Of several published figures for one question
the preferred one comes first, and the notes of all say that they conflict.
"""

from __future__ import annotations

import csv
import hashlib
import io
import math
import sys
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cached_property, partial
from pathlib import Path

from territoires.errors import DataError
from territoires.model.indicators import Status
from territoires.model.levels import Level
from territoires.model.perceptions import FRAGILITIES, Actor, Certainty, Origin, Perception, Unit, interval
from territoires.model.sizes import Stratum
from territoires.store.live import Live
from territoires.store.manifest import REBUILD

FOLDER = "perceptions"
PUBLISHED, DEMONSTRATION, CURRENT = "published.csv", "demonstration.csv", "current.csv"

#: The columns of a file of perceptions, in order.
COLUMNS: tuple[str, ...] = tuple(field.name for field in fields(Perception) if field.name != "origin")

STATUSES: dict[str, Status] = {each.word: each for each in (Status.OK, Status.SECRET, Status.SIMULATED)}

#: What to do about a file that cannot be read.
REMEDIES: dict[Origin, str] = {
    "published": REBUILD,
    "imported": "Remettre previous.csv à sa place, ou importer de nouveau l’enquête",
    "demonstration": "Rétablir le fichier d’origine, ou le refaire (territoires demonstration perceptions)",
}

Key = tuple[object, ...]


def key(row: Perception) -> Key:
    """Return what a figure answers: two rows of the same key are two answers to one question."""
    place = row.code or row.area
    return (
        row.wave, row.question, row.actor or row.respondents, row.level, place, row.stratum,
        row.domain or row.label, row.unit,
    )  # fmt: skip


@dataclass(frozen=True)
class Perceptions:
    """All figures known: published first, then imported, then simulated, each in the order of its file.

    `version` is the hash of the files read, for caches.
    """

    rows: tuple[Perception, ...]
    version: str

    @cached_property
    def waves(self) -> tuple[str, ...]:
        """The waves of the question about fragilities, oldest first."""
        return self.waves_of(FRAGILITIES)

    def waves_of(self, question: str) -> tuple[str, ...]:
        """Return the waves in which a question was asked, oldest first."""
        return tuple(sorted({row.wave for row in self.rows if row.question == question}))

    @cached_property
    def actors(self) -> tuple[Actor, ...]:
        """The actors who answered, in the order of `Actor`."""
        present = {row.actor for row in self.rows}
        return tuple(actor for actor in Actor if actor in present)

    @cached_property
    def has_simulated(self) -> bool:
        """Whether a row is simulated."""
        return any(row.simulated for row in self.rows)

    @cached_property
    def _real(self) -> Perceptions:
        return Perceptions(tuple(row for row in self.rows if not row.simulated), f"{self.version}-sans")

    def without_simulated(self) -> Perceptions:
        """Return the same without any simulated row."""
        return self._real if self.has_simulated else self

    @cached_property
    def _by_question(self) -> dict[tuple[str, str, Level], tuple[Perception, ...]]:
        groups: dict[tuple[str, str, Level], list[Perception]] = {}
        for row in self.rows:
            groups.setdefault((row.question, row.wave, row.level), []).append(row)
        return {group: tuple(found) for group, found in groups.items()}

    def select(
        self,
        *,
        question: str | None = None,
        actor: Actor | None = None,
        domain: str | None = None,
        wave: str | None = None,
        level: Level | None = None,
        code: str | None = None,
        stratum: Stratum | None = None,
        all_strata: bool = False,
    ) -> tuple[Perception, ...]:
        """Return the rows that match every filter given; a filter left out keeps everything.

        `stratum` is the exception: left out, it keeps the figures of a territory as a whole, because those of its
        strata repeat them; `all_strata` keeps both.
        """
        if question is not None and wave is not None and level is not None:
            pool: Iterable[Perception] = self._by_question.get((question, wave, level), ())
        else:
            pool = self.rows
        return tuple(
            row
            for row in pool
            if (question is None or row.question == question)
            and (actor is None or row.actor == actor)
            and (domain is None or row.domain == domain)
            and (wave is None or row.wave == wave)
            and (level is None or row.level == level)
            and (code is None or row.code == code)
            and (all_strata or row.stratum == stratum)
        )


def open_perceptions(data: Path, state: Path, *, demonstration: bool) -> Perceptions:
    """Read the surveys of the shipped folder `data` and of the installation's folder `state`.

    Without `demonstration` the simulated file is not even opened. `DataError` names a file that cannot be read,
    and refuses a simulated row anywhere but in the demonstration.
    """
    hashed = hashlib.sha256()
    published = _read(data / FOLDER / PUBLISHED, "published", hashed)
    imported = _read(state / FOLDER / CURRENT, "imported", hashed)
    simulated: list[Perception] = []
    if demonstration:
        answered = {key(row) for row in (*published, *imported)}
        invented = _read(data / FOLDER / DEMONSTRATION, "demonstration", hashed)
        simulated = [row for row in invented if key(row) not in answered]
    return Perceptions((*published, *imported, *simulated), hashed.hexdigest())


class LivePerceptions(Live[Perceptions]):
    """The surveys of a server that is running: opened again when an import has changed them."""

    def __init__(self, data: Path, state: Path, *, demonstration: bool) -> None:
        super().__init__(
            (state / FOLDER / CURRENT,), partial(open_perceptions, data, state, demonstration=demonstration)
        )


def read_imported(state: Path) -> list[Perception]:
    """Return what this installation imported, none when it imported nothing; `DataError` if it cannot be read."""
    return _read(state / FOLDER / CURRENT, "imported", hashlib.sha256())


def format_rows(rows: Iterable[Perception]) -> str:
    """Return rows as the text of a file of perceptions; numbers are written in full."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_cell(getattr(row, column)) for column in COLUMNS] for row in rows)
    return buffer.getvalue()


def _cell(value: object) -> str:
    """Return the text of a field; empty for what is unknown."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, Status):
        return value.word
    return repr(value) if isinstance(value, float) else str(value)


def _read(path: Path, origin: Origin, hashed: hashlib._Hash) -> list[Perception]:
    """Return the rows of a file, none when it is absent."""
    name = f"{path.parent.name}/{path.name}"
    try:
        content = path.read_bytes()
        hashed.update(origin.encode() + content)
        lines = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
        # The same words come back in thousands of rows: each is held once.
        rows = [_row({name: sys.intern(cell) for name, cell in line.items()}, origin) for line in lines]
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError, csv.Error) as error:
        raise DataError(f"Fichier illisible : {name} ({error}). {REMEDIES[origin]}.") from error
    if any(row.simulated != (origin == "demonstration") for row in rows):
        raise DataError(
            f"Fichier altéré : une ligne de {name} n’a pas le statut attendu. {REMEDIES[origin]}."
        )
    return rows


def _row(line: dict[str, str], origin: Origin) -> Perception:
    """Return one typed row; `ValueError` or `KeyError` for a cell that is not acceptable."""
    unit = Unit(line["unit"])
    value = float(line["value"]) if line["value"] else math.nan
    base = int(line["base"]) if line["base"] else None
    bounds = (float(line["low"]), float(line["high"])) if line["low"] else interval(value, unit, base)
    low, high = bounds or (None, None)
    return Perception(
        wave=line["wave"],
        year=int(line["year"]),
        programme=line["programme"],
        question=line["question"],
        actor=Actor(line["actor"]) if line["actor"] else None,
        respondents=line["respondents"],
        level=Level(line["level"]),
        code=line["code"] or None,
        area=line["area"],
        stratum=Stratum(line["stratum"]) if line["stratum"] else None,
        domain=line["domain"] or None,
        label=line["label"],
        value=value,
        unit=unit,
        base=base,
        low=low,
        high=high,
        status=STATUSES[line["status"]],
        representative=line["representative"],
        source=line["source"],
        url=line["url"],
        note=line["note"],
        origin=origin,
        certainty=Certainty(line["certainty"]) if line["certainty"] else None,
        wording=line["wording"],
    )
