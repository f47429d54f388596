"""The page of one indicator: what it is, how it is computed, where it is known, how territories differ."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from markupsafe import Markup

from territoires.analysis.coverage import coverage
from territoires.model.fragilities import BY_ID
from territoires.model.indicators import (
    DIRECTION_LABELS,
    NATURE_LABELS,
    STATUS_EXPLANATIONS,
    STATUS_LABELS,
    Aggregation,
    Direction,
    Indicator,
    Nature,
)
from territoires.model.levels import MAPPED, WORDS, Level
from territoires.sheets.figures import figure
from territoires.web.downloads import download_links
from territoires.web.formulas import formula_of
from territoires.web.held import current_store, held
from territoires.web.pages.indicator_map import caption, describe
from territoires.web.pages.indicator_sections import (
    alerts_by_size,
    checked,
    companions,
    region_table,
    spread_by_size,
)
from territoires.web.pages.indicators import FINEST_WORDS
from territoires.web.shell import CRITERION_CLASSES, ignored_parameters, kept, page
from territoires.web.spread_plot import scale_of, strip

blueprint = Blueprint("indicator", __name__)

#: How the value of a larger territory is obtained, in words.
AGGREGATION_WORDS: dict[Aggregation, str] = {
    Aggregation.SUM_RATIO: "Les numérateurs des communes sont additionnés, leurs dénominateurs aussi, puis "
    "les deux sommes sont divisées. Une commune dont l’un des deux manque ne compte dans aucun.",
    Aggregation.SUM_RATIO_PARTIAL: "Les numérateurs et les dénominateurs publiés sont additionnés, puis "
    "divisés. Une partie seulement des communes est publiée : la valeur d’un territoire plus grand ne couvre "
    "qu’elles, et reste hors classement.",
    Aggregation.PUBLISHED_OR_NONE: "Cette grandeur ne se déduit pas de celle des communes. Là où le "
    "producteur publie une valeur pour un territoire plus grand, c’est elle qui est montrée ; ailleurs, "
    "rien.",
    Aggregation.NONE: "Cette grandeur ne se déduit pas de celle d’autres territoires : elle n’est montrée "
    "qu’à l’échelon où le producteur la publie.",
    Aggregation.SUM: "Les nombres des communes sont additionnés.",
    Aggregation.SHARE_OF_COMMUNES: "Oui ou non pour une commune ; au-dessus, la part des communes "
    "concernées.",
}

#: The same where counts are published for larger territories only.
COUNTED_ABOVE: dict[str, str] = {
    "departement": "Les numérateurs des départements sont additionnés, leurs dénominateurs aussi, puis les "
    "deux sommes sont divisées.",
    "epci": "Les numérateurs des intercommunalités sont additionnés, leurs dénominateurs aussi, puis les "
    "deux sommes sont divisées.",
}

CONFIDENCE_WORDS: dict[str, str] = {
    "official copy": "copie du fichier du producteur",
    "recomputed": "recalculé par un tiers à partir des fichiers du producteur, à vérifier sur l’original",
}


def aggregation_words(indicator: Indicator) -> str:
    """Say how the value of a larger territory is obtained."""
    if indicator.aggregation is Aggregation.SUM_RATIO and indicator.finest_level in COUNTED_ABOVE:
        return COUNTED_ABOVE[indicator.finest_level]
    if indicator.aggregation is Aggregation.SUM_RATIO and not indicator.denominator:
        return "Les nombres de départ et d’arrivée sont additionnés, puis comparés."
    return AGGREGATION_WORDS[indicator.aggregation]


@blueprint.get("/indicateurs/<indicator_id>")
def show_one(indicator_id: str) -> Response:
    """Answer the page of one indicator."""
    indicator = current_store().indicator(indicator_id)
    return kept(lambda: _page(indicator))


def _page(indicator: Indicator) -> str:
    """Return the whole page."""
    here = held()
    store = here.store
    domain = BY_ID[indicator.domain]
    levels = here.levels[indicator.id]
    spread = spread_by_size(store, indicator)
    shown = describe(store, indicator)
    within, across = companions(store, here.related.get(indicator.id))
    france = store.values(Level.FRANCE, indicator.id)[0]
    content = render_template(
        "indicator.html",
        indicator=indicator,
        domain=domain,
        siblings=sum(each.domain == domain.id for each in store.indicators),
        css=CRITERION_CLASSES[domain.criterion],
        source=store.sources[indicator.source],
        nature=NATURE_LABELS[indicator.nature],
        change=indicator.nature is Nature.CHANGE,
        direction=DIRECTION_LABELS[indicator.direction],
        context=indicator.direction is Direction.CONTEXT,
        low_is_fragile=indicator.direction is Direction.LESS_FRAGILE,
        aggregation=aggregation_words(indicator),
        confidence=CONFIDENCE_WORDS[indicator.confidence],
        formula=formula_of(indicator, here.variables),
        finest=FINEST_WORDS[indicator.finest_level],
        coverage=[coverage(store, indicator, level) for level in MAPPED],
        image=shown,
        caption=caption(indicator, shown) if shown else "",
        spread=spread,
        scale=scale_of([row.spread for row in spread.rows]) if spread and not spread.flag else None,
        strip=strip,
        figure=figure,
        regions=region_table(store, indicator),
        region_unit=indicator.unit_at(Level.REGION),
        france=figure(indicator, float(france)),
        alerts=alerts_by_size(store, indicator),
        within=within,
        across=across,
        checks=checked(store, here.verification.get(indicator.id, ())),
        files=[
            (WORDS[level].plural if level is not Level.FRANCE else "France entière", links)
            for level in Level
            if level in levels and (links := download_links(store, indicator, level))
        ],
        words=WORDS,
        status_labels=STATUS_LABELS,
        status_explanations=STATUS_EXPLANATIONS,
    )
    return page(
        indicator.label,
        Markup(content),  # noqa: S704 - made by a template that escapes
        current="/indicateurs",
        description=indicator.definition,
        styles=("small_map.css", "indicator.css"),
        notices=ignored_parameters(),
    )
