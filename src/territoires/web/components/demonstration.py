"""What says, on every page concerned, that figures or organisations are invented, and how to remove them.

`?demonstration=0` in an address hides every simulated figure and fictitious organisation. That choice goes from page
to page: `hand_on` puts it in the links and forms of a whole page, `keep` in an address that goes elsewhere (a file, a
script, a redirection). `TERRITOIRES_DEMONSTRATION=0` never loads anything invented.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import request
from markupsafe import Markup

from territoires.model.parameters import SWITCH as PARAMETER
from territoires.store.perceptions import Perceptions
from territoires.web.held import held

Kind = Literal["perceptions", "catalysts"]

OFF = "0"

#: A link to a page of ours (neither the API, nor a file, nor the way back to what is invented), and a form that asks.
_LINK = re.compile(
    r'(<a\b(?![^>]*\bdata-demonstration\b)[^>]*?\shref=")(/(?!api/|telecharger/|sante\b)[^"]*)"'
)
_FORM = re.compile(r'<form\b[^>]*\smethod="get"[^>]*>')
_HIDDEN = f'<input type="hidden" name="{PARAMETER}" value="{OFF}">'

#: The stylesheet of the band, for `page(styles=…)`.
STYLE = "demonstration.css"

WORDS: dict[Kind, tuple[str, str]] = {
    "perceptions": (
        "Chiffres simulés",
        "Ces réponses sont inventées pour montrer l’outil : à ne jamais citer.",
    ),
    "catalysts": (
        "Organisations fictives",
        "Une partie de cet annuaire est inventée pour montrer l’outil : personne ne répond à ces noms.",
    ),
}
SWITCHES: dict[Kind, tuple[str, str]] = {
    "perceptions": ("Ne montrer que les chiffres publiés", "Montrer les chiffres simulés"),
    "catalysts": ("Ne montrer que les organisations réelles", "Montrer les organisations fictives"),
}


def demonstration_shown() -> bool:
    """Return whether the present request shows what is simulated."""
    return held().settings.demonstration and not switched_off()


def switched_off() -> bool:
    """Return whether the present request asks for nothing invented."""
    return request.args.get(PARAMETER) == OFF


def shown_perceptions() -> Perceptions:
    """Return the perceptions that the present request may show."""
    found = held().perceptions
    return found if demonstration_shown() else found.without_simulated()


def keep(address: str) -> str:
    """Return an `address` of the site that keeps the choice made in the present request."""
    return _with_switch(address, off=True) if switched_off() else address


def hand_on(page: str) -> str:
    """Return a whole page whose links to other pages, and whose forms, keep the choice made in the present request."""
    if not switched_off():
        return page
    page = _LINK.sub(lambda found: f'{found[1]}{escape(_with_switch(unescape(found[2]), off=True))}"', page)
    return _FORM.sub(lambda found: found[0] + _HIDDEN, page)


def _with_switch(address: str, *, off: bool) -> str:
    """Return `address` with the switch set off, or without it."""
    parts = urlsplit(address)
    given = parse_qsl(parts.query, keep_blank_values=True)
    if off and (PARAMETER, OFF) in given:
        return address
    query = [(name, value) for name, value in given if name != PARAMETER]
    if off:
        query.append((PARAMETER, OFF))
    return parts._replace(query=urlencode(query)).geturl()


def band(kind: Kind, address: str | None = None) -> Markup:
    """Return the band of a page that shows something invented, with the link that removes it.

    When the visitor hid what is invented, a discreet line says so and gives the way back; nothing at all when the
    installation has no demonstration. `address` is that of the page, by default the present request's.
    """
    if not held().settings.demonstration:
        return Markup()
    here = address or request.full_path.removesuffix("?")
    hide, show = SWITCHES[kind]
    if not demonstration_shown():
        return Markup('<p class="simulated-off"><a data-demonstration href="{}">{}</a></p>').format(
            _with_switch(here, off=False), show
        )
    title, phrase = WORDS[kind]
    return Markup(
        '<aside class="simulated-band" aria-label="Démonstration"><p><strong>{}</strong> <span>{}</span></p>'
        '<a href="{}">{}</a></aside>'
    ).format(title, phrase, _with_switch(here, off=True), hide)
