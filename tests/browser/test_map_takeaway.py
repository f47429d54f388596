"""What one takes away from the map, the map in a frame, and the page when the map cannot come."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.browser.map_page import DESKTOP, PHONE, MapPage

pytestmark = pytest.mark.browser

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1280", "390"])
QUERY = "niveau=departement&indicateur=niv_med&region=76&territoire=09"
NO_WEBGL = (
    "HTMLCanvasElement.prototype.getContext = new Proxy(HTMLCanvasElement.prototype.getContext, {"
    " apply: (target, self, [kind, ...rest]) =>"
    " kind.startsWith('webgl') ? null : Reflect.apply(target, self, [kind, ...rest]) });"
)

Faults = Callable[[Any], list[str]]


@pytest.fixture
def another_site() -> Iterator[Callable[[str], str]]:
    """Serve a page from an origin that is not ours; gives its address."""
    content = ""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(content.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def serve(page: str) -> str:
        nonlocal content
        content = page
        return f"http://127.0.0.1:{server.server_port}/"

    yield serve
    server.shutdown()
    server.server_close()


def wider(page: Any) -> int:
    """By how many pixels the page is wider than its window."""
    excess: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return excess


def links(page: Any) -> dict[str, str]:
    """The files offered, by their words."""
    found: dict[str, str] = page.locator(".takeaway-file").evaluate_all(
        "anchors => Object.fromEntries(anchors.map(a => [a.textContent, a.getAttribute('href')]))"
    )
    return found


@SIZES
def test_links_follow_the_selection_and_can_be_taken_with_the_keyboard(
    map_page: MapPage, axe_faults: Faults, size: dict[str, int]
) -> None:
    page = map_page.open(QUERY, size).page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    files = links(page)
    assert set(files) == {"PNG", "PNG à imprimer", "SVG", "CSV", "XLSX", "GeoJSON"}
    for ending in ("CSV", "XLSX", "GeoJSON"):
        assert files[ending].startswith(f"/telecharger/departement/niv_med.{ending.lower()}?region=76&v=")
    for address in files.values():
        assert page.request.get(map_page.server + address).status == 200, address

    page.focus(".takeaway-embed summary")
    page.keyboard.press("Enter")
    code = page.input_value("#carte-code")
    assert code.startswith(f'<iframe src="{map_page.server}/integrer/carte?niveau=departement&amp;')
    assert axe_faults(page) == []
    assert wider(page) <= 0
    small = page.locator(".takeaway :is(a, button, summary, input)").evaluate_all(
        "nodes => nodes.filter(n => n.checkVisibility() && n.getBoundingClientRect().height < 43.5)"
        ".map(n => n.outerHTML)"
    )
    assert small == []

    page.focus("#carte-lien + button")
    page.keyboard.press("Enter")
    page.get_by_text("Lien copié").wait_for(state="attached")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    with page.expect_download() as download:
        page.focus("text=CSV")
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.startswith(
        "territoires-niveau-de-vie-median-departement-occitanie"
    )

    if size is PHONE:
        page.click(".drawer-open")
    page.select_option("#carte-niveau", "region")
    map_page.settled()
    assert links(page)["CSV"].startswith("/telecharger/region/niv_med.csv?region=76&v=")
    assert "niveau=region" in links(page)["SVG"]
    assert "niveau=region" in page.input_value("#carte-code")


@SIZES
def test_the_bare_page_has_the_map_its_words_and_its_table(
    watched_page: Any, live_server: str, axe_faults: Faults, size: dict[str, int]
) -> None:
    page = watched_page
    page.set_viewport_size({"width": size["width"], "height": 700})
    page.goto(f"{live_server}/integrer/carte?{QUERY}")
    page.wait_for_selector("html[data-painted]", timeout=90_000)
    assert page.locator("header a, nav").count() == 0
    assert page.locator(".embed-picture").count() == 0, "the picture leaves its place to the map"
    assert "Ariège" in page.inner_text(".embed-words")
    assert axe_faults(page) == []
    page.click("summary")
    assert page.locator("tbody tr.is-marked th").inner_text() == "Ariège"
    assert axe_faults(page) == []
    assert wider(page) <= 0
    link = page.get_by_text("Ouvrir la carte dans Territoires")
    assert link.get_attribute("href") == f"/carte?{QUERY}"


def test_another_site_may_frame_the_map_and_nothing_else(
    page: Any, live_server: str, another_site: Any
) -> None:
    frames = "".join(
        f'<iframe id="{name}" src="{live_server}{path}?{QUERY}" width="700" height="320"></iframe>'
        for name, path in (("libre", "/integrer/carte"), ("page", "/carte"))
    )
    page.goto(another_site(f"<!doctype html><title>Ailleurs</title>{frames}"))
    inside = page.frame_locator("#libre")
    inside.locator(".map-legend").wait_for(timeout=60_000)
    assert inside.locator("h1").inner_text() == "Niveau de vie médian"
    assert page.frame_locator("#page").locator("#contenu").count() == 0, "the browser refuses it"


@SIZES
def test_without_scripts_everything_is_said_and_the_forms_work(
    browser: Any, live_server: str, size: dict[str, int]
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=size)
    page = context.new_page()
    page.goto(f"{live_server}/carte?{QUERY}&sauce=oui")
    assert "sauce" in page.inner_text(".notice")
    assert page.locator("h1:visible").all_inner_texts() == ["Niveau de vie médian"]
    assert page.locator(".map-fallback tbody tr").count() == 13
    picture = page.locator(".fallback-picture img")
    assert "Ariège" in str(picture.get_attribute("alt"))
    picture.scroll_into_view_if_needed()
    assert picture.bounding_box()["y"] < size["height"]  # type: ignore[index] # it is visible
    page.get_by_label("Échelon").select_option("epci")
    page.get_by_role("button", name="Afficher").click()
    page.wait_for_url("**/carte?indicateur=niv_med&niveau=epci**")
    assert page.locator(".map-fallback tbody tr").count() == 50
    page.fill("#lieu", "aurillac")
    page.press("#lieu", "Enter")
    page.wait_for_url("**/recherche?q=aurillac")
    assert "Aurillac" in page.inner_text("main")
    context.close()


@SIZES
def test_a_script_that_fails_leaves_the_plain_page(
    page: Any, live_server: str, axe_faults: Faults, size: dict[str, int]
) -> None:
    page.set_viewport_size(size)
    broken = {"content_type": "text/javascript", "body": "throw new TypeError('of an older browser');"}
    page.route("**/carte/entry.js", lambda route: route.fulfill(**broken))
    page.goto(f"{live_server}/carte?{QUERY}")
    page.wait_for_selector(".map-fallback h1", timeout=30_000)
    assert page.locator("h1:visible").count() == 1
    assert not page.locator("#page-attente").is_visible()
    picture = page.locator(".fallback-picture img")
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1600
    assert axe_faults(page) == []
    assert wider(page) <= 0


def test_when_no_script_comes_at_all_the_plain_page_comes_by_itself(page: Any, live_server: str) -> None:
    page.route("**/carte/*.js", lambda route: route.abort())
    page.goto(f"{live_server}/carte?{QUERY}")
    assert not page.locator(".map-fallback h1").is_visible(), "scripts may still come"
    page.wait_for_selector(".map-fallback h1", timeout=30_000)


def test_when_dash_fails_the_map_stands_with_plain_fields(page: Any, live_server: str) -> None:
    page.route("**/_dash-component-suites/**", lambda route: route.fulfill(status=500, body=""))
    map_page = MapPage(page, live_server)
    page.goto(f"{live_server}/carte?{QUERY}")
    map_page.settled()
    page.wait_for_selector(".choices-rescue summary", timeout=40_000)
    page.click(".choices-rescue summary")
    page.get_by_label("Échelon").select_option("region")
    page.get_by_role("button", name="Afficher").click()
    page.wait_for_url("**/carte?indicateur=niv_med&niveau=region**")


def test_without_webgl_the_server_draws_the_map(page: Any, live_server: str) -> None:
    page.add_init_script(NO_WEBGL)
    map_page = MapPage(page, live_server).open(QUERY)
    picture = page.locator(".stage-picture img")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1600
    assert "niveau=departement" in str(picture.get_attribute("src"))
    page.select_option("#carte-niveau", "region")
    map_page.settled()
    assert "niveau=region" in str(picture.get_attribute("src"))
    assert not page.locator(".map-legend").is_visible(), "the picture has its own legend"
