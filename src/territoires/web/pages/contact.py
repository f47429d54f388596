"""The form by which a visitor writes to an organisation: plain HTML, no script, no cookie, no address shown."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, redirect, render_template, request
from flask.blueprints import BlueprintSetupState
from markupsafe import Markup

from territoires.catalysts.catalyst import Catalyst
from territoires.config import Settings
from territoires.contact import message
from territoires.contact.limits import Gate, Token, read_secret
from territoires.contact.outbox import Outbox
from territoires.contact.postman import Postman
from territoires.contact.sender import can_send
from territoires.web.components.demonstration import STYLE, band, keep
from territoires.web.directory.view import shown_directory
from territoires.web.held import HELD
from territoires.web.shell import ignored_parameters, page
from territoires.web.typography import french

blueprint = Blueprint("contact", __name__)

RELAY = "territoires.contact"

#: The trap: a field that people do not see, and that programs fill.
TRAP = "site_web"

#: What is said of a form that is not taken though its fields are in order.
TOKENS: dict[Token, str] = {
    Token.TOO_FAST: "Le formulaire est parti trop vite. Relisez votre message, puis envoyez-le de nouveau.",
    Token.TOO_OLD: "Le formulaire est resté ouvert plus d’un jour. Votre texte est gardé : envoyez-le de nouveau.",
    Token.WRONG: "Le formulaire n’a pas pu être vérifié. Votre texte est gardé : envoyez-le de nouveau.",
}
TOO_MANY = (
    "Trop de messages sont partis d’ici, de cette adresse ou vers cette organisation. Votre texte est gardé : "
    "réessayez dans une heure."
)

#: Where a proxy of the same machine connects from: what it says of the visitor is then believed.
LOOPBACK = ("127.0.0.1", "::1")


@dataclass
class Relay:
    """What one application sends messages with; nothing is opened before it is needed."""

    settings: Settings
    ready: bool

    @cached_property
    def outbox(self) -> Outbox:
        """The queue of the messages."""
        return Outbox(self.settings.state)

    @cached_property
    def gate(self) -> Gate:
        """What limits them."""
        return Gate(self.outbox, read_secret(self.settings.state))

    @cached_property
    def postman(self) -> Postman:
        """The thread that has them sent."""
        return Postman(self.settings)


@blueprint.record_once
def _equip(state: BlueprintSetupState) -> None:
    """Give each application its relay; `ConfigurationError` at once for settings that mean nothing."""
    settings: Settings = state.app.extensions[HELD].settings
    state.app.extensions[RELAY] = Relay(settings, can_send(settings))


@blueprint.before_app_request
def _start() -> None:
    """Start the thread that sends, in the process that answers: those that only fork others have none."""
    relay: Relay = current_app.extensions[RELAY]
    if relay.ready:
        relay.postman.start()


@blueprint.get("/catalyseurs/<id>/contact")
def form(id: str) -> Response:
    """Answer the form, or why there is none."""
    return _page(shown_directory().get(id), dict.fromkeys(message.FIELDS, ""), {}, "", 200)


@blueprint.post("/catalyseurs/<id>/contact")
def send(id: str) -> Response:
    """Take a message, or answer the form again with what is wrong beside each field."""
    catalyst = shown_directory().get(id)
    relay: Relay = current_app.extensions[RELAY]
    values = {name: request.form.get(name, "") for name in message.FIELDS}
    if not (relay.ready and catalyst.reachable):
        return _page(catalyst, values, {}, "", 503)
    now = time.time()
    worth, number = relay.gate.check(request.form.get("jeton", ""), catalyst.id, now)
    if request.form.get(TRAP) and worth is not Token.WRONG:
        # A program: it is told what people are told, and nothing is sent.
        return _taken(catalyst)
    draft, wrong = message.check(values)
    if draft is None:
        return _page(catalyst, values, wrong, "", 200)
    if worth is not Token.GOOD or _from_elsewhere():
        said = TOKENS[Token.WRONG if worth is Token.GOOD else worth]
        return _page(catalyst, values, {}, said, 200)
    if not relay.gate.admit(_visitor(), draft.email, catalyst.id, now):
        return _page(catalyst, values, {}, TOO_MANY, 429)
    relay.outbox.put(number, catalyst.id, draft, now)
    relay.postman.wake()
    return _taken(catalyst)


@blueprint.get("/catalyseurs/<id>/contact/envoye")
def sent(id: str) -> str:
    """Say that a message was taken, and what happens next."""
    catalyst = shown_directory().get(id)
    content = render_template(
        "contact_sent.html", catalyst=catalyst, back=keep(f"/catalyseurs/{catalyst.id}")
    )
    return page("Message pris en charge", Markup(content), current="/catalyseurs", styles=("contact.css",))  # noqa: S704 - made by a template that escapes


def _taken(catalyst: Catalyst) -> Response:
    """Lead to the page that says so: reloading it sends nothing."""
    answer = redirect(keep(f"/catalyseurs/{catalyst.id}/contact/envoye"), 303)
    answer.headers["Cache-Control"] = "no-store"
    return answer  # type: ignore[return-value] # Flask says "its base class"


def _page(
    catalyst: Catalyst, values: dict[str, str], wrong: dict[str, str], refused: str, status: int
) -> Response:
    relay: Relay = current_app.extensions[RELAY]
    open_ = relay.ready and catalyst.reachable
    content = render_template(
        "contact.html",
        catalyst=catalyst,
        values=values,
        wrong=wrong,
        refused=refused,
        open=open_,
        ready=relay.ready,
        token=relay.gate.token(catalyst.id, time.time()) if open_ else "",
        trap=TRAP,
        limits=message,
        action=keep(f"/catalyseurs/{catalyst.id}/contact"),
        back=keep(f"/catalyseurs/{catalyst.id}"),
        band=band("catalysts") if catalyst.fictitious else "",
    )
    title = f"{'Erreur : ' if wrong or refused else ''}Écrire à {french(catalyst.name)}"
    made = page(
        title,
        Markup(content),  # noqa: S704 - made by a template that escapes
        current="/catalyseurs",
        styles=("contact.css", STYLE),
        notices=ignored_parameters(),
    )
    # The token of a form is good for one visitor, once: no copy of the page is kept anywhere.
    return Response(made, status=status, mimetype="text/html", headers={"Cache-Control": "no-store"})


def _from_elsewhere() -> bool:
    """Whether the browser says that another site sent the form."""
    origin = request.headers.get("Origin", "")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return True
    return origin not in ("", "null") and urlsplit(origin).netloc != request.host


def _visitor() -> str:
    """Return the address that a message comes from, as a proxy of the same machine gives it."""
    seen = request.remote_addr or ""
    if seen in LOOPBACK:
        return request.headers.get("X-Forwarded-For", seen).rpartition(",")[2].strip()
    return seen
