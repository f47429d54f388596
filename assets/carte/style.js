/** The map's sources and layers: one vector source per level, added when it is first needed. */

import { patternName } from "./patterns.js";

const ZOOMS = { minzoom: 3, maxzoom: 11 };

/** From this zoom, the outlines of the territories of a level are drawn. */
const OUTLINED = { commune: 8, epci: 5.5, departement: 0, region: 0 };

/** Layers are inserted under these, so that the order never depends on when a level was added. */
export const UNDER_LINES = "departements";

/** The levels whose borders are drawn over a level; its own tiles hold them (`LINES` of build/tiles.py). */
export const LINES = {
  commune: ["departement", "region"],
  epci: ["departement", "region"],
  departement: ["region"],
  region: ["region"],
};

/** Names of what belongs to a level. */
export const fillLayer = (level) => `aplat-${level}`;
export const groundLayer = (level, status) => `fond-${level}-${status}`;
const lineLayer = (level, line) => `trait-${level}-${line}`;
const outlineLayer = (level) => `contour-${level}`;
const hatchSource = (level) => `trame-${level}`;
const markSource = (level) => `repere-${level}`;

function source(tiles, promote) {
  return { type: "vector", tiles: [tiles], ...ZOOMS, ...(promote ? { promoteId: "i" } : {}) };
}

const growing = (...stops) => ["interpolate", ["linear"], ["zoom"], ...stops];

const DRAWN = {
  departement: { minzoom: 5.6, opacity: growing(5.6, 0.25, 8, 0.4), width: growing(5.6, 0.5, 8, 1.2) },
  region: { minzoom: 0, opacity: growing(4, 0.5, 8, 0.7), width: growing(4, 0.7, 8, 1.6) },
};

/** The borders of a level, from the tiles of a source. Too thin for round corners, which cost as much again. */
function borders(id, from, line, palette) {
  const { minzoom, opacity, width } = DRAWN[line];
  const paint = { "line-color": palette.ink, "line-opacity": opacity, "line-width": width };
  return { id, type: "line", minzoom, source: from, "source-layer": line, paint };
}

/** The style of a map without any level yet: the land and the upper lines; the page is its paper. */
export function baseStyle(addresses, palette) {
  return {
    version: 8,
    // Colours change in place; and a transition would draw the map again and again while it lasts.
    transition: { duration: 0, delay: 0 },
    sources: {
      region: source(addresses.tiles("region"), true),
      departement: source(addresses.tiles("departement"), true),
    },
    layers: [
      {
        id: "fond",
        type: "fill",
        source: "region",
        "source-layer": "region",
        paint: { "fill-color": palette.surface, "fill-antialias": false },
      },
      borders(UNDER_LINES, "departement", "departement", palette),
      borders("regions", "region", "region", palette),
    ],
  };
}

/** Colour by feature state: `k` is a slot of the palette. */
function colourOf(palette) {
  const branches = palette.colours.flatMap((colour, slot) => (slot === 0 ? [] : [slot, colour]));
  return ["match", ["feature-state", "k"], ...branches, palette.colours[0]];
}

/**
 * Add the source and the layers of a level, under the upper lines. One source for all of them: each time the next
 * layer has another, the map cuts out its tiles anew (docs/adr/0030). The pattern of each missing status is ready
 * from the start: adding it later would read every tile again.
 * @param {{id: string, missing: boolean}[]} statuses
 */
