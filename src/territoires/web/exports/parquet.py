"""Every indicator of a level in one Parquet file: values as they ship, and why where there is none."""

from __future__ import annotations

import json
from typing import IO, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from territoires.analysis.exports import licence_of, release_facts, territory_columns
from territoires.analysis.tables import Column, Kind
from territoires.model.indicators import Status
from territoires.model.levels import Level
from territoires.store.store import Store

#: Rows of a group: what is held in memory while writing.
GROUP = 8_192

#: Follows the id of an indicator in the name of its column of statuses.
STATUS_SUFFIX = "__status"

WORDS = pa.array([status.word for status in Status])
STATUS_TYPE = pa.dictionary(pa.int8(), pa.string())


def write_level(store: Store, level: Level, file: IO[bytes]) -> None:
    """Write all the indicators of `level`, a row per territory in index order, compressed with zstd.

    Columns: the territory, then for each indicator of the catalogue its value (float32, null where missing)
    and its status (word). The schema says label, unit, vintage and source of each column, and release,
    version and sources of the whole.
    """
    described = territory_columns(store, level)
    schema = _schema(store, level, described)
    rows = len(store.territories(level))
    with pq.ParquetWriter(file, schema, compression="zstd", compression_level=6) as writer:
        for start in range(0, rows, GROUP):
            stop = min(start + GROUP, rows)
            arrays = [_array(column, start, stop) for column in described]
            for indicator in store.indicators:
                values = store.values(level, indicator.id)[start:stop]
                status = store.status(level, indicator.id)[start:stop]
                arrays.append(pa.array(values, mask=~np.isfinite(values)))
                arrays.append(pa.DictionaryArray.from_arrays(pa.array(status.astype(np.int8)), WORDS))
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema), row_group_size=GROUP)


def _array(column: Column, start: int, stop: int) -> pa.Array:
    return pa.array(column.cells(start, stop), type=_type(column))


def _type(column: Column) -> pa.DataType:
    return pa.string() if column.kind is Kind.TEXT else pa.int32()


def _schema(store: Store, level: Level, described: tuple[Column, ...]) -> pa.Schema:
    fields = [pa.field(column.name, _type(column), metadata={"label": column.title}) for column in described]
    used: dict[str, Any] = {}
    for indicator in store.indicators:
        source = store.sources[indicator.source]
        used[source.id] = {
            "producer": source.producer,
            "title": source.title,
            "licence": licence_of(source),
            "vintage": source.vintage,
            "official_page": source.official_page,
        }
        metadata = {
            "label": indicator.label,
            "unit": indicator.unit_at(level),
            "vintage": indicator.vintage,
            "source": indicator.source,
            "definition": indicator.definition,
        }
        fields += [
            pa.field(indicator.id, pa.float32(), metadata=metadata),
            pa.field(f"{indicator.id}{STATUS_SUFFIX}", STATUS_TYPE, nullable=False),
        ]
    facts = {fact.name: fact.text for fact in release_facts(store)}
    metadata = {"title": "Territoires", "level": level.value, **facts, "sources": json.dumps(used)}
    return pa.schema(fields, metadata=metadata)
