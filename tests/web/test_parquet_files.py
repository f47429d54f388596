"""Parquet files are the store, made once."""

import io
import json
from dataclasses import replace

import numpy as np
import pyarrow.parquet as pq
import pytest

from territoires.model.indicators import Status
from territoires.model.levels import Level
from territoires.web.application import create_app
from tests.web.files import fetch


def check_level(store, level, content):
    file = pq.ParquetFile(io.BytesIO(content))
    schema, table = file.schema_arrow, file.read()
    assert schema.metadata[b"release"].decode() == store.manifest.release
    assert schema.metadata[b"data_version"].decode() == store.manifest.version[:12]
    assert set(json.loads(schema.metadata[b"sources"])) == {each.source for each in store.indicators}
    assert table["code"].to_pylist() == store.territories(level).codes
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"
    for indicator in store.indicators:
        field = schema.field(indicator.id)
        assert field.metadata[b"label"].decode() == indicator.label
        assert field.metadata[b"unit"].decode() == indicator.unit_at(level)
        values = table[indicator.id].to_numpy()
        np.testing.assert_array_equal(values, store.values(level, indicator.id))
        assert table[indicator.id].null_count == int(np.isnan(values).sum())
        words = [Status(code).word for code in store.status(level, indicator.id)]
        assert table[f"{indicator.id}__status"].to_pylist() == words


@pytest.mark.parametrize("level", list(Level))
def test_parquet_is_the_store(client, country_store, level):
    answer = fetch(client, f"/telecharger/{level}.parquet")
    assert answer.mimetype == "application/vnd.apache.parquet"
    check_level(country_store, level, answer.data)


def test_parquet_of_the_shipped_regions_and_communes(shipped_client, shipped_store):
    check_level(shipped_store, Level.REGION, fetch(shipped_client, "/telecharger/region.parquet").data)
    content = fetch(shipped_client, "/telecharger/commune.parquet").data
    assert len(content) < 20_000_000
    table = pq.read_table(io.BytesIO(content), columns=["code", "stratum", "emp_txchom_1564"])
    assert table.num_rows == 34_875
    np.testing.assert_array_equal(
        table["emp_txchom_1564"].to_numpy(), shipped_store.values(Level.COMMUNE, "emp_txchom_1564")
    )


def test_parquet_is_made_once_and_without_a_cache_too(country, country_store, client):
    fetch(client, "/telecharger/region.parquet")
    folder = country.settings.cache / country_store.manifest.version[:16]
    kept = list(folder.glob("all-region*"))
    assert len(kept) == 1
    assert not list(folder.glob(".draft*"))
    without = create_app(replace(country.settings, cache=None), store=country_store).server.test_client()
    answer = fetch(without, "/telecharger/region.parquet")
    assert answer.data == kept[0].read_bytes()
