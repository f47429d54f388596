/**
 * Patterns on the map. The most frequent reason for a missing value, unless it is rare, lies under the whole country
 * and shows where nothing is drawn over it, so that no tile is read again; each other status is drawn over its own
 * territories.
 */

import { setGround } from "./levels.js";
import { setHatch, showHatch } from "./style.js";
import { isScattered } from "./view.js";

/** From this zoom a commune is larger than a pattern. */
const NEAR = 6.5;

/**
 * The zoom from which the pattern of a status is drawn. Over the value of a commune, or over a few communes, it shows
 * only where a commune is larger than the pattern; until then those without a value are plain.
 */
export function hatchedFrom({ selection, vocabulary, statusSizes, shown, ground }, code) {
  const { id, missing } = vocabulary.statuses[code];
  if (selection.level !== "commune" || code === ground) return 0;
  const isScarce = missing && isScattered(selection.level, statusSizes[code], shown);
  const isFaint = isScarce || id === "small_base" || id === "estimated";
  return isFaint ? NEAR : 0;
}

/** The territories of each status that has a pattern of its own over them. @returns {Map<number, number[]>} */
function territoriesByStatus(view) {
  const groups = new Map();
  view.figures.status.forEach((code, i) => {
    if (code === 0 || code === view.ground || !view.inside[i]) return;
    if (!groups.has(code)) groups.set(code, []);
    groups.get(code).push(i);
  });
  return groups;
}

const same = (a, b) => a.length === b.length && a.every((index, n) => index === b[n]);

/**
 * Remember which patterns are drawn, so that only what changes is sent to the map. Colours come first, and the
 * patterns follow. Patterns that cover a colour are hidden at once when they are no longer true; those that let
 * it through stay until the new ones replace them.
 */
export function createHatching(map, addresses) {
  const drawn = new Map();

  /** The patterns to make for a view: those whose territories are not the ones drawn. */
  function changes(view) {
    const { level } = view.selection;
    const groups = territoriesByStatus(view);
    const wanted = new Map(view.vocabulary.statuses.map((_, code) => [`${level}:${code}`, groups.get(code) ?? []]));
    for (const key of drawn.keys()) if (!wanted.has(key)) wanted.set(key, []);
    return [...wanted].filter(([key, indices]) => !same(indices, drawn.get(key) ?? []));
  }

  const levelAndCode = (key) => {
    const [level, code] = key.split(":");
    return [level, Number(code)];
  };

  const read = (view, key) => {
    const [level, code] = levelAndCode(key);
    return [level, view.vocabulary.statuses[code]];
  };

  /** Whether a pattern is still that of all the territories that it covers, and of no other. */
  function isTrue({ selection, figures, statusSizes, inside, ground }, key, indices) {
    const [level, status] = levelAndCode(key);
    if (level !== selection.level || status === ground || statusSizes[status] !== indices.length) return false;
    return indices.every((i) => figures.status[i] === status && inside[i] === 1);
  }

  /** After the colours: make the patterns. `isLast()` tells whether they are still wanted when they are made. */
  async function draw(view, isLast) {
    const changed = changes(view);
    const from = (key) => hatchedFrom(view, levelAndCode(key)[1]);
    const isFar = ([key, indices]) => indices.length > 0 && map.getZoom() < from(key);
    // Those that this zoom does not draw wait for a closer one: making them reads every tile again.
    const late = changed.filter(isFar);
    for (const [key] of late) {
      showHatch(map, ...read(view, key), false);
      drawn.delete(key);
    }
    drawLate = late.length > 0 ? () => draw(view, isLast) : () => {};
    const wanted = changed.filter((each) => !late.includes(each));
    if (wanted.length === 0) return;
    for (const [key, indices] of wanted) {
      const size = view.figures.status.length;
      setHatch(map, ...read(view, key), { indices, size, from: from(key) }, addresses);
      drawn.set(key, indices);
    }
    await new Promise((resolve) => map.once("idle", resolve));
    if (!isLast()) return;
    for (const [key] of wanted) showHatch(map, ...read(view, key), true);
  }

  let drawLate = () => {};
  map.on("zoomend", () => drawLate());

  return {
    /** Before the colours change: the ground of missing values, and no pattern that would cover a value. */
    clear(view) {
      setGround(map, view.selection.level, view.ground ? view.vocabulary.statuses[view.ground] : null);
      for (const [key, indices] of drawn) {
        const [level, status] = read(view, key);
        if (status.missing && indices.length > 0 && !isTrue(view, key, indices)) showHatch(map, level, status, false);
      }
    },

    draw,
  };
}
