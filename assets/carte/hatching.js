/**
 * Patterns on the map. The most frequent reason for a missing value lies under the whole country and shows
 * where nothing is drawn over it, so that no tile is read again; each other status is drawn over its own territories.
 */

import { hatchedFrom, setGround, setHatch, showHatch } from "./style.js";

/** The missing status shown by most territories of a view, or 0. */
function groundStatus(view) {
  const { statuses } = view.vocabulary;
  return view.statusSizes.reduce(
    (best, count, code) => (statuses[code].missing && count > (best ? view.statusSizes[best] : 0) ? code : best),
    0,
  );
}

/** The territories of each status that has a pattern of its own over them. @returns {Map<number, number[]>} */
function territoriesByStatus(view, ground) {
  const groups = new Map();
  view.figures.status.forEach((code, i) => {
    if (code === 0 || code === ground || !view.inside[i]) return;
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
  let ground = 0;

  /** The patterns to make for a view: those whose territories are not the ones drawn. */
  function changes(view) {
    const { level } = view.selection;
    const groups = territoriesByStatus(view, groundStatus(view));
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
  function isTrue({ selection, figures, statusSizes, inside }, key, indices) {
    const [level, status] = levelAndCode(key);
    if (level !== selection.level || status === ground || statusSizes[status] !== indices.length) return false;
    return indices.every((i) => figures.status[i] === status && inside[i] === 1);
  }

  /** After the colours: make the patterns. `isLast()` tells whether they are still wanted when they are made. */
  async function draw(view, isLast) {
    const changed = changes(view);
    const isFar = ([key, indices]) => indices.length > 0 && map.getZoom() < hatchedFrom(...read(view, key));
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
      setHatch(map, ...read(view, key), { indices, size: view.figures.status.length }, addresses);
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
      const under = groundStatus(view);
      if (under !== ground) setGround(map, under ? view.vocabulary.statuses[under] : null);
      ground = under;
      for (const [key, indices] of drawn) {
        const [level, status] = read(view, key);
        if (status.missing && indices.length > 0 && !isTrue(view, key, indices)) showHatch(map, level, status, false);
      }
    },

    draw,
  };
}
