"""Acceptance: no e-mail address or phone number of an organisation in any response, asset or export."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from territoires.catalysts.holding import read_held
from territoires.config import Settings
from territoires.web.held import HELD
from tests.web.relay import EMAIL, PHONE

#: What must be nowhere: the address, its two halves, the number however it is spaced.
SECRETS = (
    EMAIL,
    EMAIL.partition("@")[0],
    PHONE,
    *(PHONE.replace(" ", other) for other in ("", ".", "-", "\u00a0", "\u202f")),
    PHONE.replace(" ", "")[1:],
)

#: Where the crawl begins: what the links of a page may not lead to.
STARTS = (
    "/catalyseurs",
    "/catalyseurs?q=alliance",
    "/catalyseurs/alliance",
    "/catalyseurs/sans-contact",
    "/catalyseurs/alliance/contact",
    "/catalyseurs/alliance/contact/envoye",
    "/integrer/catalyseurs",
    "/api/v1/catalysts",
    "/api/v1/catalysts/like/commune/79049",
    *(
        f"/telecharger/catalyseurs.{ending}"
        for ending in ("csv", "csv?format=machine", "xlsx", "geojson", "vcf")
    ),
    "/carte?catalyseurs=1",
    "/reperes/region/75",
    "/sante",
)

#: Addresses of the directory: what the crawl follows.
OURS = re.compile(
    r"/(?:catalyseurs|integrer/catalyseurs|api/v1/catalysts|telecharger/catalyseurs)[^\"'\s<>]*"
)

#: Most addresses asked for: every kind of page, and a good share of the filters.
MOST = 90


def text_of(content: bytes, mimetype: str) -> str:
    """Return all that a body holds, the parts of a workbook included."""
    if "spreadsheetml" not in mimetype:
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def leaks(where: str, text: str) -> list[str]:
    """Return what a text gives away."""
    return [f"{where} : {secret}" for secret in SECRETS if secret in text]


def test_the_installation_holds_the_contact_that_is_looked_for(relay_settings: Settings) -> None:
    contact = read_held(relay_settings.state).contacts["alliance"]
    assert (contact.email, contact.phone) == (EMAIL, PHONE)


def test_no_answer_gives_a_contact_away(relay_app: Any) -> None:
    client = relay_app.test_client()
    waiting, seen, found = list(STARTS), set(STARTS), []
    named = 0
    for address in waiting:
        answer = client.get(address)
        assert answer.status_code == 200, address
        text = text_of(answer.data, answer.mimetype) + str(answer.headers)
        found += leaks(address, text)
        named += "Alliance du Bocage" in text
        for link in OURS.findall(text.replace("&amp;", "&")):
            if link not in seen and len(seen) < MOST and client.get(link).status_code == 200:
                seen.add(link)
                waiting.append(link)
    assert found == []
    assert named >= 10


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_error_gives_a_contact_away(relay_app: Any, method: str) -> None:
    client = relay_app.test_client()
    for address in (
        "/catalyseurs/alliance/contact",
        "/catalyseurs/alliance/contacts",
        "/catalyseurs/alliance.vcf",
    ):
        answer = getattr(client, method)(address, **({"data": {"name": "x"}} if method == "post" else {}))
        assert leaks(address, answer.text) == []


def test_no_asset_and_no_source_gives_a_contact_away(relay_app: Any) -> None:
    static = relay_app.extensions[HELD].static
    for name in static.names:
        body = static.body(name)
        assert body is not None
        assert leaks(name, body.coded("identity")[0].decode("utf-8", "replace")) == []
    for path in (Path(__file__).parents[2] / "data" / "catalysts").iterdir():
        assert leaks(path.name, path.read_text(encoding="utf-8")) == []


def test_no_record_of_the_directory_has_room_for_a_contact(relay_app: Any) -> None:
    directory = relay_app.extensions[HELD].catalysts
    assert directory.get("alliance").reachable
    assert leaks("directory", repr(directory.catalysts)) == []


def test_what_is_invented_is_marked_in_every_file_and_leaves_with_the_switch(relay_app: Any) -> None:
    client = relay_app.test_client()
    marks = {
        "csv": "fictif (démonstration)",
        "geojson": '"fictitious"',
        "vcf": "ORGANISATION FICTIVE",
        "xlsx": "fictif",
    }
    for ending, mark in marks.items():
        shown = client.get(f"/telecharger/catalyseurs.{ending}")
        hidden = client.get(f"/telecharger/catalyseurs.{ending}?demonstration=0")
        texts = [text_of(each.data, each.mimetype) for each in (shown, hidden)]
        assert texts[0].count("Catalyseur de démonstration") >= 235, ending
        assert texts[0].count(mark) >= 235, ending
        assert "Catalyseur de démonstration" not in texts[1], ending
        assert "Alliance du Bocage" in texts[1]
        assert shown.headers["Content-Disposition"].endswith(f'.{ending}"')
        again = client.get(
            f"/telecharger/catalyseurs.{ending}", headers={"If-None-Match": shown.headers["ETag"]}
        )
        assert again.status_code == 304
    assert client.get("/telecharger/catalyseurs.csv?inconnu=1").status_code == 400
    assert client.get("/telecharger/catalyseurs.csv?format=inconnu").status_code == 400


def test_a_card_folds_and_escapes_what_it_must(relay_app: Any) -> None:
    cards = relay_app.test_client().get("/telecharger/catalyseurs.vcf").data
    assert b"EMAIL" not in cards
    assert b"TEL" not in cards.replace(b"TELE", b"")
    assert max(len(line) for line in cards.split(b"\r\n")) <= 75
    assert cards.count(b"BEGIN:VCARD") == cards.count(b"END:VCARD") == 352
    assert b"<script>alert(1)</script>" in cards.replace(b"\r\n ", b"")


def test_markup_in_a_presentation_is_text(relay_app: Any) -> None:
    client = relay_app.test_client()
    for address in ("/catalyseurs/alliance", "/catalyseurs/alliance/contact", "/catalyseurs?q=alliance"):
        assert "<script>alert" not in client.get(address).text, address
