/** The map's sources and layers: one vector source per level, added when it is first needed. */

import { patternName } from "./patterns.js";

const ZOOMS = { minzoom: 3, maxzoom: 11 };

/** From this zoom, the outlines of the territories of a level are drawn. */
const OUTLINED = { commune: 8, epci: 5.5, departement: 0, region: 0 };

/** Layers are inserted under these, so that the order never depends on when a level was added. */
const UNDER_LINES = "departements";

/** Names of what belongs to a level. */
export const fillLayer = (level) => `aplat-${level}`;
const outlineLayer = (level) => `contour-${level}`;
const hatchSource = (level) => `trame-${level}`;
const markSource = (level) => `repere-${level}`;

function source(tiles, promote) {
  return { type: "vector", tiles: [tiles], ...ZOOMS, ...(promote ? { promoteId: "i" } : {}) };
}

const growing = (...stops) => ["interpolate", ["linear"], ["zoom"], ...stops];

/** The style of a map without any level yet: the ground of missing values, the upper lines; the page is its paper. */
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
      {
        id: UNDER_LINES,
        type: "line",
        minzoom: 5.6,
        source: "departement",
        "source-layer": "departement",
        layout: { "line-join": "round" },
        paint: { "line-color": palette.ink, "line-opacity": growing(5.6, 0.25, 8, 0.4), "line-width": growing(5.6, 0.5, 8, 1.2) },
      },
      {
        id: "regions",
        type: "line",
        source: "region",
        "source-layer": "region",
        layout: { "line-join": "round" },
        paint: {
          "line-color": palette.ink,
          "line-opacity": growing(4, 0.5, 8, 0.7),
          "line-width": growing(4, 0.7, 8, 1.6),
        },
      },
    ],
  };
}

/** Colour by feature state: `k` is a slot of the palette. */
function colourOf(palette) {
  const branches = palette.colours.flatMap((colour, slot) => (slot === 0 ? [] : [slot, colour]));
  return ["match", ["feature-state", "k"], ...branches, palette.colours[0]];
}

/** Add the source and the layers of a level, under the upper lines. */
export function addLevel(map, level, addresses, palette) {
  if (!map.getSource(level)) map.addSource(level, source(addresses.tiles(level), true));
  map.addLayer(
    {
      id: fillLayer(level),
      type: "fill",
      source: level,
      "source-layer": level,
      paint: {
        "fill-color": colourOf(palette),
        // One colour for all edges: drawn from the zoom where they can be seen, and nothing to change with values.
        "fill-antialias": ["step", ["zoom"], false, 7, true],
        "fill-outline-color": "rgba(255,255,255,0.3)",
        // Until `unveil` shows it.
        "fill-opacity": 0,
      },
    },
    UNDER_LINES,
  );
  map.addLayer(
    {
      id: outlineLayer(level),
      type: "line",
      source: level,
      "source-layer": level,
      minzoom: OUTLINED[level],
      layout: { "line-join": "round" },
      paint: {
        "line-color": level === "departement" ? palette.surface : palette.ink,
        "line-opacity": level === "departement" ? 0.9 : growing(OUTLINED[level], 0.14, OUTLINED[level] + 3, 0.3),
        "line-width": level === "departement" ? growing(4, 0.6, 8, 1.8) : growing(5, 0.4, 11, 0.9),
      },
    },
    UNDER_LINES,
  );
}

/** How long (ms) a level waits for its last tile before it shows those it has. */
const PATIENCE = 600;

/**
 * Show a level that was just added when all its tiles are there, in one frame: each frame of a country costs as
 * much as the last. On a slow network, what has come is shown after a while.
 */
export function unveil(map, level) {
  showPlainGround(map, true);
  let timer = 0;
  const show = () => {
    clearTimeout(timer);
    map.off("sourcedata", look);
    map.setPaintProperty(fillLayer(level), "fill-opacity", throughValues.has(map) ? THROUGH.values : 1);
    showPlainGround(map, !map.isSourceLoaded(level));
  };
  const look = ({ sourceId, tile }) => {
    if (sourceId !== level || !tile) return;
    if (map.isSourceLoaded(level)) show();
    else timer ||= setTimeout(show, PATIENCE);
  };
  map.on("sourcedata", look);
}

/** Lines between départements are for levels under them. */
export function showUpperLines(map, level) {
  const above = level === "departement" || level === "region";
  map.setLayoutProperty(UNDER_LINES, "visibility", above ? "none" : "visible");
}

/** Show or hide the layers of a level; hidden levels ask for no tile. */
export function showLevel(map, level, visible) {
  for (const id of [fillLayer(level), outlineLayer(level)]) {
    if (map.getLayer(id)) map.setLayoutProperty(id, "visibility", visible ? "visible" : "none");
  }
}

