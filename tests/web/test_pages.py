"""Every page: its shell, its titles, its links, its fields; what it does with an address it does not know."""

from __future__ import annotations

from itertools import pairwise
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from territoires.model.fragilities import DOMAINS
from territoires.model.indicators import STATUS_LABELS, Status
from territoires.model.levels import Level
from territoires.store.store import TableStore
from tests.web.reading import read

PLAIN = ["/", "/indicateurs", "/reperes", "/methode", "/accessibilite", "/recherche?q=saint"]
PAGES = [*PLAIN, "/carte", "/nulle-part", "/recherche", "/recherche?q=zzzzqq", "/indicateurs?q=zzzzqq"]


def inside(links: list[str]) -> set[str]:
    """Return the addresses of this site among `links`, without their fragment."""
    return {urldefrag(link)[0] for link in links if link.startswith("/")}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_language_one_main_one_title_and_a_way_to_its_content(
    shipped_client: Any, path: str
) -> None:
    page = read(shipped_client.get(path))
    assert page.language == "fr"
    assert page.mains == ["contenu"]
    assert page.links[0] == "#contenu"
    assert page.title.endswith("Territoires")
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("path", [page for page in PAGES if page != "/carte"])
def test_a_plain_page_has_one_first_title_and_skips_no_level(shipped_client: Any, path: str) -> None:
    page = read(shipped_client.get(path))
    assert len(page.level_ones) == 1
    levels = [level for level, _ in page.headings]
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("path", PLAIN)
def test_a_plain_page_runs_no_script_of_dash_and_none_written_in_it(shipped_client: Any, path: str) -> None:
    page = read(shipped_client.get(path))
    assert page.inline_scripts == 0
    assert all(file.startswith("/statique/") for file in page.files)


@pytest.mark.parametrize("path", PAGES)
def test_every_field_has_a_label(shipped_client: Any, path: str) -> None:
    page = read(shipped_client.get(path))
    unnamed = [f for f in page.fields if f.get("id") not in page.labelled and f.get("within") != "label"]
    assert unnamed == []


@pytest.mark.parametrize("path", PLAIN)
def test_every_link_says_where_it_goes(shipped_client: Any, path: str) -> None:
    page = read(shipped_client.get(path))
    assert all(page.link_words)
    places: dict[str, set[str]] = {}
    for words, link in zip(page.link_words, page.links, strict=True):
        places.setdefault(words, set()).add(urljoin(path, link))
    assert {words: links for words, links in places.items() if len(links) > 1} == {}


def test_pages_have_titles_of_their_own(shipped_client: Any) -> None:
    titles = [read(shipped_client.get(path)).title for path in [*PLAIN, "/carte", "/nulle-part"]]
    assert len(set(titles)) == len(titles)


def test_the_links_of_every_page_lead_somewhere(shipped_client: Any) -> None:
    wanted: set[str] = set()
    for path in PLAIN:
        wanted |= inside(read(shipped_client.get(path)).links)
    # One address of each family is enough for those that differ by a query or a code only.
    families: dict[tuple[str, ...], str] = {}
    for link in sorted(wanted, reverse=True):
        parts = urlsplit(link).path.split("/")
        ending = link.partition("?")[0].rpartition(".")[2]
        key = (*parts[:2], ending) if ending in ("pdf", "xlsx", "csv", "parquet") else tuple(parts)
        families.setdefault(key, link)
    answers: dict[str, int] = {}
    for link in families.values():
        with shipped_client.get(link) as response:
            answers[link] = response.status_code
    assert {link: status for link, status in answers.items() if status not in (200, 302)} == {}


@pytest.mark.parametrize("path", [*PLAIN, "/nulle-part"])
def test_the_fragments_of_a_page_exist(shipped_client: Any, path: str) -> None:
    page = read(shipped_client.get(path))
    for link in page.links:
        address, fragment = urldefrag(link)
        if not fragment:
            continue
        target = page if address in ("", path) else read(shipped_client.get(address))
        assert fragment in target.ids, link


def test_the_home_page_leads_to_every_region_and_every_domain(
    shipped_client: Any, shipped_store: TableStore
) -> None:
    page = read(shipped_client.get("/"))
    for code in shipped_store.territories(Level.REGION).codes:
        assert f"/carte?region={code}" in page.links
    for domain in DOMAINS:
        first = next(each for each in shipped_store.indicators if each.domain == domain.id)
        link = page.links[page.link_words.index(domain.label)]
        assert f"indicateur={first.id}" in link


def test_the_footer_gives_the_version_of_the_data_and_the_way_to_sources_and_licences(
    shipped_client: Any, shipped_store: TableStore
) -> None:
    page = read(shipped_client.get("/accessibilite"))
    assert shipped_store.manifest.version[:12] in page.text
    assert {"/methode#sources", "/accessibilite"} <= set(page.links)


