"""The page of perceptions: what each actor feels, region by region and domain by domain, with its margin."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request
from markupsafe import Markup

from territoires.analysis.perceived import region_ranks
from territoires.model.formats import plural
from territoires.model.fragilities import BY_ID, DOMAINS, Domain
from territoires.model.levels import Level
from territoires.model.perceptions import FRAGILITIES, Perception
from territoires.store.perceptions import Perceptions
from territoires.store.store import Store
from territoires.web.components.demonstration import (
    STYLE,
    band,
    demonstration_shown,
    keep,
    shown_perceptions,
    switched_off,
)
from territoires.web.held import current_store, held
from territoires.web.regards import felt_map
from territoires.web.regards.choice import navigation, region_options, short
from territoires.web.regards.felt_choice import (
    FeltChoice,
    menus,
    name_of_domain,
    name_of_region,
    read_felt_choice,
)
from territoires.web.regards.felt_map import Answers, answers_of, shades_of
from territoires.web.regards.lines import rank_words
from territoires.web.regards.marks import value_row, value_span
from territoires.web.regards.published import lines
from territoires.web.regards.results import size_of
from territoires.web.regards.shades import (
    RAMP_CLASSES,
    Shades,
    bare,
    base_of,
    interval_of,
    scale_words,
    spoken,
    value_of,
)
from territoires.web.shell import CRITERION_CLASSES, ignored_parameters, kept, page
from territoires.web.typography import tie

blueprint = Blueprint("perceptions", __name__)

#: The domain shown first.
FIRST_DOMAIN = "sante"

NOT_TO_QUOTE = "Chiffres simulés : à ne pas citer."


@dataclass(frozen=True, slots=True)
class RegionLine:
    """A region and its figure: `rank` in words, `row` the drawing of the figure and its margin."""

    name: str
    address: str
    value: str
    margin: str
    base: str
    rank: str
    row: Markup
    simulated: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the table of all domains and regions; without `address` nothing is known there."""

    text: str
    css: str
    words: str
    address: str
    chosen: bool


def sentence(store: Store, perceptions: Perceptions, choice: FeltChoice, answers: Answers) -> str:
    """Return the sentence to quote: the two ends of the regions, and what margins leave open."""
    domain = choice.domain or FIRST_DOMAIN
    figures = {code: each[domain] for code, each in answers.items() if domain in each and each[domain].shown}
    subject = f"{name_of_domain(domain)} selon {choice.who}, vague {choice.wave}"
    if len(figures) < 2:
        return tie(_few(store, choice, subject, figures))
    ranks = region_ranks(answers, domain)
    order = sorted(figures, key=lambda code: ranks[code].rank)
    first, last = order[0], order[-1]
    text = (
        f"{subject} : de {value_of(figures[last])} ({name_of_region(store, last)}) "
        f"à {value_of(figures[first])} ({name_of_region(store, first)})."
    )
    tied = ranks[first].worst - 1
    if tied == len(figures) - 1:
        text += " Les marges se recoupent : la première place n’est à personne."
    elif tied:
        others = plural(tied, "autre région", "autres régions")
        text += f" Première place incertaine : {others} {'peuvent' if tied > 1 else 'peut'} l’avoir aussi."
    text += _national(perceptions, choice)
    if any(figure.simulated for figure in figures.values()):
        text += f" {NOT_TO_QUOTE}"
    return tie(text)


def _few(store: Store, choice: FeltChoice, subject: str, figures: dict[str, Perception]) -> str:
    for code, figure in figures.items():
        return f"{subject} : {value_of(figure)} en {name_of_region(store, code)}. Rien d’autre n’est publié par région."
    return f"{subject} : aucun résultat par région n’est publié."


def _national(perceptions: Perceptions, choice: FeltChoice) -> str:
    """Say the figure of France, when there is one on the same question."""
    rows = perceptions.select(
        question=FRAGILITIES,
        wave=choice.wave,
        level=Level.FRANCE,
        actor=choice.actor,
        domain=choice.domain or FIRST_DOMAIN,
        stratum=choice.stratum,
    )
    row = next((each for each in rows if each.shown), None)
    return f" France : {value_of(row)}." if row is not None else ""


