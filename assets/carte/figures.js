/** The figures of one indicator at one level: arrays in index order, and the class of each value. */

import { tie } from "./formats.js";

/**
 * @typedef {object} Figures
 * @property {string} indicator
 * @property {string} label
 * @property {string} domain
 * @property {string} level
 * @property {string} unit
 * @property {number} decimals
 * @property {string} nature
 * @property {-1|0|1} direction   1: a high value is fragile; −1: a low one is; 0: neither
 * @property {?number} centre     value around which the colours diverge
 * @property {string} vintage
 * @property {string} source
 * @property {Float64Array} values  NaN where missing
 * @property {Uint8Array} status    codes of the vocabulary's statuses
 * @property {number[]} bounds      one more than the classes; class k holds ]bounds[k] ; bounds[k + 1]]
 * @property {number} asked         how many classes were asked for
 */

/** Colours diverge at the centre: a class that holds it on both sides is cut there. */
function cutAtCentre(bounds, centre) {
  const k = centre === null ? -1 : bounds.findIndex((bound, n) => bound < centre && centre < bounds[n + 1]);
  return k < 0 ? bounds : bounds.toSpliced(k + 1, 0, centre);
}

/** Make arrays of an answer of /api/v1/values. @returns {Figures} */
export function readFigures(answer) {
  const values = Float64Array.from(answer.values, (value) => (value === null ? NaN : value));
  const status = new Uint8Array(values.length);
  for (let i = 0; i < status.length; i += 1) status[i] = parseInt(answer.status[i], 36);
  const centre = answer.centre ?? null;
  return {
    ...answer,
    label: tie(answer.label),
    unit: tie(answer.unit),
    values,
    status,
    centre,
    bounds: cutAtCentre(answer.classes.bounds, centre),
    asked: answer.classes.asked,
  };
}

/** Whether the indicator is a count, drawn as circles. @param {Figures} figures */
export function isCount(figures) {
  return figures.nature === "stock";
}

/** The number of classes. @param {Figures} figures */
export function classCount(figures) {
  return Math.max(0, figures.bounds.length - 1);
}

/**
 * The class of a value; −1 for NaN. A value that is not compared may lie outside the bounds: it takes the
 * nearest class.
 */
export function classOf(value, bounds) {
  if (!(value === value) || bounds.length < 2) return -1;
  let k = 0;
  while (k < bounds.length - 2 && value > bounds[k + 1]) k += 1;
  return k;
}
