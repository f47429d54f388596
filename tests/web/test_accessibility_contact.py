"""Whom to write to when a page resists: the address set by whoever runs the site."""

from __future__ import annotations

from dataclasses import replace

from territoires.web.application import create_app
from tests.conftest import Country


def test_the_statement_gives_the_address_that_was_set_and_no_other(country: Country) -> None:
    settings = replace(country.settings, contact="acces@example.org")
    told = create_app(settings).server.test_client().get("/accessibilite").get_data(as_text=True)
    assert 'href="mailto:acces@example.org"' in told
    silent = create_app(country.settings).server.test_client().get("/accessibilite").get_data(as_text=True)
    assert "mailto:" not in silent
