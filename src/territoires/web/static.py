"""Static files under `/statique/<hash>/…`: the hash changes with any of them, so they are cached for ever.

Only files listed at start are served (assets, MapLibre from its package, font subsets): the path of an
address is a key of a table and never reaches the file system. Files name each other by relative paths, which
stay under the same hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache, partial
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from flask import Blueprint, Response, abort

from territoires.errors import DataError
from territoires.web.encoding import IMMUTABLE, REVALIDATE, Body
from territoires.web.fonts import FACES, FontFiles, recipe
from territoires.web.held import held
from territoires.web.joining import join_modules, join_sheets

TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
}

#: Brotli quality of files that never change: compressed once per worker.
STATIC_QUALITY = 9

MAPLIBRE = ("maplibre-gl.js", "maplibre-gl.css")

#: What a page asks for is served with all that it imports.
ENTRIES = ("carte/entry.js", "catalyseurs/entry.js", "embed.js", "carte/entry.css")

blueprint = Blueprint("static_files", __name__)


class StaticFiles:
    """Every file served, by path; contents are read and compressed when first asked for."""

    def __init__(self, assets: Path, fonts: FontFiles) -> None:
        self._readers: dict[str, Callable[[], bytes]] = {}
        self._bodies: dict[str, Body] = {}
        digest = hashlib.sha256()
        for path in sorted(assets.rglob("*")):
            if path.is_file() and path.suffix in TYPES:
                name = path.relative_to(assets).as_posix()
                self._readers[name] = path.read_bytes
                digest.update(name.encode() + b"\0" + path.read_bytes())
        folder = _maplibre_folder()
        for name in MAPLIBRE:
            self._readers[name] = (folder / name).read_bytes
        for face in FACES:
            self._readers[f"fonts/{face.name}"] = partial(fonts.read, face)
        self._readers |= self._joined()
        digest.update(f"{version('maplibre')} {recipe()}".encode())
        self.hash = digest.hexdigest()[:12]

    def _joined(self) -> dict[str, Callable[[], bytes]]:
        """Return how to read each entry with all that it imports, which is joined now: a fault is seen at start."""

        @cache  # entries share most of their modules
        def read(name: str) -> str:
            if name not in self._readers:
                raise DataError(
                    f"Fichier statique absent : {name}, importé par une entrée ({', '.join(ENTRIES)})."
                )
            return self._readers[name]().decode()

        joined: dict[str, Callable[[], bytes]] = {}
        for entry in ENTRIES:
            if entry in self._readers:
                join = join_sheets if entry.endswith(".css") else join_modules
                joined[entry] = partial(bytes, join(entry, read).encode())
        return joined

    @property
    def names(self) -> tuple[str, ...]:
        """The paths that are served."""
        return tuple(self._readers)

    def url(self, name: str) -> str:
        """Return the address of a file; `DataError` if it is not served (a fault of ours, seen at once)."""
        if name not in self._readers:
            raise DataError(f"Fichier statique absent : {name}. Il devrait être dans assets/.")
        return f"/statique/{self.hash}/{name}"

    def body(self, name: str) -> Body | None:
        """Return the body of a file, or None if it is not served."""
        if name not in self._readers:
            return None
        if name not in self._bodies:
            mimetype = TYPES[Path(name).suffix]
            self._bodies[name] = Body(self._readers[name](), mimetype, STATIC_QUALITY)
        return self._bodies[name]


def _maplibre_folder() -> Path:
    """Return the folder of MapLibre's browser files, without running the package's code."""
    spec = find_spec("maplibre")
    if spec is None or spec.origin is None:
        raise DataError("Paquet absent : maplibre. Installer les dépendances du projet.")
    return Path(spec.origin).parent / "srcjs"


@blueprint.get("/statique/<hash_>/<path:name>")
def static_file(hash_: str, name: str) -> Response:
    """Serve a file; under a hash of another release the present file is served, but not kept."""
    files = held().static
    body = files.body(name)
    if body is None:
        abort(404)
    return body.answer(IMMUTABLE if hash_ == files.hash else REVALIDATE)
