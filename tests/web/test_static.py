"""Static files: immutable under their hash, listed at start, fonts made from the installed packages."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from territoires.web.fonts import FACES, FontFiles
from territoires.web.held import HELD
from tests.web.reading import read

LARGEST_FONT = 30_000


def test_the_files_of_a_page_are_served_for_ever(shipped_client: Any) -> None:
    page = read(shipped_client.get("/"))
    assert len(page.files) >= 5
    for file in page.files:
        response = shipped_client.get(file)
        assert response.status_code == 200, file
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_under_the_hash_of_another_release_a_file_is_served_but_not_kept(shipped_client: Any) -> None:
    response = shipped_client.get("/statique/0123456789ab/site.css")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("name", "mimetype"),
    [
        ("site.css", "text/css"),
        ("search.js", "text/javascript"),
        ("icon.svg", "image/svg+xml"),
        ("maplibre-gl.js", "text/javascript"),
        ("maplibre-gl.css", "text/css"),
        ("fonts/sans-regular.woff2", "font/woff2"),
    ],
)
def test_a_file_has_its_type(shipped_client: Any, name: str, mimetype: str) -> None:
    assert shipped_client.get(f"/statique/x/{name}").mimetype == mimetype


def test_the_hash_changes_with_any_file(shipped_app: Any, tmp_path: Path) -> None:
    from territoires.web.static import StaticFiles

    fonts = FontFiles(None)
    (tmp_path / "a.css").write_text("a {}")
    first = StaticFiles(tmp_path, fonts)
    assert first.hash == StaticFiles(tmp_path, fonts).hash
    (tmp_path / "a.css").write_text("b {}")
    assert StaticFiles(tmp_path, fonts).hash != first.hash
    assert shipped_app.server.extensions[HELD].static.hash != first.hash


def test_only_listed_files_are_served(tmp_path: Path) -> None:
    from territoires.web.static import StaticFiles

    (tmp_path / "a.css").write_text("a {}")
    (tmp_path / "secret.py").write_text("x = 1")
    files = StaticFiles(tmp_path, FontFiles(None))
    assert files.body("a.css") is not None
    for name in ("secret.py", "../a.css", "./a.css", "/a.css", "a.css/", ""):
        assert files.body(name) is None


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.name)
def test_a_font_is_small_and_holds_french_typography(shipped_app: Any, face: Any) -> None:
    files = shipped_app.server.extensions[HELD].static
    content, _ = files.body(f"fonts/{face.name}").coded("identity")
    assert len(content) <= LARGEST_FONT
    font = TTFont(io.BytesIO(content))
    characters = font.getBestCmap()
    for character in "aéèêëàâîïôûùüçœæÉÀŒ0123456789’«»–—…\u00a0\u202f\u2212€%²×÷≥":
        assert ord(character) in characters, hex(ord(character))
    widths = {font["hmtx"][characters[ord(digit)]][0] for digit in "0123456789"}
    assert len(widths) == 1
    assert "Source" not in (font["name"].getDebugName(1) or "")


def test_fonts_are_made_once_and_kept_in_the_cache(tmp_path: Path) -> None:
    made = FontFiles(tmp_path).read(FACES[0])
    kept = list(tmp_path.glob(".fonts-*/*.woff2"))
    assert [path.read_bytes() for path in kept] == [made]
    kept[0].write_bytes(b"lu dans le cache")
    assert FontFiles(tmp_path).read(FACES[0]) == b"lu dans le cache"


def test_fonts_stay_in_memory_where_the_cache_cannot_be_written(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = tmp_path / "fichier"
    blocked.write_text("")
    fonts = FontFiles(blocked)
    assert fonts.read(FACES[0])[:4] == b"wOF2"
    assert fonts.read(FACES[0]) is fonts.read(FACES[0])
    assert "gardées en mémoire" in caplog.text
