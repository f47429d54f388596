"""The pages of five sheets as pictures, drawn by Typst from what the PDF is made of."""

from __future__ import annotations

from pathlib import Path

from territoires.catalysts.directory import open_directory
from territoires.config import Settings
from territoires.model.levels import Level
from territoires.model.sizes import Stratum
from territoires.sheets.content import compose
from territoires.sheets.pdf import draw_pages
from territoires.store.perceptions import open_perceptions
from territoires.store.store import open_store

#: Dots per inch of the pictures.
RESOLUTION = 72

#: Name of the pictures, territory and sizes.
SHEETS: tuple[tuple[str, Level, str, tuple[Stratum, ...]], ...] = (
    ("fiche-occitanie-2000-20000", Level.REGION, "76", (Stratum.FROM_2000,)),
    ("fiche-la-reunion", Level.REGION, "04", ()),
    ("fiche-ariege", Level.DEPARTEMENT, "09", ()),
    ("fiche-agglo-foix-varilhes", Level.EPCI, "200067791", ()),
    ("fiche-foix", Level.COMMUNE, "09122", ()),
)


def draw_sheets(settings: Settings, folder: Path) -> None:
    """Write `<name>-<page>.png` for every page of every sheet."""
    store = open_store(settings.data, settings.geodata, settings.cache)
    survey = open_perceptions(settings.data, settings.state, demonstration=settings.demonstration)
    directory = open_directory(settings.data, settings.state, store, demonstration=settings.demonstration)
    for name, level, code, strata in SHEETS:
        sheet = compose(store, level, code, strata, survey=survey, directory=directory)
        for number, page in enumerate(draw_pages(sheet, RESOLUTION), start=1):
            (folder / f"{name}-{number}.png").write_bytes(page)
