"""Give each row of a list its commune: by its code, else by its name and département, else by its coordinates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from territoires.catalysts.bringing import coordinate
from territoires.catalysts.columns import TITLES
from territoires.catalysts.former import Former
from territoires.catalysts.locating import Locator, Point
from territoires.imports.problems import Report
from territoires.model.levels import Level

#: How far (degrees, some five kilometres) coordinates may be from the commune that the row names.
MARGIN = 0.05

#: What looks like the code of a commune, its first zero lost or not.
CODE = re.compile(r"\d{4,5}|2[ABab]\d{3}")

#: Communes named in a message.
MOST_NAMED = 5


@dataclass
class Placing:
    """Places rows one after the other; those that only have coordinates are placed together by `finish`."""

    locator: Locator
    report: Report
    #: Rows waiting for the outlines: (row number, cells, point).
    waiting: list[tuple[int, dict[str, str], Point]] = field(default_factory=list)

    def place(self, number: int, row: dict[str, str]) -> None:
        """Fill `commune`, `town`, `departement`, `region`, `lon`, `lat` of a row, or say what is wrong."""
        point = self._point(number, row)
        departement = self._departement(number, row)
        row["departement"] = row["region"] = ""
        if row["commune"] and not row["town"] and not CODE.fullmatch(row["commune"]):
            # A column "Commune" that holds names.
            row["town"], row["commune"] = row["commune"], ""
        if row["commune"]:
            self._by_code(number, row)
        elif row["town"]:
            self._by_name(number, row, departement)
        elif point is not None:
            self.waiting.append((number, row, point))
            return
        elif not (row["lon"] or row["lat"]):
            self.report.add(
                number, None, "aucun lieu",
                "le code de la commune, ou son nom et son département, ou une longitude et une latitude",
            )  # fmt: skip
        if point is not None and row["commune"] and row["commune"] in self.locator.communes:
            if not self.locator.near(row["commune"], point, MARGIN):
                self._far(number, row, point)
            elif coordinates_of_commune(self.locator, row["commune"]) == (row["lon"], row["lat"]):
                # The point of the commune, which an export in GeoJSON gives to what has no point of its own.
                row["lon"] = row["lat"] = ""

    def _departement(self, number: int, row: Mapping[str, str]) -> str | None:
        cell = row["departement"]
        if not cell:
            return None
        code = self.locator.parent(Level.DEPARTEMENT, cell)
        if code is None:
            self.report.add(
                number,
                "departement",
                f"département inconnu « {cell[:40]} »",
                "un code ou un nom de département",
            )
        return code

    def _by_code(self, number: int, row: dict[str, str]) -> None:
        found = self.locator.code(row["commune"])
        if found is None:
            self.report.add(
                number, TITLES["commune"], f"code inconnu « {row['commune'][:20]} »",
                "le code officiel géographique d’une commune (5 caractères)",
                "Un code postal n’est pas un code de commune",
            )  # fmt: skip
            return
        self._settle(number, row, *found)

    def _by_name(self, number: int, row: dict[str, str], departement: str | None) -> None:
        if departement is None and row.get("departement"):
            return
        found = self.locator.named(row["town"], departement)
        if len(found) == 1:
            self._settle(number, row, *found[0])
            return
        where = f" dans le département {departement}" if departement else ""
        if not found:
            self.report.add(
                number, TITLES["town"], f"aucune commune « {row['town'][:60]} »{where}",
                "le nom officiel d’une commune, ou son code",
            )  # fmt: skip
            return
        codes = ", ".join(code for code, _ in found[:MOST_NAMED]) + ("…" if len(found) > MOST_NAMED else "")
        self.report.add(
            number, TITLES["town"], f"{len(found)} communes « {row['town'][:60]} »{where} ({codes})",
            "une seule commune", "Ajouter le département, ou le code de la commune",
        )  # fmt: skip

    def _settle(self, number: int, row: dict[str, str], code: str, merged: Former | None) -> None:
        """Give a row its commune; a merged commune is said in the report and noted in the record."""
        name = self.locator.communes.get(code).name
        if merged is not None:
            former = f"{merged.name} ({merged.code})" if merged.name else merged.code
            said = f"Commune {former} réunie à {name} ({code})"
            self.report.remark(f"Ligne {number} : {said[0].lower()}{said[1:]}.")
            if said not in row["note"]:
                row["note"] = f"{row['note']}. {said}" if row["note"] else said
            row["town"] = name
        row["commune"] = code
        row["town"] = row["town"] or name

    def _point(self, number: int, row: dict[str, str]) -> Point | None:
        """Return the coordinates of a row, written anew in it; None where there are none, or not two numbers."""
        if not (row["lon"] or row["lat"]):
            return None
        values: list[float] = []
        for column, limit in (("lon", 180.0), ("lat", 90.0)):
            try:
                value = float(row[column].replace(",", ".").replace("\u2212", "-"))
            except ValueError:
                value = float("nan")
            if not abs(value) <= limit:
                self.report.add(
                    number, TITLES[column], f"« {row[column][:30]} »" if row[column] else "cellule vide",
                    f"des degrés décimaux, de −{limit:g} à {limit:g}",
                )  # fmt: skip
                return None
            values.append(value)
        lon, lat = values
        row["lon"], row["lat"] = coordinate(lon), coordinate(lat)
        return lon, lat

    def _far(self, number: int, row: Mapping[str, str], point: Point) -> None:
        lon, lat = point
        name = self.locator.communes.get(row["commune"]).name
        swapped = self.locator.near(row["commune"], (lat, lon), MARGIN)
        self.report.add(
            number, TITLES["lon"],
            f"le point {lat:.4f} ; {lon:.4f} (latitude ; longitude) n’est pas dans la commune {name}",
            "un point de la commune",
            "La longitude et la latitude sont inversées" if swapped
            else "Corriger les coordonnées ou la commune, ou laisser les coordonnées vides",
        )  # fmt: skip

    def finish(self) -> None:
        """Place the rows that only have coordinates, by one reading of the outlines."""
        if not self.waiting:
            return
        points = [point for _, _, point in self.waiting]
        found = self.locator.around(points)
        lost = [n for n, code in enumerate(found) if code is None]
        swapped = dict(zip(lost, self.locator.around([points[n][::-1] for n in lost]), strict=True))
        for n, ((number, row, (lon, lat)), code) in enumerate(zip(self.waiting, found, strict=True)):
            if code is not None:
                self._settle(number, row, code, None)
                continue
            other = swapped[n]
            self.report.add(
                number, TITLES["lon"],
                f"le point {lat:.4f} ; {lon:.4f} (latitude ; longitude) est en mer ou hors de France",
                "un point dans une commune de France (métropole, Guadeloupe, Martinique, Guyane, La Réunion, Mayotte)",
                f"La longitude et la latitude sont inversées : ce serait à {self.locator.communes.get(other).name}"
                if other else "Corriger les coordonnées, ou donner le code de la commune",
            )  # fmt: skip


def coordinates_of_commune(locator: Locator, code: str) -> tuple[str, str]:
    """Return the longitude and latitude of the point of a commune, as files hold them."""
    lon, lat = locator.communes.get(code).point
    return coordinate(lon), coordinate(lat)
