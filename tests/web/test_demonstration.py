"""What is invented is said in words, can be hidden, stays hidden from page to page, and may never be loaded."""

from dataclasses import replace

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
