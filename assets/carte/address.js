/** The address is the only state: what is chosen, read from the query and written back to it. */

/**
 * @typedef {object} Selection
 * @property {string} level       commune, epci, departement or region
 * @property {string} indicator   id of the catalogue
 * @property {string[]} strata    sizes kept, in canonical order; empty: all
 * @property {string[]} regions   codes of the regions kept, sorted; empty: all
 * @property {?string} territory  code at `level` of the territory that is marked
 * @property {string} method      how values are cut into classes
 * @property {number} classes     how many classes are asked for, 3 to 7
 * @property {number[]} bounds    inner bounds, increasing, of the method "manuel"; empty for the others
 * @property {?string} reference  france, region, taille, or a code at `level`: what territories are compared with
 * @property {string[]} pins      codes at `level`, at most four, in the order in which they were pinned
 * @property {?string} second     id of an indicator shown beside
 * @property {string} comparison  cartes or nuage, with a second indicator
 * @property {boolean} background whether the base map is asked for
 * @property {boolean} catalysts  whether the catalysts are on the map
 * @property {?[number, number, number]} camera  zoom, latitude, longitude
 */

export const USUAL_METHOD = "quantiles";
export const MANUAL = "manuel";
export const USUAL_CLASSES = 5;
export const MOST_PINS = 4;
const FEWEST_CLASSES = 3;
const MOST_CLASSES = 7;

const CODE = /^[0-9A-Za-z]{1,12}$/;
const BOUND = /^-?[0-9]{1,9}(\.[0-9]{1,6})?$/;
const CAMERA = /^([0-9]{1,2}(?:\.[0-9]{1,2})?)\/(-?[0-9]{1,2}(?:\.[0-9]{1,4})?)\/(-?[0-9]{1,3}(?:\.[0-9]{1,4})?)$/;

/** Whether some inner bounds make classes: 2 to 6 of them, increasing. @param {number[]} bounds */
export function areBounds(bounds) {
  const count = bounds.length + 1;
  return (
    count >= FEWEST_CLASSES && count <= MOST_CLASSES && bounds.every((bound, n) => n === 0 || bounds[n - 1] < bound)
  );
}

/** The inner bounds written as "5_10.5_20", or []. */
function readBounds(text) {
  const parts = text.split("_");
  if (!parts.every((part) => BOUND.test(part))) return [];
  const bounds = parts.map((part) => Number(part) + 0);
  return areBounds(bounds) ? bounds : [];
}

/** The zoom, latitude and longitude written as "5.2/46.5/2.4", or null. */
function readCamera(text) {
  const [zoom, lat, lon] = (CAMERA.exec(text) ?? []).slice(1).map(Number);
  return zoom <= 22 && Math.abs(lat) <= 85 && Math.abs(lon) <= 180 ? [zoom, lat, lon] : null;
}

/**
 * Read a selection from a query such as "?niveau=commune". What is not known falls back without a word:
 * the server has already said so in the notices of the page.
 * @param {string} search
 * @param {import("./vocabulary.js").Vocabulary} vocabulary
 * @returns {Selection}
 */
export function readAddress(search, vocabulary) {
  const query = new URLSearchParams(search);
  const first = (name, known) => query.getAll(name).find((value) => value !== "" && known(value)) ?? null;
  const asked = new Set(query.getAll("taille"));
  const strata = vocabulary.strata.map(({ id }) => id).filter((id) => asked.has(id));
  const codes = new Set(vocabulary.regions.map(({ code }) => code));
  const listed = (list) => (word) => list.some(({ id }) => id === word);
  const isCode = (code) => CODE.test(code);
  const method = first("methode", listed(vocabulary.methods)) ?? USUAL_METHOD;
  const bounds = method === MANUAL ? readBounds(first("bornes", (text) => readBounds(text).length > 0) ?? "") : [];
  const second = first("second", listed(vocabulary.indicators));
  const camera = first("vue", (text) => readCamera(text) !== null);
  return {
    level: first("niveau", listed(vocabulary.levels)) ?? "commune",
    indicator: first("indicateur", listed(vocabulary.indicators)) ?? vocabulary.opening,
    strata: strata.length === vocabulary.strata.length ? [] : strata,
    regions: [...new Set(query.getAll("region"))].filter((code) => codes.has(code)).sort(),
    territory: first("territoire", isCode),
    method: method === MANUAL && bounds.length === 0 ? USUAL_METHOD : method,
    classes: Number(first("classes", (text) => /^[3-7]$/.test(text)) ?? USUAL_CLASSES),
    bounds,
    reference: first("reference", isCode),
    pins: [...new Set(query.getAll("epingle"))].filter(isCode).slice(0, MOST_PINS),
    second,
    comparison: (second && first("comparaison", (word) => word === "cartes" || word === "nuage")) ?? "cartes",
    background: first("fond", (word) => word === "ign") !== null,
    catalysts: first("catalyseurs", (word) => word === "1") !== null,
    camera: camera === null ? null : readCamera(camera),
  };
}

/** Write a number as an address does: with a point, without useless zeros nor a minus zero. */
function plainNumber(value, decimals) {
  const text = value.toFixed(decimals).replace(/\.?0+$/, "");
  return text === "-0" ? "0" : text;
}

/** How a selection cuts values into classes, as parameters. @param {Selection} selection @returns {[string, string][]} */
export function cutParameters({ method, classes, bounds }) {
  const pairs = [];
  if (method !== USUAL_METHOD) pairs.push(["methode", method]);
  if (classes !== USUAL_CLASSES) pairs.push(["classes", String(classes)]);
  if (bounds.length > 0) pairs.push(["bornes", bounds.map((bound) => plainNumber(bound, 6)).join("_")]);
  return pairs;
}

/** Write a selection as a query, in canonical order and without what is usual or empty. @param {Selection} selection */
export function writeAddress(selection) {
  const query = new URLSearchParams({ niveau: selection.level, indicateur: selection.indicator });
  const add = (name, value) => value && query.append(name, value);
  for (const stratum of selection.strata) query.append("taille", stratum);
  for (const region of selection.regions) query.append("region", region);
  add("territoire", selection.territory);
  for (const [name, value] of cutParameters(selection)) query.append(name, value);
  add("reference", selection.reference);
  for (const code of selection.pins) query.append("epingle", code);
  add("second", selection.second);
  add("comparaison", selection.second && selection.comparison !== "cartes" && selection.comparison);
  add("fond", selection.background && "ign");
  add("catalyseurs", selection.catalysts && "1");
  add("vue", selection.camera?.map((part, n) => plainNumber(part, n === 0 ? 2 : 4)).join("/"));
  return query.toString().replaceAll("%2F", "/");
}

/** Put a selection in the address bar; the entry keeps what else it holds, and the switch of the demonstration. */
export function replaceAddress(selection) {
  const off = new URLSearchParams(location.search).get("demonstration") === "0" ? "&demonstration=0" : "";
  history.replaceState(history.state, "", `${location.pathname}?${writeAddress(selection)}${off}`);
}
