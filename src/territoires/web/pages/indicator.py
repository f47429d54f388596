"""The page of one indicator: what it is, how it is computed, where it is known, how territories differ."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from flask import Blueprint, Response, render_template
from markupsafe import Markup

from territoires.analysis.dispersion import Dispersion, dispersion
from territoires.analysis.ranks import rank
from territoires.analysis.selected import compared_mask
from territoires.model.fragilities import BY_ID
from territoires.model.indicators import (
    DIRECTION_LABELS,
    NATURE_LABELS,
    STATUS_LABELS,
    Aggregation,
    Direction,
    Indicator,
    Nature,
    Status,
)
from territoires.model.levels import MAPPED, WORDS, Level
from territoires.model.sizes import LABELS, STRATA
from territoires.store.store import Store
from territoires.web.held import current_store
from territoires.web.pages.indicators import FINEST_WORDS
from territoires.web.shell import CRITERION_CLASSES, ignored_parameters, kept, page

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

CONFIDENCE_WORDS: dict[str, str] = {
    "official copy": "copie du fichier du producteur",
    "recomputed": "recalculé par un tiers à partir des fichiers du producteur, à vérifier sur l’original",
}

#: Width of the strips (CSS pixels).
STRIP_WIDTH = 140


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many territories of a level have a compared value, and why the others have none."""

    level: Level
    total: int
    compared: int
    others: tuple[tuple[str, int], ...]


def coverage(store: Store, indicator: Indicator) -> list[Coverage]:
    """Return what is known at each mapped level."""
    rows: list[Coverage] = []
    for level in MAPPED:
        sizes = np.bincount(store.status(level, indicator.id), minlength=len(Status))
        others = tuple((STATUS_LABELS[s], int(sizes[s])) for s in Status if s is not Status.OK and sizes[s])
        rows.append(Coverage(level, int(sizes.sum()), int(sizes[Status.OK]), others))
    return rows


def spread_by_size(store: Store, indicator: Indicator) -> list[tuple[str, Dispersion]]:
    """Return the dispersion of the communes by stratum, then all together; empty if none has a value."""
    values = store.values(Level.COMMUNE, indicator.id)
    status = store.status(Level.COMMUNE, indicator.id)
    stratum = store.territories(Level.COMMUNE).stratum
    rows = [
        (LABELS[each], dispersion(values[stratum == position], status[stratum == position]))
        for position, each in enumerate(STRATA)
    ]
    rows.append(("toutes les communes", dispersion(values, status)))
    return rows if rows[-1][1].n else []


def strip(spread: Dispersion, *, low: float, high: float) -> Markup:
    """Draw a dispersion between `low` and `high`: first to last tenth, middle half, middle."""
    if not spread.n or high <= low:
        return Markup("")
    d1, q1, middle, q3, d9 = (
        4 + (STRIP_WIDTH - 8) * (value - low) / (high - low)
        for value in (spread.d1, spread.q1, spread.median, spread.q3, spread.d9)
    )
    return Markup(
        '<svg class="strip" width="{}" height="16" viewBox="0 0 {} 16"><path d="M{:.1f} 8H{:.1f}"/>'
        '<path class="half" d="M{:.1f} 8H{:.1f}"/><circle cx="{:.1f}" cy="8" r="4"/></svg>'
    ).format(STRIP_WIDTH, STRIP_WIDTH, d1, d9, q1, q3, middle)


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region, its value, and its rank (0: not ranked)."""

    code: str
    name: str
    value: float
    status: Status
    rank: int

    @property
    def known(self) -> bool:
        """Whether there is a value to show."""
        return bool(np.isfinite(self.value))


def by_region(store: Store, indicator: Indicator) -> list[RegionRow]:
    """Return the regions from the most fragile, those without rank last; empty if none has a value."""
    regions = store.territories(Level.REGION)
    values = np.round(store.values(Level.REGION, indicator.id).astype(np.float64), indicator.decimals)
    status = store.status(Level.REGION, indicator.id)
    ranks = rank(values, compared_mask(status), indicator.direction)
    rows = [
        RegionRow(code, name, float(value), Status(int(why)), int(place))
        for code, name, value, why, place in zip(
            regions.codes, regions.names, values, status, ranks, strict=True
        )
    ]
    if not np.isfinite(values).any():
        return []
    return sorted(rows, key=lambda row: (row.rank == 0, row.rank, row.name))


def formula(indicator: Indicator) -> str:
    """Return the formula of an indicator with the names of its variables, or an empty string."""
    if indicator.aggregation is Aggregation.SHARE_OF_COMMUNES or not indicator.numerator:
        return ""

    def ratio(numerator: str, denominator: str) -> str:
        return f"Σ {numerator} ÷ Σ {denominator}" if denominator else f"Σ {numerator}"

    end = ratio(indicator.numerator, indicator.denominator)
    if indicator.numerator_0:
        start = ratio(indicator.numerator_0, indicator.denominator_0)
        return f"de {start} à {end}"
    return end if indicator.scale == 1 else f"{indicator.scale:g} × {end}"


@blueprint.get("/indicateurs/<indicator_id>")
def show_one(indicator_id: str) -> Response:
    """Answer the page of one indicator."""
    indicator = current_store().indicator(indicator_id)
    return kept(lambda: _page(indicator))


def _page(indicator: Indicator) -> str:
    """Return the whole page."""
    store = current_store()
    domain = BY_ID[indicator.domain]
    france = store.values(Level.FRANCE, indicator.id)[0]
    spread = spread_by_size(store, indicator)
    low = min((each.d1 for _, each in spread if each.n), default=0.0)
    high = max((each.d9 for _, each in spread if each.n), default=0.0)
    content = render_template(
        "indicator.html",
        indicator=indicator,
        domain=domain,
        css=CRITERION_CLASSES[domain.criterion],
        source=store.sources[indicator.source],
        nature=NATURE_LABELS[indicator.nature],
        change=indicator.nature is Nature.CHANGE,
        direction=DIRECTION_LABELS[indicator.direction],
        context=indicator.direction is Direction.CONTEXT,
        aggregation=AGGREGATION_WORDS[indicator.aggregation],
        confidence=CONFIDENCE_WORDS[indicator.confidence],
        formula=formula(indicator),
        finest=FINEST_WORDS[indicator.finest_level],
        coverage=coverage(store, indicator),
        spread=spread,
        strip=partial(strip, low=low, high=high),
        regions=by_region(store, indicator),
        region_unit=indicator.unit_at(Level.REGION),
        france=float(france) if np.isfinite(france) else None,
        words=WORDS,
        status_labels=STATUS_LABELS,
        neighbours=[each for each in store.indicators if each.domain == indicator.domain],
    )
    return page(
        indicator.label,
        Markup(content),  # noqa: S704 - made by a template that escapes
        current="/indicateurs",
        description=indicator.definition,
        notices=ignored_parameters(),
    )
