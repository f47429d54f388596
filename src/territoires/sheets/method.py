"""How to read a sheet: the key of the strips, the method in a few lines, the words for what is missing."""

from __future__ import annotations

from territoires.model.formats import NARROW, NO_BREAK, plural
from territoires.model.indicators import Status
from territoires.model.levels import WORDS, Level
from territoires.sheets.sheet import Sheet
from territoires.sheets.wording import month_of


def key_words(level: Level) -> tuple[tuple[str, str], ...]:
    """Return the marks of a strip (see `drawing.draw_key`) and their words."""
    return (
        ("territory", WORDS[level].singular),
        ("france", "France"),
        ("median", "commune médiane"),
        ("half", "la moitié des communes"),
        ("most", "huit communes sur dix"),
        ("all", "de la plus basse à la plus haute"),
    )


def method_paragraphs(sheet: Sheet) -> tuple[str, ...]:
    """Return the method in a few sentences."""
    whose = "de la taille choisie" if sheet.strata else "du territoire"
    return (
        f"Une part ou un taux est recalculé à partir des effectifs{NO_BREAK}: somme des numérateurs sur "
        f"somme des dénominateurs des communes {whose}, ici comme pour la France. Les fragilités ne sont "
        "jamais moyennées.",
        f"La bande montre comment les communes diffèrent{NO_BREAK}: minimum, 1er décile, médiane, 9e décile "
        "et maximum sont chiffrés dessous quand la place le permet. La commune médiane n’est pas la valeur "
        "du territoire. Une double barre signale un extrême hors échelle.",
        "La flèche dit de quel côté la valeur est plus fragile. Les couleurs de la carte sont les classes de "
        "même effectif des communes de France de même taille.",
        f"Le catalogue compte {plural(sheet.catalogued, 'indicateur')}{NARROW}; l’annexe en ligne et le "
        "classeur les donnent tous.",
        f"Données de {month_of(sheet.release)}, version {sheet.version}.",
    )


def statuses_of(sheet: Sheet, per_domain: int | None = None) -> tuple[Status, ...]:
    """Return the statuses other than "ok" that the sheet shows, in their order."""
    found: set[Status] = set()
    for section in sheet.domains:
        for line in section.lines[:per_domain]:
            found |= {line.here.status, line.france.status}
            if line.spread is not None:
                found |= {status for status, _ in line.spread.missing}
    return tuple(sorted(found - {Status.OK}))
