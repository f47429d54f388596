/**
 * The map page. Starts as soon as it is read, long before Dash has laid out the page: what it makes stands in
 * places that wait, and goes into Dash's own when they appear.
 */

import { MOST_PINS } from "./address.js";
import { askPosition, nearest, PositionError } from "./around.js";
import { canDraw, createAtlas } from "./atlas.js";
import { createBackgroundSwitch } from "./background.js";
import { CLOSEST, union } from "./camera.js";
import { createCatalystsLayer } from "./catalysts_layer.js";
import { createCharts, narrowed } from "./charts/charts.js";
import { createClassing } from "./classing.js";
import { createDrawer } from "./drawer.js";
import { createFilters } from "./filters.js";
import { createHeading } from "./heading.js";
import { keepIn, onceThere, watchPlaces } from "./keeping.js";
import { createLegend } from "./legend.js";
import { createListing } from "./listing.js";
import { createNotices } from "./notices.js";
import { readPalette } from "./palette.js";
import { createPlaces } from "./places.js";
import { placeByWidth } from "./placing.js";
import { watchPointer } from "./pointing.js";
import { createReferenceField } from "./reference.js";
import { dataAddresses, getJSON, NetworkError } from "./requests.js";
import { createSelection } from "./selection.js";
import { createShowing } from "./showing.js";
import { createStage } from "./stage.js";
import { stand } from "./standing.js";
import { createTakeaway } from "./takeaway.js";
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
  around: findAround,
});
const tip = createTip(stage.node);
const legend = createLegend(palette);
const notices = createNotices();
const drawer = createDrawer();
const heading = createHeading(vocabulary, {
  clear: () => selection.choose({ territory: null }),
  pin: pinOrNot,
  level: (level) => chooseFiltered({ level }),
});
const listing = createListing({ point: pointFromList, choose: chooseIndex, unpin });
const classing = createClassing(vocabulary, { choose: (changes) => selection.choose(changes) });
const reference = createReferenceField({ choose: (changes) => selection.choose(changes) });
const background = createBackgroundSwitch(vocabulary, () => selection.current);
const filters = createFilters(vocabulary, chooseFiltered);
const charts = createCharts({
  vocabulary,
  addresses,
  palette,
  stage: stage.node,
  atlas: () => atlas,
  on: {
    point: pointFromList,
    choose: chooseIndex,
    brush: highlightRange,
    change: (changes) => selection.choose(changes),
    look: (camera) => selection.look(camera),
  },
});
const takeaway = createTakeaway(vocabulary);
stage.node.append(legend.node, tip.node);
stage.corner.append(background.credit);
placeByWidth(classing.node, legend.foot, "carte-classes");
placeByWidth(background.node, stage.corner, "carte-options");
const catalystsLayer = createCatalystsLayer({ stage, beside: background.node, palette, selection, fail: notices.say });

const show = createShowing({
  vocabulary,
  addresses,
  places,
  parts: {
    atlas: () => atlas,
    legend,
    listing,
    charts,
    heading,
    notices,
    onView(next, index) {
      view = next;
      atlas?.follow(view, index);
      classing.show(view);
      reference.show(view);
      takeaway.reflect(selection.current);
    },
  },
});

/** What the fields ask for; followed and pinned territories are kept through their parents at a larger level. */
async function chooseFiltered(changes) {
  if (!changes.level) {
    selection.choose(changes);
    return;
  }
  const { level, territory, pins } = selection.current;
  markChange();
  let parents = [null];
  try {
    parents = await Promise.all([territory, ...pins].map((code) => places.parentOf(level, code, changes.level)));
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
  }
  const [parent, ...pinned] = parents;
  selection.choose({ level: changes.level, territory: parent, pins: [...new Set(pinned.filter(Boolean))] });
}

/** Pin the followed territory, or take its pin off. */
function pinOrNot() {
  const { territory, pins } = selection.current;
  if (pins.includes(territory)) unpin(territory);
  else if (pins.length < MOST_PINS) selection.choose({ pins: [...pins, territory] });
}

function unpin(code) {
  selection.choose({ pins: selection.current.pins.filter((each) => each !== code) });
}

