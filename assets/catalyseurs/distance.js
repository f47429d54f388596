/** Distances on the Earth, by the same formula as catalysts/proximity.py; points on a circle around a place. */

const HALF_AXIS = 6378.137;
const ECCENTRICITY = 0.00669437999014;
const MEAN_RADIUS = 6371.0088;
const RADIAN = Math.PI / 180;

function onEllipsoid(lon, lat) {
  const sine = Math.sin(lat * RADIAN);
  const normal = HALF_AXIS / Math.sqrt(1 - ECCENTRICITY * sine * sine);
  const across = normal * Math.cos(lat * RADIAN);
  return [across * Math.cos(lon * RADIAN), across * Math.sin(lon * RADIAN), normal * (1 - ECCENTRICITY) * sine];
}

/** A function that gives the distance (km) from a point to others, in degrees. */
export function distanceFrom({ lon, lat }) {
  const [x, y, z] = onEllipsoid(lon, lat);
  return (otherLon, otherLat) => {
    const [a, b, c] = onEllipsoid(otherLon, otherLat);
    const chord = Math.hypot(a - x, b - y, c - z);
    return 2 * MEAN_RADIUS * Math.asin(Math.min(1, chord / (2 * MEAN_RADIUS)));
  };
}

/** The ring of points at `km` around a place, closed, on the sphere: drawn, never measured. */
export function ringAround({ lon, lat }, km, steps = 96) {
  const angle = km / MEAN_RADIUS;
  const [sine, cosine] = [Math.sin(lat * RADIAN), Math.cos(lat * RADIAN)];
  return Array.from({ length: steps + 1 }, (_, n) => {
    const bearing = (2 * Math.PI * n) / steps;
    const there = Math.asin(sine * Math.cos(angle) + cosine * Math.sin(angle) * Math.cos(bearing));
    const east = Math.atan2(
      Math.sin(bearing) * Math.sin(angle) * cosine,
      Math.cos(angle) - sine * Math.sin(there),
    );
    return [lon + east / RADIAN, there / RADIAN];
  });
}
