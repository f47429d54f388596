"""Distances are those of the Earth, and the nearest comes first."""

from __future__ import annotations

import numpy as np
import pytest
from pyproj import Geod

from territoires.catalysts.proximity import distances, near, nearest
from territoires.model.levels import Level
from territoires.store.store import TableStore
from tests.unit.catalysts.organisations import organisation

WGS84 = Geod(ellps="WGS84")

#: Toulouse, Paris, Cayenne and the south of Guyane, Saint-Denis de La Réunion.
PLACES = {
    "toulouse": (1.444, 43.605),
    "paris": (2.352, 48.857),
    "cayenne": (-52.335, 4.937),
    "camopi": (-52.34, 3.17),
    "reunion": (55.448, -20.879),
}


def geodesics(lon: float, lat: float, lons: np.ndarray, lats: np.ndarray) -> np.ndarray:
    """Return the lengths (km) of geodesics, by pyproj."""
    here = np.full(len(lons), lon), np.full(len(lons), lat)
    return np.asarray(WGS84.inv(*here, lons, lats)[2]) / 1000


def test_distances_equal_geodesics_within_a_half_percent(shipped_store: TableStore) -> None:
    communes = shipped_store.territories(Level.COMMUNE).points[::7]
    for name, (lon, lat) in PLACES.items():
        ours = distances(lon, lat, communes[:, 0], communes[:, 1])
        theirs = geodesics(lon, lat, communes[:, 0], communes[:, 1])
        assert np.max(np.abs(ours / theirs - 1)[theirs > 0.05]) < 0.005, name
        close = (theirs < 300) & (theirs > 0.05)
        assert close.any(), name
        assert np.max(np.abs(ours / theirs - 1)[close]) < 0.0005, name


def test_a_point_is_at_no_distance_of_itself() -> None:
    assert distances(1.4, 43.6, np.array([1.4, np.nan]), np.array([43.6, 43.6]))[0] == pytest.approx(
        0, abs=1e-6
    )


def test_the_nearest_of_many_is_the_least_of_all_distances() -> None:
    points = np.array(list(PLACES.values()))
    others = np.array([[1.0, 43.0], [2.0, 49.0], [-52.0, 4.0], [np.nan, np.nan]])
    expected = [np.nanmin(distances(lon, lat, others[:, 0], others[:, 1])) for lon, lat in points]
    assert nearest(points, others[:, 0], others[:, 1]) == pytest.approx(expected, abs=1e-3)
    assert np.isinf(nearest(points, others[3:, 0], others[3:, 1])).all()


def test_who_is_near_comes_first_and_who_is_nowhere_last() -> None:
    far = organisation("far", lon=2.35, lat=48.85)
    nowhere = organisation("nowhere", lon=None, lat=None)
    twin = organisation("twin", name="A", lon=1.5, lat=43.6)
    close = organisation("close", name="B", lon=1.5, lat=43.6)
    everyone = [far, nowhere, close, twin]
    found = near(everyone, 1.44, 43.6)
    assert [each.catalyst.id for each in found] == ["twin", "close", "far", "nowhere"]
    assert found[0].km == pytest.approx(4.84, abs=0.05)
    assert found[-1].km is None
    assert [each.catalyst.id for each in near(everyone, 1.44, 43.6, radius=10)] == ["twin", "close"]