/** Follow the commune where the reader is, or what holds it at the present level. */
async function findAround() {
  try {
    const position = await askPosition();
    const communes = await places.load("commune");
    const index = nearest(communes, position);
    if (index < 0) {
      notices.say("Votre position est loin de toute commune : cherchez un territoire par son nom.");
      return;
    }
    const { level } = selection.current;
    const commune = communes.code[index];
    const code = level === "commune" ? commune : await places.parentOf("commune", commune, level);
    if (code !== null) await choosePlace({ level, code });
  } catch (error) {
    if (error instanceof PositionError) notices.say(error.message);
    else if (error instanceof NetworkError) notices.fail(error.message, findAround);
    else throw error;
  }
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

/** Some territories apart (null: none), on the map and in the list. */
function highlightRange(indices) {
  if (!view) return;
  atlas?.highlight(indices);
  const { territory } = selection.current;
  listing.show(narrowed(view, indices), territory === null ? -1 : view.places.indexOf(territory));
}

function pointFromList(index) {
  charts.point(index);
  listing.point(index);
  if (!atlas || !view) return;
  atlas.point(index);
  if (index < 0) {
    tip.hide();
    return;
  }
  const point = atlas.project(view.places.lon[index], view.places.lat[index]);
  const { clientWidth, clientHeight } = stage.canvas;
  const inSight = point.x >= 0 && point.y >= 0 && point.x <= clientWidth && point.y <= clientHeight;
  // Out of sight, the note stands in the corner: the map does not move while one reads the table.
  tip.say(view, index, inSight ? point : { x: clientWidth, y: clientHeight });
}

function pointFromMap(index, at, isNew) {
  if (isNew) {
    atlas.point(index);
    charts.point(index);
    listing.point(index);
  }
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
  show(now).then(filters.settle);
  filters.reflect(now);
  if (now.regions.join() !== before.regions.join() && now.territory === before.territory) followRegions(now.regions);
  tip.hide();
});
document.addEventListener("territoires:place", (event) => {
  event.preventDefault();
  choosePlace(event.detail);
});

await onceThere("carte-scene-attente");
const main = document.getElementById("contenu");
watchPlaces(main);
keepIn("carte-scene", stage.node);
keepIn("carte-tete", heading.node);
keepIn("carte-comparer", reference.node);
keepIn("carte-graphiques", charts.node);
keepIn("carte-liste", listing.node);
keepIn("carte-emporter", takeaway.node);
keepIn("carte-avis", notices.node);
keepIn("carte-ouvrir", drawer.button);
keepIn("carte-fermer", drawer.close);
onceThere("carte-indicateur").then(() => filters.reflect(selection.current));

takeaway.reflect(selection.current);
stand();

markChange();
getJSON(addresses.values(selection.current)).catch(() => {});
if (canDraw()) await startAtlas();
else {
  stage.cannotDraw("Ce navigateur ne peut pas dessiner la carte (WebGL est absent ou désactivé).");
  takeaway.standIn(stage.canvas);
}
await show(selection.current);

/** Make the map; where its script does not come, the rest of the page says the same things. */
async function startAtlas() {
  const { level, territory, camera, background: isOnBackground } = selection.current;
  const closest = territory === null ? undefined : CLOSEST[level];
  const onCamera = (seen) => selection.look(seen);
  const drawn = { vocabulary, addresses, palette, closest, camera, onCamera, onFailure: tileFailure };
  const given = { ...drawn, background: isOnBackground, onBackgroundSilence: backgroundSilence };
  try {
    atlas = await createAtlas(stage.canvas, given);
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    stage.cannotDraw(error.message);
    takeaway.standIn(stage.canvas);
    return;
  }
  catalystsLayer.on(atlas.map);
  watchPointer(atlas.map, stage.canvas, { at: atlas.at, point: pointFromMap, choose: chooseIndex });
  atlas.map.on("zoomend", () => legend.zoomed(atlas.map.getZoom()));
}

/** The base map is an extra: the map is read without it. */
function backgroundSilence() {
  background.credit.hidden = true;
  notices.say("Le fond de carte ne répond pas ; la carte se lit sans lui.");
}

/** A tile that does not come leaves a hole in the map: say it, and ask again when told to. */
function tileFailure() {
  notices.fail("Une partie de la carte n’est pas arrivée.", () => atlas.askAgain());
}
