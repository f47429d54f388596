"""Typst as every document of this program uses it: one compiler per template and process, the installed faces only.

A compiler keeps its fonts and what it has read of its template from one document to the next. It is not made to be
used by two threads at once: whoever compiles holds the lock of its template.
"""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path

import font_source_sans_pro
import font_source_serif_pro
import typst

from territoires.errors import SheetError

#: The faces embedded, by folder of the installed packages.
FACES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        font_source_sans_pro.font_directory,
        ("SourceSansPro-Regular", "SourceSansPro-It", "SourceSansPro-Semibold", "SourceSansPro-Bold"),
    ),
    (
        font_source_serif_pro.font_directory,
        ("SourceSerifPro-Regular", "SourceSerifPro-It", "SourceSerifPro-Semibold"),
    ),
)


@lru_cache(maxsize=4)
def compiler(template: Path) -> typst.Compiler:
    """Return the compiler of `template` in this process; its root is the folder of the template.

    Raises `SheetError` where a face is missing from the installed packages.
    """
    with tempfile.TemporaryDirectory(prefix="territoires-faces-") as folder:
        for source, names in FACES:
            for name in names:
                (Path(folder) / f"{name}.otf").symlink_to(Path(source) / f"{name}.otf")
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
        found = len(fonts.fonts())
        expected = sum(len(names) for _, names in FACES)
        if found != expected:
            raise SheetError(f"Polices de la fiche : {found} trouvées, {expected} attendues.")
        return typst.Compiler(
            str(template), root=str(template.parent), font_paths=fonts, ignore_system_fonts=True
        )
