"""A small sheet made by hand, and the readers of what a PDF holds."""

import io
import re
from dataclasses import replace
from typing import Any

from pypdf import PdfReader

from territoires.model.fragilities import DOMAINS
from territoires.model.indicators import Indicator, Status
from territoires.model.levels import Level
from territoires.model.sizes import Stratum
from territoires.sheets.readings import KeyFigure, Line, Reading, Spread
from territoires.sheets.sheet import DomainSection, LegendEntry, MapSection, Sheet, StratumRow
from tests.samples import indicator

SQUARE = "M10 10l80 0 0 80 -80 0z"


def spread(**changes: Any) -> Spread:
    """Return the dispersion of 40 communes between 1 and 30."""
    made = Spread(Level.COMMUNE, 40, 1.0, 5.0, 8.0, 10.0, 12.0, 15.0, 30.0, ((Status.SECRET, 2),))
    return replace(made, **changes)


def line(of: Indicator | None = None, **changes: Any) -> Line:
    """Return one line: 11,0 here, 9,5 in France, second of 13."""
    made = Line(
        indicator=of or indicator(),
        unit="%",
        source="Institut d’essai, 2022",
        here=Reading(11.0, Status.OK, "11,0", ""),
        france=Reading(9.5, Status.OK, "9,5", ""),
        rank=2,
        ranked=13,
        spread=spread(),
        concerned=None,
        elsewhere=(9.0, 2.0),
        marked=True,
    )
    return replace(made, **changes)


def sheet(name: str = "Région d’essai", **changes: Any) -> Sheet:
    """Return a sheet of one domain and one indicator."""
    own = changes.pop("line", None) or line()
    row = StratumRow(Stratum.FROM_2000, "2 000 à 20 000", 40, 100_000, 60.0, 38.0, True)
    drawn = MapSection(
        own.indicator.label, 100, 100, 500.0, 1, (("seq5-3", SQUARE), ("secret", "M0 0l9 0 0 9z")),
        (("region", SQUARE),), (LegendEntry("seq5-3", "5,0 à 10,0", 38), LegendEntry("secret", "secret", 2)),
        own, f"Carte de {name}.",
    )  # fmt: skip
    made = Sheet(
        level=Level.REGION,
        code="00",
        name=name,
        scope="Communes de 2 000 à 20 000 habitants",
        strata=(Stratum.FROM_2000,),
        release="2026-06",
        version="0123456789ab",
        address="",
        lead=f"40 communes de {name}.",
        key_figures=(KeyFigure("100 000", "habitants"),),
        sizes=(row, replace(row, stratum=None, label="ensemble", chosen=False)),
        sizes_source="Institut d’essai, populations 2023",
        empty="",
        map=drawn,
        most_fragile=(own,),
        least_fragile=(),
        highlights_rule="Règle.",
        domains=(DomainSection(DOMAINS[0], (own,), 1),),
        catalogued=1,
        annex=False,
    )
    return replace(made, **changes)


def squeezed(text: str) -> str:
    """Return `text` without spaces nor signs of division: what two renderings must have in common."""
    return re.sub(r"[\s\u00ad\u202f\u00a0]", "", text)


def pdf_text(content: bytes) -> str:
    """Return the text of a PDF in the order of its content."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def tags(content: bytes) -> list[str]:
    """Return the structure tags of a PDF, in reading order."""
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(node["/S"])
            if "/K" in node:
                walk(node["/K"])

    walk(PdfReader(io.BytesIO(content)).trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found
