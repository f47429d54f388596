/** The map of the organisations: groups that open when they are clicked, a circle around a place. */

import { goTo, union, zoomBy } from "../carte/camera.js";
import { askAgain, createMap } from "../carte/drawing.js";
import { addNames, setNames } from "../carte/labels.js";
import { baseStyle } from "../carte/style.js";
import { ringAround } from "./distance.js";
import { addOrganisations, collection, drawOrganisations, openedAt, organisationAt, pointAt, UNDER } from "./marks.js";

const MARKED = "organisation-visee";
const HOME = "chez-moi";

/** How many of the nearest are in sight around a place. */
const IN_SIGHT = 6;

/** Make the map in `container`. `words.towns` are named on it. */
export async function createChart(container, { words, addresses, palette, catalysts, onFailure }) {
  const map = await createMap(container, words.maplibre, { style: baseStyle(addresses, palette) });
  goTo(map, words.views[0].bounds, { atOnce: true });
  map.on("error", ({ error }) => onFailure(error?.message ?? ""));
  await new Promise((resolve) => map.once("style.load", resolve));
  await addNames(map, palette);
  setNames(map, words.towns, true);
  map.addSource(HOME, { type: "geojson", data: collection([]) });
  map.addLayer({
    id: `${HOME}-rayon`,
    type: "line",
    source: HOME,
    filter: ["==", ["geometry-type"], "LineString"],
    paint: { "line-color": palette.accent, "line-width": 2, "line-dasharray": [3, 2] },
  });
  map.addLayer({
    id: HOME,
    type: "circle",
    source: HOME,
    filter: ["==", ["geometry-type"], "Point"],
    paint: { "circle-radius": 7, "circle-color": palette.surface, "circle-stroke-color": palette.accent, "circle-stroke-width": 4 },
  });
  addOrganisations(map, words, palette);
  map.addSource(MARKED, { type: "geojson", data: collection([]) });
  map.addLayer(
    {
      id: MARKED,
      type: "circle",
      source: MARKED,
      paint: {
        "circle-radius": ["get", "radius"],
        "circle-color": palette.accent,
        "circle-opacity": 0.25,
        "circle-stroke-color": palette.accent,
        "circle-stroke-width": 2,
      },
    },
    UNDER,
  );
  let pointed = -1;
  let chosen = -1;

  function mark() {
    const marks = [[chosen, 17], [pointed, 14]].filter(([i]) => i >= 0 && catalysts[i].lon !== undefined);
    map.getSource(MARKED).setData(
      collection(marks.map(([i, radius]) => pointAt(catalysts[i].lon, catalysts[i].lat, { radius }))),
    );
  }

  return {
    map,
    /** Draw organisations (positions). Resolves when they are on screen. */
    show(kept) {
      drawOrganisations(map, kept, catalysts, words);
      return new Promise((resolve) => map.once("idle", resolve));
    },
    /** Draw where one starts from (`{lon, lat}` or null) and the circle of a radius (km, 0: none). */
    showHome(point, radius) {
      const features = point ? [pointAt(point.lon, point.lat)] : [];
      if (point && radius) {
        features.push({ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: ringAround(point, radius) } });
      }
      map.getSource(HOME).setData(collection(features));
    },
    /** Look at the circle around a point, or at the nearest of some organisations. */
    lookAround(point, radius, kept) {
      const near = radius
        ? ringAround(point, radius, 8)
        : [[point.lon, point.lat], ...kept.map((i) => [catalysts[i].lon, catalysts[i].lat]).filter(([lon]) => lon !== undefined).slice(0, IN_SIGHT)];
      goTo(map, union(near.map(([lon, lat]) => [lon, lat, lon, lat])), { closest: 9.5 });
    },
    point(i) {
      if (i === pointed) return;
      pointed = i;
      mark();
    },
    choose(i) {
      chosen = i;
      mark();
    },
    at: (point) => organisationAt(map, point),
    opened: (found) => openedAt(map, found),
    goTo: (bounds, options) => goTo(map, bounds, options),
    zoomBy: (step) => zoomBy(map, step),
    askAgain: () => askAgain(map),
  };
}
