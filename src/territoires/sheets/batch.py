"""Sheets by the hundred: what to make, and how one of them is made in a process that opens the store once.

Nothing here knows about processes: `plan` lists the sheets, `make` makes one, `territoires.sheets.cluster` shares them
out. A worker imports this module, hence no web, no table library.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

from territoires.catalysts.directory import Directory, open_directory
from territoires.config import Settings, read_settings
from territoires.errors import TerritoiresError
from territoires.model.levels import Level
from territoires.model.sizes import STRATA, Stratum
from territoires.sheets.content import compose
from territoires.sheets.memory import give_back
from territoires.sheets.pdf import render_pdf
from territoires.sheets.wording import file_name
from territoires.sheets.workbook import render_workbook
from territoires.store.perceptions import Perceptions, open_perceptions
from territoires.store.store import Store, open_store
from territoires.store.territories import Territories

#: Sheets made by a process between two times that memory is given back.
TRIM_EVERY = 8

_made = count(1)


class Format(StrEnum):
    """The files of a sheet."""

    PDF = "pdf"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Order:
    """One file to make: a territory, the sizes of communes (all when empty), and its name in the folder."""

    level: Level
    code: str
    strata: tuple[Stratum, ...]
    format: Format
    file: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What a process reads sheets from; `version` changes when anything on a sheet may, the program included."""

    store: Store
    survey: Perceptions
    directory: Directory
    public: str
    version: str


@dataclass(frozen=True, slots=True)
class Made:
    """A file as it was made: its content, the version it was made from, the seconds it took."""

    content: bytes
    version: str
    seconds: float


@lru_cache(maxsize=1)
def opened(settings: Settings | None) -> Opened:
    """Open what sheets are made from, once per process; without `settings`, those of its own environment."""
    known = settings or read_settings()
    store = open_store(known.data, known.geodata, known.cache)
    survey = open_perceptions(known.data, known.state, demonstration=known.demonstration)
    directory = open_directory(known.data, known.state, store, demonstration=known.demonstration)
    parts = (store.manifest.version, survey.version, directory.version, known.public_url, _program())
    version = blake2b("|".join(parts).encode(), digest_size=12).hexdigest()
    return Opened(store, survey, directory, known.public_url, version)


def _program() -> str:
    """Return a digest of what composes and prints sheets: a file made by another one is made again."""
    digest = blake2b(digest_size=12)
    folder = Path(__file__).parent
    for path in sorted((*folder.glob("*.py"), *folder.glob("*.typ"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def plan(
    territories: Territories,
    codes: Sequence[str],
    scopes: Iterable[tuple[Stratum, ...]],
    formats: Iterable[Format],
) -> list[Order]:
    """Return the files to make: every code (all when none is given), for every scope, in every format.

    Territories whose files would have the same name are told apart by their code. An unknown code is kept: making it
    says so. A commune has one size, so it has one scope.
    """
    level = territories.level
    named = dict(zip(territories.codes, territories.names, strict=True))
    uses = Counter(file_name(name, (), "") for name in territories.names)
    kept = tuple(formats)
    wanted = [()] if level is Level.COMMUNE else list(dict.fromkeys(scopes))
    orders: list[Order] = []
    for code in dict.fromkeys(codes) if codes else territories.codes:
        name = named.get(code, "")
        said = name if uses[file_name(name, (), "")] == 1 else f"{name} {code}"
        orders += [
            Order(level, code, strata, format_, file_name(said, strata, format_.value))
            for strata in wanted
            for format_ in kept
        ]
    return orders


def every_scope() -> list[tuple[Stratum, ...]]:
    """Return all communes together, then each size alone."""
    return [(), *((stratum,) for stratum in STRATA)]


def _address(public: str, order: Order) -> str:
    """Return the public address of a sheet, as the site gives it, or "" where the site has none."""
    if not public:
        return ""
    query = urlencode([("taille", stratum.value) for stratum in order.strata])
    return f"{public}/reperes/{order.level}/{order.code}" + (f"?{query}" if query else "")


def make(order: Order, settings: Settings | None) -> Made:
    """Make one file; `TerritoiresError` where the territory is unknown or the sheet cannot be made."""
    start = time.perf_counter()
    source = opened(settings)
    sheet = compose(
        source.store,
        order.level,
        order.code,
        order.strata,
        annex=order.format is Format.XLSX,
        address=_address(source.public, order),
        survey=source.survey,
        directory=source.directory,
    )
    content = render_pdf(sheet) if order.format is Format.PDF else render_workbook(sheet)
    if next(_made) % TRIM_EVERY == 0:
        give_back()
    return Made(content, source.version, time.perf_counter() - start)


def attempt(order: Order, settings: Settings | None) -> Made | str:
    """Make one file, or return why it cannot be made: what is expected to fail is an answer, not an accident."""
    try:
        return make(order, settings)
    except TerritoiresError as error:
        return str(error)
