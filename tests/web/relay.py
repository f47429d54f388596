"""An installation that received a list with contacts: what the tests of the relay and of privacy share."""

from __future__ import annotations

from pathlib import Path

from territoires.catalysts.changing import put_list
from territoires.catalysts.holding import Contact
from territoires.catalysts.records import COLUMNS

EMAIL, PHONE = "secretariat.prive@alliance-du-bocage.example", "05 49 12 34 56"
WRITER = {
    "name": "Camille Exemple",
    "email": "camille@exemple.example",
    "message": "Bonjour, parlons de mobilité.",
}


def row(id: str, **cells: str) -> dict[str, str]:
    """Return a canonical row."""
    return dict.fromkeys(COLUMNS, "") | {
        "id": id, "name": "Alliance du Bocage", "kind": "association", "profile": "associations", "town": "Bressuire",
        "commune": "79049", "domains": "mobilite | sante", "website": "https://alliance-du-bocage.example",
        "presentation": "<b>Alliance</b> <script>alert(1)</script>", **cells,
    }  # fmt: skip


def install(state: Path) -> None:
    """Import two organisations, one of them with a contact."""
    rows = [row("alliance"), row("sans-contact", name="Sans contact")]
    put_list(state, rows, {"alliance": Contact(EMAIL, PHONE)}, who="test", file="liste.csv")
