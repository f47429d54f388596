/** The order of the rows: which territories the table shows, and in which order. */

import { normalise } from "./formats.js";

/** The columns that sort, and the way each starts when first chosen. */
export const COLUMNS = { rang: 1, nom: 1, valeur: 1, ecart: -1, habitants: -1 };

const collator = new Intl.Collator("fr", { sensitivity: "base", numeric: true });

/** Names as they are compared, made once per level. */
const plainNames = new WeakMap();

function plain(places) {
  if (!plainNames.has(places)) plainNames.set(places, places.name.map(normalise));
  return plainNames.get(places);
}

/** Alphabetical positions, made once per level. */
const alphabets = new WeakMap();

function alphabet(places) {
  if (!alphabets.has(places)) {
    const order = places.name.map((_, i) => i).sort((a, b) => collator.compare(places.name[a], places.name[b]));
    const position = new Uint32Array(order.length);
    order.forEach((index, n) => (position[index] = n));
    alphabets.set(places, position);
  }
  return alphabets.get(places);
}

/** A number per territory that sorts a column, the smallest first; those without one go last. */
function sortKeys(view, { column, way }) {
  const { figures, places } = view;
  const keys = new Float64Array(figures.values.length);
  const by = {
    nom: () => alphabet(places),
    habitants: () => places.population,
    valeur: () => figures.values,
    ecart: () => figures.values,
    rang: () => figures.values,
  }[column]();
  const sign = column === "rang" && figures.direction !== -1 ? -way : way;
  for (let i = 0; i < keys.length; i += 1) {
    const left = column === "rang" && !view.compared(i);
    keys[i] = left || by[i] !== by[i] ? Infinity : by[i] * sign;
  }
  return keys;
}

/**
 * The territories of a view in order.
 * @param {{column: string, way: 1 | -1}} sorting
 * @param {string} wanted  what the name must contain; "" for all
 * @returns {Uint32Array} indices
 */
export function orderedRows(view, sorting, wanted) {
  const { inside, places } = view;
  const needle = normalise(wanted);
  const names = needle ? plain(places) : null;
  const rows = new Uint32Array(inside.length);
  let count = 0;
  for (let i = 0; i < inside.length; i += 1) {
    if (inside[i] && (!names || ` ${names[i]}`.includes(` ${needle}`))) rows[count++] = i;
  }
  const keys = sortKeys(view, sorting);
  // Equal keys keep the order of the territories; Infinity − Infinity is NaN, which is no order either.
  return rows.subarray(0, count).sort((a, b) => (keys[a] === keys[b] ? a - b : keys[a] < keys[b] ? -1 : 1));
}
