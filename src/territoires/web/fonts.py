"""The browser's fonts: small woff2 subsets made from the installed font packages, once.

A subset holds Latin letters and French typography (U+202F, U+2019, U+2212, « », œ), kerning and ligatures.
The figures of these faces are of equal width by default. The licence of the faces (SIL OFL 1.1) reserves
their name for unmodified files: a subset is named `Territoires Sans` or `Territoires Serif`.
"""

from __future__ import annotations

import hashlib
import io
import logging
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from territoires.errors import DataError

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Face:
    """One face: the `name` it is served under, the file it comes from, its family."""

    name: str
    package: str
    file: str
    family: str


FACES: tuple[Face, ...] = (
    Face("sans-regular.woff2", "font_source_sans_pro", "SourceSansPro-Regular.ttf", "Territoires Sans"),
    Face("sans-italic.woff2", "font_source_sans_pro", "SourceSansPro-It.ttf", "Territoires Sans"),
    Face("sans-semibold.woff2", "font_source_sans_pro", "SourceSansPro-Semibold.ttf", "Territoires Sans"),
    Face("sans-bold.woff2", "font_source_sans_pro", "SourceSansPro-Bold.ttf", "Territoires Sans"),
    Face("serif-regular.woff2", "font_source_serif_pro", "SourceSerifPro-Regular.ttf", "Territoires Serif"),
    Face("serif-semibold.woff2", "font_source_serif_pro", "SourceSerifPro-Semibold.ttf", "Territoires Serif"),
)

#: Basic Latin, Latin-1, Latin Extended-A, then punctuation, arrows and signs of a French page of figures.
CHARACTERS: frozenset[int] = frozenset(
    {*range(0x20, 0x7F), *range(0xA0, 0x180)}
    | {0x2009, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2022, 0x2026, 0x202F}
    | {0x2030, 0x2032, 0x2033, 0x20AC, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2248, 0x2260, 0x2264, 0x2265}
    | {0x03A3, 0x2070, 0x2080, 0x2081, 0x2082, 0x2083, 0xFFFD}
)
FEATURES = ("kern", "liga", "ccmp", "locl", "mark", "mkmk", "tnum", "lnum")

#: The space of French typography, and the spaces that stand in for it where a face lacks it.
NARROW = 0x202F
STAND_INS = (0x2009, 0x2006, 0x00A0)

#: The records of the name table that hold a family or a full name.
NAME_IDS = (1, 3, 4, 6, 16)


def recipe() -> str:
    """Return what a subset depends on, as a short hash: versions of the packages, characters, features."""
    parts = [f"{face.name}:{face.file}:{version(face.package)}" for face in FACES]
    parts += [str(sorted(CHARACTERS)), *FEATURES, version("fonttools"), str(STAND_INS)]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:12]


def _folder(package: str) -> Path:
    """Return the folder of the files of an installed font package, without running its code."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise DataError(f"Paquet de polices absent : {package}. Installer les dépendances du projet.")
    return Path(spec.origin).parent / "files"


def make_subset(face: Face) -> bytes:
    """Return the woff2 subset of one face (about 0.2 s)."""
    # Needed once per cache: 0.1 s and 11 MB that a worker spares when the subsets are there.
    from fontTools import subset

    options = subset.Options()
    options.flavor = "woff2"
    options.hinting = False
    options.notdef_outline = True
    options.layout_features = list(FEATURES)
    options.name_IDs = [0, 1, 2, 3, 4, 6, 13, 14, 16]
    font = subset.load_font(str(_folder(face.package) / face.file), options)
    with font:
        _adapt(font, face)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=CHARACTERS)
        subsetter.subset(font)
        out = io.BytesIO()
        font.flavor = "woff2"
        font.save(out, reorderTables=False)
    return out.getvalue()


def _adapt(font: TTFont, face: Face) -> None:
    """Give `font` a narrow no-break space where it has none, and the name of its family."""
    for table in font["cmap"].tables:
        if table.isUnicode() and NARROW not in table.cmap:
            table.cmap[NARROW] = next(table.cmap[space] for space in STAND_INS if space in table.cmap)
    for record in font["name"].names:
        if record.nameID in NAME_IDS:
            name = face.family if record.nameID != 6 else face.family.replace(" ", "") + "-" + face.name[:-6]
            record.string = name.encode(record.getEncoding())


class FontFiles:
    """The subsets, made when first asked for and kept in `cache` (in memory where it cannot be written)."""

    def __init__(self, cache: Path | None) -> None:
        # The leading dot sets it apart from the laid-out versions of the data.
        self._folder = cache / f".fonts-{recipe()}" if cache is not None else None
        self._made: dict[str, bytes] = {}
        self._locks = {face.name: Lock() for face in FACES}

    def read(self, face: Face) -> bytes:
        """Return the content of one face."""
        with self._locks[face.name]:
            if face.name not in self._made:
                self._made[face.name] = self._from_cache(face) or self._make(face)
            return self._made[face.name]

    def _from_cache(self, face: Face) -> bytes | None:
        if self._folder is None:
            return None
        try:
            return (self._folder / face.name).read_bytes()
        except OSError:
            return None

    def _make(self, face: Face) -> bytes:
        content = make_subset(face)
        if self._folder is not None:
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as draft:
                    draft.write(content)
                Path(draft.name).rename(self._folder / face.name)
            except OSError as error:
                log.warning("Cache des polices impossible à écrire (%s) : gardées en mémoire.", error)
        return content
