/** Where the map looks: named views, places, and the position kept in the address. */

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const NEAREST = 11;

/** How close the map goes to one territory, so that its neighbours are seen. */
export const CLOSEST = { commune: 9.5, epci: 8.5, departement: 7.5, region: 6.2 };

/** What movements that were asked for carry: a map that is only resized does not change the address. */
const ASKED = { asked: true };

/** Tell where the map looks (zoom, latitude, longitude) whenever it comes to rest after being moved. */
export function watchCamera(map, told) {
  map.on("moveend", ({ originalEvent, asked }) => {
    if (!originalEvent && !asked) return;
    const { lng, lat } = map.getCenter();
    told([Number(map.getZoom().toFixed(2)), Number(lat.toFixed(4)), Number(lng.toFixed(4))]);
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

/** Go to bounds; at once when the page opens, or where motion is not wanted. */
export function goTo(map, bounds, { atOnce = false, closest = NEAREST } = {}) {
  const [west, south, east, north] = bounds;
  map.fitBounds(
    [
      [west, south],
      [east, north],
    ],
    { padding: padding(map), maxZoom: closest, duration: atOnce || calm.matches ? 0 : 700, linear: true },
    atOnce ? undefined : ASKED,
  );
}

/** Zoom by one step, in or out. */
export function zoomBy(map, step) {
  map.easeTo({ zoom: map.getZoom() + step, duration: calm.matches ? 0 : 200 }, ASKED);
}

/** Bring a point into sight without changing the zoom, if it is not. */
export function reveal(map, lon, lat) {
  if (map.getBounds().contains([lon, lat])) return;
  map.easeTo({ center: [lon, lat], duration: calm.matches ? 0 : 400 }, ASKED);
}
