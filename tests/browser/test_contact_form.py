"""Writing to an organisation: with the keyboard alone, with and without scripts, at the widths people have."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from territoires.catalysts.changing import put_list
from territoires.catalysts.holding import Contact
from territoires.config import Settings
from territoires.contact import limits
from territoires.contact.outbox import Outbox
from territoires.store.store import TableStore
from tests.unit.contact.mail_server import free_port
from tests.web.relay import EMAIL, PHONE, WRITER, row

pytestmark = pytest.mark.browser

FORM = "/catalyseurs/alliance/contact"


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The state of an installation with one organisation that can be written to."""
    folder = tmp_path_factory.mktemp("relay")
    rows = [row("alliance"), row("sans-contact", name="Sans contact")]
    put_list(folder, rows, {"alliance": Contact(EMAIL, PHONE)}, who="test", file="liste.csv")
    return folder


@pytest.fixture(scope="module")
def live_server(state: Path, shipped_settings: Settings, shipped_store: TableStore) -> Iterator[str]:
    """The address of the application with a relay, in the place of the one of the other tests."""
    from werkzeug.serving import make_server

    from territoires.web.application import create_app

    settings = replace(
        shipped_settings,
        state=state,
        smtp_url=f"smtp://127.0.0.1:{free_port()}",
        mail_from="relais@territoires.example",
    )
    app = create_app(settings, store=shipped_store)
    server = make_server("127.0.0.1", 0, app.server, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(timeout=10)


def kept(state: Path) -> list[str]:
    """Return the messages in the queue."""
    with Outbox(state).connection() as db:
        return [message for (message,) in db.execute("SELECT message FROM messages")]


def type_and_send(page: Any) -> None:
    """Fill the form and send it, with the keyboard alone, once a person could have done it."""
    page.locator("#name").focus()
    for text in (WRITER["name"], WRITER["email"], WRITER["message"]):
        page.keyboard.press("Control+A")
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Envoyer"
    page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_message_is_corrected_then_sent_with_the_keyboard_alone(
    watched_page: Any,
    live_server: str,
    state: Path,
    axe_faults: Callable[[Any], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    width: int,
) -> None:
    monkeypatch.setattr(limits, "FASTEST", 0)
    page = watched_page
    before = len(kept(state))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(live_server + FORM)
    assert axe_faults(page) == []
    page.locator("#name").focus()
    page.keyboard.type("C")
    page.keyboard.press("Enter")
    page.wait_for_selector(".wrong-summary")
    assert axe_faults(page) == []
    assert page.title().startswith("Erreur")
    assert page.locator("#name").input_value() == "C"
    described = page.locator("#name").get_attribute("aria-describedby")
    assert "2 à 100 caractères" in page.locator(f"#{described}").inner_text()
    page.locator(".wrong-summary a").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "name"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    type_and_send(page)
    page.wait_for_url("**/contact/envoye")
    assert axe_faults(page) == []
    assert page.locator("h1").inner_text() == "Message pris en charge"
    page.reload()
    assert len(kept(state)) == before + 1
    assert page.context.cookies() == []


def test_the_form_works_without_scripts(browser: Any, live_server: str, state: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server + FORM)
    before = len(kept(state))
    for name in ("name", "email", "message"):
        page.fill(f"#{name}", WRITER[name])
    time.sleep(limits.FASTEST + 0.2)
    page.click("form.contact button")
    page.wait_for_url("**/contact/envoye")
    assert len(kept(state)) == before + 1
    context.close()


def test_pages_without_a_form_have_no_fault(
    watched_page: Any, live_server: str, axe_faults: Callable[[Any], list[str]]
) -> None:
    for id, said in (("sans-contact", "n’a pas donné d’adresse"), ("demonstration-001", "inventée")):
        watched_page.goto(f"{live_server}/catalyseurs/{id}/contact")
        assert said in watched_page.locator("main").inner_text()
        assert axe_faults(watched_page) == []
