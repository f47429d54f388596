/**
 * The map page. Starts as soon as it is read, before Dash has laid out the page: what it makes stands in the
 * page meanwhile, and goes into its place when the place appears.
 */

import { canDraw, createAtlas } from "./atlas.js";
import { CLOSEST, union } from "./camera.js";
import { createDrawer } from "./drawer.js";
import { createFilters } from "./filters.js";
import { createHeading } from "./heading.js";
import { keepIn, onceThere, watchPlaces } from "./keeping.js";
import { createLegend } from "./legend.js";
import { createListing } from "./listing.js";
import { createNotices } from "./notices.js";
import { readPalette } from "./palette.js";
import { createPlaces } from "./places.js";
import { watchPointer } from "./pointing.js";
import { dataAddresses, getJSON, NetworkError } from "./requests.js";
import { createSelection } from "./selection.js";
import { createShowing } from "./showing.js";
import { createStage } from "./stage.js";
import { markChange } from "./timing.js";
import { createTip } from "./tip.js";
import { readVocabulary } from "./vocabulary.js";


const vocabulary = readVocabulary();
const addresses = dataAddresses(vocabulary.version);
const palette = readPalette();
const places = createPlaces(addresses);
const selection = createSelection(vocabulary);
let atlas = null;
let view = null;

const stage = createStage(vocabulary, {
  see: (bounds) => atlas?.goTo(bounds),
  zoom: (step) => atlas?.zoomBy(step),
});
const tip = createTip(stage.node);
const legend = createLegend(palette);
const notices = createNotices();
const drawer = createDrawer();
const heading = createHeading(vocabulary, {
  clear: () => selection.choose({ territory: null }),
  level: (level) => chooseFiltered({ level }),
});
const listing = createListing({ point: pointFromList, choose: chooseIndex });
const filters = createFilters(vocabulary, chooseFiltered);
stage.node.append(legend.node, tip.node);

const show = createShowing({
  vocabulary,
  addresses,
  places,
  parts: {
    atlas: () => atlas,
    legend,
    listing,
    heading,
    notices,
    onView(next, index) {
      view = next;
      atlas?.follow(view, index);
    },
    onUnknown: () => selection.forgetTerritory(),
  },
});

/** What the fields ask for; a followed territory is kept through its parent at a larger level. */
async function chooseFiltered(changes) {
  if (!changes.level) {
    selection.choose(changes);
    return;
  }
  const { level, territory } = selection.current;
  markChange();
  let parent = null;
  try {
    parent = await places.parentOf(level, territory, changes.level);
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
  }
  selection.choose({ level: changes.level, territory: parent });
}

function chooseIndex(index) {
  if (!view) return;
  const code = view.places.code[index];
  selection.choose({ territory: code });
  atlas?.reveal(view.places.lon[index], view.places.lat[index]);
}

/** Go to a place found by the search of the header, without leaving the page. */
async function choosePlace({ level, code }) {
  selection.choose({ level, territory: code, regions: [] });
  try {
    const found = await getJSON(addresses.territory(selection.current, code));
    atlas?.goTo(found.bounds, { closest: CLOSEST[level] });
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
  }
}

function pointFromList(index) {
  if (!atlas || !view) return;
  atlas.point(index);
  if (index < 0) {
    tip.hide();
    return;
  }
  const point = atlas.project(view.places.lon[index], view.places.lat[index]);
  const { clientWidth, clientHeight } = stage.node;
  const inSight = point.x >= 0 && point.y >= 0 && point.x <= clientWidth && point.y <= clientHeight;
  // Out of sight, the note stands in the corner: the map does not move while one reads the table.
  tip.say(view, index, inSight ? point : { x: clientWidth, y: clientHeight });
}

function pointFromMap(index, at, isNew) {
  if (isNew) atlas.point(index);
  if (index < 0 || !view) tip.hide();
  else tip.say(view, index, at);
}

/** Where the map goes when the regions change. */
function followRegions(regions) {
  const bounds = regions.map((code) => vocabulary.regions.find((region) => region.code === code).bounds);
  atlas?.goTo(bounds.length > 0 ? union(bounds) : vocabulary.views[0].bounds);
}

selection.listen((now, before) => {
  // Until the territories of another level are here, what is pointed at has no name.
  if (now.level !== before.level) view = null;
  show(now);
  filters.reflect(now);
  if (now.regions.join() !== before.regions.join() && now.territory === before.territory) followRegions(now.regions);
  tip.hide();
});
document.addEventListener("territoires:place", (event) => {
  event.preventDefault();
  choosePlace(event.detail);
});

const main = await onceThere("contenu");
watchPlaces(main);
stage.park(main);
keepIn("carte-scene", stage.node, stage.settled);
keepIn("carte-tete", heading.node);
keepIn("carte-liste", listing.node);
keepIn("carte-avis", notices.node);
keepIn("carte-ouvrir", drawer.button);
keepIn("carte-fermer", drawer.close);
onceThere("carte-indicateur").then(() => filters.reflect(selection.current));

markChange();
getJSON(addresses.values(selection.current)).catch(() => {});
if (canDraw()) await startAtlas();
else stage.cannotDraw("Ce navigateur ne peut pas dessiner la carte (WebGL est absent ou désactivé).");
await show(selection.current);

/** Make the map; where its script does not come, the rest of the page says the same things. */
async function startAtlas() {
  const { level, territory } = selection.current;
  const closest = territory === null ? undefined : CLOSEST[level];
  const given = { vocabulary, addresses, palette, closest, onFailure: tileFailure };
  try {
    atlas = await createAtlas(stage.canvas, given);
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    stage.cannotDraw(error.message);
    return;
  }
  watchPointer(atlas.map, stage.canvas, { at: atlas.at, point: pointFromMap, choose: chooseIndex });
  atlas.map.on("zoomend", () => legend.zoomed(atlas.map.getZoom()));
}

/** A tile that does not come leaves a hole in the map: say it, and ask again when told to. */
function tileFailure() {
  notices.fail("Une partie de la carte n’est pas arrivée.", () => atlas.askAgain());
}
