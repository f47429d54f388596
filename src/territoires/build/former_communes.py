"""The codes of communes that merged → the commune that holds their land today: `former_communes.csv`.

Reads `data/communes.json` of the npm package `@etalab/decoupage-administratif` 6.0.0 (Code officiel géographique at
1 January 2026; INSEE, Licence Ouverte): the former codes of each commune, the delegated and associated communes
with their seat, and the arrondissements of Paris, Lyon and Marseille. A code that two communes claim is left out.

Run by `python -m territoires.build.former_communes FILE`.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from territoires.catalysts.former import COLUMNS, FILE
from territoires.config import read_settings

CURRENT, DISTRICT = "commune-actuelle", "arrondissement-municipal"


def former(entries: Iterable[dict[str, Any]], shipped: frozenset[str]) -> list[dict[str, str]]:
    """Return a row per former code, in code order; `shipped` are the codes of today's communes."""
    claims: dict[str, set[str]] = {}
    names: dict[str, str] = {}
    for entry in entries:
        code = entry["code"]
        if entry["type"] == CURRENT:
            for old in entry.get("anciensCodes", ()):
                claims.setdefault(old, set()).add(code)
            continue
        names.setdefault(code, entry["nom"])
        claims.setdefault(code, set()).add(entry["commune" if entry["type"] == DISTRICT else "chefLieu"])
    return [
        {"code": code, "becomes": becomes, "name": names.get(code, "")}
        for code, (becomes, *others) in sorted((code, sorted(found)) for code, found in claims.items())
        if code not in shipped and becomes in shipped and not others
    ]


def main(path: Path) -> None:
    """Write the file from the package's `communes.json`."""
    entries = json.loads(path.read_text(encoding="utf-8"))
    settings = read_settings()
    shipped = frozenset(
        entry["code"] for entry in entries if entry["type"] == CURRENT and "population" in entry
    )
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(former(entries, shipped))
    (settings.data / FILE).write_text(buffer.getvalue(), encoding="utf-8", newline="")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
