"""The outlines of a frame as numbers say what its paths say."""

from __future__ import annotations

import numpy as np
import pytest

from territoires.model.levels import Level
from territoires.sheets.outlining import rings, seen_in, touching
from territoires.sheets.vertices import SHARED, vertices
from territoires.store.store import Frame


def frame(*paths: str) -> Frame:
    """A frame that holds these communes."""
    return Frame("invented", 100, 100, 1.0, 2154, 0.0, 0.0, {"commune": list(enumerate(paths, start=10))})


@pytest.mark.parametrize("name", ["departement:01", "region:94"])
def test_same_vertices_as_the_paths(shipped_store, name):
    drawn = shipped_store.frame(name)
    found = vertices(drawn, Level.COMMUNE)
    for k, (index, path) in enumerate(drawn.paths["commune"]):
        points = np.array([point for ring in rings(path) for point in ring])
        assert found.territories[k] == index
        assert np.array_equal(found.points[found.starts[k] : found.starts[k + 1]], points)
        assert found.boxes[k].tolist() == [*points.min(axis=0), *points.max(axis=0)]


def test_neighbours_are_those_that_share_a_line(shipped_store):
    """Compared with a walk through all pairs of sets of vertices."""
    drawn = shipped_store.frame("departement:90")
    sets = {i: {p for ring in rings(path) for p in ring} for i, path in drawn.paths["commune"]}
    for i, own in sets.items():
        expected = {j for j, other in sets.items() if j != i and len(own & other) >= SHARED}
        assert set(touching(drawn, Level.COMMUNE, i)) == expected


def test_a_corner_is_not_a_border():
    square, beside, corner = "M0 0l10 0 0 10-10 0z", "M10 0l10 0 0 10-10 0z", "M10 10l10 0 0 10-10 0z"
    drawn = frame(square, beside, corner)
    assert touching(drawn, Level.COMMUNE, 10) == [11]
    assert touching(drawn, Level.COMMUNE, 11) == [10, 12]
    assert touching(drawn, Level.COMMUNE, 99) == []


def test_a_territory_in_several_pieces_has_one_box():
    drawn = frame("M0 0l4 0 0 4zM20 -30l5 0 0 5z", "M50 50l1 1 0-2z")
    found = vertices(drawn, Level.COMMUNE)
    assert found.boxes.tolist() == [[0, -30, 25, 4], [50, 49, 51, 51]]
    assert found.starts.tolist() == [0, 6, 9]


def test_what_is_seen_in_a_window_meets_it():
    drawn = frame("M0 0l10 0 0 10z", "M30 30l10 0 0 10z")
    assert [i for i, _ in seen_in(drawn, Level.COMMUNE, (0.0, 0.0, 20.0, 20.0))] == [10]
    assert [i for i, _ in seen_in(drawn, Level.COMMUNE, (10.0, 10.0, 20.0, 20.0))] == [10, 11]
    assert seen_in(drawn, Level.EPCI, (0.0, 0.0, 20.0, 20.0)) == []
