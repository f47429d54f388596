/** The map itself: one for all levels. It is told what to show, and says what is pointed at and chosen. */

import { drawBackground } from "./background.js";
import { goTo, reveal, watchCamera, zoomBy } from "./camera.js";
import { drawCircles } from "./circles.js";
import { askAgain, createMap } from "./drawing.js";
import { isCount } from "./figures.js";
import { highlight } from "./charts/highlight.js";
import { createHatching } from "./hatching.js";
import { addNames, setNames } from "./labels.js";
import { reachLevel } from "./levels.js";
import { createPainting, slotsOf } from "./painting.js";
import { addPatterns } from "./patterns.js";
import { baseStyle, fillLayer, setMarks } from "./style.js";

/** Whether this browser can draw the map. */
export function canDraw() {
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}

/**
 * Make the map in `container`.
 * @param {HTMLElement} container
 * @param {{vocabulary: object, addresses: object, palette: object, closest: number | undefined,
 *          camera: ?[number, number, number], onCamera: (camera: number[]) => void, onFailure: (message: string) => void,
 *          background?: boolean, onBackgroundSilence?: () => void}} given
 *        `camera` is where to look first (zoom, latitude, longitude); null: at the bounds of the vocabulary
 */
export async function createAtlas(container, given) {
  const { vocabulary, addresses, palette, closest, camera, onCamera, onFailure, background, onBackgroundSilence } = given;
  const map = await createMap(container, vocabulary.maplibre, {
    style: baseStyle(addresses, palette),
    ...(camera ? { center: [camera[2], camera[1]], zoom: camera[0] } : {}),
  });
  if (!camera) goTo(map, vocabulary.bounds, { atOnce: true, closest });
  watchCamera(map, onCamera);
  let isOfBackground = () => false;
  map.on("error", (event) => isOfBackground(event) || onFailure(event.error?.message ?? ""));
  await new Promise((resolve) => map.once("style.load", resolve));
  if (background) isOfBackground = drawBackground(map, vocabulary.background, onBackgroundSilence);
  addPatterns(map, vocabulary, palette);
  const paint = createPainting(map);
  const hatching = createHatching(map, addresses);
  let present = null;
  let named = "";
  let followed = -1;
  // Names come after the first colours: drawing them takes time that the map needs.
  map.once("idle", () => addNames(map, palette).then(() => present && name(present, followed)));

  /** Show a level in place of another. */
  function reach(level) {
    reachLevel(map, level, vocabulary.statuses, addresses, palette);
    if (!present) return;
    const before = present.selection.level;
    for (const mark of ["pointed", "chosen", "pinned"]) setMarks(map, before, mark, [], addresses, palette);
  }

  /** Name towns, or the territories themselves where they are few; and always the one that is followed. */
  function name(view, chosen = -1) {
    const { places, selection } = view;
    const few = selection.level === "departement" || selection.level === "region";
    const marked = [...new Set([...(chosen < 0 ? [] : [chosen]), ...view.pinned])];
    const key = `${few ? selection.level : "villes"}:${marked.join()}`;
    if (key === named || !map.getSource("noms") || (few && !places)) return;
    const at = (i) => ({ name: places.name[i], lon: places.lon[i], lat: places.lat[i] });
    const byPeople = (a, b) => places.population[b] - places.population[a];
    const common = few ? places.name.map((_, i) => i).sort(byPeople).map(at) : vocabulary.towns;
    setNames(map, [...marked.map(at), ...common], !few);
    named = key;
  }

  return {
    map,

    /** Draw a view. Resolves when its colours are on screen; `finish` draws what follows. */
    show(view) {
      const { level } = view.selection;
      const isNewLevel = present?.selection.level !== level;
      if (isNewLevel) reach(level);
      hatching.clear(view);
      paint(level, slotsOf(view, palette));
      const counted = isCount(view.figures);
      if (!counted || view.places) drawCircles(map, counted ? view : null, palette);
      present = view;
      return new Promise((resolve) => {
        if (!isNewLevel && map.areTilesLoaded() && !map.isMoving()) {
          // At once rather than at the next frame; a frame that may follow only places the names again.
          map.redraw();
          resolve();
          return;
        }
        map.once("idle", resolve);
        map.triggerRepaint();
      });
    },

    /** Draw the patterns over some territories of the view that was shown; `isLast()` tells if it is still wanted. */
    finish: (view, isLast) => hatching.draw(view, isLast),

    /** Mark the territory that is followed (−1: none) and those that are pinned, in a view whose territories are known. */
    follow(view, index) {
      present = view;
      followed = index;
      setMarks(map, view.selection.level, "pinned", view.pinned, addresses, palette);
      setMarks(map, view.selection.level, "chosen", index < 0 ? [] : [index], addresses, palette);
      name(view, index);
    },

    /** Outline the territory pointed at (−1: none). */
    point(index) {
      if (present) setMarks(map, present.selection.level, "pointed", index < 0 ? [] : [index], addresses, palette);
    },

    /** Highlight some territories (null: none), the others pale. */
    highlight(indices) {
      if (present) highlight(map, paint, present, palette, indices);
    },

    /** The territory drawn at a position of the container, or −1. */
    at(point) {
      const layer = present && fillLayer(present.selection.level);
      if (!layer || !map.getLayer(layer)) return -1;
      const [found] = map.queryRenderedFeatures(point, { layers: [layer] });
      return found ? Number(found.properties.i) : -1;
    },

    askAgain: () => askAgain(map),
    goTo: (bounds, options) => goTo(map, bounds, options),
    reveal: (lon, lat) => reveal(map, lon, lat),
    zoomBy: (step) => zoomBy(map, step),
    project: (lon, lat) => map.project([lon, lat]),
  };
}
