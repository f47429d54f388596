/**
 * The map in the frame of another page: the same modules as the map page, with fewer parts. The words, the table and
 * the links are written by the server; this draws the map and its legend.
 */

import { readAddress } from "./carte/address.js";
import { canDraw, createAtlas } from "./carte/atlas.js";
import { CLOSEST } from "./carte/camera.js";
import { createLegend } from "./carte/legend.js";
import { createNotices } from "./carte/notices.js";
import { readPalette } from "./carte/palette.js";
import { createPlaces } from "./carte/places.js";
import { watchPointer } from "./carte/pointing.js";
import { dataAddresses, NetworkError } from "./carte/requests.js";
import { createShowing } from "./carte/showing.js";
import { createStage } from "./carte/stage.js";
import { createTip } from "./carte/tip.js";
import { readVocabulary } from "./carte/vocabulary.js";

const vocabulary = readVocabulary();
const addresses = dataAddresses(vocabulary.version);
const palette = readPalette();
const places = createPlaces(addresses);
const selection = readAddress(location.search, vocabulary);
const scene = document.getElementById("carte-scene");
let atlas = null;
let view = null;

const stage = createStage(vocabulary, {
  see: (bounds) => atlas?.goTo(bounds),
  zoom: (step) => atlas?.zoomBy(step),
});
const tip = createTip(stage.node);
const legend = createLegend(palette);
const notices = createNotices();
stage.node.append(legend.node, tip.node);

/** The parts of the map page that a frame does not have. */
const silent = new Proxy({}, { get: () => () => {} });

const show = createShowing({
  vocabulary,
  addresses,
  places,
  parts: new Proxy(
    {
      atlas: () => atlas,
      legend,
      notices,
      onView(next, index) {
        view = next;
        atlas?.follow(view, index);
      },
      onUnknown() {},
    },
    { get: (parts, name) => parts[name] ?? silent },
  ),
});

function point(index, at, isNew) {
  if (isNew) atlas.point(index);
  if (index < 0 || !view) tip.hide();
  else tip.say(view, index, at);
}

async function start() {
  if (!canDraw()) return;
  const { level, territory, camera } = selection;
  const closest = territory === null ? undefined : CLOSEST[level];
  scene.querySelector(".embed-picture")?.remove();
  scene.append(stage.node);
  const onFailure = () => notices.fail("Une partie de la carte n’est pas arrivée.", () => atlas.askAgain());
  const given = { vocabulary, addresses, palette, closest, camera, onCamera() {}, onFailure };
  atlas = await createAtlas(stage.canvas, given);
  watchPointer(atlas.map, stage.canvas, { at: atlas.at, point, choose() {} });
  atlas.map.on("zoomend", () => legend.zoomed(atlas.map.getZoom()));
  await show(selection);
}

document.getElementById("carte-avis").append(notices.node);
try {
  await start();
} catch (error) {
  if (!(error instanceof NetworkError)) throw error;
  notices.fail(error.message, () => location.reload());
}
