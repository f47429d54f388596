"""How everything is computed, said plainly; and where everything comes from."""

from __future__ import annotations

from collections import Counter

import numpy as np
from flask import Blueprint, Response, render_template
from markupsafe import Markup

from territoires.model.indicators import STATUS_EXPLANATIONS, STATUS_LABELS, Aggregation, Indicator, Status
from territoires.model.levels import MAPPED, WORDS, Level
from territoires.model.sizes import LABELS, STRATA
from territoires.store.set_aside import read_set_aside
from territoires.store.store import Store
from territoires.web.contents import DIGITS
from territoires.web.downloads import catalogue_links, level_link
from territoires.web.held import current_store, held
from territoires.web.pages.indicator_sections import checked
from territoires.web.pages.method_sections import OLD, ages, emptied, overseas, verified
from territoires.web.shell import ignored_parameters, kept, page

blueprint = Blueprint("method", __name__)

#: The definitions studied, and those left out with their reason (docs/indicators-left-out.csv).
STUDIED, LEFT_OUT = 497, 164


def strata_counts(store: Store) -> list[tuple[str, int, int]]:
    """Return, per stratum, its label, its communes and their inhabitants."""
    communes = store.territories(Level.COMMUNE)
    sizes = np.bincount(communes.stratum, minlength=len(STRATA))
    people = np.bincount(communes.stratum, weights=communes.population, minlength=len(STRATA))
    return [(LABELS[each], int(sizes[k]), int(people[k])) for k, each in enumerate(STRATA)]


def missing_shares(store: Store) -> list[tuple[str, str, str, float]]:
    """Return each status: its digit in the API, its label, what it means, its share (%) of the communes' cells."""
    total = np.zeros(len(Status), dtype=np.int64)
    for indicator in store.indicators:
        total += np.bincount(store.status(Level.COMMUNE, indicator.id), minlength=len(Status))
    return [
        (
            DIGITS[each],
            STATUS_LABELS[each],
            STATUS_EXPLANATIONS[each],
            100.0 * float(total[each]) / float(total.sum()),
        )
        for each in Status
        if each is not Status.SIMULATED or total[each]
    ]


def by_aggregation(indicators: tuple[Indicator, ...]) -> dict[str, int]:
    """Return how many indicators are obtained by each rule."""
    counts = Counter(indicator.aggregation for indicator in indicators)
    return {each.value: counts[each] for each in Aggregation}


@blueprint.get("/methode")
def show() -> Response:
    """Answer the method page."""
    return kept(_page)


def _page() -> str:
    """Return the whole page."""
    store = current_store()
    comparisons = [row for rows in held().verification.values() for row in rows]
    overseas_rows, by_commune = overseas(store)
    used = Counter(indicator.source for indicator in store.indicators)
    sources = sorted(
        ((store.sources[name], count) for name, count in used.items()),
        key=lambda pair: (pair[0].producer.casefold(), pair[0].title.casefold()),
    )
    content = render_template(
        "method.html",
        total=len(store.indicators),
        levels=[(WORDS[level], len(store.territories(level))) for level in MAPPED],
        population_year=int(np.median(store.territories(Level.COMMUNE).population_year)),
        strata=strata_counts(store),
        statuses=missing_shares(store),
        rules=by_aggregation(store.indicators),
        sources=sources,
        unconfirmed=sum(not source.licence_confirmed for source, _ in sources),
        recomputed=sum(indicator.confidence == "recomputed" for indicator in store.indicators),
        domains=Counter(indicator.domain for indicator in store.indicators),
        studied=STUDIED,
        left_out=LEFT_OUT,
        ages=ages(store),
        old=OLD,
        overseas=overseas_rows,
        by_commune=by_commune,
        emptied=emptied(store, read_set_aside(held().settings.data)),
        verified=verified(comparisons),
        checks=checked(store, comparisons),
        labels={indicator.id: indicator.label for indicator in store.indicators},
        words=WORDS,
        files=[*catalogue_links(store), *(level_link(store, level) for level in Level)],
        example=store.default_indicator,
        release=store.manifest.release,
    )
    return page(
        "Méthode",
        Markup(content),  # noqa: S704 - made by a template that escapes
        current="/methode",
        description="Comment les valeurs sont calculées, pourquoi certaines manquent, d’où elles viennent.",
        styles=("method.css",),
        notices=ignored_parameters(),
    )
