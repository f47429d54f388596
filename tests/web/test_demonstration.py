"""What is invented is said in words, can be hidden, stays hidden from page to page, and may never be loaded."""

import re
from collections import deque
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from territoires.web.application import create_app
from territoires.web.components.demonstration import band, demonstration_shown, keep, shown_perceptions


@pytest.fixture
def at(shipped_app):
    """Open a request of the application on the shipped data."""
    return lambda address: shipped_app.server.test_request_context(address)


@pytest.mark.parametrize(
    ("kind", "words"), [("perceptions", "Chiffres simulés"), ("catalysts", "Organisations fictives")]
)
def test_band_says_it_in_words_and_leads_to_the_page_without(at, kind, words):
    with at("/perceptions?vague=2022&taille=a&taille=b"):
        text = band(kind)
    assert words in text
    assert 'aria-label="Démonstration"' in text
    assert 'href="/perceptions?vague=2022&amp;taille=a&amp;taille=b&amp;demonstration=0"' in text


def test_page_without_leads_back_and_its_links_keep_the_choice(at):
    with at("/perceptions?demonstration=0&vague=2022"):
        text = band("perceptions")
        assert "simulated-band" not in text
        assert 'href="/perceptions?vague=2022"' in text
        assert keep("/regards?region=53") == "/regards?region=53&demonstration=0"
        assert keep("/regards?demonstration=0") == "/regards?demonstration=0"
        assert not shown_perceptions().has_simulated
    with at("/perceptions"):
        assert keep("/regards?region=53") == "/regards?region=53"
        assert shown_perceptions().has_simulated


#: What is not a page of the site: files, the API, and what says that the service is well.
ELSEWHERE = ("/api/", "/telecharger/", "/sante")

LINK = re.compile(r'<a\b([^>]*?)\shref="(/[^"]*)"')
FORM = re.compile(r'<form\b[^>]*method="get".*?</form>', re.DOTALL)


def test_a_visit_without_demonstration_stays_without_wherever_it_goes(shipped_app, shipped_client):
    """Follow the links from one page: every kind of page is met, each knows the switch and hands it on."""
    adapter = shipped_app.server.url_map.bind("localhost")
    waiting = deque(["/regards?demonstration=0", "/perdu?demonstration=0"])
    met = set()
    while waiting:
        address = waiting.popleft()
        answer = shipped_client.get(address, follow_redirects=True)
        text = answer.text
        assert "« demonstration » est inconnu" not in text.replace("\u202f", " "), address
        for form in FORM.findall(text):
            assert form.count('name="demonstration" value="0"') == 1, (address, form[:80])
        for attributes, found in LINK.findall(text):
            link = unescape(found)
            if link.startswith(ELSEWHERE) or "data-demonstration" in attributes:
                continue
            assert parse_qs(urlsplit(link).query).get("demonstration") == ["0"], (address, link)
            endpoint, _ = adapter.match(urlsplit(link).path)
            if endpoint not in met and not re.search(r"[.]\w+$", urlsplit(link).path):
                met.add(endpoint)
                waiting.append(link.partition("#")[0])
    assert met >= {
        "home.show", "dash:/carte", "indicators.show_all", "indicator.show_one", "regards.show", "perceptions.show",
        "perceptions_import.show", "dominoes.show", "catalysts.show", "catalysts_missing.show", "catalyst.show",
        "repertory.show", "sheets.show", "method.show", "accessibility.show",
    }  # fmt: skip


@pytest.mark.parametrize("address", ["/regards", "/integrer/catalyseurs", "/catalyseurs/manques"])
def test_with_the_demonstration_no_link_but_the_switch_names_it(shipped_client, address):
    links = [unescape(found) for _, found in LINK.findall(shipped_client.get(address).text)]
    assert len([link for link in links if "demonstration=" in link]) == 1
    off = shipped_client.get(f"{address}?demonstration=0").text
    [back] = [found for attributes, found in LINK.findall(off) if "data-demonstration" in attributes]
    assert "demonstration" not in back


def test_words_of_an_address_cannot_break_the_band(at):
    with at("/perceptions?vague=%22%3E%3Cscript%3E"):
        assert "<script" not in band("perceptions")


def test_installation_without_demonstration_holds_nothing_invented(shipped_settings, shipped_store):
    app = create_app(replace(shipped_settings, demonstration=False), store=shipped_store)
    with app.server.test_request_context("/perceptions"):
        assert not demonstration_shown()
        assert band("perceptions") == ""
        assert not shown_perceptions().has_simulated
    client = app.server.test_client()
    for address in ("/api/v1/perceptions", "/telecharger/perceptions.csv", "/perceptions/importer"):
        text = client.get(address).data.decode("utf-8-sig")
        assert "simulated" not in text
        assert "(simulé)" not in text
    rows = client.get("/api/v1/perceptions?demonstration=1").json["perceptions"]
    assert {row["origin"] for row in rows} == {"published"}
