"""The page of Regards: what is felt beside what is measured, actor beside actor, wave after wave."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from markupsafe import Markup

from territoires.analysis.gaps import Gaps, all_gaps
from territoires.model.perceptions import ACTOR_LABELS
from territoires.web.components.demonstration import STYLE, band, demonstration_shown, keep, shown_perceptions
from territoires.web.held import current_store
from territoires.web.regards.choice import navigation, region_options
from territoires.web.regards.felt_choice import FeltChoice, menus, read_felt_choice
from territoires.web.regards.felt_map import answers_of
from territoires.web.regards.lines import grouped
from territoires.web.regards.marks import MEASURED, SHAPES
from territoires.web.regards.published import lines as published_lines
from territoires.web.regards.quadrant import plot
from territoires.web.regards.results import shares_of
from territoires.web.regards.views import View, domain_view, region_view
from territoires.web.shell import ignored_parameters, kept, page
from territoires.web.typography import month

blueprint = Blueprint("regards", __name__)

#: The region shown first: the most populous one that is not the capital's.
FIRST_REGION = "84"


@blueprint.get("/regards")
def show() -> Response:
    """Answer the page: one region and its domains, or one domain and its regions."""
    return kept(_page)


def _page() -> str:
    """Return the whole page."""
    store, perceptions = current_store(), shown_perceptions()
    choice, address = read_felt_choice(store, perceptions, request.args)
    if not choice.domain and not choice.region:
        codes = [code for code, _ in region_options(store)]
        choice = FeltChoice(
            choice.actor,
            choice.wave,
            None,
            FIRST_REGION if FIRST_REGION in codes else codes[0],
            choice.stratum,
        )
    answers = answers_of(perceptions, choice)
    found = all_gaps(shares_of(choice.stratum), answers)
    view: View = (domain_view if choice.domain else region_view)(store, perceptions, choice, found)
    one = found[choice.domain] if choice.domain else None
    # Surveys stand in the three parts of the page: without any of them nothing on it is invented.
    invented = perceptions.has_simulated and bool(view.gaps or view.actor_lines or view.wave_lines)
    content = render_template(
        "regards.html",
        navigation=navigation("/regards"),
        band=band("perceptions") if invented or not demonstration_shown() else "",
        menus=menus(
            store, perceptions, choice, all_domains="Les 16 domaines", all_regions="Toutes les régions"
        ),
        choice=choice,
        view=view,
        source=_source(found, choice),
        groups=grouped(view.gaps),
        plot=_plot(one, choice) if one and one.compared > 1 else "",
        shapes=[(ACTOR_LABELS[actor], actor.value, SHAPES[actor]) for actor in view.actors],
        mine=SHAPES[choice.actor],
        measured=MEASURED,
        published=published_lines(perceptions, choice.domain),
        perceptions=choice.address("/perceptions", region=None),
        bring=keep("/perceptions/importer"),
        downloads=[
            ("CSV pour tableur", choice.address("/telecharger/regards.csv", region=None)),
            ("Classeur XLSX", choice.address("/telecharger/regards.xlsx", region=None)),
            ("JSON", choice.address("/api/v1/gaps", region=None)),
        ],
    )
    return page(
        f"Regards : {view.name}",
        Markup(content),  # noqa: S704 - made by a template that escapes
        current="/regards",
        description="Ce que chacun ressent, à côté de ce que disent les chiffres : deux rangs, quatre lectures.",
        styles=(STYLE, "regards.css"),
        scripts=("regards.js",),
        notices=(*ignored_parameters(*address.known), *address.notices),
    )


def _source(found: dict[str, Gaps], choice: FeltChoice) -> str:
    """Say where both sides come from: the surveys shown, and the alerts of the communes."""
    surveys = dict.fromkeys(
        row.felt.source
        for domain, each in found.items()
        for row in each.rows
        if row.felt is not None
        and row.reading is not None
        and choice.region in (None, row.code)
        and choice.domain in (None, domain)
    )
    measured = f"alertes des communes, Territoires, {month(current_store().manifest.release)}"
    return f"Sources : {' ; '.join((*surveys, measured))}."


def _plot(found: Gaps, choice: FeltChoice) -> Markup:
    return plot(found, dict(region_options(current_store())), SHAPES[choice.actor])
