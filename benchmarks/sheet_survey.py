"""Every region in every size, and a sample of the other levels: are all their PDFs what they should be?

`python -m benchmarks.sheet_survey` prints what is wrong with each sheet, then the counts. It takes minutes: the tests
look at a few of these sheets only. `--only 8` looks at so many of each level, `--piece 2/4` at the second quarter.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np

from benchmarks.printed import PAGES, Examination, examine
from territoires.catalysts.directory import open_directory
from territoires.config import read_settings
from territoires.errors import SheetError
from territoires.model.levels import Level
from territoires.model.sizes import Stratum
from territoires.sheets.batch import every_scope
from territoires.sheets.content import compose
from territoires.sheets.pdf import render_pdf
from territoires.store.perceptions import open_perceptions
from territoires.store.store import Store, open_store

#: Territories drawn at each level but the regions, always the same.
DRAWN = {Level.EPCI: 20, Level.DEPARTEMENT: 10, Level.COMMUNE: 20}

Chosen = tuple[Level, str, tuple[Stratum, ...]]


def chosen(store: Store, most: int | None = None) -> Iterator[Chosen]:
    """Give the sheets to examine: the regions in all their sizes, then a draw of the other levels."""
    for code in store.territories(Level.REGION).codes[:most]:
        for strata in every_scope():
            yield Level.REGION, code, strata
    draw = np.random.default_rng(7)
    for level, count in DRAWN.items():
        codes = store.territories(level).codes
        for position in sorted(draw.choice(len(codes), count, replace=False))[:most]:
            yield level, codes[position], ()


def piece(words: str) -> tuple[int, int]:
    """Return which of how many pieces `words` name: "2/4" is the second of four."""
    which, of = (int(each) for each in words.split("/"))
    if not 1 <= which <= of:
        raise ValueError(words)
    return which, of


def tagged(content: bytes) -> bool | None:
    """Return what `pdfinfo` says of the tags; None where it is not installed."""
    program = shutil.which("pdfinfo")
    if program is None:
        return None
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        Path(file.name).write_bytes(content)
        said = subprocess.run([program, file.name], capture_output=True, text=True, check=True).stdout
    return any(line.split() == ["Tagged:", "yes"] for line in said.splitlines())


def main() -> None:
    """Examine and print; fail where a sheet does not compile."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", type=int, default=None)
    parser.add_argument("--piece", type=piece, default=(1, 1))
    asked = parser.parse_known_args()[0]
    first, step = asked.piece
    settings = read_settings()
    store = open_store(settings.data, settings.geodata, settings.cache)
    survey = open_perceptions(settings.data, settings.state, demonstration=True)
    directory = open_directory(settings.data, settings.state, store, demonstration=True)
    found: list[Examination] = []
    counts: Counter[str] = Counter()
    pages: Counter[int] = Counter()
    for level, code, strata in islice(chosen(store, asked.only), first - 1, None, step):
        name = f"{level.value} {code} {'+'.join(strata) or 'toutes'}"
        counts["sheets"] += 1
        try:
            content = render_pdf(compose(store, level, code, strata, survey=survey, directory=directory))
        except SheetError as error:
            print(f"{name}: {error}")
            continue
        counts["compiled"] += 1
        seen = examine(content)
        counts["tagged, says pdfinfo"] += bool(tagged(content))
        counts["checker: no rule broken"] += not seen.broken
        counts[f"pages {PAGES[0]}–{PAGES[1]}"] += PAGES[0] <= seen.pages <= PAGES[1]
        counts["headers of tables say all"] += not seen.unnamed
        counts["no text out of its room"] += not seen.outside
        counts["no text over another"] += not seen.overlapping
        counts["read in order, once each"] += not seen.backwards and not seen.unread
        pages[seen.pages] += 1
        found.append(seen)
        for fault in seen.faults:
            print(f"{name}: {fault}")
    for words, count in counts.items():
        print(f"{words:<28}{count:>5}")
    print("pages: " + ", ".join(f"{number} × {count}" for number, count in sorted(pages.items())))
    print(f"heaviest: {max(each.size for each in found) / 1000:.0f} kB")
    assert counts["compiled"] == counts["sheets"]


if __name__ == "__main__":
    main()
