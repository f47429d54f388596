"""The choices above the map: indicator, level, size, region, and places for those that the browser makes.

Fields only; the browser reads them.
"""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import html

from territoires.model.fragilities import DOMAINS
from territoires.model.levels import MAPPED, WORDS, Level
from territoires.model.selection import Selection
from territoires.model.sizes import LABELS, STRATA, Stratum
from territoires.store.store import Store
from territoires.web.components.vocabulary import tied

#: The sizes as they stand in a narrow field; the whole words are read to those who listen.
SHORT_SIZES: dict[Stratum, str] = {
    Stratum.UNDER_2000: "moins de 2\u202f000",
    Stratum.FROM_2000: "2\u202f000 à 20\u202f000",
    Stratum.FROM_20000: "20\u202f000 à 50\u202f000",
    Stratum.FROM_50000: "50\u202f000 ou plus",
}

#: The values of the region list that stand for no region in particular, and for several at once.
EVERYWHERE = "france"
JOINED = "+"


def _field(identifier: str, label: str, options: list[dict[str, str]], value: str) -> html.Div:
    return html.Div(
        [
            html.Label(label, htmlFor=identifier),
            dbc.Select(id=identifier, options=options, value=value),
        ],
        className=f"choice-field {identifier}-champ",
    )


def _regions(store: Store, selection: Selection) -> list[dict[str, str]]:
    regions = store.territories(Level.REGION)
    options = [{"label": "Toute la France", "value": EVERYWHERE}]
    if len(selection.regions) > 1:
        options.append(
            {"label": f"{len(selection.regions)} régions", "value": JOINED.join(selection.regions)}
        )
    named = sorted(zip(regions.names, regions.codes, strict=True), key=lambda pair: pair[0].replace("Î", "I"))
    return options + [{"label": name.replace("'", "’"), "value": code} for name, code in named]


def choices(store: Store, selection: Selection) -> html.Section:
    """Return the fields, saying `selection`."""
    domain = store.indicator(selection.indicator).domain
    return html.Section(
        [
            html.Div(
                [
                    _field(
                        "carte-domaine",
                        "Domaine",
                        [{"label": each.label, "value": each.id} for each in DOMAINS],
                        domain,
                    ),
                    _field(
                        "carte-indicateur",
                        "Indicateur",
                        [
                            {"label": tied(each.label), "value": each.id}
                            for each in store.indicators
                            if each.domain == domain
                        ],
                        selection.indicator,
                    ),
                    _field(
                        "carte-niveau",
                        "Échelon",
                        [
                            {"label": WORDS[level].plural.capitalize(), "value": level.value}
                            for level in MAPPED
                        ],
                        selection.level.value,
                    ),
                    html.Fieldset(
                        [
                            html.Legend("Taille, en habitants"),
                            dbc.Checklist(
                                id="carte-taille",
                                className="sizes",
                                options=[
                                    {
                                        "label": html.Span(
                                            SHORT_SIZES[stratum],
                                            title=LABELS[stratum],
                                        ),
                                        "value": stratum.value,
                                    }
                                    for stratum in STRATA
                                ],
                                value=[stratum.value for stratum in selection.strata],
                            ),
                        ],
                        className="choice-field carte-taille-champ",
                    ),
                    _field(
                        "carte-region", "Région", _regions(store, selection), JOINED.join(selection.regions)
                    ),
                    html.Div(id="carte-comparer", className="carte-comparer-champ"),
                ],
                className="choices-line",
            ),
            html.Div(id="carte-classes"),
            html.Div(id="carte-options"),
            html.Div(id="carte-fermer"),
        ],
        id="carte-choix",
        className="map-choices",
        **{"aria-label": "Ce que montre la carte"},
    )
