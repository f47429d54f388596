"""The whole catalogue as a table to take away: what it says of each indicator, and where each is known."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from territoires.analysis.exports import release_facts
from territoires.analysis.tables import Column, Fact, Kind, Table
from territoires.model.catalogue import COLUMNS
from territoires.model.fragilities import BY_ID
from territoires.model.indicators import DIRECTION_LABELS, NATURE_LABELS, Indicator
from territoires.model.levels import Level
from territoires.store.store import Store

#: The French title of each column of `data/catalogue.csv`.
TITLES: dict[str, str] = {
    "id": "Identifiant",
    "domain": "Domaine, code",
    "label": "Indicateur",
    "definition": "Définition",
    "reading": "Lecture",
    "synonyms": "Autres mots",
    "odd": "Objectif de développement durable (proposition)",
    "unit": "Unité",
    "aggregate_unit": "Unité des territoires plus grands, si elle change",
    "nature": "Nature, code",
    "direction": "Sens, code",
    "direction_reason": "Raison du sens",
    "numerator": "Numérateur",
    "denominator": "Dénominateur",
    "scale": "Multiplicateur",
    "value": "Valeur publiée",
    "numerator_0": "Numérateur de départ",
    "denominator_0": "Dénominateur de départ",
    "change_type": "Forme de l’évolution",
    "years": "Années de l’évolution",
    "centre": "Valeur de référence",
    "finest_level": "Échelon le plus fin",
    "counts_level": "Échelon des effectifs",
    "aggregation": "Agrégation",
    "published": "Valeurs publiées à d’autres échelons",
    "minimum_base": "Effectif minimal pour comparer",
    "lower": "Valeur minimale plausible",
    "upper": "Valeur maximale plausible",
    "vintage": "Période",
    "source": "Source, code",
    "confidence": "Confiance",
    "decimals": "Décimales",
    "inherited_from": "Zone dont la commune hérite",
    "caveat": "Réserve",
}

WHOLE = frozenset({"odd", "direction", "years", "decimals"})
NUMBERS = frozenset({"scale", "centre", "minimum_base", "lower", "upper"})

#: Decimals of the shares of communes and of inhabitants (%).
SHARE_DECIMALS = 1


def catalogue_table(store: Store) -> Table:
    """Return the catalogue, a row per indicator in its order.

    Columns: those of `data/catalogue.csv`; the words for the domain, the nature, the direction and the
    source; the levels where it has values; how many communes, and which share of them and of the inhabitants,
    have one.
    """
    indicators = store.indicators
    columns = [_own_column(name, indicators) for name in COLUMNS]
    columns += _worded_columns(store)
    columns += _known_columns(store)
    notes = (
        Fact("coverage", "Communes connues", "Communes qui ont une valeur, quel que soit son statut."),
        Fact(
            "odd_note", "ODD", "Le rattachement aux objectifs de développement durable est une proposition."
        ),
    )
    title = "Catalogue des indicateurs"
    return Table(title, None, len(indicators), tuple(columns), release_facts(store), notes)


def _own_column(name: str, indicators: Iterable[Indicator]) -> Column:
    """Return a column of the catalogue as it is written there."""
    cells = [getattr(indicator, name) for indicator in indicators]
    if name in WHOLE | NUMBERS:
        numbers = np.array([np.nan if cell is None else float(cell) for cell in cells])
        return Column(name, TITLES[name], Kind.INTEGER if name in WHOLE else Kind.NUMBER, numbers)
    if name == "synonyms":
        cells = [" | ".join(words) for words in cells]
    elif name == "published":
        cells = [" ; ".join(f"{level}:{variable}" for level, variable in pairs) for pairs in cells]
    return Column(name, TITLES[name], Kind.TEXT, [str(cell) or None for cell in cells])


def _worded_columns(store: Store) -> list[Column]:
    """Return what the codes of the catalogue mean."""
    indicators = store.indicators
    sources = [store.sources[indicator.source] for indicator in indicators]

    def text(name: str, title: str, cells: Iterable[str]) -> Column:
        return Column(name, title, Kind.TEXT, [cell or None for cell in cells])

    return [
        text("domain_label", "Domaine", (BY_ID[i.domain].label for i in indicators)),
        text("criterion", "Critère", (BY_ID[i.domain].criterion.value for i in indicators)),
        text("nature_label", "Nature", (NATURE_LABELS[i.nature] for i in indicators)),
        text("direction_label", "Sens", (DIRECTION_LABELS[i.direction] for i in indicators)),
        text(
            "unit_above_commune", "Unité au-dessus de la commune", (i.unit_at(Level.EPCI) for i in indicators)
        ),
        text("source_short", "Source", (source.short for source in sources)),
        text("source_producer", "Producteur", (source.producer for source in sources)),
        text("source_title", "Jeu de données", (source.title for source in sources)),
        text("source_page", "Page du producteur", (source.official_page for source in sources)),
        text("source_licence", "Licence", (source.licence for source in sources)),
        Column(
            "source_licence_confirmed",
            "Licence confirmée",
            Kind.FLAG,
            np.array([float(source.licence_confirmed) for source in sources]),
        ),
    ]


def _known_columns(store: Store) -> list[Column]:
    """Return where each indicator has values: levels, communes, inhabitants."""
    people = store.territories(Level.COMMUNE).population.astype(np.float64)
    levels: list[str | None] = []
    communes, share, inhabitants = (np.zeros(len(store.indicators)) for _ in range(3))
    for row, indicator in enumerate(store.indicators):
        known = {level: np.isfinite(store.values(level, indicator.id)) for level in Level}
        levels.append(" | ".join(level.value for level in Level if known[level].any()) or None)
        here = known[Level.COMMUNE]
        communes[row] = np.count_nonzero(here)
        share[row] = 100 * here.mean()
        inhabitants[row] = 100 * people[here].sum() / people.sum()
    return [
        Column("levels", "Échelons où il existe", Kind.TEXT, levels),
        Column("communes_known", "Communes connues", Kind.INTEGER, communes),
        Column(
            "communes_share",
            "Communes connues, %",
            Kind.NUMBER,
            np.round(share, SHARE_DECIMALS),
            SHARE_DECIMALS,
        ),
        Column(
            "population_share",
            "Population des communes connues, %",
            Kind.NUMBER,
            np.round(inhabitants, SHARE_DECIMALS),
            SHARE_DECIMALS,
        ),
    ]
