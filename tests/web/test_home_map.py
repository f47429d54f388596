"""The map of the home page: a cached image of real values, and links that a list beside it also gives."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import numpy as np

from territoires.model.alerts import compared_mask
from territoires.model.levels import Level
from territoires.store.store import TableStore
from territoires.web.pages.home_map import MISSING, shown
from tests.web.reading import read

LARGEST_IMAGE = 120_000
SVG = "{http://www.w3.org/2000/svg}"


def test_the_image_is_small_and_kept_for_a_year(shipped_client: Any, shipped_store: TableStore) -> None:
    version = shipped_store.manifest.version[:12]
    response = shipped_client.get(f"/accueil.svg?v={version}", headers={"Accept-Encoding": "br"})
    assert response.mimetype == "image/svg+xml"
    assert len(response.data) <= LARGEST_IMAGE
    assert "immutable" in response.headers["Cache-Control"]
    assert f"/accueil.svg?v={version}" in shipped_client.get("/").get_data(as_text=True)


def test_the_image_has_one_colour_per_class_and_grey_for_what_is_not_compared(
    shipped_client: Any, shipped_store: TableStore
) -> None:
    drawing = ElementTree.fromstring(shipped_client.get("/accueil.svg").data)  # noqa: S314 - our own drawing
    fills = {path.get("fill") for path in drawing.iter(f"{SVG}path")} - {"none"}
    status = shipped_store.status(Level.EPCI, shown(shipped_store).indicator)
    compared = compared_mask(status)
    assert MISSING in fills or bool(np.all(compared))
    assert 2 <= len(fills - {MISSING}) <= 5


def test_the_links_of_the_map_are_those_of_the_list_and_out_of_the_way_of_the_keyboard(
    shipped_client: Any, shipped_store: TableStore
) -> None:
    response = shipped_client.get("/")
    overlay = re.search(
        r"<svg[^>]*aria-hidden=\"true\">.*?</svg>", response.get_data(as_text=True), re.DOTALL
    )
    assert overlay is not None
    assert overlay[0].count("<a ") == overlay[0].count('tabindex="-1"') == 18
    links = read(response).links
    for code in shipped_store.territories(Level.REGION).codes:
        assert links.count(f"/carte?region={code}") == 2


def test_the_caption_names_the_indicator_its_date_and_its_source(
    shipped_client: Any, shipped_store: TableStore
) -> None:
    indicator = shipped_store.indicator(shown(shipped_store).indicator)
    text = read(shipped_client.get("/")).text
    assert indicator.label in text
    assert indicator.vintage in text
    assert shipped_store.sources[indicator.source].short in text
