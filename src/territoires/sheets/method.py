"""How to read a sheet: the key of the strips, the method in ten lines, the words for what is missing."""

from __future__ import annotations

from territoires.model.formats import NARROW, NO_BREAK, plural
from territoires.model.indicators import Status
from territoires.model.levels import WORDS, Level
from territoires.sheets.sheet import Sheet
from territoires.sheets.wording import month_of


def key_words(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    """Return the marks of a strip (see `drawing.draw_key`) and their words."""
    among = next((line.among for line in sheet.lines if ", " in line.among), "")
    which = f"{among.rpartition(', ')[0]} ({among.rpartition(', ')[2]})" if among else "communes"
    return (
        ("territory", WORDS[sheet.level].singular),
        ("france", "France"),
        ("median", "commune médiane"),
        ("half", f"la moitié des {which}"),
        ("most", "huit communes sur dix"),
        ("all", "de la plus basse à la plus haute"),
    )


def method_paragraphs(sheet: Sheet) -> tuple[str, ...]:
    """Return the method in a few sentences."""
    whose = "de la taille choisie" if sheet.strata else "du territoire"
    aggregated = (
        "La valeur d’une région est recalculée à partir des effectifs de ses communes"
        if sheet.level is Level.COMMUNE
        else f"Une part ou un taux est recalculé à partir des effectifs{NO_BREAK}: somme des numérateurs sur somme "
        f"des dénominateurs des communes {whose}, ici comme pour la France"
    )
    return (
        f"{aggregated}. Les fragilités ne sont jamais moyennées.",
        f"Un indicateur est en alerte quand il place le territoire dans le cinquième le plus fragile{NARROW}; un "
        f"domaine se lit «{NARROW}5 indicateurs en alerte sur 17{NARROW}», jamais comme une note.",
        f"La bande montre comment les communes diffèrent{NO_BREAK}: minimum, 1er décile, médiane, 9e décile "
        "et maximum sont chiffrés dessous quand la place le permet. La commune médiane n’est pas la valeur "
        "du territoire. Une double barre signale un extrême hors échelle.",
        "La flèche dit de quel côté la valeur est plus fragile. Les couleurs de la carte sont les classes de "
        "même effectif des communes de France de même taille.",
        *_survey_words(sheet),
        f"Le catalogue compte {plural(sheet.catalogued, 'indicateur')}{NARROW}; l’annexe en ligne et le "
        "classeur les donnent tous.",
        f"Données de {month_of(sheet.release)}, version {sheet.version}.",
    )


def _survey_words(sheet: Sheet) -> tuple[str, ...]:
    """Say how survey figures are read, where the sheet has some."""
    if sheet.perceived is None and sheet.alliance is None:
        return ()
    words = (
        "Une réponse d’enquête porte sa base et son intervalle à 95\u202f%. Notes, parts et rangs ne se comparent "
        "pas entre eux. Ressenti et mesuré sont deux ordres, jamais une échelle commune."
    )
    return (
        (f"{words} Ce qui est simulé ou fictif sert la démonstration{NO_BREAK}: à ne jamais citer.",)
        if (sheet.simulated)
        else (words,)
    )


def statuses_of(sheet: Sheet, per_domain: int | None = None) -> tuple[Status, ...]:
    """Return the statuses other than "ok" that the sheet shows, in their order."""
    found: set[Status] = set()
    for section in sheet.domains:
        for line in section.lines[:per_domain]:
            found |= {line.here.status, line.france.status}
            if line.region is not None:
                found.add(line.region.status)
            if line.spread is not None:
                found |= {status for status, _ in line.spread.missing}
    if sheet.simulated:
        found.add(Status.SIMULATED)
    return tuple(sorted(found - {Status.OK}))
