"""Security headers, compression, caching: what every answer carries."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from typing import Any

import brotli
import pytest

from territoires.store.store import TableStore

ANSWERS = ["/", "/carte", "/nulle-part", "/sante", "/api/v1/indicators", "/api/v1/rien", "/_dash-layout"]
DATA = [
    "/api/v1/indicators",
    "/api/v1/indicators/emp_txchom_1564",
    "/api/v1/territories/commune",
    "/api/v1/territories/region/76?indicateur=emp_txchom_1564",
    "/api/v1/territories?q=toul",
    "/api/v1/values/commune/emp_txchom_1564",
    "/api/v1/values/region/emp_txchom_1564?taille=moins-2000",
]


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_carries_the_security_headers(shipped_client: Any, path: str) -> None:
    headers = shipped_client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "form-action 'self'" in policy
    assert "unsafe-eval" not in policy
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe-inline" not in scripts
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "geolocation=(self)" in headers["Permissions-Policy"]
    assert "camera=()" in headers["Permissions-Policy"]


def test_every_inline_script_of_the_map_page_is_allowed_by_its_hash(shipped_client: Any) -> None:
    response = shipped_client.get("/carte")
    policy = response.headers["Content-Security-Policy"]
    pattern = r"<script(?![^>]*\bsrc=)([^>]*)>(.*?)</script>"
    scripts = re.findall(pattern, response.get_data(as_text=True), re.DOTALL)
    run = [text for attributes, text in scripts if "application/json" not in attributes]
    assert run
    for text in run:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_development_tools_are_off(shipped_client: Any) -> None:
    config = shipped_client.get("/carte").get_data(as_text=True).partition('id="_dash-config"')[2]
    described = json.loads(config.partition(">")[2].partition("</script>")[0])
    assert not described.get("ui")
    assert not described.get("hot_reload")


@pytest.mark.parametrize("path", [*DATA, "/", "/indicateurs", "/methode"])
def test_a_text_is_compressed_as_the_client_accepts_and_says_the_same_in_each_coding(
    shipped_client: Any, path: str
) -> None:
    plain = shipped_client.get(path, headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    small = len(plain.data) < 600
    for accepted, coding, decode in (
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
    ):
        response = shipped_client.get(path, headers={"Accept-Encoding": accepted})
        assert response.headers["Vary"] == "Accept-Encoding"
        if not small:
            assert response.headers["Content-Encoding"] == coding
            assert decode(response.data) == plain.data


@pytest.mark.parametrize("path", [*DATA, "/", "/methode", "/statique/0/site.css"])
def test_what_the_client_holds_is_not_sent_again(shipped_client: Any, path: str) -> None:
    first = shipped_client.get(path)
    again = shipped_client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["ETag"] == first.headers["ETag"]
    other = shipped_client.get(path, headers={"If-None-Match": 'W/"autre"'})
    assert other.status_code == 200


@pytest.mark.parametrize("path", [*DATA, "/tuiles/commune/5/16/11.mvt"])
def test_data_asked_with_its_version_is_kept_for_a_year(
    shipped_client: Any, shipped_store: TableStore, path: str
) -> None:
    separator = "&" if "?" in path else "?"
    version = shipped_store.manifest.version[:12]
    versioned = shipped_client.get(f"{path}{separator}v={version}")
    assert versioned.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    for address in (path, f"{path}{separator}v=autre"):
        assert shipped_client.get(address).headers["Cache-Control"] == "public, max-age=300"


def test_health_is_never_cached(shipped_client: Any, shipped_store: TableStore) -> None:
    response = shipped_client.get("/sante")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert response.json["version"] == shipped_store.manifest.version
