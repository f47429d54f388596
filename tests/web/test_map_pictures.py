"""The map as a file: twenty selections open, say what they are, and hold the classes of the screen."""

from __future__ import annotations

import json
import struct
import zlib
from typing import Any
from urllib.parse import parse_qs, urlencode
from xml.etree import ElementTree

import pytest

from territoires.model.levels import Level
from territoires.model.selection import parse
from territoires.sheets.picture.colours import class_colours, cut_at_centre
from territoires.sheets.picture.layout import SHEETS, Size
from territoires.sheets.picture.legend import round_below
from territoires.sheets.picture.text import measure, shortened, wrap
from territoires.store.store import TableStore
from tests.samples import indicator

SVG = "{http://www.w3.org/2000/svg}"

#: Levels × methods × counts × regions × sizes × marks.
SELECTIONS = (
    "niveau=commune&indicateur=niv_med",
    "niveau=commune&indicateur=emp_txchom_1564&methode=seuils-naturels&classes=7",
    "niveau=commune&indicateur=emp_txchom_evol&methode=ecarts&region=44",
    "niveau=commune&indicateur=niv_med&taille=2000-20000&region=76&territoire=09122&epingle=31555",
    "niveau=commune&indicateur=pau_nb_pauvres",
    "niveau=commune&indicateur=pau_nb_pauvres&region=53&territoire=35238",
    "niveau=commune&indicateur=log_vacants&region=94&methode=intervalles-egaux",
    "niveau=commune&indicateur=ris_inond&region=93",
    "niveau=commune&indicateur=emp_txchom_1564&region=04",
    "niveau=epci&indicateur=emp_txchom_1564&methode=moyennes-emboitees&classes=4",
    "niveau=epci&indicateur=log_vacants&methode=tete-et-queue&taille=20000-50000",
    "niveau=epci&indicateur=niv_med&region=11&region=75&classes=3",
    "niveau=epci&indicateur=emp_txchom_1564&methode=manuel&bornes=5_10_15",
    "niveau=epci&indicateur=emp_txchom_evol&territoire=200069193",
    "niveau=departement&indicateur=emp_txchom_1564&taille=moins-2000",
    "niveau=departement&indicateur=niv_med&territoire=15&epingle=09&epingle=971",
    "niveau=departement&indicateur=mob_nb_gares&region=76",
    "niveau=region&indicateur=niv_med&territoire=94",
    "niveau=region&indicateur=emp_txchom_1564&methode=ecarts&classes=6&reference=france",
    "niveau=region&indicateur=num_ifn&region=76&region=01",
    "niveau=commune&indicateur=emp_txchom_1564&region=76&territoire=09122&reference=region",
)


def api_classes(client: Any, query: str) -> dict[str, Any]:
    """What the API answers for the screen."""
    asked = {name: parse_qs(query).get(name, []) for name in ("taille", "methode", "classes", "bornes")}
    pairs = "&".join(f"{name}={value}" for name, values in asked.items() for value in values)
    level, wanted = parse_qs(query)["niveau"][0], parse_qs(query)["indicateur"][0]
    found: dict[str, Any] = client.get(f"/api/v1/values/{level}/{wanted}?{pairs}").json
    return found


def sentence_address(query: str) -> str:
    """The address of the sentence of the screen, which gives the value compared with."""
    asked = parse_qs(query)
    kept = {name: asked[name] for name in ("taille", "region", "territoire", "reference") if name in asked}
    return f"/api/v1/sentence/{asked['niveau'][0]}/{asked['indicateur'][0]}?{urlencode(kept, doseq=True)}"


