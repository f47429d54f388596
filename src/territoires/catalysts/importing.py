"""From the list that somebody brings to canonical records: every cell checked, every problem said, all or nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from territoires.analysis.search import normalise
from territoires.catalysts import fields
from territoires.catalysts.bringing import read_list
from territoires.catalysts.columns import CONTACT_COLUMNS, TITLES, recognised
from territoires.catalysts.covering import covered
from territoires.catalysts.holding import Contact
from territoires.catalysts.locating import Locator
from territoires.catalysts.placing import Placing
from territoires.catalysts.records import COLUMNS, SEPARATOR
from territoires.catalysts.words import LEXICONS, MULTIPLE, SEPARATORS, switch
from territoires.imports.problems import Report
from territoires.imports.tables import Table
from territoires.model.catalysts import Kind, Profile

#: Most organisations of a list.
MOST_RECORDS = 100_000

#: The ids of the organisations that are invented: no list may take them.
RESERVED = "demonstration-"

#: Free texts, shown to everybody: no contact stands in them.
TEXTS: tuple[str, ...] = ("id", "name", "town", "presentation", "website", "source", "source_url", "note")

#: Words of a vocabulary named in a message.
MOST_WORDS = 20


@dataclass(frozen=True, slots=True)
class Brought:
    """A list that is in order: canonical `rows`, `contacts` given with consent by id, and what was understood.

    `has_contacts` says whether the file has a column of contacts at all: one without keeps those held.
    """

    rows: tuple[dict[str, str], ...]
    contacts: dict[str, Contact]
    has_contacts: bool
    remarks: tuple[str, ...]


def bring(path: Path, locator: Locator, removed: Collection[str] = ()) -> Brought:
    """Read and check a whole list; `RefusedError` lists every problem, with its row and its column.

    `removed` are the ids of organisations that asked to be taken off: they do not come back with a file.
    """
    table = read_list(path)
    check = _Check(locator, Report(table.name), frozenset(removed))
    for remark in table.remarks:
        check.report.remark(remark)
    return check.run(table)


@dataclass
class _Check:
    """One reading of one list."""

    locator: Locator
    report: Report
    removed: frozenset[str]
    contacts: dict[str, Contact] = field(default_factory=dict)
    without_consent: int = 0

    def run(self, table: Table) -> Brought:
        columns, unknown, repeats = recognised(table.columns)
        for column, first, second in repeats:
            self.report.add(
                1,
                second,
                f"« {first} » et « {second} » désignent la même colonne ({TITLES[column]})",
                "une seule",
            )
        if "name" not in columns.values():
            self.report.add(1, None, "aucune colonne « Nom »", "une colonne du nom de l’organisation")
        if len(table.rows) > MOST_RECORDS:
            self.report.add(None, None, f"{len(table.rows)} lignes", f"au plus {MOST_RECORDS}")
        self.report.refuse()
        if unknown:
            self.report.remark(f"Colonnes ignorées : {', '.join(unknown[:MOST_WORDS])}.")
        placing = Placing(self.locator, self.report)
        rows: list[tuple[int, dict[str, str]]] = []
        for number, row in self._rows(table, columns):
            self._check(number, row)
            placing.place(number, row)
            rows.append((number, row))
        placing.finish()
        self._identify(rows)
        self.report.refuse()
        if self.without_consent:
            self.report.remark(
                f"Contacts sans consentement, ni adresse ni téléphone gardés : {self.without_consent}."
            )
        kept = tuple({column: row[column] for column in COLUMNS} for _, row in rows)
        has_contacts = any(column in columns.values() for column in CONTACT_COLUMNS)
        return Brought(kept, self.contacts, has_contacts, tuple(self.report.remarks))

    def _rows(self, table: Table, columns: dict[int, str]) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield each row with all its columns, those of contacts included; what lacks is empty."""
        for number, cells in table.rows:
            row = dict.fromkeys((*COLUMNS, *CONTACT_COLUMNS), "")
            for position, column in columns.items():
                row[column] = fields.plain(cells[position])
            yield number, row

    def _check(self, number: int, row: dict[str, str]) -> None:
        """Check the cells of a row and write them in their canonical form."""
        for column, cell in row.items():
            if not cell:
                continue
            longest = fields.LONGEST_OF.get(column, fields.LONGEST)
            if column not in MULTIPLE and column != "covers" and len(cell) > longest:
                self.report.add(number, TITLES[column], f"{len(cell)} caractères", f"au plus {longest}")
            if fields.CONTROL.search(cell):
                self.report.add(
                    number, TITLES[column], "un caractère de commande", "un texte sans caractère invisible"
                )
        if not row["name"]:
            self.report.add(number, TITLES["name"], "cellule vide", "le nom de l’organisation")
        for column in LEXICONS:
            row[column] = self._words(number, column, row[column])
        row["kind"] = row["kind"] or Kind.OTHER
        # The network counts catalysts among the "ingénieries", one of the ten profiles.
        row["profile"] = row["profile"] or Profile.ENGINEERING
        row["covers"] = self._covers(number, row["covers"])
        row["near_network"] = "yes" if self._switch(number, "near_network", row["near_network"]) else ""
        self._addresses(number, row)
        self._contact(number, row)
        for column in TEXTS:
            if row[column] and (held := fields.private(row[column])):
                self.report.add(
                    number, TITLES[column], f"{held} dans un texte public", "aucun contact dans cette colonne",
                    "Le mettre dans la colonne Courriel ou Téléphone, avec le consentement",
                )  # fmt: skip

    def _words(self, number: int, column: str, cell: str) -> str:
        if not cell:
            return ""
        lexicon = LEXICONS[column]
        words = SEPARATORS.split(cell) if column in MULTIPLE else [cell]
        found: list[str] = []
        for word in words:
            if not word.strip():
                continue
            known = lexicon.find(word)
            if known is None:
                self.report.add(
                    number, TITLES[column], f"« {word.strip()[:60]} »",
                    f"l’un de : {', '.join(lexicon.labels[:MOST_WORDS])}",
                )  # fmt: skip
            elif known not in found:
                found.append(known)
        return SEPARATOR.join(found)

    def _covers(self, number: int, cell: str) -> str:
        found: list[str] = []
        for word in re.split(r"[|;\n]", cell):
            if not word.strip():
                continue
            territory = covered(word.strip(), self.locator)
            if territory is None:
                self.report.add(
                    number, TITLES["covers"], f"territoire inconnu « {word.strip()[:60]} »",
                    "« epci:200054781 », « département:44 », « région:Bretagne » ou un code d’intercommunalité",
                )  # fmt: skip
            elif territory not in found:
                found.append(territory)
        return SEPARATOR.join(found)

    def _switch(self, number: int, column: str, cell: str) -> bool:
        meant = switch(cell)
        if meant is None:
            self.report.add(number, TITLES[column], f"« {cell[:30]} »", "« oui » ou « non »")
        return bool(meant)

    def _addresses(self, number: int, row: dict[str, str]) -> None:
        for column in ("website", "source_url"):
            if row[column]:
                address = fields.website_of(row[column])
                if address is None:
                    self.report.add(
                        number, TITLES[column], f"« {row[column][:60]} »", "une adresse http:// ou https://"
                    )
                row[column] = address or ""
        if row["verified_on"]:
            day = fields.date_of(row["verified_on"])
            if day is None:
                self.report.add(
                    number,
                    TITLES["verified_on"],
                    f"« {row['verified_on'][:30]} »",
                    "un jour, « 2026-03-09 » ou « 09/03/2026 »",
                )
            row["verified_on"] = day or ""

    def _contact(self, number: int, row: dict[str, str]) -> None:
        """Check a contact; without consent it is dropped here."""
        consent = self._switch(number, "consent", row["consent"])
        if not consent:
            self.without_consent += bool(row["email"] or row["phone"])
            row["email"] = row["phone"] = ""
            return
        # The cell itself is not repeated: a report may be kept, and a contact is nobody else's business.
        if row["email"] and fields.email_of(row["email"]) is None:
            self.report.add(
                number, TITLES["email"], "ce n’est pas une adresse électronique", "« nom@domaine.fr »"
            )
        if row["phone"] and fields.phone_of(row["phone"]) is None:
            self.report.add(number, TITLES["phone"], "ce n’est pas un numéro de téléphone", "6 à 15 chiffres")

    def _identify(self, rows: list[tuple[int, dict[str, str]]]) -> None:
        """Give an id to each row that has none; say which are taken twice, wrong, reserved or removed."""
        seen: dict[str, int] = {}
        for number, row in rows:
            given = bool(row["id"])
            id = (
                row["id"]
                or f"{normalise(row['name'])} {row['commune']}".strip().lower().replace(" ", "-")[:80]
            )
            row["id"] = id
            if not fields.ID.fullmatch(id):
                self.report.add(
                    number,
                    TITLES["id"],
                    f"« {id[:40]} »",
                    "lettres sans accent, chiffres, « - », « _ » ou « . »",
                )
            elif id.startswith(RESERVED):
                self.report.add(
                    number,
                    TITLES["id"],
                    f"« {id[:40]} »",
                    f"un identifiant qui ne commence pas par « {RESERVED} »",
                )
            elif id in self.removed:
                self.report.add(
                    number, TITLES["id"], f"« {id} » a été retiré de l’annuaire", "une organisation qui y consent",
                    "Ôter cette ligne, ou relever le retrait : territoires remove catalyst --undo",
                )  # fmt: skip
            if id.lower() in seen:
                self.report.add(
                    number, TITLES["id"], f"« {id} » est déjà l’identifiant de la ligne {seen[id.lower()]}",
                    "un identifiant par organisation",
                    "" if given else "Ajouter une colonne Identifiant : même nom, même commune",
                )  # fmt: skip
            seen.setdefault(id.lower(), number)
            if row["email"] or row["phone"]:
                self.contacts[id] = Contact(row["email"], row["phone"])
