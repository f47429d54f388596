"""The sheet as a web page: the content of `<main>`, readable and printable without any script."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from territoires.sheets.choosing import PER_DOMAIN
from territoires.sheets.presentation import SCREEN, present
from territoires.sheets.sheet import Sheet

TEMPLATES = Path(__file__).with_name("templates")


@dataclass(frozen=True, slots=True)
class SizeLink:
    """A link to the same sheet for other sizes of communes."""

    label: str
    address: str
    communes: str
    current: bool


@dataclass(frozen=True, slots=True)
class Ways:
    """Where a reader goes from a sheet: its files, its annex (or back from it), its other sizes.

    `share` is the address that a button copies, or "".
    """

    pdf: str
    workbook: str
    annex: str
    sizes: tuple[SizeLink, ...]
    share: str = ""


@lru_cache(maxsize=1)
def _template() -> Template:
    """Return the template of the sheet; every text is escaped, an unknown name is an error."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("sheet.html")


def render_html(sheet: Sheet, ways: Ways) -> str:
    """Return the HTML of `sheet`, to be placed in a page; with the annex, every indicator of each domain."""
    content = present(sheet, SCREEN, None if sheet.annex else PER_DOMAIN)
    return _template().render(sheet=content, ways=ways, annex=sheet.annex)
