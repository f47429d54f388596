"""The worksheets of a sheet beside its indicators: alerts, surveys, alliances, organisations, sizes, sentences."""

from __future__ import annotations

from typing import Any

from territoires.model.fragilities import DOMAINS
from territoires.model.indicators import STATUS_LABELS, Status
from territoires.sheets.sheet import Sheet
from territoires.sheets.wording import short_size, tied
from territoires.sheets.worksheet import Cell, Worksheet

SIMULATED = STATUS_LABELS[Status.SIMULATED]
PUBLISHED = STATUS_LABELS[Status.OK]


def write_alerts(book: Any, formats: dict[str, Any], sheet: Sheet) -> None:
    """Write the 16 domains at a glance: indicators in alert, inhabitants of communes in alert by size."""
    found = sheet.overview
    if found is None:
        return
    page = Worksheet(book, "Alertes", formats)
    sizes = [each.stratum for each in found.rows[0].sizes]
    names = ["ensemble" if each is None else f"{short_size(each)} hab." for each in sizes]
    heads = [f"Habitants en alerte, {name}, %" for name in names] + [f"France, {name}, %" for name in names]
    page.head(
        [
            "Critère",
            "Domaine",
            "Indicateurs en alerte",
            "Indicateurs connus",
            *heads,
            "Ressenti",
            "Règle",
            "Source",
        ],
        [18, 36, 12, 12, *([14] * len(heads)), 14, 60, 44],
    )
    for row in found.rows:
        cells: list[Cell] = [
            (row.domain.criterion.value, "text"),
            (tied(row.domain.label), "text"),
            (row.alerts, "0"),
            (row.known, "0"),
        ]
        cells += [(each.here, "1") for each in row.sizes] + [(each.france, "1") for each in row.sizes]
        felt = f"{row.felt} ({SIMULATED})" if row.felt and sheet.simulated else row.felt
        page.row([*cells, (felt, "text"), (found.rule, "text"), (found.source, "text")])


def write_sections(book: Any, formats: dict[str, Any], sheet: Sheet) -> None:
    """Write a worksheet for each section that the sheet has."""
    for write in (_sizes, _perceived, _alliance, _network, _quotes):
        write(book, formats, sheet)


def _sizes(book: Any, formats: dict[str, Any], sheet: Sheet) -> None:
    """Write what differs most between the sizes of communes."""
    if sheet.size_effect is None:
        return
    page = Worksheet(book, "Effet de taille", formats)
    page.head(
        ["Domaine", "Identifiant", "Indicateur", "Unité", "Taille des communes", "Valeur", "Statut",
         "Taille la plus fragile", "Source"],
        [30, 20, 44, 18, 24, 12, 20, 14, 40],
    )  # fmt: skip
    labels = {domain.id: tied(domain.label) for domain in DOMAINS}
    for row in sheet.size_effect.rows:
        indicator = row.line.indicator
        style = str(min(indicator.decimals, 4))
        for k, (stratum, reading) in enumerate(zip(sheet.size_effect.strata, row.readings, strict=True)):
            page.row(
                [
                    (labels[indicator.domain], "text"),
                    (indicator.id, "text"),
                    (tied(indicator.label), "text"),
                    (row.line.unit, "text"),
                    (short_size(stratum), "text"),
                    (reading.value, style),
                    (STATUS_LABELS[reading.status], "text"),
                    ("oui" if k == row.most else "non", "text"),
                    (row.line.source, "text"),
                ]
            )


def _perceived(book: Any, formats: dict[str, Any], sheet: Sheet) -> None:
    """Write every answer with its interval, its base and its status, and the reading of its domain."""
    found = sheet.perceived
    if found is None:
        return
    page = Worksheet(book, "Fragilités perçues", formats)
    page.head(
        ["Domaine", "Acteurs", "Valeur", "Unité", "Statut", "Borne basse, 95 %", "Borne haute, 95 %", "Réponses",
         "Rang de la région", "Régions classées", "Fragilité", "Rang ressenti", "Rang mesuré", "Territoire", "Source"],
        [36, 26, 10, 16, 12, 10, 10, 10, 10, 10, 14, 10, 10, 22, 44],
    )  # fmt: skip
    if found.absence:
        page.row([(found.absence, "text")])
    for row in found.domains:
        for each in row.felt:
            style = "1" if each.unit.startswith("note") else "0"
            page.row(
                [
                    (tied(row.domain.label), "text"),
                    (each.actor, "text"),
                    (each.value, style),
                    (each.unit, "text"),
                    (SIMULATED if each.simulated else PUBLISHED, "text"),
                    (each.low, "2"),
                    (each.high, "2"),
                    (each.base, "0"),
                    (each.rank or None, "0"),
                    (each.ranked if each.rank else None, "0"),
                    (row.reading or row.why, "text"),
                    (row.perceived_rank or None, "0"),
                    (row.objective_rank or None, "0"),
                    (found.area, "text"),
                    (each.source, "text"),
                ]
            )


def _alliance(book: Any, formats: dict[str, Any], sheet: Sheet) -> None:
    """Write the figures about alliances."""
    if sheet.alliance is None:
        return
    page = Worksheet(book, "Alliance", formats)
    page.head(
        ["Chiffre", "Ce qu’il dit", "Territoire", "Année", "Qui répond", "Statut", "Source", "Adresse"],
        [10, 60, 22, 8, 34, 12, 60, 60],
    )
    for each in sheet.alliance.figures:
        page.row(
            [
                (each.text, "text"),
                (each.label, "text"),
                (each.area, "text"),
                (each.year, "plain"),
                (each.respondents, "text"),
                (SIMULATED if each.simulated else PUBLISHED, "text"),
                (each.source, "text"),
                (each.url, "text"),
            ]
        )


def _network(book: Any, formats: dict[str, Any], sheet: Sheet) -> None:
    """Write the counts of organisations, those named in public, and the domains without any."""
    found = sheet.network
    if found is None:
        return
    page = Worksheet(book, "Catalyseurs", formats)
    page.head(
        ["Sujet", "Libellé", "Nombre", "Dont fictifs", "Statut", "Commune", "Source"],
        [24, 46, 10, 10, 22, 24, 40],
    )
    subjects = (("Ensemble", ((found.sentence, found.count, found.fictitious),)),
                ("Par domaine", tuple((each.label, each.count, each.simulated) for each in found.by_domain)),
                ("Par forme", tuple((each.label, each.count, each.simulated) for each in found.by_kind)))  # fmt: skip
    for subject, rows in subjects:
        for label, count, invented in rows:
            status = (
                f"{SIMULATED}, en partie" if 0 < invented < count else SIMULATED if invented else PUBLISHED
            )
            page.row(
                [
                    (subject, "text"), (label, "text"), (count, "0"), (invented, "0"), (status, "text"), ("", "text"),
                    (found.source, "text"),
                ]
            )  # fmt: skip
    for each in found.named:
        page.row(
            [
                ("Nommé publiquement", "text"), (f"{each.name} ({each.kind})", "text"), (None, "0"), (None, "0"),
                (PUBLISHED, "text"), (each.town, "text"), (each.source, "text"),
            ]
        )  # fmt: skip
    for label in found.missing:
        page.row([("En alerte, sans catalyseur", "text"), (label, "text")])


def _quotes(book: Any, formats: dict[str, Any], sheet: Sheet) -> None:
    """Write the sentences ready for a speech."""
    if not sheet.quotes:
        return
    page = Worksheet(book, "À citer", formats)
    page.head(["Phrase", "Source"], [110, 50])
    for each in sheet.quotes:
        page.row([(each.text, "wrapped"), (each.source, "text")])
