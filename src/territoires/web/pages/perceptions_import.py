"""How to bring one's own survey: the two shapes of files, the template, the margins, what is refused."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from markupsafe import Markup

from territoires.imports.perception_schema import ANSWERS, FIGURES
from territoires.model.fragilities import DOMAINS
from territoires.model.perceptions import ACTOR_LABELS, MINIMUM_BASE, UNIT_LABELS
from territoires.model.sizes import LABELS
from territoires.web.regards.choice import navigation
from territoires.web.shell import ignored_parameters, page

blueprint = Blueprint("perceptions_import", __name__)


@blueprint.get("/perceptions/importer")
def show() -> Response:
    """Answer the page."""
    content = render_template(
        "perceptions_import.html",
        navigation=navigation("/perceptions/importer"),
        figures=FIGURES,
        answers=[column for column in ANSWERS if column.field in ("stratum", "weight", "unit")],
        vocabularies=(
            ("Acteurs", ACTOR_LABELS.items()),
            ("Domaines", [(domain.id, domain.label) for domain in DOMAINS]),
            ("Tailles des communes", LABELS.items()),
            ("Unités", UNIT_LABELS.items()),
        ),
        minimum=MINIMUM_BASE,
    )
    return Response(
        page(
            "Importer une enquête",
            Markup(content),  # noqa: S704 - made by a template that escapes
            current="/regards",
            description="Le modèle à remplir, ce qui est vérifié, le calcul des marges d’erreur.",
            styles=("method.css", "regards.css", "surveys.css"),
            notices=ignored_parameters(),
        ),
        mimetype="text/html",
    )
