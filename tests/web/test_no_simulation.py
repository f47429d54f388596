"""With the demonstration off, nothing simulated or fictitious can be reached: pages, links, API, files, sheets."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import Counter, deque
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from pypdf import PdfReader
from werkzeug.exceptions import HTTPException

from territoires.config import Settings
from territoires.model.indicators import STATUS_EXPLANATIONS, Status
from territoires.model.perceptions import Actor
from territoires.store.perceptions import DEMONSTRATION, FOLDER, open_perceptions
from territoires.store.store import TableStore
from territoires.web.application import create_app
from tests.web.reading import read

#: Where a visit begins: every page, route and file that could show a survey or an organisation.
ENTRIES = (
    "/", "/carte", "/indicateurs", "/regards", "/perceptions", "/perceptions/importer", "/dominos", "/reperes",
    "/catalyseurs", "/catalyseurs/manques", "/integrer/catalyseurs", "/methode", "/accessibilite",
    "/recherche?q=demonstration", "/catalyseurs/demonstration-001",
    *(f"/perceptions?acteur={actor}&vague={wave}" for actor in Actor for wave in (2015, 2019, 2022)),
    *(f"/regards?acteur={actor}&region=76" for actor in Actor),
    *(f"/regards?acteur={actor}&domaine=emploi&vague=2022" for actor in Actor),
    "/perceptions?taille=moins-2000", "/perceptions?demonstration=1", "/regards?demonstration=1&region=52",
    "/perceptions/carte.svg?domaine=sante&vague=2015&acteur=citoyens",
    "/api/v1/perceptions", "/api/v1/perceptions?demonstration=1", "/api/v1/gaps", "/api/v1/gaps?demonstration=1",
    "/api/v1/catalysts", "/api/v1/catalysts?demonstration=1", "/api/v1/catalysts/like/region/76",
    "/telecharger/perceptions.csv", "/telecharger/perceptions.xlsx", "/telecharger/perceptions.csv?format=machine",
    "/telecharger/regards.csv", "/telecharger/regards.xlsx", "/telecharger/dominos.csv",
    "/reperes/region/76", "/reperes/region/76.pdf", "/reperes/region/76.xlsx",
    "/reperes/commune/31555", "/_dash-layout",
)  # fmt: skip

#: Addresses followed per view: enough to meet every kind of link, few enough to stay short.
MOST = 1
MOST_OF_OURS = 12
OURS = ("regards.show", "perceptions.show", "dominoes.show", "catalysts.show")

#: Large files made of the indicators alone, which know neither survey nor organisation; of sheets in PDF, long to read,
#: the entry is enough.
HEAVY = (
    "downloads.outlined",
    "downloads.everything",
    "downloads.rows",
    "downloads.catalogue",
    "pictures.image",
)

LINK = re.compile(r'<a [^>]*href="(/[^"]*)"')

#: What names the demonstration in its own files.
TRACES = re.compile(r"[Jj]eu de démonstration|[Cc]atalyseur de démonstration|demonstration-\d")

#: What says that something shown is invented.
WORDS = re.compile(r"[Ss]imul(?:é|ated)|[Ff]icti(?:f|ve|tious)")

#: Pages that explain the words themselves, or list every status there can be.
EXPLAINED = ("/methode", "/carte", "/_dash-layout", "/accessibilite", "/perceptions/importer")


@pytest.fixture(scope="module")
def honest(shipped_settings: Settings, shipped_store: TableStore) -> Any:
    """A client of the shipped application with the demonstration off."""
    settings = replace(shipped_settings, demonstration=False)
    return create_app(settings, store=shipped_store).server.test_client()


def text_of(response: Any) -> str:
    """Return all the words of an answer, whatever its format."""
    kind, content = response.mimetype, response.get_data()
    if kind == "application/pdf":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if kind.endswith("spreadsheetml.sheet"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(
                archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")
            )
    return (
        content.decode("utf-8", "replace") if kind.startswith(("text/", "application/", "image/svg")) else ""
    )


def view_of(client: Any, address: str) -> str:
    """Return the name of the view that answers an address, empty when there is none."""
    try:
        endpoint, _ = client.application.url_map.bind("").match(urlsplit(address).path)
    except HTTPException:
        return ""
    return str(endpoint)


def followed(client: Any) -> dict[str, str]:
    """Visit the site from its entries, link by link; return the words of each address."""
    waiting, visits = deque(ENTRIES), Counter[str]()
    found: dict[str, str] = {}
    while waiting:
        address = waiting.popleft().split("#")[0]
        view, entry = view_of(client, address), address in ENTRIES
        most = MOST_OF_OURS if view in OURS else MOST
        if address in found or (not entry and (view in HEAVY or visits[view] >= most)):
            continue
        visits[view] += not entry
        response = client.get(address)
        if response.status_code >= 500:
            pytest.fail(f"{address} : {response.status_code}")
        found[address] = text_of(response)
        if response.mimetype == "text/html":
            waiting.extend(unescape(link) for link in LINK.findall(found[address]))
    return found


@pytest.fixture(scope="module")
def visited(honest: Any) -> dict[str, str]:
    return followed(honest)


def test_no_trace_of_the_demonstration_is_reachable(visited: dict[str, str]) -> None:
    assert len(visited) > 90
    asked = "/recherche?q=demonstration", "/catalyseurs/demonstration-001"
    traces = {
        address: found.group()
        for address, text in visited.items()
        if (found := TRACES.search(text)) and not address.startswith(asked)
    }
    assert traces == {}


def test_nothing_is_said_to_be_simulated_outside_explanations(visited: dict[str, str]) -> None:
    # What the statuses of a file mean, a count of none, and the name of a pattern that nothing uses.
    allowed = (
        STATUS_EXPLANATIONS[Status.SIMULATED],
        '"simulated":false',
        "« fictif (démonstration) » : organisation inventée",
        "<t>Dont fictifs</t>",
        'id="situation-fictif"',
    )
    said = {
        address: found.group()
        for address, text in visited.items()
        if not address.startswith(EXPLAINED) and (found := WORDS.search(without(text, allowed)))
    }
    assert said == {}


def without(text: str, phrases: tuple[str, ...]) -> str:
    """Return `text` without some phrases that explain."""
    for phrase in phrases:
        text = text.replace(phrase, "")
    return text


def test_every_survey_figure_given_to_programs_is_published(honest: Any, shipped_settings: Settings) -> None:
    real = open_perceptions(shipped_settings.data, shipped_settings.state, demonstration=False)
    published = {(row.wave, row.actor, row.code, row.domain, row.value) for row in real.rows}
    given = honest.get("/api/v1/perceptions").get_json()["perceptions"]
    assert len(given) == len(real.rows)
    assert {row["status"] for row in given} <= {"ok", "secret"}
    for actor in Actor:
        for wave in real.waves:
            response = honest.get(f"/api/v1/gaps?acteur={actor}&vague={wave}")
            if response.status_code == 400:
                continue  # a wave of other questions only
            content = response.get_json()
            assert content["simulated"] is False
            for row in content["gaps"]:
                if row["felt"] is not None:
                    key = (wave, actor, row["region"], row["domain"], row["felt"]["value"])
                    assert key in published
    rows = list(csv.DictReader(io.StringIO(honest.get("/telecharger/regards.csv?format=machine").text)))
    assert {row["status"] for row in rows} <= {"ok", "not_published"}


def test_the_values_of_the_demonstration_are_on_no_page(
    visited: dict[str, str], shipped_settings: Settings
) -> None:
    """A figure and its margin, written together, are as good as a fingerprint."""
    lines = (shipped_settings.data / FOLDER / DEMONSTRATION).read_text(encoding="utf-8")
    invented = [row for row in csv.DictReader(io.StringIO(lines)) if row["low"]][::41]
    assert len(invented) > 150
    pages = {
        a: t for a, t in visited.items() if a.startswith(("/perceptions", "/regards", "/reperes/region"))
    }
    for row in invented:
        pair = f'"value":{float(row["value"])},'
        margin = f'"low":{float(row["low"])},"high":{float(row["high"])}'
        for address, text in visited.items():
            if address.startswith("/api/"):
                assert not (pair in text and margin in text and f'"base":{row["base"]}' in text), address
    for address, text in pages.items():
        assert "simulated" not in text, address


def test_the_switch_in_the_address_hides_as_much_and_stays_in_links(shipped_client: Any) -> None:
    pages = (
        "/regards?region=76",
        "/regards?domaine=sante",
        "/perceptions?domaine=emploi",
        "/dominos?taille=plus-50000",
    )
    for address in pages:
        response = shipped_client.get(f"{address}&demonstration=0")
        assert response.status_code == 200
        text = response.get_data(as_text=True)
        assert not TRACES.search(text), address
        assert "simulated-band" not in text
        for link in read(response).links:
            parts = urlsplit(link)
            if parts.path.startswith(("/regards", "/perceptions", "/dominos", "/api", "/telecharger")):
                kept = dict(parse_qsl(parts.query)).get("demonstration") == "0"
                back = "chiffres simulés" in text and parts.path == urlsplit(address).path
                # The header and the rule lead to pages that need no switch to be read.
                bare = link in ("/regards", "/dominos#regle")
                assert kept or back or bare, (address, link)
    gaps = json.loads(shipped_client.get("/api/v1/gaps?demonstration=0").data)
    assert gaps["simulated"] is False
    assert json.loads(shipped_client.get("/api/v1/gaps").data)["simulated"] is True


def test_the_band_stands_wherever_something_simulated_is_shown(shipped_client: Any) -> None:
    for address in (
        "/regards?region=76",
        "/regards?domaine=sante",
        "/perceptions",
        "/perceptions?acteur=maires",
    ):
        text = shipped_client.get(address).get_data(as_text=True)
        assert text.count('class="simulated-band"') == 1, address
        assert "à ne pas citer" in text
    none = shipped_client.get("/perceptions?acteur=maires&demonstration=0").get_data(as_text=True)
    assert "simulated-band" not in none
    for address in ("/telecharger/regards.csv", "/telecharger/perceptions.csv?vague=2022&acteur=maires"):
        assert "simulé" in shipped_client.get(address).get_data(as_text=True), address
    assert 'fill="url(#simule-' in shipped_client.get("/perceptions/carte.svg?domaine=sante").get_data(
        as_text=True
    )
