/** Where the map looks: named views, places, and the position kept across reloads in the history entry. */

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const NEAREST = 11;

/** How close the map goes to one territory, so that its neighbours are seen. */
export const CLOSEST = { commune: 9.5, epci: 8.5, departement: 7.5, region: 6.2 };

/** The position kept in this history entry, or null. */
export function keptCamera() {
  const kept = history.state?.camera;
  return kept && [kept.lon, kept.lat, kept.zoom].every(Number.isFinite) ? kept : null;
}

/** Keep the position of the map in the history entry whenever it comes to rest. */
export function keepCamera(map) {
  map.on("moveend", () => {
    const { lng, lat } = map.getCenter();
    const camera = { lon: lng, lat, zoom: map.getZoom() };
    history.replaceState({ ...history.state, camera }, "");
  });
}

/** The union of bounds (west, south, east, north). */
export function union(list) {
  return list.reduce((a, b) => [
    Math.min(a[0], b[0]),
    Math.min(a[1], b[1]),
    Math.max(a[2], b[2]),
    Math.max(a[3], b[3]),
  ]);
}

/** Margins that leave the legend free of what is shown, on a wide map. */
export function padding(map) {
  const { clientWidth, clientHeight } = map.getContainer();
  return clientWidth >= 560
    ? { top: 56, bottom: 24, left: Math.min(88, clientWidth * 0.1), right: 24 }
    : { top: 44, bottom: Math.min(64, clientHeight * 0.14), left: 12, right: 28 };
}

/** Go to bounds; at once when asked, or where motion is not wanted. */
export function goTo(map, bounds, { atOnce = false, closest = NEAREST } = {}) {
  const [west, south, east, north] = bounds;
  map.fitBounds(
    [
      [west, south],
      [east, north],
    ],
    { padding: padding(map), maxZoom: closest, duration: atOnce || calm.matches ? 0 : 700, linear: true },
  );
}

/** Zoom by one step, in or out. */
export function zoomBy(map, step) {
  map.easeTo({ zoom: map.getZoom() + step, duration: calm.matches ? 0 : 200 });
}

/** Bring a point into sight without changing the zoom, if it is not. */
export function reveal(map, lon, lat) {
  if (!map.getBounds().contains([lon, lat])) map.easeTo({ center: [lon, lat], duration: calm.matches ? 0 : 400 });
}
