/**
 * The axis of an indicator. Values are rounded, so the axis counts in units of the last decimal: each unit takes
 * the same width, with its value in its middle.
 */

import { bare, number, signed } from "../formats.js";
import { quantile } from "./statistics.js";

/** Room left at both ends, for what stands on the first and the last value (pixels). */
export const MARGIN = 10;

/** Under this number of territories, the axis always goes from the lowest to the highest. */
const MANY = 30;

/**
 * What the axis shows of sorted values: all of them, but for a last hundredth that would leave the others no
 * room (more than 6 tenths of what is between the first and the last hundredth).
 */
export function extent(sorted) {
  const [lowest, highest] = [sorted[0], sorted[sorted.length - 1]];
  if (sorted.length < MANY) return [lowest, highest];
  const [first, last] = [quantile(sorted, 0.01), quantile(sorted, 0.99)];
  const room = 0.6 * (last - first);
  if (room === 0) return [lowest, highest];
  return [first - lowest > room ? first : lowest, highest - last > room ? last : highest];
}

/** A round step (1, 2 or 5 × 10ⁿ) that cuts `range` in about `count`. */
function roundStep(range, count) {
  const power = 10 ** Math.floor(Math.log10(range / count));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => range / step <= count) ?? 10 * power;
}

/**
 * Make the scale of sorted values (not empty) on `length` pixels.
 * @param {import("../figures.js").Figures} figures
 */
export function createScale(figures, sorted, length) {
  const per = 10 ** figures.decimals;
  const [low, high] = extent(sorted);
  const [lowest, highest] = [Math.round(low * per), Math.round(high * per)];
  const room = length - 2 * MARGIN;
  const pixels = room / (highest - lowest + 1);
  const place = (units) => MARGIN + (units - lowest + 0.5) * pixels;

  /** Values that deserve a word, with their text. */
  function ticks(most = Math.max(2, Math.floor(length / 76))) {
    if (figures.unit === "oui/non") return [0, 1].map((value) => ({ value, text: bare(value, figures) }));
    const [from, to] = [lowest / per, highest / per];
    if (from === to) return [{ value: from, text: bare(from, figures) }];
    const step = Math.max(roundStep(to - from, most), 1 / per);
    const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    const write = figures.nature === "change" ? signed : number;
    const list = [];
    for (let n = Math.ceil(from / step - 1e-9); n * step <= to + step * 1e-9; n += 1) {
      const value = Number((n * step).toFixed(decimals));
      list.push({ value, text: write(value, decimals) });
    }
    return list;
  }

  return {
    per,
    lowest,
    highest,
    /** Pixels taken by one unit of the last decimal. */
    pixels,
    /** Where a value stands; a value beyond the axis stands at its end. */
    at: (value) => place(Math.min(Math.max(value * per, lowest), highest)),
    /** Where the edge above a number of units stands. */
    edge: (units) => place(Math.min(Math.max(units, lowest - 1), highest) + 0.5),
    isBeyond: (value) => Math.round(value * per) < lowest || Math.round(value * per) > highest,
    ticks,
  };
}
