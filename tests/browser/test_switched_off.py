"""A visitor who switched the demonstration off keeps it off, and takes away the list that the screen shows."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.map_page import MapPage

pytestmark = pytest.mark.browser


def test_the_switch_stays_off_through_the_header_and_on_the_map(watched_page: Any, live_server: str) -> None:
    watched_page.goto(f"{live_server}/regards")
    watched_page.get_by_role("link", name="Ne montrer que les chiffres publiés").click()
    header = watched_page.get_by_role("navigation", name="Navigation principale")
    for word, path in (("Catalyseurs", "catalyseurs"), ("Regards", "regards"), ("Carte", "carte")):
        header.get_by_role("link", name=word).click()
        watched_page.wait_for_url(f"**/{path}?*demonstration=0*")
    MapPage(watched_page, live_server).settled()
    watched_page.select_option("#carte-niveau", "region")
    watched_page.wait_for_url("**/carte?niveau=region*&demonstration=0")
    watched_page.reload()
    header.get_by_role("link", name="Regards").click()
    watched_page.wait_for_url("**/regards?demonstration=0")
    expect(watched_page.locator(".simulated-off")).to_be_visible()


def test_the_files_of_the_list_follow_the_filters(watched_page: Any, live_server: str) -> None:
    watched_page.goto(f"{live_server}/catalyseurs?demonstration=0")
    file = watched_page.get_by_role("link", name="CSV de cette liste")
    expect(file).to_have_js_property(
        "href", f"{live_server}/telecharger/catalyseurs-choisis.csv?demonstration=0"
    )
    watched_page.get_by_label("Région", exact=True).select_option("11")
    expect(file).to_have_js_property(
        "href", f"{live_server}/telecharger/catalyseurs-choisis.csv?region=11&demonstration=0"
    )
    whole = watched_page.get_by_role("link", name="CSV de tout l’annuaire")
    expect(whole).to_have_js_property("href", f"{live_server}/telecharger/catalyseurs.csv?demonstration=0")
