"""The page of dominoes: which domains are in alert in the same places, how much more often, and where."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, Response, render_template, request
from markupsafe import Markup

from territoires.analysis.dominoes import FEWEST_TERRITORIES, FEWEST_TOGETHER, Domino, Dominoes
from territoires.model.formats import number, plural, population
from territoires.model.fragilities import BY_ID, DOMAINS
from territoires.model.levels import WORDS, Level
from territoires.model.selection import Selection, format_query
from territoires.model.sizes import LABELS
from territoires.store.store import Store
from territoires.web.addresses import sheet_address
from territoires.web.held import current_store
from territoires.web.regards import domino_map
from territoires.web.regards.choice import Menu, navigation, region_options, short, size_options
from territoires.web.regards.domino_choice import DominoChoice, Order, level_options, read_domino_choice
from territoires.web.regards.domino_matrix import STEPS, brief, expected, matrix, names, times
from territoires.web.regards.results import dominoes_of
from territoires.web.shell import CRITERION_CLASSES, ignored_parameters, kept, page
from territoires.web.typography import french, month, tie

blueprint = Blueprint("dominoes", __name__)

#: Dominoes of each kind written on the page; all of them are in the files.
MOST_LISTED = 12

ORDER_TITLES: dict[Order, str] = {
    Order.LIFT: "Fois plus souvent",
    Order.TOGETHER: "Ensemble",
    Order.INHABITANTS: "Habitants",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list: the domino in words, its address, its figures."""

    words: str
    address: str
    together: str
    expected: str
    times: str
    inhabitants: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A territory where the domino falls, and its address."""

    name: str
    people: str
    address: str


def where(store: Store, choice: DominoChoice) -> str:
    """Say which territories are looked at: "communes de moins de 2 000 habitants, Occitanie"."""
    text = WORDS[choice.level].plural
    if choice.stratum:
        label = LABELS[choice.stratum]
        text += f" {label if label.startswith('de ') else 'de ' + label}"
    place = store.territories(Level.REGION).get(choice.region).name if choice.region else "France entière"
    return tie(f"{text}, {french(place)}")


def sentence(store: Store, choice: DominoChoice, found: Dominoes, domino: Domino | None) -> str:
    """Return the sentence to quote about a domino, or about the absence of any."""
    scope = where(store, choice)
    if domino is None:
        if not found.tests:
            few = plural(found.territories, WORDS[choice.level].singular, WORDS[choice.level].plural)
            return f"{few} : trop peu pour dire ce qui va ensemble ({FEWEST_TERRITORIES} au moins)."
        return (
            f"{scope[0].upper()}{scope[1:]} : aucun domaine n’y va avec un autre plus souvent que par hasard."
        )
    joined = brief(domino, "« {} »")
    count = plural(domino.together, WORDS[choice.level].singular, WORDS[choice.level].plural)
    text = f"{joined} sont en alerte ensemble dans {count}"
    text += f", où vivent {population(domino.inhabitants)}" if domino.together else ""
    if domino.found:
        text += f" : {times(domino.lift)} plus souvent que si chaque domaine allait de son côté"
    elif domino.tested:
        text += " : l’écart avec ce que donnerait le hasard n’est pas établi"
    else:
        text += " : trop peu de territoires pour conclure"
    return tie(f"{text} ({scope}).")


def chosen_domino(choice: DominoChoice, found: Dominoes) -> Domino | None:
    """Return the domino asked for, or the pair that meets the most above chance."""
    if choice.domino:
        return found.get(*choice.domino)
    return next((each for each in found.found if len(each.domains) == 2), None)


def listed(kind: tuple[Domino, ...], choice: DominoChoice) -> list[Line]:
    """Return the first lines of the dominoes found, in the order asked for."""
    keys = {
        Order.LIFT: lambda each: -each.lift,
        Order.TOGETHER: lambda each: -each.together,
        Order.INHABITANTS: lambda each: -each.inhabitants,
    }
    found = sorted((each for each in kind if each.found), key=keys[choice.order])
    return [
        Line(
            brief(each),
            choice.looking_at(each.domains).address(anchor="#domino"),
            number(each.together),
            expected(each),
            times(each.lift),
            number(each.inhabitants),
            each.domains == choice.domino,
        )
        for each in found[:MOST_LISTED]
    ]


def places(store: Store, choice: DominoChoice) -> list[Place]:
    """Return the most populous territories where the domino falls."""
    territories = store.territories(choice.level)
    return [
        Place(
            french(territories.names[index]),
            population(int(territories.population[index])),
            sheet_address(choice.level, territories.codes[index]),
        )
        for index in domino_map.largest(store, choice)
    ]


def map_links(store: Store, choice: DominoChoice) -> list[tuple[str, str]]:
    """Return, per domain of the domino, its label and the address of the map of its first indicator."""
    links = []
    for domain in choice.domino:
        first = next((each for each in store.indicators if each.domain == domain), None)
        if first is not None:
            regions = (choice.region,) if choice.region else ()
            selection = Selection(choice.level, first.id, choice.strata, regions)
            links.append((BY_ID[domain].label, f"/carte?{format_query(selection)}"))
    return links


def menus(store: Store, choice: DominoChoice) -> list[Menu]:
    """Return the fields of the form."""
    size = choice.stratum.value if choice.stratum else ""
    return [
        Menu("niveau", "Échelon", level_options(), choice.level.value),
        Menu("taille", "Taille", [("", "Toutes les tailles"), *size_options()], size),
        Menu("region", "Région", [("", "Toute la France"), *region_options(store)], choice.region or ""),
    ]


@blueprint.get("/dominos")
def show() -> Response:
    """Answer the page."""
    return kept(_page)


def _page() -> str:
    """Return the whole page."""
    store = current_store()
    choice, address = read_domino_choice(store, request.args)
    found = dominoes_of(choice.level, choice.strata, choice.region)
    domino = chosen_domino(choice, found)
    looked_at = choice.looking_at(domino.domains) if domino else choice
    discoveries = (
        sum(each.found for each in found.pairs),
        sum(each.found for each in found.triples),
    )
    content = render_template(
        "dominoes.html",
        navigation=navigation("/dominos"),
        menus=menus(store, choice),
        choice=looked_at,
        sentence=sentence(store, choice, found, domino),
        source=f"Source : Territoires, {month(store.manifest.release)}, {found.tests} rencontres de domaines testées.",
        scope=where(store, choice),
        rows=matrix(found, looked_at),
        domains=DOMAINS,
        short=short,
        css=CRITERION_CLASSES,
        steps=[number(step, 1) for step in STEPS],
        found=found,
        discoveries=discoveries,
        domino=domino,
        names=names,
        expected=expected,
        map=domino_map.describe(store, looked_at) if domino else None,
        map_links=map_links(store, looked_at),
        places=places(store, looked_at) if domino and domino.together else [],
        lists=[
            ("Deux domaines", listed(found.pairs, looked_at), discoveries[0]),
            ("Trois domaines", listed(found.triples, looked_at), discoveries[1]),
        ],
        orders=[
            (order, title, replace(looked_at, order=order).address(anchor="#liste"))
            for order, title in ORDER_TITLES.items()
        ],
        downloads=[
            ("CSV pour tableur", choice.address("/telecharger/dominos.csv")),
            ("Classeur XLSX", choice.address("/telecharger/dominos.xlsx")),
            ("JSON", choice.address("/api/v1/dominoes")),
        ],
        unknown=[
            (short(domain), found.known[domain.id])
            for domain in DOMAINS
            if found.known[domain.id] < found.territories / 2
        ],
        words=WORDS[choice.level],
        fewest=FEWEST_TOGETHER,
    )
    return page(
        "Dominos",
        Markup(content),  # noqa: S704 - made by a template that escapes
        current="/regards",
        description="Les domaines de fragilité en alerte dans les mêmes territoires, plus souvent que par hasard.",
        styles=("small_map.css", "regards.css"),
        scripts=("regards.js",),
        notices=(*ignored_parameters(*address.known), *address.notices),
    )
