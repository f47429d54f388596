"""What the map asks for when a reader chooses: classes, sentences, references; and the policy of the base map."""

from __future__ import annotations

from typing import Any

import pytest

from territoires.analysis.sentences import sentence
from territoires.model.classes import Method
from territoires.model.indicators import Status
from territoires.model.levels import Level
from territoires.model.selection import Selection
from territoires.store.store import TableStore
from territoires.web.base_map import HOST

ADDRESS = "/api/v1/classes/commune/emp_txchom_1564"


@pytest.mark.parametrize("method", list(Method))
def test_every_method_cuts_all_compared_communes(shipped_client: Any, method: Method) -> None:
    bounds = "&bornes=5_10.5" if method is Method.MANUAL else ""
    answer = shipped_client.get(f"{ADDRESS}?methode={method}&classes=7{bounds}").json
    values = shipped_client.get("/api/v1/values/commune/emp_txchom_1564").json
    assert answer["method"] == method.value
    assert sum(answer["sizes"]) == values["statuses"]["ok"]
    assert len(answer["bounds"]) == len(answer["sizes"]) + 1
    assert answer["statuses"] == ["ok"]
    assert bool(answer["around"]) == (method is Method.DEVIATIONS)
    if method is Method.MANUAL:
        assert answer["bounds"][1:-1] == [5.0, 10.5]


def test_the_classes_alone_are_those_that_come_with_the_values(shipped_client: Any) -> None:
    for query in ("", "?taille=moins-2000", "?methode=seuils-naturels&classes=4"):
        whole = shipped_client.get(f"/api/v1/values/departement/emp_txchom_1564{query}").json
        assert (
            shipped_client.get(f"/api/v1/classes/departement/emp_txchom_1564{query}").json == whole["classes"]
        )


def test_communes_have_the_same_values_whatever_the_sizes_kept(shipped_client: Any) -> None:
    whole = shipped_client.get("/api/v1/values/commune/niv_med").json
    small = shipped_client.get("/api/v1/values/commune/niv_med?taille=moins-2000").json
    assert whole["values"] == small["values"]
    assert whole["status"] == small["status"]
    assert whole["classes"] != small["classes"]


@pytest.mark.parametrize(
    "query",
    [
        "methode=zzz",
        "classes=9",
        "methode=manuel",
        "bornes=1_2",
        "methode=manuel&bornes=2_1",
        "couleur=1",
        "taille=x",
    ],
)
def test_classes_that_mean_nothing_are_refused_in_words(shipped_client: Any, query: str) -> None:
    answer = shipped_client.get(f"{ADDRESS}?{query}")
    assert answer.status_code == 400
    assert answer.json["detail"]


def test_zone_values_are_cut_into_classes_of_their_own(
    shipped_client: Any, shipped_store: TableStore
) -> None:
    zones = [i for i in shipped_store.indicators if i.inherited_from]
    assert zones
    for indicator in zones:
        classes = shipped_client.get(f"/api/v1/classes/commune/{indicator.id}").json
        inherited = int((shipped_store.status(Level.COMMUNE, indicator.id) == Status.INHERITED).sum())
        if inherited and classes["statuses"] == ["inherited"]:
            assert sum(classes["sizes"]) == inherited
            assert len(classes["sizes"]) >= 3


def test_yes_and_no_are_always_two_classes(shipped_client: Any, shipped_store: TableStore) -> None:
    for indicator in shipped_store.indicators:
        if indicator.unit == "oui/non":
            for query in ("", "?methode=tete-et-queue&classes=7", "?methode=manuel&bornes=0.2_0.7"):
                classes = shipped_client.get(f"/api/v1/classes/commune/{indicator.id}{query}").json
                assert classes["bounds"] == [0.0, 0.0, 1.0], indicator.id
                assert len(classes["sizes"]) == 2


def test_the_sentence_is_that_of_the_sheets_and_names_the_reference(
    shipped_client: Any, shipped_store: TableStore
) -> None:
    selection = Selection(Level.COMMUNE, "niv_med", (), ("76",), "31555", reference="taille")
    answer = shipped_client.get(
        "/api/v1/sentence/commune/niv_med?region=76&territoire=31555&reference=taille"
    ).json
    assert answer["sentence"] == sentence(shipped_store, selection)
    assert answer["about"] == "Toulouse"
    assert answer["reference"]["to"] == "à la médiane des communes de 50 000 habitants ou plus"
    assert answer["reference"]["value"] > 0
    plain = shipped_client.get("/api/v1/sentence/commune/ris_inond").json
    assert plain["reference"] is None
    assert ": oui pour " in plain["sentence"]


@pytest.mark.parametrize("query", ["territoire=99999", "reference=99999", "region=zz"])
def test_a_sentence_about_nobody_is_not_found(shipped_client: Any, query: str) -> None:
    assert shipped_client.get(f"/api/v1/sentence/commune/niv_med?{query}").status_code == 404


def test_only_the_map_with_its_base_map_may_ask_another_host(shipped_client: Any) -> None:
    def policy(address: str) -> str:
        return str(shipped_client.get(address).headers["Content-Security-Policy"])

    assert HOST in policy("/carte?fond=ign")
    for address in (
        "/carte",
        "/carte?fond=autre",
        "/indicateurs?fond=ign",
        "/api/v1/indicators?fond=ign",
        "/",
    ):
        assert HOST not in policy(address)


def test_the_map_may_ask_where_the_reader_is(shipped_client: Any) -> None:
    assert "geolocation=(self)" in shipped_client.get("/carte").headers["Permissions-Policy"]