def chunks(png: bytes) -> dict[bytes, list[bytes]]:
    """The chunks of a PNG; each must be whole."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    found: dict[bytes, list[bytes]] = {}
    at = 8
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        kind, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        (checksum,) = struct.unpack_from(">I", png, at + 8 + length)
        assert checksum == zlib.crc32(kind + content), kind
        found.setdefault(kind, []).append(content)
        at += 12 + length
    assert kind == b"IEND"
    return found


def texts(found: dict[bytes, list[bytes]]) -> dict[str, str]:
    """The texts of a PNG."""
    pairs = (content.split(b"\0", 1) for content in found[b"iTXt"])
    return {name.decode(): rest[2:].split(b"\0", 2)[2].decode() for name, rest in pairs}


@pytest.mark.parametrize("query", SELECTIONS)
def test_a_picture_opens_says_what_it_is_and_holds_the_classes_of_the_screen(
    shipped_client: Any, shipped_store: TableStore, query: str
) -> None:
    selection = parse(parse_qs(query), shipped_store)
    assert selection.notices == (), "the selection of the test itself"
    svg = shipped_client.get(f"/carte/image.svg?{query}")
    assert svg.status_code == 200
    assert svg.mimetype == "image/svg+xml"
    assert len(svg.data) <= 3_000_000
    root = ElementTree.fromstring(svg.data)  # noqa: S314 - written by our own server
    found = shipped_store.indicator(selection.selection.indicator)
    words = " ".join("".join(node.itertext()) for node in root.iter(f"{SVG}text"))
    title = root.find(f"{SVG}title")
    assert title is not None
    assert found.label.split(",")[0].split("'")[0] in (title.text or "")
    description = root.find(f"{SVG}desc")
    assert description is not None
    assert "Source : " in (description.text or "")
    for said in ("Légende", "Source", "Données de", shipped_store.manifest.version[:12], "km", "IGN"):
        assert said in words, said

    answer = api_classes(shipped_client, query)
    data = json.loads(root.findtext(f"{SVG}metadata") or "")
    assert data["classes"] == {
        name: answer["classes"][name] for name in ("method", "asked", "bounds", "sizes")
    }
    rows = root.findall(f".//{SVG}g[@data-low]")
    bounds = sorted({float(row.get(end) or "") for row in rows for end in ("data-low", "data-high")})
    if found.is_count:
        assert rows == []
        assert len(root.findall(f".//{SVG}g[@data-value]")) >= 2
    else:
        centre = found.centre
        if selection.selection.reference:
            told = shipped_client.get(sentence_address(query)).json
            centre = told["reference"]["value"]
            assert told["reference"]["name"] in words
        assert bounds == sorted(set(cut_at_centre(answer["classes"]["bounds"], centre)))
        assert len({row.find(f"{SVG}rect").get("fill") for row in rows}) == len(rows)  # type: ignore[union-attr] # every row of the legend has one
    statuses = {
        row.get("data-status"): row.get("data-count") for row in root.findall(f".//{SVG}g[@data-count]")
    }
    for word, count in data["statuses"].items():
        assert statuses[word] == str(count)

    size = Size.PAPER if "departement" in query else Size.SCREEN
    png = shipped_client.get(f"/carte/image.png?{query}&format={size}")
    assert png.status_code == 200
    parts = chunks(png.data)
    width, height, depth = struct.unpack(">IIB", parts[b"IHDR"][0][:9])
    assert (width, height) == SHEETS[size].pixels
    assert depth == 8
    assert len(zlib.decompress(b"".join(parts[b"IDAT"]))) > width * height
    said = texts(parts)
    assert said["Title"] == title.text
    assert "Source : " in said["Description"]
    assert json.loads(said["Data"])["classes"] == data["classes"]


def test_the_whole_country_shows_five_insets_with_their_scale_and_the_same_classes(
    shipped_client: Any,
) -> None:
    text = shipped_client.get("/carte/image.svg?niveau=departement&indicateur=niv_med").get_data(as_text=True)
    for name in ("Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte"):
        assert f">{name}</text>" in text
    assert text.count("×\u202f3") == 4
    assert "÷\u202f2" in text
    assert "mêmes classes" in text


def test_followed_and_pinned_territories_are_marked_and_named(shipped_client: Any) -> None:
    query = "niveau=departement&indicateur=niv_med&territoire=15&epingle=09&epingle=2A"
    text = shipped_client.get(f"/carte/image.svg?{query}").get_data(as_text=True)
    assert "Repères" in text
    assert all(f">{name}</text>" in text for name in ("Cantal", "Ariège", "Corse-du-Sud"))


def test_a_picture_has_a_name_an_etag_and_is_kept_for_ever_with_its_version(
    shipped_client: Any, shipped_store: TableStore
) -> None:
    address = "/carte/image.svg?niveau=region&indicateur=niv_med&region=76"
    first = shipped_client.get(address)
    assert (
        'filename="territoires-carte-niveau-de-vie-median-region-occitanie-2026-11.svg"'
        in (first.headers["Content-Disposition"])
    )
    assert first.headers["Cache-Control"] == "public, max-age=300"
    versioned = shipped_client.get(f"{address}&v={shipped_store.manifest.version[:12]}")
    assert "immutable" in versioned.headers["Cache-Control"]
    again = shipped_client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    # Where the reader's map looks does not make another picture.
    moved = shipped_client.get(f"{address}&vue=5/46/2&fond=ign&catalyseurs=1")
    assert moved.headers["ETag"] == first.headers["ETag"]
    assert "font-src data:" in first.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "query",
    ["niveau=planete", "region=zz", "territoire=99999", "sauce=oui", "format=a0", "format=a4&format=ecran",
     "classes=12", "taille=<script>", "indicateur=%00", "indicateur=" + "x" * 10_000],
)  # fmt: skip
@pytest.mark.parametrize("ending", ["svg", "png"])
def test_an_address_that_a_picture_cannot_read_is_refused_in_words(
    shipped_client: Any, query: str, ending: str
) -> None:
    answer = shipped_client.get(f"/carte/image.{ending}?{query}")
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert answer.json["detail"]
    assert len(answer.json["detail"]) < 500


def test_the_invented_country_has_its_picture_too(client: Any, country_store: TableStore) -> None:
    code = country_store.territories(Level.REGION).codes[0]
    answer = client.get(f"/carte/image.svg?niveau=commune&indicateur=chomage&region={code}")
    assert answer.status_code == 200
    ElementTree.fromstring(answer.data)  # noqa: S314 - written by our own server


def test_text_is_cut_where_it_is_full() -> None:
    words = "Part des ménages dont le revenu est inférieur au seuil"
    lines = wrap(words, 120, 18)
    assert " ".join(lines) == words
    assert all(measure(line, 18) <= 120 for line in lines)
    assert shortened(["a", "b", "c"], 2) == ["a", "b …"]
    assert measure("iii", 10) < measure("MMM", 10)


def test_colours_meet_at_the_named_centre() -> None:
    bounds = cut_at_centre((-4.0, -1.0, 2.0, 5.0), 0.0)
    assert bounds == (-4.0, -1.0, 0.0, 2.0, 5.0)
    colours = class_colours(indicator(centre=0.0), bounds)
    assert len(set(colours)) == 4
    blue = [int(colour[5:], 16) > int(colour[1:3], 16) for colour in colours]
    assert blue == [True, True, False, False]


def test_the_circles_of_the_key_have_round_values() -> None:
    assert [round_below(value) for value in (1, 4.9, 5, 19, 731_000)] == [1, 2, 5, 10, 500_000]
