"""Distances on the Earth, and who is near a point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from territoires.catalysts.catalyst import Catalyst

#: The WGS84 ellipsoid: its larger half-axis (km), and the square of its eccentricity.
HALF_AXIS = 6378.137
ECCENTRICITY = 0.00669437999014

#: Mean radius of the Earth (km): it only serves to go from a chord to the arc above it.
MEAN_RADIUS = 6371.0088

#: Most distances computed at once: about 30 MB.
BLOCK = 4_000_000

Coordinates = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Near:
    """An organisation and its distance, in kilometres; None for one that stands at no point."""

    catalyst: Catalyst
    km: float | None


def distances(lon: float, lat: float, lons: Coordinates, lats: Coordinates) -> Coordinates:
    """Return the distance (km) from one point to each of (n,) points; degrees in, NaN stays NaN.

    The straight line between two points of the ellipsoid, then the arc above it: within 0.1 % of geodesics
    everywhere in France, where a sphere is 0.55 % off in Guyane (tests hold both against pyproj).
    """
    here = _on_ellipsoid(np.array([lon]), np.array([lat]))
    return _arc(np.linalg.norm(_on_ellipsoid(lons, lats) - here, axis=1))


def _on_ellipsoid(lons: Coordinates, lats: Coordinates) -> Coordinates:
    """Return points of the ellipsoid as (n, 3) kilometres from the centre of the Earth."""
    east, north = np.radians(lons), np.radians(lats)
    normal = HALF_AXIS / np.sqrt(1 - ECCENTRICITY * np.sin(north) ** 2)
    across = normal * np.cos(north)
    return np.column_stack(
        [across * np.cos(east), across * np.sin(east), normal * (1 - ECCENTRICITY) * np.sin(north)]
    )


def _arc(chord: Coordinates) -> Coordinates:
    """Return the length of the arcs above straight lines through the Earth; both in km."""
    arcs: Coordinates = 2 * MEAN_RADIUS * np.arcsin(np.clip(chord / (2 * MEAN_RADIUS), 0, 1))
    return arcs


def coordinates(catalysts: Sequence[Catalyst]) -> tuple[Coordinates, Coordinates]:
    """Return the longitudes and the latitudes of organisations; NaN for those that stand at no point."""
    lons = np.array([np.nan if each.lon is None else each.lon for each in catalysts], dtype=np.float64)
    lats = np.array([np.nan if each.lat is None else each.lat for each in catalysts], dtype=np.float64)
    return lons, lats


def near(catalysts: Sequence[Catalyst], lon: float, lat: float, radius: float | None = None) -> list[Near]:
    """Return organisations by distance from a point, then by name; those that stand at no point come last.

    With a `radius` (km), only those within it.
    """
    lons, lats = coordinates(catalysts)
    found = [
        Near(each, float(km) if km == km else None)
        for each, km in zip(catalysts, distances(lon, lat, lons, lats), strict=True)
    ]
    if radius is not None:
        found = [each for each in found if each.km is not None and each.km <= radius]
    return sorted(found, key=by_distance)


def by_distance(found: Near) -> tuple[float, str, str]:
    """Return the key that orders by distance, then by name; what has no distance comes last."""
    return (float("inf") if found.km is None else found.km, found.catalyst.name, found.catalyst.id)


def nearest(points: Coordinates, lons: Coordinates, lats: Coordinates) -> Coordinates:
    """Return, for each of (n, 2) points (longitude, latitude), the distance (km) to the nearest of (m,) others.

    Infinite where there is none. The same distances as `distances`, by one product of matrices.
    """
    placed = np.isfinite(lons) & np.isfinite(lats)
    closest = np.full(len(points), np.inf)
    if not placed.any():
        return closest
    others = _on_ellipsoid(lons[placed], lats[placed])
    squares = (others**2).sum(axis=1)
    step = max(1, BLOCK // len(others))
    for start in range(0, len(points), step):
        here = _on_ellipsoid(points[start : start + step, 0], points[start : start + step, 1])
        least = (squares - 2 * (here @ others.T)).min(axis=1) + (here**2).sum(axis=1)
        closest[start : start + step] = _arc(np.sqrt(np.maximum(least, 0)))
    return closest
