"""The API says what the store holds, in index order, and in few bytes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from territoires.model.indicators import Indicator, Status
from territoires.model.levels import MAPPED, Level
from territoires.store.store import TableStore

#: Compressed bytes of one indicator of all communes.
LARGEST_VALUES = 60 * 1024


def test_the_catalogue_is_complete(shipped_client: Any, shipped_store: TableStore) -> None:
    answer = shipped_client.get("/api/v1/indicators").json
    assert [each["id"] for each in answer["indicators"]] == [each.id for each in shipped_store.indicators]
    assert answer["release"] == shipped_store.manifest.release
    one = shipped_client.get(f"/api/v1/indicators/{shipped_store.indicators[0].id}").json
    assert one == answer["indicators"][0]
    assert one["definition"]
    assert one["source"]


@pytest.mark.parametrize("level", MAPPED)
def test_the_columns_of_a_level_are_in_index_order(
    client: Any, country_store: TableStore, level: Level
) -> None:
    answer = client.get(f"/api/v1/territories/{level}").json
    territories = country_store.territories(level)
    assert answer["level"] == level.value
    assert answer["code"] == territories.codes
    assert answer["name"] == territories.names
    assert answer["population"] == territories.population.tolist()
    assert set(answer["stratum"]) <= {0, 1, 2, 3}
    assert answer["region"] == territories.parents[Level.REGION].tolist()
    for name in ("stratum", "region", "departement", "epci", "lon", "lat"):
        assert len(answer[name]) == len(territories)
    assert np.allclose(answer["lon"], territories.points[:, 0], atol=0.0006)


@pytest.mark.parametrize("level", [*MAPPED, Level.FRANCE])
def test_values_are_rounded_and_missing_ones_are_null(
    client: Any, country_store: TableStore, level: Level
) -> None:
    for indicator in country_store.indicators:
        answer = client.get(f"/api/v1/values/{level}/{indicator.id}").json
        stored = country_store.values(level, indicator.id)
        status = country_store.status(level, indicator.id)
        assert len(answer["values"]) == len(stored) == len(answer["status"])
        for value, truth in zip(answer["values"], stored, strict=True):
            if np.isfinite(truth):
                assert value == pytest.approx(round(float(truth), indicator.decimals), abs=10**-6)
            else:
                assert value is None
        assert [int(character, 36) for character in answer["status"]] == status.tolist()
        assert sum(answer["statuses"].values()) == len(stored)
        assert set(answer["statuses"]) <= {each.word for each in Status}


def test_classes_count_the_compared_territories(shipped_client: Any, shipped_store: TableStore) -> None:
    answer = shipped_client.get("/api/v1/values/commune/emp_txchom_1564").json
    bounds, sizes = answer["classes"]["bounds"], answer["classes"]["sizes"]
    assert len(bounds) == len(sizes) + 1
    assert bounds == sorted(bounds)
    assert sum(sizes) == answer["statuses"]["ok"]


def test_a_stratum_restricts_the_value_of_a_region_to_its_communes_of_that_size(shipped_client: Any) -> None:
    everything = shipped_client.get("/api/v1/values/region/emp_txchom_1564").json
    small = shipped_client.get("/api/v1/values/region/emp_txchom_1564?taille=moins-2000").json
    assert small["strata"] == ["moins-2000"]
    assert small["values"] != everything["values"]


def test_the_order_of_the_sizes_makes_no_difference_and_all_of_them_is_none(shipped_client: Any) -> None:
    address = "/api/v1/values/region/emp_txchom_1564?"
    one = shipped_client.get(address + "taille=moins-2000&taille=plus-50000")
    other = shipped_client.get(address + "taille=plus-50000&taille=moins-2000&taille=moins-2000")
    assert one.headers["ETag"] == other.headers["ETag"]
    all_sizes = "&".join(f"taille={s}" for s in ("moins-2000", "2000-20000", "20000-50000", "plus-50000"))
    assert shipped_client.get(address + all_sizes).json == shipped_client.get(address).json


def test_one_indicator_of_all_communes_weighs_at_most_60_kilobytes(
    shipped_client: Any, shipped_store: TableStore
) -> None:
    def weight(indicator: Indicator) -> int:
        address = f"/api/v1/values/commune/{indicator.id}"
        return len(shipped_client.get(address, headers={"Accept-Encoding": "br"}).data)

    def distinct(indicator: Indicator) -> int:
        values = shipped_store.values(Level.COMMUNE, indicator.id)
        return np.unique(np.round(values[np.isfinite(values)], indicator.decimals)).size

    heaviest = sorted(shipped_store.indicators, key=distinct, reverse=True)[:12]
    checked = {*heaviest, *shipped_store.indicators[::12]}
    assert {each.id: weight(each) for each in checked if weight(each) > LARGEST_VALUES} == {}


def test_a_place_is_found_by_its_first_letters(shipped_client: Any) -> None:
    results = shipped_client.get("/api/v1/territories?q=toulou&limit=5").json["results"]
    assert 0 < len(results) <= 5
    found = next(each for each in results if each["level"] == "commune")
    assert found["code"] == "31555"
    assert found["departement"] == {"code": "31", "name": "Haute-Garonne"}
    assert found["region"] == {"code": "76", "name": "Occitanie"}
    assert shipped_client.get("/api/v1/territories?q=zzzzqq").json == {"results": []}


def test_a_territory_gives_its_parents_its_bounds_and_its_figure(shipped_client: Any) -> None:
    plain = shipped_client.get("/api/v1/territories/commune/31555").json
    assert plain["name"] == "Toulouse"
    assert plain["stratum"] == "plus-50000"
    assert plain["region"]["name"] == "Occitanie"
    west, south, east, north = plain["bounds"]
    assert west < plain["point"][0] < east
    assert south < plain["point"][1] < north
    assert "value" not in plain
    figure = shipped_client.get("/api/v1/territories/commune/31555?indicateur=emp_txchom_1564").json
    assert figure["status"] == "ok"
    assert 1 <= figure["rank"] <= figure["ranked"]
    assert figure["sentence"].startswith("Toulouse")


def test_a_missing_value_says_why(shipped_client: Any, shipped_store: TableStore) -> None:
    status = shipped_store.status(Level.COMMUNE, "emp_txchom_1564")
    index = int(np.flatnonzero(status == Status.NOT_PUBLISHED)[0])
    code = shipped_store.territories(Level.COMMUNE).codes[index]
    answer = shipped_client.get(f"/api/v1/territories/commune/{code}?indicateur=emp_txchom_1564").json
    assert answer["value"] is None
    assert answer["status"] == "not_published"
    assert answer["rank"] is None
