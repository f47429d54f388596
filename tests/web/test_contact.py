"""The contact form: what it takes, what it refuses, and that no address ever leaves."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from territoires.catalysts.changing import put_list
from territoires.catalysts.holding import Contact
from territoires.config import Settings
from territoires.contact import limits
from territoires.contact.outbox import Outbox
from territoires.store.store import TableStore
from tests.web.relay import EMAIL, PHONE, WRITER, row


@pytest.fixture
def relay(relay_app: Any, relay_settings: Settings) -> Iterator[Any]:
    """A client, and rates that begin anew."""
    with Outbox(relay_settings.state).connection() as db:
        db.execute("DELETE FROM passages")
        db.execute("DELETE FROM letters")
        db.execute("DELETE FROM messages")
    return relay_app.test_client()


def token(relay: Any, monkeypatch: pytest.MonkeyPatch, age: float = 60) -> str:
    """Return the token of a form served `age` seconds ago."""
    real = time.time()
    with monkeypatch.context() as patch:
        patch.setattr(time, "time", lambda: real - age)
        html = relay.get("/catalyseurs/alliance/contact").text
    return re.search(r'name="jeton" value="([^"]+)"', html)[1]


def post(relay: Any, monkeypatch: pytest.MonkeyPatch, age: float = 60, **fields: str) -> Any:
    """Send the form."""
    return relay.post(
        "/catalyseurs/alliance/contact",
        data={**WRITER, "site_web": "", "jeton": token(relay, monkeypatch, age), **fields},
    )


def taken(settings: Settings) -> list[tuple[str, str, str]]:
    """Return the messages in the queue."""
    with sqlite3.connect(Outbox(settings.state).path) as db:
        return db.execute("SELECT target, email, message FROM messages").fetchall()


def test_a_message_is_taken_once_and_the_page_says_so(
    relay: Any, relay_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    jeton = token(relay, monkeypatch)
    for _ in range(2):
        answer = post(relay, monkeypatch, jeton=jeton)
        assert answer.status_code == 303
        assert answer.headers["Location"] == "/catalyseurs/alliance/contact/envoye"
    assert taken(relay_settings) == [("alliance", WRITER["email"], WRITER["message"])]
    page = relay.get("/catalyseurs/alliance/contact/envoye")
    assert page.status_code == 200
    assert "Message pris en charge" in page.text
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "Camille\r\nBcc: tous@exemple.example"),
        ("name", "C"),
        ("name", "x" * 101),
        ("name", "Ca\x00mille"),
        ("email", "camille"),
        ("email", "a@b.fr\nBcc: c@d.fr"),
        ("email", "a@b.fr, c@d.fr"),
        ("email", "<a@b.fr>"),
        ("message", "court"),
        ("message", "x" * 5_001),
        ("message", "bonjour \x1b[31m à tous"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    relay: Any, relay_settings: Settings, monkeypatch: pytest.MonkeyPatch, field: str, value: str
) -> None:
    answer = post(relay, monkeypatch, **{field: value})
    assert answer.status_code == 200
    assert re.search(rf'id="{field}" [^>]*aria-invalid="true" aria-describedby="{field}-erreur', answer.text)
    assert f'id="{field}-erreur"' in answer.text
    assert f'href="#{field}"' in answer.text
    kept = WRITER["message" if field == "name" else "name"]
    assert kept in answer.text
    assert "<title>Erreur" in answer.text
    assert taken(relay_settings) == []


def test_a_line_break_at_the_end_of_a_name_is_only_trimmed(
    relay: Any, relay_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert post(relay, monkeypatch, name="Camille\r\n").status_code == 303
    assert len(taken(relay_settings)) == 1


def test_a_form_filled_too_fast_too_late_altered_or_for_another_is_not_taken(
    relay: Any, relay_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = token(relay, monkeypatch)
    assert "trop vite" in post(relay, monkeypatch, age=1).text
    assert "plus d’un jour" in post(relay, monkeypatch, age=limits.LONGEST + 60).text
    for jeton in ("", "x", good[:-1] + ("0" if good[-1] != "0" else "1"), "9" * 40 + good[10:]):
        answer = post(relay, monkeypatch, jeton=jeton)
        assert answer.status_code == 200
        assert "n’a pas pu être vérifié" in answer.text
        assert WRITER["message"] in answer.text
    other = relay.post("/catalyseurs/sans-contact/contact", data={**WRITER, "jeton": good})
    assert other.status_code == 503
    assert taken(relay_settings) == []


def test_a_form_sent_by_another_site_is_not_taken(
    relay: Any, relay_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for headers in ({"Origin": "https://ailleurs.example"}, {"Sec-Fetch-Site": "cross-site"}):
        data = {**WRITER, "site_web": "", "jeton": token(relay, monkeypatch)}
        assert relay.post("/catalyseurs/alliance/contact", data=data, headers=headers).status_code == 200
    assert taken(relay_settings) == []


def test_a_program_that_fills_the_trap_is_told_that_all_is_well(
    relay: Any, relay_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert post(relay, monkeypatch, site_web="https://pub.example").status_code == 303
    assert taken(relay_settings) == []


def test_the_sixth_message_of_an_hour_waits(
    relay: Any, relay_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        assert post(relay, monkeypatch, email=f"v{number}@exemple.example").status_code == 303
    answer = post(relay, monkeypatch, email="v6@exemple.example")
    assert answer.status_code == 429
    assert "réessayez dans une heure" in answer.text
    assert len(taken(relay_settings)) == 5


def test_a_writer_and_an_organisation_have_their_own_rates(
    relay: Any, relay_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    statuses = []
    for number in range(22):
        fields = {"email": f"v{number}@exemple.example"} if number > 5 else {}
        statuses.append(
            relay.post(
                "/catalyseurs/alliance/contact",
                data={**WRITER, "jeton": token(relay, monkeypatch), **fields},
                headers={"X-Forwarded-For": f"192.0.2.{number}"},
            ).status_code
        )
    assert statuses[:6] == [303] * 5 + [429]  # the same writer, from six places
    assert statuses[6:] == [303] * 15 + [429]  # the same organisation


def test_rates_keep_no_address(relay: Any, relay_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    post(relay, monkeypatch)
    with sqlite3.connect(Outbox(relay_settings.state).path) as db:
        keys = "".join(key for (key,) in db.execute("SELECT key FROM passages"))
    assert "127.0.0.1" not in keys
    assert "camille" not in keys


def test_the_form_is_kept_by_no_cache_and_posts_to_this_site_only(relay: Any) -> None:
    answer = relay.get("/catalyseurs/alliance/contact")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "form-action 'self'" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers
    assert answer.text.count("<h1") == 1


def test_without_a_contact_or_a_mail_server_the_page_says_why_and_gives_the_website(
    relay: Any, relay_settings: Settings, shipped_store: TableStore
) -> None:
    from territoires.web.application import create_app

    page = relay.get("/catalyseurs/sans-contact/contact").text
    assert '<form class="contact"' not in page
    assert "n’a pas donné d’adresse" in page
    assert "https://alliance-du-bocage.example" in page
    mute = create_app(
        replace(relay_settings, smtp_url="", mail_from=""), store=shipped_store
    ).server.test_client()
    page = mute.get("/catalyseurs/alliance/contact").text
    assert "n’a pas de serveur de courrier" in page
    assert "https://alliance-du-bocage.example" in page
    assert mute.post("/catalyseurs/alliance/contact", data=WRITER).status_code == 503
    fictitious = relay.get("/catalyseurs/demonstration-001/contact").text
    assert "inventée pour la démonstration" in fictitious


def test_an_unknown_organisation_has_no_form(relay: Any) -> None:
    assert relay.get("/catalyseurs/personne/contact").status_code == 404
    assert relay.post("/catalyseurs/personne/contact", data=WRITER).status_code == 404
    assert relay.get("/catalyseurs/demonstration-001/contact?demonstration=0").status_code == 404


def test_a_body_too_large_is_refused(relay: Any) -> None:
    answer = relay.post("/catalyseurs/alliance/contact", data={**WRITER, "message": "x" * 200_000})
    assert answer.status_code == 413


def test_an_import_and_a_removal_are_seen_by_a_server_that_runs(relay: Any, relay_settings: Settings) -> None:
    from territoires.catalysts.changing import bring_back, remove

    remove(relay_settings.state, "alliance", who="test")
    assert relay.get("/catalyseurs/alliance/contact").status_code == 404
    bring_back(relay_settings.state, "alliance", who="test")
    rows = [row("alliance"), row("sans-contact", name="Sans contact")]
    put_list(relay_settings.state, rows, {"alliance": Contact(EMAIL, PHONE)}, who="test", file="liste.csv")
    assert 'class="contact"' in relay.get("/catalyseurs/alliance/contact").text
