/**
 * The page of the catalysts. The server has written the form, the list and the words; this makes them follow each
 * key, and draws the map. Nothing is asked of the server while one filters.
 */

import { plural } from "../carte/formats.js";
import { make } from "../carte/keeping.js";
import { readPalette } from "../carte/palette.js";
import { dataAddresses, getJSON, NetworkError } from "../carte/requests.js";
import { createStage } from "../carte/stage.js";
import { queryOf, readChosen } from "./address.js";
import { createCard, createLegend, createNote } from "./card.js";
import { createChart } from "./chart.js";
import { createForm } from "./form.js";
import { createListing } from "./listing.js";
import { createMatching } from "./matching.js";
import { createOrdering } from "./ordering.js";
import { createPlaceChoice, readPlace } from "./place.js";
import { readWords } from "./words.js";

const element = (id) => document.getElementById(`catalyseurs-${id}`);
const root = document.documentElement;
const words = readWords();
const filterForm = document.getElementById("filtres");
const placeForm = document.querySelector(".peers-place");
const status = element("nombre");
const chosen = readChosen(filterForm, placeForm);
let place = null;
let chart = null;
let ranking = null;
let matched = null;
let waiting = 0;

// Folded where there is little room; where there is, nothing unfolds them.
const narrow = matchMedia("(width <= 800px)");
const fold = () => (document.querySelector(".peers-filters").open = !narrow.matches);
narrow.addEventListener("change", fold);
fold();

const { catalysts } = await getJSON(words.data);
const match = createMatching(catalysts, words);
const rank = createOrdering(catalysts, words);
const stage = createStage(words, { see: (bounds) => chart?.goTo(bounds), zoom: (step) => chart?.zoomBy(step) });
const note = createNote(stage.node, catalysts, words);
const card = createCard(catalysts, words, () => choose([]));
stage.node.append(createLegend(words, catalysts.some(({ fictitious }) => fictitious)), card.node, note.node);
element("carte").replaceChildren(stage.node);

const listing = createListing({ list: element("resultats"), more: element("suite"), none: element("vide") }, catalysts, words, {
  point: (i) => chart?.point(i),
});
const form = createForm(filterForm, (filters, networks) => {
  const before = chosen.filters.region;
  Object.assign(chosen, { filters, networks });
  update();
  if (filters.region !== before && !place) lookAtRegion();
});
const placeChoice = createPlaceChoice({ modes: document.querySelector(".peers-modes"), form: placeForm, ask: element("demande") }, {
  mode(mode) {
    chosen.mode = mode;
    const keeps = mode === "pres" || (mode === "comme" && place && !place.here && placeChoice.fits(mode, place));
    if (!keeps) place = null;
    return attempt(() => reorder());
  },
  async place(found) {
    if (!placeChoice.fits(chosen.mode, found)) chosen.mode = "pres";
    chosen.mode ||= "pres";
    await attempt(async () => {
      place = await readPlace(found, words.version);
      await reorder({ look: true });
    });
  },
  position(point) {
    place = { ...point, words: "ma position", here: true };
    attempt(() => reorder({ look: true }));
  },
  radius(km) {
    chosen.radius = km;
    attempt(() => reorder({ look: true }));
  },
  fail: say,
});

/** Say what went wrong where the result is said. */
function say(message) {
  status.textContent = message;
}

async function attempt(action) {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    say(error.message);
  }
}

/** Order again, then filter: the mode, the place or the radius has changed. */
async function reorder({ look = false, first } = {}) {
  chosen.place = place && !place.here ? { level: place.level, code: place.code } : null;
  const wanted = { mode: chosen.mode, place: chosen.place, point: place, radius: chosen.radius };
  ranking = await rank(wanted);
  placeChoice.reflect(chosen, place);
  element("ordre").textContent = ranking.words;
  element("ordre").hidden = ranking.words === "";
  element("regle").hidden = chosen.mode !== "comme";
  update(first);
  chart?.showHome(place, chosen.mode === "pres" ? chosen.radius : 0);
  if (look && place) chart?.lookAround(place, chosen.mode === "pres" ? chosen.radius : 0, matched.kept);
}

/** Filter and show the list before the next frame; the map follows. */
function update(length) {
  performance.mark("catalyseurs:change");
  matched = match(ranking.order, chosen);
  listing.show(matched.kept, ranking, length);
  form.count(matched);
  announce();
  const query = queryOf(chosen, words);
  history.replaceState(history.state, "", query ? `?${query}` : location.pathname);
  keepSwitch();
  card.hide();
  delete root.dataset.drawn;
  // The list is on screen before the map starts: drawing takes longer than filtering.
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(() => setTimeout(() => draw(query)));
}

