"""The shell of every page: skip link, header, one main, footer; plain HTML that needs no script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, render_template, request
from markupsafe import Markup

from territoires.model.fragilities import Criterion
from territoires.model.parameters import SWITCH
from territoires.model.selection import quoted
from territoires.web.components.demonstration import hand_on
from territoires.web.encoding import REVALIDATE, Body
from territoires.web.held import held
from territoires.web.typography import tie, tie_markup

SITE = "Territoires"

#: The stylesheets and scripts of every page.
STYLES = ("tokens.css", "site.css")
SCRIPTS = ("search.js",)

#: The class that gives a criterion its hue (site.css).
CRITERION_CLASSES: dict[Criterion, str] = {
    Criterion.ECONOMIC: "economic",
    Criterion.SOCIAL: "social",
    Criterion.SOCIETAL: "societal",
    Criterion.ENVIRONMENTAL: "environmental",
}

#: The fonts asked for at once, so that text does not change shape after it is shown.
PRELOADED = ("fonts/sans-regular.woff2", "fonts/sans-semibold.woff2")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the navigation: its word, its address."""

    word: str
    path: str


NAVIGATION: tuple[Entry, ...] = (
    Entry("Carte", "/carte"),
    Entry("Indicateurs", "/indicateurs"),
    Entry("Regards", "/regards"),
    Entry("Catalyseurs", "/catalyseurs"),
    Entry("Repères", "/reperes"),
)


def static_url(path: str) -> str:
    """Return the immutable address of a static file such as "carte.css"."""
    return held().static.url(path)


def page(
    title: str,
    content: Markup | str,
    *,
    current: str,
    description: str = "",
    styles: tuple[str, ...] = (),
    scripts: tuple[str, ...] = (),
    notices: tuple[str, ...] = (),
    layout: str = "page",
    head: Markup | str = "",
    foot: Markup | str = "",
) -> str:
    """Return a whole page.

    `content` goes into `<main>` (a plain `str` is escaped, `Markup` is not); `current` is the path of the
    entry of the navigation that is marked, or an empty string; `styles` and `scripts` are static paths;
    `notices` are said above the content. `layout` "page" keeps a readable column, "wide" gives the whole
    width. `head` and `foot` are what Dash needs on its pages.
    """
    here = held()
    text = render_template(
        "shell.html",
        site=SITE,
        title=title,
        content=tie_markup(content) if isinstance(content, Markup) else tie(content),
        current=current,
        description=description,
        styles=STYLES + styles,
        scripts=SCRIPTS + scripts,
        preloaded=PRELOADED,
        notices=[tie(notice) for notice in notices],
        layout=layout,
        head=head,
        foot=foot,
        navigation=NAVIGATION,
        manifest=here.store.manifest,
        version=here.version,
        searched=request.args.get("q", "") if request.path == "/recherche" else "",
    )
    return hand_on(text)


def kept(make: Callable[[], str]) -> Response:
    """Answer the page that `make` returns; without parameters it is kept, until an import changes what it may show."""
    if request.args:
        return Response(make(), mimetype="text/html")
    body = held().bodies.get(
        ("page", request.path, held().imported), lambda: Body(make().encode(), "text/html")
    )
    return body.answer(REVALIDATE)


def ignored_parameters(*known: str) -> tuple[str, ...]:
    """Return one notice for each parameter of the present address that the page does not know.

    Every page knows the switch of the demonstration.
    """
    return tuple(
        f"Le paramètre {quoted(name)} est inconnu : il est ignoré."
        for name in sorted(set(request.args) - {*known, SWITCH})
    )
