"""The directory over HTTP: without a script, with what is invented hidden, and with whatever an import brought."""

from __future__ import annotations

import html
import json
import re
import shutil
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest

from territoires.catalysts.records import COLUMNS, format_rows
from territoires.model.levels import Level
from territoires.store.store import TableStore
from territoires.web.application import create_app
from territoires.web.directory.data import website
from tests.conftest import Country
from tests.unit.catalysts.organisations import organisation

#: What the first view may weigh beyond the files of the map (bytes, compressed).
FIRST_VIEW = 150_000

ENTRY = re.compile(r'<li class="peer" data-id="([^"]+)"')


def ids(client: Any, query: str) -> list[str]:
    """Return the organisations of the list at an address, in order."""
    answer = client.get(f"/catalyseurs?{query}")
    assert answer.status_code == 200, query
    return ENTRY.findall(answer.text)


def counted(client: Any, query: str) -> int:
    """Return how many organisations the page says that it lists."""
    found = re.search(r"<strong>([\d\s\u202f]+)", client.get(f"/catalyseurs?{query}").text)
    assert found is not None
    return int(re.sub(r"\D", "", found[1]))


@pytest.fixture(scope="module")
def small(country: Country, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A client on the invented country, whose directory holds three organisations with unpleasant cells."""
    data = tmp_path_factory.mktemp("directory") / "data"
    shutil.copytree(country.settings.data, data)
    (data / "catalysts").mkdir(exist_ok=True)
    blank = dict.fromkeys(COLUMNS, "")
    rows = [
        {
            **blank, "id": "a", "name": "<script>alert(1)</script>", "kind": "association", "profile": "associations",
            "town": "Ambrecourt", "commune": "2A004", "domains": "sante", "certainty": "A",
            "presentation": "<b>gras</b> & \u2028 </script>", "website": "javascript:alert(1)",
            "source": "essai", "source_url": "javascript:alert(2)",
        },
        {**blank, "id": "b", "name": "Seconde", "kind": "tiers-lieu", "profile": "ingenieries", "certainty": "A2"},
        {**blank, "id": "c", "name": "Voisine", "kind": "autre", "profile": "ingenieries", "certainty": "C"},
    ]  # fmt: skip
    (data / "catalysts" / "published.csv").write_text(format_rows(rows), encoding="utf-8")
    for name in ("unplaced", "demonstration"):
        (data / "catalysts" / f"{name}.csv").write_text(format_rows([]), encoding="utf-8")
    return create_app(replace(country.settings, data=data)).server.test_client()


@pytest.fixture(scope="module")
def real_client(shipped_settings: Any, shipped_store: TableStore) -> Any:
    """A client of an installation that never loads what is invented."""
    settings = replace(shipped_settings, demonstration=False)
    return create_app(settings, store=shipped_store).server.test_client()


def test_the_list_can_be_read_page_by_page_without_a_script(shipped_client: Any) -> None:
    total = counted(shipped_client, "")
    first, second = ids(shipped_client, ""), ids(shipped_client, "page=2")
    assert len(first) == 40
    assert not set(first) & set(second)
    last = -(-total // 40)
    assert len(ids(shipped_client, f"page={last}")) == total - 40 * (last - 1)
    assert ids(shipped_client, "page=9999") == ids(shipped_client, f"page={last}")
    assert f'href="/catalyseurs?page={2}" rel="next"' in shipped_client.get("/catalyseurs").text


def test_each_option_says_how_many_it_leaves(shipped_client: Any) -> None:
    text = shipped_client.get("/catalyseurs?domaine=emploi").text
    select = re.search(r'<select id="taille".*?</select>', text, re.DOTALL)
    assert select is not None
    options = re.findall(r'value="([^"]+)" data-words="[^"]*">[^·<]* · ([\d\u202f]+)', select[0])
    assert options
    for value, count in options:
        assert counted(shipped_client, f"domaine=emploi&taille={value}") == int(count.replace("\u202f", ""))


def test_what_the_address_says_wrongly_is_said_and_ignored(shipped_client: Any) -> None:
    page = shipped_client.get("/catalyseurs?domaine=licornes&bidule=1&region=00&mode=loin&page=-1&rayon=3")
    assert page.status_code == 200
    for word in ("licornes", "bidule", "00", "loin", "-1"):
        assert f"«\u202f{word}\u202f»" in page.text, word
    assert counted(shipped_client, "domaine=licornes") == counted(shipped_client, "")


def test_a_place_typed_leads_to_its_own_address(shipped_client: Any) -> None:
    answer = shipped_client.get("/catalyseurs?mode=pres&lieu=millau&domaine=emploi&demonstration=0")
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(
        "/catalyseurs?domaine=emploi&mode=pres&niveau=commune&territoire=12145&demonstration=0"
    )
    unknown = shipped_client.get("/catalyseurs?mode=pres&lieu=xqzwv")
    assert unknown.status_code == 200
    assert "Aucun territoire ne s’appelle «\u202fxqzwv\u202f»" in unknown.text
    region = shipped_client.get("/catalyseurs?mode=comme&lieu=occitanie")
    assert region.status_code in (200, 303)
    assert "niveau=region" not in region.headers.get("Location", "")


def test_near_is_ordered_by_distance_and_like_says_its_reasons(shipped_client: Any) -> None:
    near = shipped_client.get("/catalyseurs?mode=pres&niveau=commune&territoire=59350").text
    km = [int(text) for text in re.findall(r'<span class="peer-km">(\d+)', near)]
    assert km == sorted(km)
    like = shipped_client.get("/catalyseurs?mode=comme&niveau=commune&territoire=59350").text
    assert like.count('class="peer-why"') == len(ENTRY.findall(like)) > 0
    assert "comme Lille, commune (Nord)" in like
    answer = shipped_client.get("/api/v1/catalysts/like/commune/59350").get_json()
    assert [peer["id"] for peer in answer["peers"]][:1] == ENTRY.findall(like)[:1]


@pytest.mark.parametrize(
    "path",
    [
        "/catalyseurs?demonstration=0",
        "/api/v1/catalysts?demonstration=0",
        "/catalyseurs/manques?demonstration=0",
        "/integrer/catalyseurs?demonstration=0",
        "/catalyseurs?mode=comme&niveau=commune&territoire=59350&demonstration=0",
    ],
)
def test_what_is_invented_can_be_hidden_everywhere(shipped_client: Any, real_client: Any, path: str) -> None:
    for text in (shipped_client.get(path).text, real_client.get(path.partition("?demonstration")[0]).text):
        assert "fictitious" not in text
        assert "de démonstration" not in text
        assert "demonstration-" not in text
    assert shipped_client.get("/catalyseurs/demonstration-001?demonstration=0").status_code == 404
    assert real_client.get("/catalyseurs/demonstration-001").status_code == 404


def test_links_keep_the_choice_to_hide_what_is_invented(shipped_client: Any) -> None:
    for path in (
        "/catalyseurs?demonstration=0",
        "/catalyseurs/manques?demonstration=0",
        "/catalyseurs/ronalpia?demonstration=0",
    ):
        text = html.unescape(shipped_client.get(path).text)
        inside = text[text.index('id="contenu"') : text.index("site-footer")]
        own = [
            a
            for a in re.findall(r'href="(/(?:catalyseurs|telecharger)[^"]*)"', inside)
            if "Montrer les organisations" not in a
        ]
        kept = [address for address in own if "demonstration=0" in address]
        # The only one that does not is the way back to what is invented.
        assert len(own) - len(kept) == 1, path


def test_a_card_says_everything_and_leads_to_the_territory(shipped_client: Any) -> None:
    text = html.unescape(shipped_client.get("/catalyseurs/fondation-de-lille").text)
    for words in (
        "Fondation de Lille",
        "Fondation ou fonds de dotation · Lille (Nord)",
        "nommé catalyseur par le réseau",
        "lerameau.fr",
    ):
        assert words in text, words
    assert "/carte?niveau=commune&" in text
    assert "territoire=59350" in text
    assert "/reperes/region/32" in text
    assert shipped_client.get("/catalyseurs/personne").status_code == 404


def test_cells_of_a_directory_are_text_and_nothing_else(small: Any) -> None:
    for path in (
        "/catalyseurs?reseaux=1",
        "/catalyseurs/a",
        "/api/v1/catalysts",
        "/catalyseurs/manques",
        "/integrer/catalyseurs",
    ):
        answer = small.get(path)
        assert answer.status_code == 200, path
        assert "javascript:" not in answer.text.partition("Source</dt>")[0], path
        if not path.startswith("/api"):
            assert "<script>alert" not in answer.text, path
            assert "<b>gras" not in answer.text, path
    assert 'href="javascript' not in small.get("/catalyseurs/a").text
    assert "website" not in small.get("/api/v1/catalysts").get_json()["catalysts"][0]
    assert counted(small, "") == 2
    assert counted(small, "reseaux=1") == 3
    assert ids(small, "q=gras") == ["a"]


def test_only_addresses_of_the_web_are_links() -> None:
    assert (
        website(organisation("a", website="https://example.org/page?x=1")) == "https://example.org/page?x=1"
    )
    for wrong in (
        "javascript:alert(1)",
        "example.org",
        "https://a b",
        "data:text/html,x",
        'https://x"onclick',
    ):
        assert website(organisation("a", website=wrong)) == ""


def test_the_api_answers_everyone_once_and_refuses_what_it_does_not_know(shipped_client: Any) -> None:
    answer = shipped_client.get("/api/v1/catalysts")
    rows = answer.get_json()["catalysts"]
    assert len({row["id"] for row in rows}) == len(rows)
    assert {"lon", "lat"} & set(rows[0]) != set() or rows[0].get("near")
    again = shipped_client.get("/api/v1/catalysts", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    version = answer.get_json()["version"]
    assert "immutable" in shipped_client.get(f"/api/v1/catalysts?v={version}").headers["Cache-Control"]
    assert "immutable" not in answer.headers["Cache-Control"]
    assert shipped_client.get("/api/v1/catalysts?x=1").status_code == 400
    for path in ("like/region/76", "like/france/FR", "like/lune/1", "like/commune/99999"):
        assert shipped_client.get(f"/api/v1/catalysts/{path}").status_code == 404, path


def test_the_first_view_is_light(shipped_client: Any) -> None:
    def size(path: str) -> int:
        return len(shipped_client.get(path, headers={"Accept-Encoding": "br"}).data)

    page = shipped_client.get("/catalyseurs")
    own = re.findall(r'(?:href|src)="(/statique/[^"]+/catalyseurs/[^"]+)"', page.text)
    data = re.search(r'as="fetch" crossorigin href="([^"]+)"', page.text)
    assert data is not None
    weight = sum(size(path) for path in {*own, html.unescape(data[1]), "/catalyseurs"})
    assert {path.rsplit("/", 1)[1] for path in own} >= {"entry.js", "catalyseurs.css"}
    assert weight <= FIRST_VIEW


@pytest.mark.parametrize("level", ["epci", "commune"])
def test_where_nobody_acts_is_said_drawn_and_listed(shipped_client: Any, level: str) -> None:
    text = html.unescape(
        shipped_client.get(f"/catalyseurs/manques?domaine=sante&distance=100&niveau={level}").text
    )
    lead = re.search(r'<p class="lead" role="status">(.*?)</p>', text)
    assert lead is not None
    numbers = re.findall(r"(\d[\d\u202f]*) des (\d[\d\u202f]*)", lead[1])[0]
    found = [int(re.sub(r"\D", "", number)) for number in numbers]
    rows = re.findall(
        r'<th scope="row">[^<]*</th><td class="figure">([^<]*)</td><td class="figure">([^<]*)</td>', text
    )
    sums = [sum(int(re.sub(r"\D", "", row[n])) for row in rows) for n in (1, 0)]
    assert found == sums
    assert "Comme chez moi" in text
    picture = re.search(r'<img src="([^"]+)"', text)
    assert picture is not None
    drawing = shipped_client.get(picture[1])
    assert drawing.mimetype == "image/svg+xml"
    assert "#872523" in drawing.text
    assert "<circle" in drawing.text


def test_a_size_and_an_unknown_domain_are_said_in_the_sentence(shipped_client: Any) -> None:
    small = shipped_client.get("/catalyseurs/manques?domaine=sante&taille=20000-50000").text
    assert "de 20" in small
    silent = shipped_client.get("/catalyseurs/manques?domaine=securite&niveau=epci")
    assert silent.status_code == 200
    assert "trop peu d’indicateurs" in silent.text
    ignored = shipped_client.get("/catalyseurs/manques?domaine=lune&distance=7&x=1").text
    for word in ("lune", "7", "x"):
        assert f"«\u202f{word}\u202f»" in ignored


def test_only_the_page_made_for_it_may_be_framed(shipped_client: Any) -> None:
    policy = shipped_client.get("/integrer/catalyseurs").headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    for path in ("/catalyseurs", "/catalyseurs/manques", "/catalyseurs/ronalpia"):
        assert "frame-ancestors 'self'" in shipped_client.get(path).headers["Content-Security-Policy"]


def test_the_words_sent_to_the_browser_are_complete(shipped_client: Any, shipped_store: TableStore) -> None:
    text = shipped_client.get("/catalyseurs").text
    block = re.search(r'id="catalyseurs-depart">(.*?)</script>', text, re.DOTALL)
    assert block is not None
    words = json.loads(unquote(block[1]))
    assert len(words["domains"]) == 16
    assert len(words["regions"]) == len(shipped_store.territories(Level.REGION))
    assert sorted(kind for family in words["families"] for kind in family["kinds"]) == sorted(words["kinds"])