export function addLevel(map, level, statuses, addresses, palette) {
  if (!map.getSource(level)) map.addSource(level, source(addresses.tiles(level), true));
  const own = { source: level, "source-layer": level };
  const missing = statuses.filter((status) => status.missing);
  const grounds = missing.map((status) => ({
    id: groundLayer(level, status.id),
    type: "fill",
    source: level,
    "source-layer": "region",
    paint: { "fill-pattern": patternName(status), "fill-antialias": false, "fill-opacity": 0 },
  }));
  const fill = {
    id: fillLayer(level),
    type: "fill",
    ...own,
    paint: {
      "fill-color": colourOf(palette),
      // One colour for all edges: drawn from the zoom where they can be seen, and nothing to change with values.
      "fill-antialias": ["step", ["zoom"], false, 7, true],
      "fill-outline-color": "rgba(255,255,255,0.3)",
      // Until it is unveiled.
      "fill-opacity": 0,
    },
  };
  const outline = {
    id: outlineLayer(level),
    type: "line",
    ...own,
    minzoom: OUTLINED[level],
    paint: {
      "line-color": level === "departement" ? palette.surface : palette.ink,
      "line-opacity": level === "departement" ? 0.9 : growing(OUTLINED[level], 0.14, OUTLINED[level] + 3, 0.3),
      "line-width": level === "departement" ? growing(4, 0.6, 8, 1.8) : growing(5, 0.4, 11, 0.9),
    },
  };
  const lines = LINES[level].map((line) => borders(lineLayer(level, line), level, line, palette));
  for (const layer of [...grounds, fill, outline, ...lines]) map.addLayer(layer, UNDER_LINES);
}

/** Keep the features of some indices: a lookup, not a walk along a list. */
function only(indices) {
  return indices.length === 0 ? ["==", ["get", "i"], -1] : ["match", ["get", "i"], indices, true, false];
}

/** Keep the features of some indices out of `size`: when they are most of them, by leaving out the others. */
function among(indices, size) {
  if (indices.length <= size / 2) return only(indices);
  const kept = new Set(indices);
  return ["!", only(Array.from({ length: size }, (_, i) => i).filter((i) => !kept.has(i)))];
}

/** Draw the pattern of a status over some territories of a level, which has `size` of them, from a zoom; nothing for an empty list. */
export function setHatch(map, level, status, { indices, size, from }, addresses) {
  const id = `${hatchSource(level)}-${status.id}`;
  if (map.getLayer(id)) {
    map.setLayerZoomRange(id, from, 24);
    map.setFilter(id, among(indices, size), { validate: false });
    return;
  }
  if (indices.length === 0) return;
  if (!map.getSource(hatchSource(level))) map.addSource(hatchSource(level), source(addresses.tiles(level), false));
  map.addLayer(
    {
      id,
      type: "fill",
      source: hatchSource(level),
      "source-layer": level,
      minzoom: from,
      filter: among(indices, size),
      paint: { "fill-pattern": patternName(status), "fill-antialias": false },
    },
    lineLayer(level, LINES[level][0]),
  );
}

/** Show or hide the pattern of a status, without making it anew. */
export function showHatch(map, level, status, visible) {
  const id = `${hatchSource(level)}-${status.id}`;
  const opacity = visible ? 1 : 0;
  if (map.getLayer(id) && (map.getPaintProperty(id, "fill-opacity") ?? 1) !== opacity) {
    map.setPaintProperty(id, "fill-opacity", opacity);
  }
}

const MARKS = {
  pointed: { color: "ink", width: 1.6 },
  chosen: { color: "accent", width: 3 },
  pinned: { color: "ink", width: 2.4, dashes: [2, 1] },
};

/** Outline territories of a level as "pointed", "chosen" or "pinned". @param {number[]} indices */
export function setMarks(map, level, mark, indices, addresses, palette) {
  const id = `${markSource(level)}-${mark}`;
  if (map.getLayer(id)) {
    map.setFilter(id, only(indices), { validate: false });
    return;
  }
  if (indices.length === 0) return;
  if (!map.getSource(markSource(level))) map.addSource(markSource(level), source(addresses.tiles(level), false));
  const { color, width, dashes } = MARKS[mark];
  const line = {
    type: "line",
    source: markSource(level),
    "source-layer": level,
    filter: only(indices),
    layout: { "line-join": "round" },
  };
  const dashed = dashes ? { "line-dasharray": dashes } : {};
  const above = map.getLayer("noms") ? "noms" : undefined;
  map.addLayer({ ...line, id, paint: { "line-color": palette[color], "line-width": width, ...dashed } }, above);
}