async function draw(query) {
  performance.mark("catalyseurs:listed");
  const { kept } = matched;
  await chart?.show(kept);
  if (!chart || kept !== matched.kept) return;
  performance.mark("catalyseurs:painted");
  root.dataset.drawn = query;
}

/** Say how many there are, around what, and the way back to everyone. */
function announce() {
  const noun = chosen.networks ? "organisation" : "catalyseur";
  const said = [make("strong", "", plural(matched.kept.length, noun))];
  if (place && chosen.mode) said.push(` · ${chosen.mode === "comme" ? "comme" : "autour de"} ${place.words}`);
  if (Object.values(chosen.filters).some(Boolean)) {
    const all = make("a", "", "Tout afficher");
    const nothing = Object.fromEntries(Object.keys(chosen.filters).map((name) => [name, ""]));
    all.href = `?${queryOf({ ...chosen, filters: nothing, networks: false }, words)}`;
    all.addEventListener("click", (event) => {
      event.preventDefault();
      Object.assign(chosen, { filters: nothing, networks: false });
      form.reflect(chosen);
      update();
      filterForm.elements.q.focus();
    });
    said.push(" · ", all);
  }
  status.replaceChildren(...said);
}

/** The link that shows or hides what is invented, and the code of the frame, keep what is chosen. */
function keepSwitch() {
  const frame = element("integrer");
  const here = queryOf(chosen, words);
  const address = `${frame.dataset.site}/integrer/catalyseurs${here ? `?${here}` : ""}`;
  frame.textContent = `<iframe src="${address}" title="Catalyseurs" width="100%" height="700"></iframe>`;
  const query = queryOf(chosen, { demonstration: !words.demonstration });
  for (const link of document.querySelectorAll(".simulated-band a, .simulated-off a")) {
    link.href = `${location.pathname}${query ? `?${query}` : ""}`;
  }
  for (const link of document.querySelectorAll("[data-file-of-list]")) link.search = here;
}

function lookAtRegion() {
  const region = words.regions.find(({ code }) => code === chosen.filters.region);
  chart?.goTo(region ? region.bounds : words.views[0].bounds);
}

function choose(members) {
  chart?.choose(members.length === 1 ? members[0] : -1);
  listing.mark(members.length === 1 ? members[0] : -1, { reveal: innerWidth > 900 });
  if (members.length > 0) card.show(members);
}

function watchPointer() {
  const { map } = chart;
  map.on("mousemove", ({ point }) => {
    const found = chart.at(point);
    stage.canvas.classList.toggle("is-over", found !== null);
    chart.point(found?.i ?? -1);
    if (found) note.say(found, point);
    else note.hide();
  });
  map.on("mouseout", () => {
    note.hide();
    chart.point(-1);
  });
  map.on("click", async ({ point }) => {
    const found = chart.at(point);
    note.hide();
    if (!found) card.hide();
    const members = found ? await chart.opened(found) : [];
    if (members) choose(members);
  });
}

async function startChart() {
  if (document.createElement("canvas").getContext("webgl2") === null) {
    throw new NetworkError("Ce navigateur ne peut pas dessiner la carte (WebGL est absent ou désactivé).");
  }
  const addresses = dataAddresses(words.version);
  const onFailure = () => say("Une partie de la carte n’est pas arrivée.");
  chart = await createChart(stage.canvas, { words, addresses, palette: readPalette(), catalysts, onFailure });
  watchPointer();
}

addEventListener("beforeprint", () => listing.showAll());

const firstPage = Number(new URLSearchParams(location.search).get("page") || 1);
await attempt(async () => {
  if (chosen.place) place = await readPlace(chosen.place, words.version);
  await reorder({ first: firstPage * words.length });
});
try {
  await startChart();
  chart.showHome(place, chosen.mode === "pres" ? chosen.radius : 0);
  if (place) chart.lookAround(place, chosen.radius, matched.kept);
  else if (chosen.filters.region) lookAtRegion();
  await chart.show(matched.kept);
  root.dataset.drawn = queryOf(chosen, words);
} catch (error) {
  if (!(error instanceof NetworkError)) throw error;
  stage.cannotDraw(error.message, "La liste dit la même chose.");
}
