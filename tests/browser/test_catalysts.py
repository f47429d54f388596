"""The page of the catalysts as a reader uses it: map, list, both orders, card; mouse, keyboard, two widths."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from werkzeug.serving import make_server

from territoires.catalysts.holding import CURRENT, contacts_path, folder_of
from territoires.catalysts.records import COLUMNS, format_rows
from territoires.store.store import TableStore
from territoires.web.application import create_app
from territoires.web.directory.address import read
from territoires.web.directory.view import shown_directory, view
from tests.browser.map_page import MapPage
from tests.conftest import Country

pytestmark = pytest.mark.browser

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1280", "390"])

#: How long the map may take to be on screen, on a slow machine that draws in software (ms).
PATIENCE = 90_000

LIST = "#catalyseurs-resultats > li"


class Peers:
    """A browser page open on the catalysts."""

    def __init__(self, page: Any, server: str) -> None:
        self.page = page
        self.server = server

    def open(self, query: str = "", size: dict[str, int] = DESKTOP, path: str = "/catalyseurs") -> Peers:
        self.page.set_viewport_size(size)
        self.page.goto(f"{self.server}{path}{'?' if query else ''}{query}")
        return self.drawn()

    def drawn(self) -> Peers:
        self.page.wait_for_selector("html[data-drawn]", state="attached", timeout=PATIENCE)
        return self

    def ids(self) -> list[str]:
        found: list[str] = self.page.locator(LIST).evaluate_all("items => items.map(item => item.dataset.id)")
        return found

    @property
    def count(self) -> int:
        return int(re.sub(r"\D", "", self.page.inner_text("#catalyseurs-nombre strong")))

    @property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.page.url).query)

    def wider(self) -> int:
        excess: int = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        return excess

    def tab_to(self, selector: str, most: int = 60) -> Peers:
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
                return self
        raise AssertionError(f"{selector} is not reached with the keyboard")


@pytest.fixture
def peers(watched_page: Any, live_server: str) -> Peers:
    """The page, not open yet."""
    return Peers(watched_page, live_server)


#: Filter as the modules of the page do, for each query: the whole list, in order.
IN_BROWSER = """async (queries) => {
  const entry = document.querySelector('script[src*="catalyseurs/entry.js"]').src;
  const load = (name) => import(new URL(name, entry).href);
  const [{ FILTERS }, { createMatching }, { createOrdering }, { readPlace }, { readWords }] = await Promise.all(
    ["address.js", "matching.js", "ordering.js", "place.js", "words.js"].map(load),
  );
  const words = readWords();
  const { catalysts } = await (await fetch(words.data)).json();
  const [match, rank] = [createMatching(catalysts, words), createOrdering(catalysts, words)];
  return Promise.all(queries.map(async (query) => {
    const given = new URLSearchParams(query);
    const get = (name) => given.get(name) ?? "";
    const place = get("territoire") ? { level: get("niveau"), code: get("territoire") } : null;
    const point = place && (await readPlace(place, words.version));
    const ranking = await rank({ mode: get("mode"), place, point, radius: Number(get("rayon")) });
    const filters = Object.fromEntries(Object.entries(FILTERS).map(([field, name]) => [field, get(name)]));
    return match(ranking.order, { filters, networks: get("reseaux") === "1" }).kept.map((i) => catalysts[i].id);
  }));
}"""

QUERIES = (
    "",
    "reseaux=1",
    "q=lille",
    "q=Élus+œuvre",
    "q=accompagnement+territorial&reseaux=1",
    "domaine=emploi&taille=2000-20000",
    "region=76&echelon=local",
    "metier=dialogue-territorial&type=ptce",
    "mode=pres&niveau=commune&territoire=12145&rayon=200",
    "mode=pres&niveau=epci&territoire=243100518",
    "mode=pres&niveau=region&territoire=03&reseaux=1",
    "mode=comme&niveau=commune&territoire=97411",
    "domaine=emploi&mode=comme&niveau=epci&territoire=243100518",
)


@SIZES
def test_filters_with_the_mouse_leave_the_same_list_and_say_how_many(
    peers: Peers, axe_faults: Callable[[Any], list[str]], size: dict[str, int]
) -> None:
    page = peers.open(size=size).page
    everyone = peers.count
    assert peers.wider() <= 0
    assert axe_faults(page) == []
    if size is PHONE:
        page.locator("summary", has_text="Filtrer").click()
    option = page.locator("#domaine option[value=sante]")
    expected = int(re.sub(r"\D", "", str(option.text_content()).split("·")[1]))
    page.select_option("#domaine", "sante")
    assert peers.count == expected < everyone
    assert peers.query == {"domaine": ["sante"]}
    before = peers.count
    page.check("#reseaux")
    assert peers.count >= before
    assert "organisation" in page.inner_text("#catalyseurs-nombre")
    page.fill("#mots", "zzzz")
    page.get_by_text("Personne ne correspond à ce choix").wait_for()
    assert page.locator(LIST).count() == 0
    assert axe_faults(page) == []
    page.get_by_role("link", name="Tout afficher").click()
    assert peers.count == everyone
    assert peers.query == {}
    peers.drawn()


def test_the_list_of_the_browser_is_that_of_the_server(
    peers: Peers, shipped_store: TableStore, shipped_app: Any
) -> None:
    page = peers.open("mode=pres&niveau=commune&territoire=12145&domaine=emploi&page=2").page
    assert peers.query == {
        "domaine": ["emploi"], "mode": ["pres"], "niveau": ["commune"], "territoire": ["12145"],
    }  # fmt: skip
    found = page.evaluate(IN_BROWSER, list(QUERIES))
    with shipped_app.server.test_request_context("/catalyseurs"):
        directory = shown_directory()
    for query, ids in zip(QUERIES, found, strict=True):
        asked, notices = read(parse_qs(query), shipped_store)
        assert notices == ()
        assert ids == [result.catalyst.id for result in view(directory, shipped_store, asked).results], query
        assert ids or "Élus" in query, query


@SIZES
def test_near_my_place_with_the_keyboard_alone(
    peers: Peers, axe_faults: Callable[[Any], list[str]], size: dict[str, int]
) -> None:
    page = peers.open(size=size).page
    peers.tab_to("a[data-mode=pres]")
    page.keyboard.press("Enter")
    page.get_by_text("Choisissez votre territoire ci-dessus").wait_for()
    assert page.evaluate("document.activeElement.id") == "chez-moi"
    page.keyboard.type("Millau")
    page.wait_for_selector("#chez-moi-choix [role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_text("autour de Millau, commune (Aveyron)").wait_for()
    km = [int(re.sub(r"\D", "", text)) for text in page.locator(".peer-km").all_inner_texts()]
    assert km == sorted(km)
    assert km
    page.select_option("#rayon", "100")
    page.get_by_text("à moins de 100").wait_for()
    assert peers.query == {
        "mode": ["pres"], "niveau": ["commune"], "territoire": ["12145"], "rayon": ["100"],
    }  # fmt: skip
    assert all(distance <= 100 for distance in km[: peers.count])
    assert axe_faults(page) == []
    assert peers.wider() <= 0
    peers.tab_to(f"{LIST} h3 a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/catalyseurs/*")
    assert page.locator("h1").count() == 1
    assert axe_faults(page) == []
    assert peers.wider() <= 0


@SIZES
def test_like_my_place_says_why_each_is_there(
    peers: Peers, axe_faults: Callable[[Any], list[str]], size: dict[str, int]
) -> None:
    page = peers.open("mode=comme", size=size).page
    page.fill("#chez-moi", "Alès")
    page.locator("#chez-moi-choix [role=option]").first.click()
    page.get_by_text("comme Alès, commune (Gard)").wait_for()
    page.locator(".peer-why").first.wait_for()
    assert page.locator(".peer-why").count() == page.locator(LIST).count()
    assert "km" in page.locator(".peer-why").first.inner_text()
    page.get_by_text("Comment cet ordre est fait").click()
    page.get_by_text("Trois conditions comptent").wait_for()
    assert axe_faults(page) == []
    page.get_by_role("link", name="Tous", exact=True).click()
    assert page.locator(".peer-why").count() == 0
    assert peers.query == {}
    peers.drawn()


def test_a_click_on_the_map_opens_groups_then_a_card(
    peers: Peers, axe_faults: Callable[[Any], list[str]]
) -> None:
    page = peers.open("mode=pres&niveau=commune&territoire=59350&rayon=10").page
    box = page.locator("#catalyseurs-carte").bounding_box()
    for _ in range(8):
        page.mouse.click(box["x"] + box["width"] / 2 + 16, box["y"] + box["height"] / 2 + 8)
        if page.locator(".peer-card").is_visible():
            break
        page.wait_for_timeout(800)
    assert page.locator(".peer-card a").first.get_attribute("href").startswith("/catalyseurs/")
    assert axe_faults(page) == []
    page.get_by_role("button", name="Fermer").click()
    assert page.locator(".peer-card").is_hidden()


def test_my_position_is_asked_on_a_click_and_stands_in_no_address(peers: Peers, context: Any) -> None:
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": 50.633, "longitude": 3.066})
    page = peers.open("mode=pres").page
    page.get_by_role("button", name="Ma position").click()
    page.get_by_text("autour de ma position").wait_for()
    assert page.locator(".peer-km").first.inner_text() == "moins de 1\u00a0km"
    assert peers.query == {"mode": ["pres"]}
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_what_is_invented_is_marked_and_can_be_hidden(peers: Peers) -> None:
    page = peers.open("q=demonstration").page
    assert peers.count > 0
    assert page.locator(".tag.fictitious").count() == page.locator(LIST).count()
    assert page.locator(f"{LIST} .mark.is-hollow").count() == page.locator(LIST).count()
    page.get_by_text("creux : fictif").wait_for()
    page.get_by_role("link", name="Ne montrer que les organisations réelles").click()
    peers.drawn()
    assert peers.query == {"q": ["demonstration"], "demonstration": ["0"]}
    page.get_by_role("link", name="Tout afficher").click()
    assert page.locator(".tag.fictitious").count() == 0
    assert peers.count > 0
    for address in page.locator(f"{LIST} h3 a").evaluate_all("links => links.map(link => link.search)"):
        assert address == "?demonstration=0"


@SIZES
def test_where_nobody_acts_fits_the_screen_and_reads(
    peers: Peers, axe_faults: Callable[[Any], list[str]], size: dict[str, int]
) -> None:
    page = peers.page
    page.set_viewport_size(size)
    page.goto(f"{peers.server}/catalyseurs/manques?domaine=sante")
    assert axe_faults(page) == []
    assert peers.wider() <= 0
    assert page.locator("main img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    page.select_option("#distance", "100")
    page.get_by_role("button", name="Montrer").click()
    page.wait_for_url("**distance=100*")
    page.get_by_role("link", name=re.compile("Comme chez moi")).first.click()
    page.locator(".peer-why").first.wait_for()


def test_the_frame_of_another_site_works_the_same(
    peers: Peers, axe_faults: Callable[[Any], list[str]]
) -> None:
    page = peers.open("region=76", path="/integrer/catalyseurs").page
    before = peers.count
    page.select_option("#domaine", "emploi")
    assert 0 < peers.count < before
    assert peers.query == {"region": ["76"], "domaine": ["emploi"]}
    assert urlsplit(page.url).path == "/integrer/catalyseurs"
    assert "/integrer/catalyseurs?region=76&domaine=emploi" in page.text_content("#catalyseurs-integrer")
    assert axe_faults(page) == []


def test_catalysts_are_a_layer_of_the_map_of_values(map_page: MapPage) -> None:
    page = map_page.open("niveau=region").page
    page.get_by_label("Catalyseurs", exact=True).check()
    page.get_by_label("dont organisations fictives, inventées (marques creuses)").wait_for()
    assert "catalyseurs=1" in map_page.query
    page.get_by_label("Catalyseurs", exact=True).uncheck()
    page.get_by_label("dont organisations fictives, inventées (marques creuses)").wait_for(state="hidden")
    assert "catalyseurs" not in map_page.query
    map_page.settled()


def test_a_click_on_a_catalyst_of_the_map_of_values_follows_no_territory(map_page: MapPage) -> None:
    # The map looks straight at the only organisation of Corse-du-Sud that is not a near network.
    page = map_page.open("niveau=departement&catalyseurs=1&vue=8.50/41.9186/8.7369").page
    page.get_by_label("dont organisations fictives, inventées (marques creuses)").wait_for()
    box = page.locator(".stage-map").bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for _ in range(20):
        page.mouse.click(*middle)
        if page.locator(".peer-card").is_visible():
            break
        # The marks are drawn a moment after the switch: such a click is on the territory.
        page.get_by_role("button", name="Ne plus suivre").click()
        page.wait_for_timeout(500)
    assert page.locator(".peer-card li").count() <= 1
    assert "territoire=" not in map_page.query
    page.mouse.click(middle[0] + 40, middle[1] - 40)
    page.locator(".peer-card").wait_for(state="hidden")
    page.get_by_role("button", name="Ne plus suivre").wait_for()
    assert "territoire=2A" in map_page.query


@pytest.fixture(scope="module")
def reachable_server(country: Country, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The invented country with one imported organisation that can be written to (nothing is sent)."""
    state = tmp_path_factory.mktemp("state")
    row = {
        **dict.fromkeys(COLUMNS, ""), "id": "relais", "name": "Le Relais d’Ambre", "kind": "tiers-lieu",
        "profile": "ingenieries", "town": "Ambrecourt", "commune": "2A004", "domains": "sante",
        "website": "https://relais.example.org", "source": "annuaire du réseau",
    }  # fmt: skip
    content = format_rows([row]).encode()
    folder_of(state).mkdir()
    (folder_of(state) / CURRENT).write_bytes(content)
    contacts = {"relais": {"email": "relais@example.org", "phone": ""}}
    contacts_path(state, hashlib.sha256(content).hexdigest()).write_text(
        json.dumps(contacts), encoding="utf-8"
    )
    settings = replace(
        country.settings, state=state, smtp_url="smtp://127.0.0.1:9", mail_from="site@example.org"
    )
    server = make_server("127.0.0.1", 0, create_app(settings).server, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(timeout=10)


@SIZES
def test_a_message_is_one_key_away_from_the_list_and_from_the_card(
    page: Any, reachable_server: str, axe_faults: Callable[[Any], list[str]], size: dict[str, int]
) -> None:
    faults: list[str] = []
    page.on(
        "console",
        lambda message: faults.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: faults.append(str(error)))
    peers = Peers(page, reachable_server).open(size=size)
    assert "relais@" not in page.content()
    peers.tab_to(".peer-ways a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/catalyseurs/relais/contact")
    assert page.locator("h1").inner_text() == "Écrire à Le Relais d’Ambre"
    assert axe_faults(page) == []
    page.goto(f"{reachable_server}/catalyseurs/relais")
    page.get_by_role("link", name="Contacter").click()
    page.wait_for_url("**/catalyseurs/relais/contact")
    assert peers.wider() <= 0
    assert faults == []
