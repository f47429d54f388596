"""The addresses of the files: names, tags, what may be kept, what is refused."""

import gzip

import pytest

from territoires.model.levels import MAPPED, Level
from territoires.web.downloads import catalogue_links, download_links, level_link
from tests.web.files import COMMUNES, fetch


def test_real_file_names(shipped_client, client):
    def name(address, asked=shipped_client):
        return fetch(asked, address).headers["Content-Disposition"]

    stem = "territoires-taux-de-chomage-des-15-64-ans-region-2026-11"
    address = "/telecharger/region/emp_txchom_1564"
    assert name(f"{address}.csv") == f'attachment; filename="{stem}.csv"'
    assert (
        name(f"{address}.csv?format=machine")
        == f'attachment; filename="{stem}'.replace("-2026-11", "-machine-2026-11") + '.csv"'
    )
    assert name(f"{address}.xlsx") == f'attachment; filename="{stem}.xlsx"'
    assert name(f"{address}.geojson") == f'attachment; filename="{stem}.geojson"'
    assert name("/telecharger/catalogue.csv") == 'attachment; filename="territoires-catalogue-2026-11.csv"'
    assert "territoires-tous-les-indicateurs-region-" in name("/telecharger/region.parquet", client)


def test_the_french_csv_announces_the_plain_one(client):
    link = fetch(client, f"{COMMUNES}.csv").headers["Link"]
    assert link.startswith("</telecharger/commune/chomage.csv?format=machine&v=")
    assert fetch(client, link[1:].partition(">")[0]).status_code == 200


ADDRESSES = [
    f"{COMMUNES}.csv",
    f"{COMMUNES}.csv?format=machine",
    f"{COMMUNES}.xlsx",
    f"{COMMUNES}.geojson",
    "/telecharger/commune.parquet",
    "/telecharger/catalogue.csv",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_the_client_holds_is_not_sent_again(client, country_store, address):
    first = fetch(client, address)
    tag = first.headers["ETag"]
    again = fetch(client, address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"].removeprefix("W/") == tag.removeprefix("W/")
    assert first.headers["Cache-Control"] == "public, max-age=300"
    version = country_store.manifest.version[:12]
    kept = fetch(client, f"{address}{'&' if '?' in address else '?'}v={version}")
    assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert kept.headers["ETag"] == tag
    assert fetch(client, address, method="HEAD").status_code == 200


def test_each_file_has_its_own_tag(client):
    tags = [fetch(client, address).headers["ETag"] for address in ADDRESSES]
    assert len(set(tags)) == len(tags)


def test_text_is_compressed(client):
    packed = fetch(client, f"{COMMUNES}.csv", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == fetch(client, f"{COMMUNES}.csv").data
    outlined = fetch(client, f"{COMMUNES}.geojson", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(outlined.data) == fetch(client, f"{COMMUNES}.geojson").data


@pytest.mark.parametrize(
    "address",
    [
        "/telecharger/galaxie/chomage.csv",
        "/telecharger/commune/inconnu.csv",
        "/telecharger/commune/inconnu.geojson",
        "/telecharger/commune/chomage.docx",
        "/telecharger/commune/chomage",
        "/telecharger/catalogue.geojson",
        "/telecharger/catalogue.parquet",
        "/telecharger/galaxie.parquet",
        "/telecharger/galaxie/chomage.geojson",
        "/telecharger/commune/%00.xlsx",
        "/telecharger/commune/..%2fchomage.csv",
    ],
)
def test_what_does_not_exist_is_not_found(client, address):
    answer = fetch(client, address)
    assert answer.status_code == 404
    assert answer.mimetype == "text/html"
    assert "Content-Disposition" not in answer.headers
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "address",
    [
        f"{COMMUNES}.csv?format=excel",
        f"{COMMUNES}.csv?epingle=01001",
        f"{COMMUNES}.xlsx?format=machine",
        f"{COMMUNES}.geojson?format=machine",
        "/telecharger/commune.parquet?format=machine",
    ],
)
def test_a_file_that_cannot_be_what_was_asked_is_refused(client, address):
    assert fetch(client, address).status_code == 400


def test_links_lead_to_files_that_may_be_kept(client, country_store):
    found = [*catalogue_links(country_store), *(level_link(country_store, level) for level in MAPPED)]
    indicator = country_store.indicator("chomage")
    found += download_links(country_store, indicator, Level.EPCI)
    assert [label for label, _ in found[-4:]] == [
        "CSV pour tableur", "CSV pour programme", "Classeur XLSX", "Contours GeoJSON",
    ]  # fmt: skip
    for _, address in found:
        answer = fetch(client, address)
        assert answer.status_code == 200, address
        assert "immutable" in answer.headers["Cache-Control"]


def test_no_link_where_there_is_no_value(country_store):
    assert download_links(country_store, country_store.indicator("chomage_zone"), Level.REGION) == []
