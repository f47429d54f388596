"""Write and read vector tiles: layers of polygons whose only property is the territory index `i`.

Format: Mapbox Vector Tile 2.1. Written here rather than by GDAL, whose drivers drop features at their
default limits and polygons that collapse at any limits, and take four times as long; read back by two
programs that know nothing of this one (`mapbox-vector-tile` in the tests, MapLibre on the map).
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from territoires.build.rings import Ints, Rings, whole_rings

#: Name of the only property of a feature: the territory index.
PROPERTY = "i"


def encode_layer(name: str, extent: int, rows: Ints, shapes: NDArray[Any], keep: NDArray[np.bool_]) -> bytes:
    """Return the bytes of one layer, or none if no shape is left.

    `shapes` (polygons, clipped) are in tile units, y downwards, 0 to `extent`; `rows` their indices.
    Vertices are rounded to whole units. A shape that vanishes when rounded is left out, or becomes a square
    of one unit where `keep` says so.
    """
    return _layer(name, extent, rows, whole_rings(shapes, keep))


def make_tile(layers: Iterable[bytes]) -> bytes:
    """Return a gzipped tile of some layers, without a date: two builds give the same bytes. No layer, no tile."""
    data = b"".join(layers)
    return gzip.compress(data, compresslevel=9, mtime=0) if data else b""


def _layer(name: str, extent: int, rows: Ints, rings: Rings) -> bytes:
    """Return the protobuf bytes of a layer; `rows` are the indices of the shapes of `rings`."""
    count = len(rings.ring)
    if not count:
        return b""
    new_feature = np.diff(rings.shape, prepend=-1) != 0
    delta = np.diff(rings.points, axis=0, prepend=0)
    delta[new_feature] = rings.points[new_feature]
    zigzag = (delta << 1) ^ (delta >> 63)

    # Stream of one feature: per ring, move-to(1) x y, line-to(n) x y …, close.
    starts = rings.starts()
    sizes = np.diff(np.append(starts, count))
    ring_number = np.repeat(np.arange(len(starts)), sizes)
    place = np.arange(count) * 2 + ring_number * 3 + 2
    place[starts] -= 1
    stream = np.zeros(2 * count + 3 * len(starts), dtype=np.int64)
    stream[place], stream[place + 1] = zigzag[:, 0], zigzag[:, 1]
    head = starts * 2 + np.arange(len(starts)) * 3
    stream[head] = 9
    stream[head + 3] = ((sizes - 1) << 3) | 2
    stream[head + 2 * sizes + 2] = 15

    data, ends = varints(stream)
    feature_starts = np.flatnonzero(new_feature)
    begin = head[ring_number[feature_starts]]
    offsets = [0, *ends.tolist()]
    cuts = [offsets[position] for position in [*begin.tolist(), len(stream)]]
    body = [_field(1, name.encode())]
    values = []
    for number, row in enumerate(rows[rings.shape[feature_starts]].tolist()):
        tags = _field(2, b"\0" + _varint(number))
        body.append(_field(2, tags + b"\x18\x03" + _field(4, data[cuts[number] : cuts[number + 1]])))
        values.append(_field(4, b"\x28" + _varint(row)))
    body += [_field(3, PROPERTY.encode()), *values, b"\x28" + _varint(extent), b"\x78\x02"]
    return _field(3, b"".join(body))


def varints(values: Ints) -> tuple[bytes, Ints]:
    """Return the concatenated protobuf varints of non-negative `values`, and where each one ends."""
    size = np.ones(len(values), dtype=np.int64)
    for shift in range(7, 42, 7):
        size += values >= (1 << shift)
    ends = np.cumsum(size)
    data = np.zeros(int(ends[-1]), dtype=np.uint8)
    for byte in range(int(size.max())):
        more = size > byte
        septet = (values[more] >> (7 * byte)) & 0x7F
        septet |= np.where(size[more] > byte + 1, 0x80, 0)
        data[ends[more] - size[more] + byte] = septet
    return data.tobytes(), ends


def _varint(value: int) -> bytes:
    """Return one protobuf varint."""
    data = bytearray()
    while value > 0x7F:
        data.append(value & 0x7F | 0x80)
        value >>= 7
    data.append(value)
    return bytes(data)


def _field(number: int, data: bytes) -> bytes:
    """Return a length-delimited protobuf field."""
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def decode_rows(tile: bytes, layer: str) -> set[int]:
    """Return the territory indices of the features of one layer of a gzipped tile; none without that layer."""
    rows: set[int] = set()
    for number, content in _fields(gzip.decompress(tile)):
        entries = list(_fields(content)) if number == 3 else []
        if (1, layer.encode()) in entries:
            values = [int(next(_fields(data))[1]) for field, data in entries if field == 4]
            for field, data in entries:
                if field == 2:
                    tags = next(bytes(content) for inner, content in _fields(data) if inner == 2)
                    rows.add(values[_read_varint(tags, 1)[0]])
    return rows


def _fields(data: Any) -> Iterator[tuple[int, Any]]:
    """Yield the number and the content (a view of the bytes, or an integer) of each protobuf field."""
    view, position = memoryview(data), 0
    while position < len(view):
        key, position = _read_varint(view, position)
        value, position = _read_varint(view, position)
        if key & 7 == 2:
            yield key >> 3, view[position : position + value]
            position += value
        else:
            yield key >> 3, value


def _read_varint(data: Any, position: int) -> tuple[int, int]:
    """Return the varint at `position` and the position after it."""
    value = shift = 0
    while True:
        byte = data[position]
        position += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, position
        shift += 7
