"""The map page and its frame as they arrive, before any script: words, choices, rows, picture, headers."""

from __future__ import annotations

from html import unescape
from typing import Any

from territoires.analysis.sentences import sentence
from territoires.model.levels import Level
from territoires.model.selection import Selection
from territoires.store.store import TableStore
from tests.web.reading import read

QUERY = "niveau=commune&indicateur=niv_med&taille=2000-20000&region=76&territoire=09122"


def plain(text: str) -> str:
    """Text without the spaces that do not break."""
    return unescape(text).replace("\u202f", " ").replace("\u00a0", " ")


def test_the_page_says_the_sentence_shows_the_rows_and_gives_the_files(
    shipped_client: Any, shipped_store: TableStore
) -> None:
    answer = shipped_client.get(f"/carte?{QUERY}")
    text = plain(answer.get_data(as_text=True))
    page = read(answer)
    selection = Selection(Level.COMMUNE, "niv_med", ("2000-20000",), ("76",), "09122")  # type: ignore[arg-type] # the word of a size
    said = plain(sentence(shipped_store, selection))
    assert said in text
    assert f'alt="{said}"' in text
    assert page.tables == 1
    assert page.row_headers >= 50
    assert '<tr class="is-marked">' in text
    assert "sur 516 communes" in text
    for ending in ("csv", "xlsx", "geojson"):
        assert any(link.startswith(f"/telecharger/commune/niv_med.{ending}?taille=") for link in page.links)
    assert any(link.startswith("/carte/image.png?") for link in page.links)
    for link in page.links:
        if link.startswith(("/telecharger/", "/carte/image.svg")):
            assert shipped_client.get(link).status_code == 200, link


def test_the_choices_are_a_plain_form_that_says_the_selection(shipped_client: Any) -> None:
    page = read(shipped_client.get(f"/carte?{QUERY}"))
    names = {field.get("name") for field in page.fields}
    assert {"indicateur", "niveau", "methode", "classes", "taille", "region", "q"} <= names
    checked = {(f.get("name"), f.get("value")) for f in page.fields if "checked" in f}
    assert checked == {("taille", "2000-20000"), ("region", "76")}
    # What the form sends is an address without notice.
    answer = shipped_client.get(
        "/carte?indicateur=niv_med&niveau=epci&methode=seuils-naturels&classes=4&taille=moins-2000&region=11"
    )
    assert "est ignoré" not in answer.get_data(as_text=True)


def test_a_frame_may_be_shown_anywhere_and_nothing_else_may(shipped_client: Any) -> None:
    framed = shipped_client.get(f"/integrer/carte?{QUERY}").headers["Content-Security-Policy"]
    assert "frame-ancestors *" in framed
    assert "script-src 'self';" in framed
    for path in ("/carte", "/", "/api/v1/indicators", "/carte/image.svg?niveau=region"):
        assert "frame-ancestors 'self'" in shipped_client.get(path).headers["Content-Security-Policy"], path


def test_a_frame_is_a_bare_page_with_words_table_source_and_a_way_to_the_full_page(
    shipped_client: Any,
) -> None:
    answer = shipped_client.get(f"/integrer/carte?{QUERY}")
    page = read(answer)
    assert page.language == "fr"
    assert page.level_ones == ["Niveau de vie médian"]
    assert page.mains == ["contenu"]
    assert page.tables == 1
    assert page.inline_scripts == 0
    assert "Source :" in plain(page.text)
    assert f"/carte?{QUERY}" in page.links
    assert "site-header" not in answer.get_data(as_text=True)
    assert len(page.ids) == len(set(page.ids))


def test_a_frame_names_what_it_ignores(shipped_client: Any) -> None:
    page = read(shipped_client.get("/integrer/carte?niveau=planete&sauce=<b>"))
    assert len(page.notices) == 2
    assert "planete" in page.notices[0]