/** Keep the features of some indices: a lookup, not a walk along a list. */
function only(indices) {
  return indices.length === 0 ? ["==", ["get", "i"], -1] : ["match", ["get", "i"], indices, true, false];
}

/** The zoom from which the pattern of a status is drawn: over a value, only where a commune is larger than the pattern. */
export function hatchedFrom(level, status) {
  return level === "commune" && (status.id === "small_base" || status.id === "estimated") ? 6.5 : 0;
}

/** Keep the features of some indices out of `size`: when they are most of them, by leaving out the others. */
function among(indices, size) {
  if (indices.length <= size / 2) return only(indices);
  const kept = new Set(indices);
  return ["!", only(Array.from({ length: size }, (_, i) => i).filter((i) => !kept.has(i)))];
}

/** Draw the pattern of a status over some territories of a level, which has `size` of them; nothing for an empty list. */
export function setHatch(map, level, status, { indices, size }, addresses) {
  const id = `${hatchSource(level)}-${status.id}`;
  if (map.getLayer(id)) {
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
      minzoom: hatchedFrom(level, status),
      filter: among(indices, size),
      paint: { "fill-pattern": patternName(status), "fill-antialias": false },
    },
    UNDER_LINES,
  );
}

const BACKGROUND = "fond-ign";

/** How much of the values and of the ground covers a base map. */
const THROUGH = { values: 0.62, ground: 0.35 };

/** The maps that have a base map under their values. */
const throughValues = new WeakSet();

function coverBackground(map, values, ground) {
  map.setPaintProperty("fond", "fill-opacity", ground);
  for (const id of map.getLayersOrder()) {
    if (id.startsWith("aplat-")) map.setPaintProperty(id, "fill-opacity", values);
    const isShown = id.startsWith(GROUND) && id !== BACKGROUND && map.getPaintProperty(id, "fill-opacity") !== 0;
    if (isShown) map.setPaintProperty(id, "fill-opacity", ground);
  }
}

/** Draw a base map under everything; values let it through. @param {{tiles: string}} background */
export function setBackground(map, { tiles }) {
  throughValues.add(map);
  map.addSource(BACKGROUND, { type: "raster", tiles: [tiles], tileSize: 256, minzoom: 3, maxzoom: 18 });
  map.addLayer({ id: BACKGROUND, type: "raster", source: BACKGROUND, paint: { "raster-fade-duration": 0 } }, "fond");
  coverBackground(map, THROUGH.values, THROUGH.ground);
}

/** Take the base map off. */
export function unsetBackground(map) {
  throughValues.delete(map);
  if (map.getLayer(BACKGROUND)) map.removeLayer(BACKGROUND);
  if (map.getSource(BACKGROUND)) map.removeSource(BACKGROUND);
  coverBackground(map, 1, 1);
}

/** Show or hide the pattern of a status, without making it anew. */
export function showHatch(map, level, status, visible) {
  const id = `${hatchSource(level)}-${status.id}`;
  const opacity = visible ? 1 : 0;
  if (map.getLayer(id) && (map.getPaintProperty(id, "fill-opacity") ?? 1) !== opacity) {
    map.setPaintProperty(id, "fill-opacity", opacity);
  }
}

const GROUND = "fond-";

/** The land in one colour, while a level is on its way: drawing a country that is wholly covered would be for nothing. */
function showPlainGround(map, visible) {
  if (!throughValues.has(map)) map.setPaintProperty("fond", "fill-opacity", visible ? 1 : 0);
}

/**
 * Put the pattern of a status under the territories that have no value (null: none). Each status has a layer of its own,
 * made when it is first needed: showing another is then a matter of opacity, for which no tile is read again.
 */
export function setGround(map, status) {
  const wanted = status && `${GROUND}${status.id}`;
  const layers = map.getLayersOrder();
  if (wanted && !layers.includes(wanted)) {
    const paint = { "fill-pattern": patternName(status), "fill-antialias": false };
    const above = layers[layers.indexOf("fond") + 1];
    map.addLayer({ id: wanted, type: "fill", source: "region", "source-layer": "region", paint }, above);
  }
  for (const id of map.getLayersOrder()) {
    if (!id.startsWith(GROUND) || id === BACKGROUND) continue;
    const opacity = id !== wanted ? 0 : throughValues.has(map) ? THROUGH.ground : 1;
    if ((map.getPaintProperty(id, "fill-opacity") ?? 1) !== opacity) map.setPaintProperty(id, "fill-opacity", opacity);
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
