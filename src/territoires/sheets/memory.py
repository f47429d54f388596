"""Give memory back to the system after sheets were made.

Two things keep what a compilation took. Typst remembers parts of the last ten documents, in case the next one holds the
same (`comemo`, about 20 MB a sheet; two sheets share little, so nothing is lost by forgetting): documents without
content make it forget. The C library keeps what was freed, arena by arena: glibc gives it back when asked
(malloc_trim(3)).
"""

from __future__ import annotations

import ctypes
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

NOTHING = Path(__file__).with_name("nothing.typ")

#: Documents after which Typst has forgotten everything about those before.
AGES = 11

#: `M_ARENA_MAX` of mallopt(3).
ARENAS = -8


def give_back() -> bool:
    """Forget the last layouts and give freed memory back; False where the C library cannot (musl, macOS)."""
    for _ in range(AGES):
        _nothing().compile(format="pdf")
    library = _library()
    return library is not None and hasattr(library, "malloc_trim") and library.malloc_trim(0) == 1


def few_arenas(most: int = 2) -> bool:
    """Let the threads of this process share `most` arenas, before they start: each arena keeps its own freed memory."""
    library = _library()
    return library is not None and hasattr(library, "mallopt") and library.mallopt(ARENAS, most) == 1


@lru_cache(maxsize=1)
def _nothing() -> typst.Compiler:
    """Return the compiler of a document without content, hence without a font."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[])
    return typst.Compiler(str(NOTHING), root=str(NOTHING.parent), font_paths=fonts, ignore_system_fonts=True)


@lru_cache(maxsize=1)
def _library() -> Any:
    """Return the C library of this process, or None where it has no name to be found by."""
    try:
        return ctypes.CDLL(None)
    except (OSError, TypeError):
        return None
