"""The page of the catalysts: a list that can be searched, near a place or like it; the map is the browser's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, Response, redirect, render_template, request
from markupsafe import Markup

from territoires.catalysts.likeness import HOME_LEVELS
from territoires.model.catalysts import KIND_LABELS
from territoires.model.levels import MAPPED
from territoires.model.parameters import quoted
from territoires.store.store import Store
from territoires.web.components.demonstration import STYLE, band, keep, switched_off
from territoires.web.data_block import data_block
from territoires.web.directory.address import (
    LIST_FILES,
    LONGEST,
    RADII,
    WHOLE_FILES,
    Asked,
    Mode,
    address,
    pairs,
    read,
)
from territoires.web.directory.api import data_address
from territoires.web.directory.data import website, words
from territoires.web.directory.order import RULE, count_words, order_words, place_words, ways
from territoires.web.directory.view import View, page_of, shown_directory, view
from territoires.web.directory.words import (
    DOMAIN_OPTIONS,
    ECHELON_OPTIONS,
    SIZE_OPTIONS,
    TRADE_OPTIONS,
    Options,
    domains_words,
    family_of,
    kind_groups,
    region_options,
    where,
)
from territoires.web.held import current_store, held
from territoires.web.shell import page, static_url

blueprint = Blueprint("catalysts", __name__)

#: Organisations on one page of the list.
LENGTH = 40

STYLES = (
    "maplibre-gl.css",
    "carte/scene.css",
    "catalyseurs/marks.css",
    "catalyseurs/list.css",
    "catalyseurs/catalyseurs.css",
    STYLE,
)

#: The files to take away, by ending.
FILE_NAMES: dict[str, str] = {"csv": "CSV", "xlsx": "XLSX", "geojson": "GeoJSON", "vcf": "vCard"}

#: The address of the same page in the frame of another.
EMBEDDED = "/integrer/catalyseurs"

#: Without a script there is no map: the list takes its room.
WITHOUT_SCRIPT = (
    ".peers-scene, .needs-script { display: none } .peers-page { height: auto }"
    " .peers-list { grid-column: 1 / -1; overflow: visible; border: 0 }"
)


@blueprint.get("/catalyseurs")
def show() -> str | Response:
    """Answer the list; a place typed without a script leads to its own address."""
    store = current_store()
    asked, notices = read(request.args.to_dict(flat=False), store)
    typed = request.args.get("lieu", "").strip()
    if typed and asked.mode is not None:
        found = _typed_place(asked, typed)
        if found is not None:
            return redirect(keep(address(found)), 303)  # type: ignore[return-value] # Flask says "its base class"
        notices = (
            *notices,
            f"Aucun territoire ne s’appelle {quoted(typed)} : vérifiez le nom, ou tapez un code.",
        )
    return page(
        "Catalyseurs",
        content(store, asked),
        current="/catalyseurs",
        description="Qui anime des alliances près de chez vous, dans des territoires de votre taille.",
        styles=STYLES,
        notices=notices,
        layout="wide",
        head=head(store),
    )


def _typed_place(asked: Asked, typed: str) -> Asked | None:
    """Return what is asked from the place whose name was typed, or None when there is none."""
    levels = HOME_LEVELS if asked.mode is Mode.LIKE else MAPPED
    for place in held().places.find(typed):
        if place.level in levels:
            return replace(asked, level=place.level, territory=place.code, page=1)
    return None


def head(store: Store) -> Markup:
    """Return what the page asks for at once: its script, MapLibre, the organisations; and the words."""
    block = {
        **words(store),
        "version": held().version,
        "maplibre": static_url("maplibre-gl.js"),
        "data": data_address(),
        "demonstration": not switched_off(),
        "length": LENGTH,
    }
    lines = [data_block("catalyseurs-depart", block)]
    lines.append(Markup('<link rel="preload" as="script" href="{}">').format(static_url("maplibre-gl.js")))
    lines.append(Markup('<link rel="preload" as="fetch" crossorigin href="{}">').format(data_address()))
    lines.append(
        Markup('<script type="module" src="{}"></script>').format(static_url("catalyseurs/entry.js"))
    )
    lines.append(Markup("<noscript><style>{}</style></noscript>").format(WITHOUT_SCRIPT))
    return Markup("\n").join(lines)


def fields(store: Store, asked: Asked, shown: View) -> list[dict[str, object]]:
    """Return the filters: parameter, label, what stands for no choice, options with their counts, value chosen."""
    choice, counts, everyone = asked.choice, shown.found.counts, shown.found.everyone

    def counted(facet: str, options: Options) -> list[tuple[str, str, int]]:
        return [(value, said, counts[facet][value]) for value, said in options]

    def field(
        name: str, label: str, nothing: str, facet: str, groups: list[tuple[str, Options]]
    ) -> dict[str, object]:
        return {
            "name": name,
            "label": label,
            "nothing": nothing,
            "everyone": everyone[facet],
            "groups": [(title, counted(facet, options)) for title, options in groups],
            "chosen": getattr(choice, facet) or "",
        }

    return [
        field("region", "Région", "Toute la France", "region", [("", region_options(store))]),
        field("domaine", "Domaine", "Les 16 domaines", "domain", [("", DOMAIN_OPTIONS)]),
        field(
            "type", "Type d’organisation", "Tous les types", "kind", [(t, o) for _, t, _, o in kind_groups()]
        ),
        field("metier", "Métier", "Tous", "trade", [("", TRADE_OPTIONS)]),
        field("echelon", "Échelon d’action", "Tous", "level", [("", ECHELON_OPTIONS)]),
        field("taille", "Taille des territoires", "Toutes", "stratum", [("", SIZE_OPTIONS)]),
    ]


def _files(at: Callable[[str], str]) -> list[tuple[str, str]]:
    """Return the name and the address of each file, of those that `at` gives for an ending."""
    return [(said, keep(at(ending))) for ending, said in FILE_NAMES.items()]


def content(store: Store, asked: Asked) -> Markup:
    """Return the page for what is asked."""
    shown = view(shown_directory(), store, asked)
    results, number, pages = page_of(shown.results, asked.page, LENGTH)
    filters = {"q", "region", "domaine", "type", "metier", "echelon", "taille", "reseaux"}
    present = pairs(asked)

    def at(page_number: int) -> str:
        return keep(address(replace(asked, page=page_number)))

    return Markup(  # noqa: S704 - made by a template that escapes
        render_template(
            "catalysts.html",
            asked=asked,
            shown=shown,
            results=results,
            number=number,
            pages=pages,
            first=(number - 1) * LENGTH + 1,
            at=at,
            band=band("catalysts", keep(address(asked))),
            ways=ways(asked),
            place=place_words(store, shown),
            counted=count_words(shown, networks=asked.choice.networks),
            order=order_words(shown, asked),
            rule=RULE,
            radii=RADII,
            longest=LONGEST,
            fields=fields(store, asked, shown),
            kept_place=[(n, v) for n, v in present if n in ("mode", "niveau", "territoire", "rayon")],
            kept_filters=[(n, v) for n, v in present if n in filters],
            groups=kind_groups(),
            kind_labels=KIND_LABELS,
            where=lambda each: where(store, each),
            domains=domains_words,
            family=family_of,
            website=website,
            keep=keep,
            everything=keep(address(Asked(mode=asked.mode, level=asked.level, territory=asked.territory))),
            site_address=held().settings.public_url or request.host_url.rstrip("/"),
            embedded=keep(address(asked, EMBEDDED)),
            list_files=_files(lambda ending: address(replace(asked, page=1), f"{LIST_FILES}.{ending}")),
            whole_files=_files(lambda ending: f"{WHOLE_FILES}.{ending}"),
            filtered=any(n in filters for n, _ in present if n != "reseaux"),
        )
    )
