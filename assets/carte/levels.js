/** What is seen of the map's levels: which is shown, when its tiles are there, over which ground, over which base map. */

import { addLevel, fillLayer, groundLayer, LINES, UNDER_LINES } from "./style.js";

const BACKGROUND = "fond-ign";

/** How long (ms) a level waits for its last tile before it shows those it has. */
const PATIENCE = 600;

/** How much of the values and of the ground covers a base map. */
const THROUGH = { values: 0.62, ground: 0.35 };

const states = new WeakMap();

/**
 * What a map shows: its level, those that wait for their tiles, the ground of each, whether the land and the upper
 * lines stand for a level that is on its way, and whether a base map is under.
 */
function stateOf(map) {
  const atFirst = () => ({ level: null, veiled: new Set(), grounds: new Map(), isWaiting: true, through: false });
  if (!states.has(map)) states.set(map, atFirst());
  return states.get(map);
}

/** Give the layers of a level the opacities that the state of the map asks for. */
function cover(map, level) {
  const { veiled, grounds, through } = stateOf(map);
  const seen = (opacity) => (veiled.has(level) ? 0 : through ? opacity : 1);
  map.setPaintProperty(fillLayer(level), "fill-opacity", seen(THROUGH.values));
  const ground = grounds.get(level);
  for (const id of map.getLayersOrder()) {
    if (!id.startsWith(groundLayer(level, ""))) continue;
    map.setPaintProperty(id, "fill-opacity", id === ground ? seen(THROUGH.ground) : 0);
  }
}

/** Show the land and the upper lines on their own while the tiles of a level are on their way, the land over a base map. */
function layBase(map) {
  const { level, isWaiting, through } = stateOf(map);
  const show = (id, isShown) => map.setLayoutProperty(id, "visibility", isShown ? "visible" : "none");
  show("fond", isWaiting || through);
  show("regions", isWaiting);
  show(UNDER_LINES, isWaiting && (level === null || LINES[level].includes("departement")));
  map.setPaintProperty("fond", "fill-opacity", through ? THROUGH.ground : 1);
}

/**
 * Unveil a level. One that was just added waits until all its tiles are there and comes in one frame: each frame of a
 * country costs as much as the last. On a slow network, what has come is shown after a while.
 */
function unveil(map, level, isNew) {
  const state = stateOf(map);
  state.level = level;
  state.isWaiting = true;
  if (isNew) state.veiled.add(level);
  cover(map, level);
  layBase(map);
  let timer = 0;
  const show = () => {
    clearTimeout(timer);
    state.veiled.delete(level);
    cover(map, level);
  };
  const stop = () => {
    map.off("sourcedata", look);
    map.off("idle", settle);
  };
  const settle = () => {
    stop();
    show();
    if (state.level !== level) return;
    state.isWaiting = false;
    layBase(map);
  };
  const look = ({ sourceId, tile }) => {
    if (sourceId !== level || !tile) return;
    if (map.isSourceLoaded(level)) settle();
    else timer ||= setTimeout(show, PATIENCE);
  };
  map.on("sourcedata", look);
  map.on("idle", settle);
}

/** Show a level of the map in place of another; its layers are added when it is first needed. */
export function reachLevel(map, level, statuses, addresses, palette) {
  const before = stateOf(map).level;
  const isNew = !map.getLayer(fillLayer(level));
  if (isNew) addLevel(map, level, statuses, addresses, palette);
  else showLayers(map, level, true);
  if (before) showLayers(map, before, false);
  unveil(map, level, isNew);
}

/** Show or hide the layers of a level; hidden levels ask for no tile. */
function showLayers(map, level, visible) {
  for (const id of map.getLayersOrder()) {
    if (map.getLayer(id).source === level) map.setLayoutProperty(id, "visibility", visible ? "visible" : "none");
  }
}

/** Put the pattern of a status under the territories of a level that have no value (null: none). */
export function setGround(map, level, status) {
  stateOf(map).grounds.set(level, status && groundLayer(level, status.id));
  cover(map, level);
}

/** Let a base map be seen through the levels, or not. */
function setThrough(map, through) {
  const state = stateOf(map);
  state.through = through;
  layBase(map);
  if (state.level) cover(map, state.level);
}

/** Draw a base map under everything; values let it through. @param {{tiles: string}} background */
export function setBackground(map, { tiles }) {
  map.addSource(BACKGROUND, { type: "raster", tiles: [tiles], tileSize: 256, minzoom: 3, maxzoom: 18 });
  map.addLayer({ id: BACKGROUND, type: "raster", source: BACKGROUND, paint: { "raster-fade-duration": 0 } }, "fond");
  setThrough(map, true);
}

/** Take the base map off. */
export function unsetBackground(map) {
  if (map.getLayer(BACKGROUND)) map.removeLayer(BACKGROUND);
  if (map.getSource(BACKGROUND)) map.removeSource(BACKGROUND);
  setThrough(map, false);
}