@pytest.mark.parametrize("path", PLAIN)
def test_an_unknown_parameter_is_said_and_cannot_write_in_the_page(shipped_client: Any, path: str) -> None:
    separator = "&" if "?" in path else "?"
    response = shipped_client.get(f"{path}{separator}<script>alert(1)</script>=1")
    page = read(response)
    assert response.status_code == 200
    assert len(page.notices) == 1
    assert "<script>alert(1)</script>" in page.notices[0]
    assert "<script>alert" not in response.get_data(as_text=True)


def test_what_was_searched_is_written_back_as_text(shipped_client: Any) -> None:
    for path in ("/recherche", "/indicateurs"):
        response = shipped_client.get(path, query_string={"q": '"><script>alert(1)</script>'})
        assert response.status_code == 200
        assert "<script>alert" not in response.get_data(as_text=True)


def test_a_search_finds_places_and_indicators(shipped_client: Any) -> None:
    places = read(shipped_client.get("/recherche?q=toulouse"))
    assert any("territoire=31555" in link for link in places.links)
    indicators = read(shipped_client.get("/recherche?q=chomage"))
    assert "/indicateurs/emp_txchom_1564" in indicators.links


def test_an_empty_search_says_what_to_type(shipped_client: Any) -> None:
    assert "Saisissez" in read(shipped_client.get("/recherche")).text
    assert "Aucun territoire" in read(shipped_client.get("/recherche?q=zzzzqq")).text
    assert "Aucun indicateur" in read(shipped_client.get("/indicateurs?q=zzzzqq")).text


def test_the_list_of_indicators_shows_them_all_then_those_of_a_domain(
    shipped_client: Any, shipped_store: TableStore
) -> None:
    everything = read(shipped_client.get("/indicateurs"))
    for indicator in shipped_store.indicators:
        assert f"/indicateurs/{indicator.id}" in everything.links
    health = read(shipped_client.get("/indicateurs?domaine=sante"))
    shown = {link for link in health.links if link.startswith("/indicateurs/")}
    wanted = {f"/indicateurs/{each.id}" for each in shipped_store.indicators if each.domain == "sante"}
    assert shown == wanted


def test_an_unknown_domain_is_said(shipped_client: Any) -> None:
    page = read(shipped_client.get("/indicateurs?domaine=licornes"))
    assert len(page.notices) == 1
    assert "licornes" in page.notices[0]


def test_every_indicator_has_a_page_with_its_definition_and_source(
    shipped_client: Any, shipped_store: TableStore
) -> None:
    for indicator in shipped_store.indicators:
        response = shipped_client.get(f"/indicateurs/{indicator.id}")
        assert response.status_code == 200, indicator.id
        page = read(response)
        assert page.level_ones == [" ".join(indicator.label.split())]
        assert shipped_store.sources[indicator.source].licence in page.text
        assert page.tables >= 1
        assert page.row_headers >= page.tables


def test_the_list_of_sheets_counts_the_communes_of_a_size_and_keeps_it_in_its_links(
    shipped_client: Any,
) -> None:
    everything = read(shipped_client.get("/reperes"))
    assert "/reperes/region/76" in everything.links
    large = read(shipped_client.get("/reperes?taille=plus-50000&taille=20000-50000"))
    assert "/reperes/region/76?taille=20000-50000&taille=plus-50000" in large.links
    assert large.notices == []


def test_the_list_of_sheets_goes_to_the_region_chosen(shipped_client: Any) -> None:
    response = shipped_client.get("/reperes?region=76&taille=moins-2000")
    assert response.status_code == 302
    assert response.headers["Location"] == "/reperes/region/76?taille=moins-2000"
    unknown = read(shipped_client.get("/reperes?region=999&taille=immense"))
    assert len(unknown.notices) == 2


def test_the_method_page_names_every_source_in_use(shipped_client: Any, shipped_store: TableStore) -> None:
    page = read(shipped_client.get("/methode"))
    used = {indicator.source for indicator in shipped_store.indicators}
    assert {f"source-{source}" for source in used} <= set(page.ids)


def test_the_method_page_gives_each_status_its_digit_in_the_api(shipped_client: Any) -> None:
    text = " ".join(read(shipped_client.get("/methode")).text.split())
    for status in (Status.OK, Status.SECRET, Status.SMALL_BASE, Status.PARTIAL):
        digit = "0123456789abcdef"[status]
        assert f"{digit} {STATUS_LABELS[status]}" in text


def test_browsers_and_robots_find_what_they_ask_for(shipped_client: Any) -> None:
    assert shipped_client.get("/favicon.ico").mimetype == "image/svg+xml"
    assert "Disallow: /api/" in shipped_client.get("/robots.txt").get_data(as_text=True)


def test_the_invented_country_has_all_its_pages_too(client: Any) -> None:
    for path in PLAIN:
        assert client.get(path).status_code == 200
