/** Organisations on a map, whichever it is: rings that group them, shapes for those that stand alone. */

import { MAX_ZOOM } from "../carte/drawing.js";
import { drawWhenMissing, groupImage, groupSums, singleImage } from "./rings.js";

const SOURCE = "organisations";
const SINGLES = "organisations-seules";
const GROUPS = "organisations-groupees";

/** What is drawn under organisations stands under this layer. */
export const UNDER = SINGLES;

/** Two organisations closer than this (pixels) stand in one ring. */
const TOGETHER = 40;

export const collection = (features) => ({ type: "FeatureCollection", features });
export const pointAt = (lon, lat, properties = {}) => ({
  type: "Feature",
  properties,
  geometry: { type: "Point", coordinates: [lon, lat] },
});

/** The features of organisations: position, family, whether it is invented (1) or not (0). */
function featuresOf(kept, catalysts, words) {
  const features = [];
  for (const i of kept) {
    const { lon, lat, kind, fictitious } = catalysts[i];
    if (lon !== undefined) features.push(pointAt(lon, lat, { i, family: words.familyIndex(kind), x: fictitious ? 1 : 0 }));
  }
  return collection(features);
}

/** Add the source and the layers of organisations to a map, empty, above all the rest. */
export function addOrganisations(map, words, palette) {
  drawWhenMissing(map, words.families, palette);
  map.addSource(SOURCE, {
    type: "geojson",
    data: collection([]),
    cluster: true,
    clusterRadius: TOGETHER,
    clusterMaxZoom: 14,
    clusterProperties: groupSums(words.families),
    tolerance: 0,
  });
  const layer = (id, filter, image) => ({
    id,
    type: "symbol",
    source: SOURCE,
    filter,
    layout: { "icon-image": image, "icon-allow-overlap": true, "icon-padding": 0 },
  });
  map.addLayer(layer(SINGLES, ["!", ["has", "point_count"]], singleImage));
  map.addLayer(layer(GROUPS, ["has", "point_count"], groupImage(words.families)));
}

/** What stands under a pixel of a map: `{i}`, `{group, count, sums}`, or null. */
export function organisationAt(map, point) {
  if (!map.getLayer(GROUPS)) return null;
  const [found] = map.queryRenderedFeatures(point, { layers: [GROUPS, SINGLES] });
  if (!found) return null;
  const { properties, geometry } = found;
  if (properties.cluster) return { group: properties.cluster_id, properties, at: geometry.coordinates };
  return { i: properties.i, at: geometry.coordinates };
}

/**
 * The organisations (positions) of what stands under a click: one, or those of a group that no zoom of the map
 * opens. For a group that opens, null: the map goes where it does.
 */
export async function openedAt(map, { i, group, at }) {
  if (i !== undefined) return [i];
  const source = map.getSource(SOURCE);
  const zoom = await source.getClusterExpansionZoom(group);
  if (zoom <= MAX_ZOOM) {
    map.easeTo({ center: at, zoom });
    return null;
  }
  const leaves = await source.getClusterLeaves(group, 200, 0);
  return leaves.map(({ properties }) => properties.i);
}

/** Draw organisations (positions), in place of those that were. */
export function drawOrganisations(map, kept, catalysts, words) {
  map.getSource(SOURCE).setData(featuresOf(kept, catalysts, words));
}

/** Keep organisations above what is added to a map later: the names of towns then stand beside them. */
export function keepOnTop(map) {
  map.on("idle", () => {
    const order = map.getLayersOrder();
    if (order.indexOf(GROUPS) === order.length - 1) return;
    map.moveLayer(SINGLES);
    map.moveLayer(GROUPS);
  });
}
