/**
 * The colours of classes. Every colour a map may need is given a slot once; a territory's feature state holds
 * the number of its slot, so that the map's style never changes when the indicator does.
 */

import { classCount, isCount } from "./figures.js";

const RAMPS = { seq: 7, neutral: 7, div: 7, seq5: 5 };
const MOST = 7;

/** With few classes, the ends of a ramp used: neither white nor black. */
const ENDS = { 1: [0.5, 0.5], 2: [0.08, 0.7], 3: [0.05, 0.85] };

/** Slots that are not classes. Slot 0 draws nothing: what is under it shows. */
export const NOTHING = 0;
export const OUTSIDE = 1;
export const LAND = 2;
export const BRUSHED = 3;
/** No value, for a reason that the ground does not show. */
export const MISSED = 4;

function readRamp(styles, name) {
  return Array.from({ length: RAMPS[name] }, (_, n) => styles.getPropertyValue(`--${name}-${n + 1}`).trim());
}

function channels(colour) {
  return [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16));
}

/** The colour at position `at` (0 to 1) of a ramp. */
function sample(ramp, at) {
  const place = at * (ramp.length - 1);
  const low = Math.min(Math.floor(place), ramp.length - 2);
  const [from, to] = [channels(ramp[low]), channels(ramp[low + 1])];
  const mixed = from.map((channel, n) => Math.round(channel + (to[n] - channel) * (place - low)));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}

/** Colours from light to dark for `n` classes of a ramp. */
function steps(ramps, name, n) {
  if (name === "seq" && n === 5) return ramps.seq5;
  const [from, to] = ENDS[n] ?? [0, 1];
  return Array.from({ length: n }, (_, k) => sample(ramps[name], n === 1 ? from : from + ((to - from) * k) / (n - 1)));
}

/** Read the colours of the interface and number every slot. */
export function readPalette(styles = getComputedStyle(document.documentElement)) {
  const ramps = Object.fromEntries(Object.keys(RAMPS).map((name) => [name, readRamp(styles, name)]));
  const token = (name) => styles.getPropertyValue(`--${name}`).trim();
  const colours = ["rgba(0,0,0,0)", "#f3f1ec", token("surface"), token("brushed"), token("hairline")];
  const slots = new Map();
  const add = (name, list) => list.forEach((colour, k) => slots.set(`${name}:${k}`, colours.push(colour) - 1));
  for (let n = 1; n <= MOST; n += 1) {
    add(`seq:${n}`, steps(ramps, "seq", n));
    add(`neutral:${n}`, steps(ramps, "neutral", n));
    for (let far = 1; far <= n; far += 1) {
      add(`below:${n}:${far}`, [sample(ramps.div, 0.5 - (0.5 * far) / n)]);
      add(`above:${n}:${far}`, [sample(ramps.div, 0.5 + (0.5 * far) / n)]);
    }
  }
  add("centre", [ramps.div[3]]);

  /**
   * The slot of each class of some figures: darker is more fragile; around a centre, the warm side is.
   * @param {import("./figures.js").Figures} figures
   */
  function classSlots(figures) {
    const n = classCount(figures);
    if (isCount(figures)) return new Array(n).fill(LAND);
    if (figures.centre !== null) return divergingSlots(figures, n);
    const ramp = figures.direction === 0 ? "neutral" : "seq";
    return Array.from({ length: n }, (_, k) => slots.get(`${ramp}:${n}:${figures.direction === -1 ? n - 1 - k : k}`));
  }

  function divergingSlots({ bounds, centre, direction }, n) {
    const side = Array.from({ length: n }, (_, k) =>
      bounds[k + 1] <= centre && bounds[k] < centre ? -1 : bounds[k] >= centre ? 1 : 0,
    );
    const below = side.filter((s) => s < 0).length;
    const above = side.filter((s) => s > 0).length;
    const most = Math.max(below, above, 1);
    const warmAbove = direction !== -1;
    return side.map((s, k) => {
      if (s === 0) return slots.get("centre:0");
      const far = s < 0 ? below - k : k - (n - above) + 1;
      return slots.get(`${s > 0 === warmAbove ? "above" : "below"}:${most}:${far}:0`);
    });
  }

  return {
    colours,
    classSlots,
    ink: token("ink"),
    inkSoft: token("ink-soft"),
    paper: token("paper"),
    surface: token("surface"),
    edge: token("edge"),
    faded: token("hairline"),
    accent: token("accent"),
    circle: { fragile: ramps.seq[4], context: ramps.neutral[5] },
  };
}
