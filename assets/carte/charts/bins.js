/**
 * The bars of a histogram: the classes of the map, cut finer. The bounds of the classes are always edges, so that
 * a bar has one colour; bars may differ in width, and their height is their number per unit of width.
 */

import { classOf } from "../figures.js";
import { countUpTo } from "./statistics.js";

/**
 * @typedef {object} Bin
 * @property {number} from    first value that it may hold
 * @property {number} to      last value that it may hold
 * @property {number} count   compared territories
 * @property {number} k       class of the map
 * @property {number} units   width, in units of the last decimal
 * @property {-1|0|1} beyond  −1, 1: before or after the axis, where nothing is drawn
 */

/** About how many bars tell the shape of `n` values. */
function wantedBars(n, length) {
  const enough = n < 60 ? 12 : n < 1000 ? 24 : 40;
  return Math.max(4, Math.min(enough, Math.floor(length / 9)));
}

/** The bounds between classes, in units, inside the axis. */
function innerEdges(figures, scale) {
  return figures.bounds
    .slice(1, -1)
    .map((bound) => Math.floor(bound * scale.per + 1e-6))
    .filter((edge) => edge >= scale.lowest && edge < scale.highest);
}

/**
 * Cut sorted values in bars.
 * @param {import("../figures.js").Figures} figures
 * @param {Float64Array} sorted  compared values, not empty
 * @returns {Bin[]} from the lowest; together they hold every value
 */
export function makeBins(figures, sorted, scale, length) {
  const { per, lowest, highest } = scale;
  const width = (highest - lowest + 1) / wantedBars(sorted.length, length);
  const classEdges = [...new Set([lowest - 1, ...innerEdges(figures, scale), highest])];
  const edges = [lowest - 1];
  for (let n = 1; n < classEdges.length; n += 1) {
    const [from, to] = [classEdges[n - 1], classEdges[n]];
    const parts = Math.max(1, Math.min(to - from, Math.round((to - from) / width)));
    for (let part = 1; part <= parts; part += 1) edges.push(Math.round(from + ((to - from) * part) / parts));
  }
  const upTo = (units) => countUpTo(sorted, (units + 0.5) / per);
  const bin = (after, to, beyond = 0) => ({
    from: (after + 1) / per,
    to: to / per,
    count: upTo(to) - upTo(after),
    k: classOf(to / per, figures.bounds),
    units: to - after,
    beyond,
  });
  const bins = edges.slice(1).map((to, n) => bin(edges[n], to));
  const [first, last] = [Math.round(sorted[0] * per), Math.round(sorted[sorted.length - 1] * per)];
  if (first < lowest) bins.unshift(bin(first - 1, lowest - 1, -1));
  if (last > highest) bins.push(bin(highest, last, 1));
  return bins;
}

/** Bars of sorted values for a strip: all of one width of whole units, at least `least` pixels. */
export function evenCounts(sorted, scale, least) {
  const units = Math.max(1, Math.ceil(least / scale.pixels));
  const columns = [];
  let before = 0;
  for (let after = scale.lowest - 1; after < scale.highest; after += units) {
    const to = Math.min(after + units, scale.highest);
    const isLast = to === scale.highest;
    const upTo = isLast ? sorted.length : countUpTo(sorted, (to + 0.5) / scale.per);
    columns.push({ after, to, count: upTo - before });
    before = upTo;
  }
  return columns;
}
