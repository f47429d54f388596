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
 * @property {string} method        how the values were cut
 * @property {string} around        centre of the deviations, "" for other methods
 * @property {number} asked         how many classes were asked for
 * @property {number} made          how many classes the method made (colours may cut one more at the centre)
 * @property {string[]} classed     ids of the statuses whose values make the classes
 * @property {?object} reference    what territories are compared with: name, to, value (NaN: none), reason, caution
 */

/** Colours diverge at the centre: a class that holds it on both sides is cut there. */
function cutAtCentre(bounds, centre) {
  const k = centre === null ? -1 : bounds.findIndex((bound, n) => bound < centre && centre < bounds[n + 1]);
  return k < 0 ? bounds : bounds.toSpliced(k + 1, 0, centre);
}

/** The code written as one character of base 36 ("0" to "9", then "a" to "z"), without `parseInt`: it is asked 35 000 times. */
function digit(character) {
  return character < 58 ? character - 48 : character - 87;
}

/** Make arrays of an answer of /api/v1/values. @returns {Figures} */
export function readFigures(answer) {
  const size = answer.values.length;
  const values = new Float64Array(size);
  const status = new Uint8Array(size);
  for (let i = 0; i < size; i += 1) {
    values[i] = answer.values[i] ?? NaN;
    status[i] = digit(answer.status.charCodeAt(i));
  }
  const centre = answer.centre ?? null;
  return {
    ...answer,
    label: tie(answer.label),
    unit: tie(answer.unit),
    values,
    status,
    centre,
    reference: null,
    ...cutFigures(answer.classes, centre),
  };
}

/** What figures know of their classes. */
function cutFigures({ bounds, method, around, asked, statuses }, centre) {
  return {
    bounds: cutAtCentre(bounds, centre),
    method,
    around,
    asked,
    made: Math.max(0, bounds.length - 1),
    classed: statuses,
  };
}

/**
 * The same figures, cut into other classes or compared with something; the arrays are shared.
 * @param {Figures} figures
 * @param {?object} classes    an answer of /api/v1/classes, or null
 * @param {?object} reference  that of an answer of /api/v1/sentence, or null
 * @returns {Figures}
 */
export function recut(figures, classes, reference) {
  if (!classes && !reference) return figures;
  const known = reference && { ...reference, name: tie(reference.name), to: tie(reference.to), value: reference.value ?? NaN };
  const isCentre = known && !Number.isNaN(known.value) && !isCount(figures);
  const centre = isCentre ? known.value : figures.centre;
  const cut = classes ?? figures.classes;
  return { ...figures, centre, reference: known, ...cutFigures(cut, centre) };
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
