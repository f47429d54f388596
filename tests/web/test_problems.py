"""What goes wrong: a page or a problem, the right status, no traceback, whatever was asked."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from territoires.store.store import TableStore
from territoires.web.application import create_app
from tests.web.reading import read

UNKNOWN_PAGES = [
    "/nulle-part",
    "/indicateurs/inconnu",
    "/carte/x",
    "/assets/site.css",
    "/..%2fpyproject.toml",
]
UNKNOWN_DATA = [
    "/api/v1/rien",
    "/api/v1/indicators/inconnu",
    "/api/v1/territories/galaxie",
    "/api/v1/territories/commune/99999",
    "/api/v1/values/galaxie/emp_txchom_1564",
    "/api/v1/values/commune/inconnu",
    "/tuiles/galaxie/5/16/11.mvt",
    "/statique/0/absent.css",
    "/statique/0/../pyproject.toml",
    "/statique/0/%2e%2e/%2e%2e/pyproject.toml",
    "/_dash-component-suites/os/path.py",
    "/_dash-component-suites/dash/dcc/../../../x.js",
]
BAD_DATA = [
    "/api/v1/territories",
    "/api/v1/territories?q=%20",
    "/api/v1/territories?q=a&limit=0",
    "/api/v1/territories?q=a&limit=51",
    "/api/v1/territories?q=a&limit=-1",
    "/api/v1/territories?q=a&limit=1e1",
    "/api/v1/territories?q=a&limit=%D9%A3",
    "/api/v1/values/commune/emp_txchom_1564?taille=immense",
    "/api/v1/values/commune/emp_txchom_1564?couleur=bleu",
    "/api/v1/indicators?page=2",
]
RUBBISH = [
    "/%00",
    "/%ff%fe",
    "/recherche?q=%ff%00%ed%a0%80",
    "/recherche?q=" + "a" * 3000,
    "/indicateurs?q=" + "%F0%9F%92%A5" * 500,
    "/indicateurs?domaine=%00&domaine=x&q=%",
    "/indicateurs/%00",
    "/reperes?region=%00&taille=%00&taille=",
    "/api/v1/territories?q=%00",
    "/api/v1/territories?q=" + "x" * 3000,
    "/api/v1/territories/commune/%00",
    "/api/v1/values/commune/%00",
    "/tuiles/commune/99999999999999999999/1/1.mvt",
    "/tuiles/commune/5/99999999999999999999/1.mvt",
    "/tuiles/commune/-1/0/0.mvt",
    "/tuiles/commune/a/b/c.mvt",
    "/carte?niveau=%00&indicateur=%ff&taille=a&taille=b&region=&territoire=%F0%9F%92%A5&x=<b>",
    "/statique//",
    "/statique/0//etc/passwd",
    "/statique/%00/%00",
    "//evil.example/",
    "/?" + "&".join(f"p{n}=1" for n in range(500)),
]


@pytest.mark.parametrize("path", UNKNOWN_PAGES)
def test_an_address_that_is_nobodys_answers_404_with_a_page(shipped_client: Any, path: str) -> None:
    response = shipped_client.get(path)
    assert response.status_code == 404
    page = read(response)
    assert page.level_ones == ["Page introuvable"]
    assert {"/", "/carte", "/indicateurs", "/reperes"} <= set(page.links)


@pytest.mark.parametrize("path", UNKNOWN_DATA)
def test_unknown_data_answers_404_with_a_problem(shipped_client: Any, path: str) -> None:
    response = shipped_client.get(path)
    assert response.status_code == 404
    assert response.mimetype in ("application/problem+json", "text/html")
    if path.startswith("/api/"):
        assert response.mimetype == "application/problem+json"
        assert response.json["status"] == 404


@pytest.mark.parametrize("path", BAD_DATA)
def test_bad_parameters_of_the_api_answer_400_and_say_which(shipped_client: Any, path: str) -> None:
    response = shipped_client.get(path)
    assert response.status_code == 400
    assert response.mimetype == "application/problem+json"
    assert response.json["detail"]


@pytest.mark.parametrize("path", RUBBISH)
def test_rubbish_never_answers_500(shipped_client: Any, path: str) -> None:
    response = shipped_client.get(path)
    assert response.status_code < 500
    assert "Traceback" not in response.get_data(as_text=True)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"{}", b'{"output": 3}', b'{"output": "x.y", "inputs": []}', b"\xff" * 50],
)
def test_rubbish_sent_to_the_callbacks_answers_400(shipped_client: Any, body: bytes) -> None:
    for mimetype in ("application/json", "text/plain"):
        response = shipped_client.post("/_dash-update-component", data=body, content_type=mimetype)
        assert response.status_code in (400, 415)
        assert response.mimetype == "application/problem+json"


def test_a_body_that_is_too_long_is_refused(shipped_client: Any) -> None:
    response = shipped_client.post(
        "/_dash-update-component", data=b"[" + b" " * 200_000, content_type="application/json"
    )
    assert response.status_code == 413


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_the_site_is_read_only(shipped_client: Any, method: str) -> None:
    for path in ("/", "/api/v1/indicators", "/tuiles/commune/5/16/11.mvt"):
        response = getattr(shipped_client, method)(path)
        assert response.status_code == 405
        assert "GET" in response.headers["Allow"]


def test_a_final_slash_is_taken_off(shipped_client: Any) -> None:
    response = shipped_client.get("/indicateurs/?q=eau")
    assert response.status_code == 308
    assert response.headers["Location"] == "/indicateurs?q=eau"


def test_an_unknown_name_is_quoted_as_text(shipped_client: Any) -> None:
    response = shipped_client.get("/indicateurs/<b>x<b>")
    assert response.status_code == 404
    assert "<b>x" not in response.get_data(as_text=True)
    assert "<b>x<b>" in read(response).text


def test_a_fault_of_ours_is_logged_and_shows_a_page_without_any_trace(
    country: Any, country_store: TableStore, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(dataclasses.replace(country.settings), store=country_store)

    @app.server.get("/casse")
    def broken() -> str:
        raise ZeroDivisionError("un détail de notre code")

    @app.server.get("/api/v1/casse")
    def broken_data() -> str:
        raise ZeroDivisionError("un détail de notre code")

    client = app.server.test_client()
    page = client.get("/casse")
    assert page.status_code == 500
    assert read(page).level_ones == ["Le site n’a pas pu répondre"]
    data = client.get("/api/v1/casse")
    assert data.status_code == 500
    assert data.mimetype == "application/problem+json"
    for response in (page, data):
        assert "détail" not in response.get_data(as_text=True)
        assert response.headers["Cache-Control"] == "no-store"
        assert "Content-Security-Policy" in response.headers
    assert "un détail de notre code" in caplog.text
