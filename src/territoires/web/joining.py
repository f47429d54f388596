"""One file out of the modules or the sheets that it imports, so that a page asks for one and not for forty.

Each file stays as it is written, and is still served on its own; what is joined is what its own import statements
say. Only the forms that our files use are read: `import { a, b as c } from "./other.js";` on one line or several,
`export` before a function, a class or a `const`, and `export { a };`, all at the start of a line; in sheets,
`@import "other.css";`. Anything else is refused when the server starts, with what was found (docs/adr/0027).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

from territoires.errors import DataError

#: Reads a file by its path under the assets; `DataError` if there is none.
Read = Callable[[str], str]

IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.{1,2}/[^"]+\.js)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|class|const) (\w+))", re.MULTILINE)
EXPORT_LIST = re.compile(r"^export \{([\w\s,]*)\};\n?", re.MULTILINE)
UNREAD = re.compile(r"^(?:import|export|await)\b.*|^(?!\s*(?:\*|/)).*\bimport\(.*", re.MULTILINE)
SHEET = re.compile(r'^@import "([^"]+\.css)";\n', re.MULTILINE)

#: An address in a sheet that would lead elsewhere from another folder.
RELATIVE = re.compile(r"""url\(\s*["']?(?!["']|data:|https?:|/|#)""")


def join_modules(entry: str, read: Read) -> str:
    """Return the module `entry` with all that it imports, each module once, in the order of their imports.

    Every module but the entry becomes a function that is called once and gives back what it exports; names
    of one module are thus unknown to the others, as before. `DataError` for an import or an export in a form
    that is not read, for modules that import each other in a circle, and for what `read` refuses.
    """
    order: list[str] = []
    _walk(entry, read, order, ())
    return "".join(
        _module(name, read(name), order, is_entry=name == entry)
        for name in order  # what is imported stands before what imports it
    )


def join_sheets(entry: str, read: Read) -> str:
    """Return the sheet `entry` with each `@import` replaced by the sheet it names.

    `DataError` for a sheet of another folder that holds a relative address, and for what `read` refuses.
    """

    def sheet(found: re.Match[str]) -> str:
        name = _beside(entry, found[1])
        text = join_sheets(name, read)
        if posixpath.dirname(name) != posixpath.dirname(entry) and RELATIVE.search(text):
            raise DataError(
                f"{name} : adresse relative dans une feuille importée d’un autre dossier ({entry})."
            )
        return text

    return SHEET.sub(sheet, read(entry))


def _walk(name: str, read: Read, order: list[str], path: tuple[str, ...]) -> None:
    """Add to `order` the modules that `name` needs, then `name`."""
    if name in path:
        raise DataError(f"Modules qui s’importent en rond : {' → '.join((*path, name))}.")
    if name in order:
        return
    for found in IMPORT.finditer(read(name)):
        _walk(_beside(name, found[2]), read, order, (*path, name))
    order.append(name)


def _beside(name: str, target: str) -> str:
    """Return the path that `target` names when it is written in the file `name`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), target))


def _module(name: str, text: str, order: list[str], *, is_entry: bool) -> str:
    """Return a module as a part of the joined file: a constant named after its place in `order`."""

    def taken(found: re.Match[str]) -> str:
        names = re.sub(r"\s+as\s+", ": ", " ".join(found[1].split()))
        return f"const {{ {names} }} = {_constant(_beside(name, found[2]), order)};\n"

    given = [found[1] for found in EXPORT.finditer(text)]
    for found in EXPORT_LIST.finditer(text):
        given += found[1].replace(",", " ").split()
    body = EXPORT_LIST.sub("", EXPORT.sub("", IMPORT.sub(taken, text)))
    unread = UNREAD.search(body)
    if unread and not (is_entry and unread[0].startswith("await")):
        raise DataError(f"{name} : forme qui ne peut pas être jointe : « {unread[0][:80]} ».")
    if is_entry:
        return f"// {name}\n{body}"
    return f"// {name}\nconst {_constant(name, order)} = (() => {{\n{body}return {{ {', '.join(given)} }};\n}})();\n"


def _constant(name: str, order: list[str]) -> str:
    return f"module{order.index(name)}"
