"""A map page whose test fails on any console message or request to another host."""

from typing import Any

import pytest

from tests.browser.map_page import MapPage


@pytest.fixture
def map_page(watched_page: Any, live_server: str) -> MapPage:
    """The map of the shipped data, not open yet."""
    return MapPage(watched_page, live_server)