def region_lines(store: Store, choice: FeltChoice, answers: Answers, unit_css: str) -> list[RegionLine]:
    """Return the regions that have a figure, the ones that feel it most first."""
    domain = choice.domain or FIRST_DOMAIN
    figures = {code: each[domain] for code, each in answers.items() if domain in each}
    ranks = region_ranks(answers, domain)
    span = value_span(list(figures.values()))
    names = dict(region_options(store))
    known = sorted(figures, key=lambda code: ranks[code].rank if code in ranks else len(names) + 1)
    found = []
    for code in known:
        figure = figures[code]
        address = choice.address("/regards", region=code, domaine=None)
        found.append(
            RegionLine(
                names[code],
                address,
                value_of(figure),
                interval_of(figure),
                base_of(figure),
                rank_words(ranks[code]) if code in ranks else "",
                value_row(figure, span, unit_css) if figure.shown else Markup(""),
                figure.simulated,
            )
        )
    return found


def matrix(
    store: Store, choice: FeltChoice, answers: Answers, tints: Shades
) -> tuple[list[str], list[tuple[Domain, list[Cell]]]]:
    """Return the names of the regions, and per domain the cells of the table."""
    regions = region_options(store)
    ramp = RAMP_CLASSES[tints.unit]
    rows = []
    for domain in DOMAINS:
        cells = []
        for code, name in regions:
            figure = answers.get(code, {}).get(domain.id)
            if figure is None:
                cells.append(Cell("", "", f"{domain.label}, {name} : non publié", "", chosen=False))
                continue
            css = f"{ramp}-{tints.tint(figure)}" if figure.shown else "unknown"
            cells.append(
                Cell(
                    bare(figure),
                    f"{css} invented" if figure.simulated else css,
                    f"{domain.label}, {name} : {spoken(figure)}",
                    choice.about(domain.id).address("/perceptions") + "#carte",
                    domain.id == choice.domain,
                )
            )
        rows.append((domain, cells))
    return [name for _, name in regions], rows


@blueprint.get("/perceptions")
def show() -> Response:
    """Answer the page."""
    return kept(_page)


def _page() -> str:
    """Return the whole page."""
    store, perceptions = current_store(), shown_perceptions()
    choice, address = read_felt_choice(store, perceptions, request.args)
    choice = choice if choice.domain else choice.about(FIRST_DOMAIN)
    answers = answers_of(perceptions, choice)
    tints = shades_of(answers)
    domain = choice.domain or FIRST_DOMAIN
    figures = [each[domain] for each in answers.values() if domain in each]
    invented = any(figure.simulated for each in answers.values() for figure in each.values())
    heads, rows = matrix(store, choice, answers, tints) if tints else ([], [])
    ramp = RAMP_CLASSES[tints.unit] if tints else ""
    content = render_template(
        "perceptions.html",
        navigation=navigation("/perceptions"),
        # Nothing invented on the page, nothing to warn about; the way back stays when the visitor hid it.
        band=band("perceptions") if invented or not demonstration_shown() else "",
        menus=menus(store, perceptions, choice, all_domains="", all_regions=None),
        choice=choice,
        domain=BY_ID[domain],
        sentence=sentence(store, perceptions, choice, answers),
        source=_source(figures),
        figures=figures,
        scale=scale_words(figures[0]) if figures else "",
        lines=region_lines(store, choice, answers, ramp),
        map=felt_map.address_of(choice) if figures else "",
        size=size_of(None),
        tints=tints,
        ramp=ramp,
        any_simulated=any(figure.simulated for figure in figures),
        heads=heads,
        rows=rows,
        short=short,
        css=CRITERION_CLASSES,
        absent=[name for code, name in region_options(store) if domain not in answers.get(code, {})],
        published=lines(perceptions, domain),
        all_published=lines(perceptions),
        bring=keep("/perceptions/importer"),
        regards=choice.address("/regards", region=None),
        hidden=held().settings.demonstration and switched_off(),
        downloads=[
            ("CSV pour tableur", _file(choice, "csv")),
            ("Classeur XLSX", _file(choice, "xlsx")),
        ],
    )
    return page(
        "Perceptions",
        Markup(content),  # noqa: S704 - made by a template that escapes
        current="/regards",
        description="Ce que ressentent citoyens, maires, dirigeants, associations et fondations, par région.",
        styles=(STYLE, "small_map.css", "regards.css"),
        scripts=("regards.js",),
        notices=(*ignored_parameters(*address.known), *address.notices),
    )


def _file(choice: FeltChoice, ending: str) -> str:
    """Return the address of the file of what the actor answered in the wave, on all the domains."""
    return choice.address(f"/telecharger/perceptions.{ending}", domaine=None, question=FRAGILITIES)


def _source(figures: list[Perception]) -> str:
    """Say where the figures come from, each source once."""
    sources = dict.fromkeys(figure.source for figure in figures if figure.source)
    return "Source : " + " ; ".join(sources) + "." if sources else ""
