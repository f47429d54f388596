/** The territories that are marked in every chart: the one that is followed, and those that are pinned. */

import { statusNote } from "../tip.js";

/** Beyond this many letters a name is cut: it stands in full in the sentence and in the tables. */
const LONGEST = 24;

/**
 * @typedef {object} Mark
 * @property {number} index
 * @property {string} name
 * @property {number} value   NaN where there is none
 * @property {string} note    why there is none, or what to know of the value
 * @property {string} sign    "◆" for the one that is followed, else the number of the pin
 * @property {boolean} followed
 */

/** The marks of a view, the followed one first. @returns {Mark[]} */
export function marksOf(view, chosen) {
  const { figures, places, selection } = view;
  const pinned = (selection.pins ?? []).map((code) => places.indexOf(code));
  const mark = (index, sign) => ({
    index,
    name: places.name[index],
    value: figures.values[index],
    note: statusNote(view, index),
    sign,
    followed: index === chosen,
  });
  const pins = pinned.map((index, n) => [index, String(n + 1)]).filter(([index]) => index >= 0 && index !== chosen);
  return [...(chosen < 0 ? [] : [[chosen, "◆"]]), ...pins].map(([index, sign]) => mark(index, sign));
}

/** What territories are compared with, as a mark of the axis alone; none when there is no value to compare with. @returns {Mark[]} */
export function referenceMarks({ figures }) {
  const { name, value } = figures.reference ?? { value: NaN };
  return value === value ? [{ index: -1, name, value, note: "", sign: "┊", followed: false }] : [];
}

/** A name short enough for a chart. */
export function shortName(name) {
  return name.length > LONGEST ? `${name.slice(0, LONGEST - 1).trimEnd()}…` : name;
}

/** One pen per weight: the width of a text depends on it. */
const pens = new Map();

function penOf(weight) {
  if (!pens.has(weight)) {
    const pen = document.createElement("canvas").getContext("2d");
    const family = getComputedStyle(document.documentElement).getPropertyValue("--sans").trim();
    pen.font = `${weight} 13px ${family}`;
    pens.set(weight, pen);
  }
  return pens.get(weight);
}

/** The width of a text of the charts (pixels), wider when it is strong. */
export function textWidth(text, strong = false) {
  return penOf(strong ? 600 : 400).measureText(text).width;
}

/**
 * Give each mark a line of text above the chart, so that none covers another.
 * @param {Mark[]} marks  with a value
 * @returns {(Mark & {text: string, x: number, left: number, lane: number})[]}
 */
export function placeLabels(marks, scale, length) {
  const lanes = [];
  return marks.map((mark) => {
    const text = `${mark.sign} ${shortName(mark.name)}`;
    const width = textWidth(text, mark.followed);
    const x = scale.at(mark.value);
    const left = Math.max(0, Math.min(x - width / 2, length - width));
    const isFree = (lane) => lane.every(([from, to]) => left > to + 8 || left + width < from - 8);
    let lane = lanes.findIndex(isFree);
    if (lane < 0) lane = lanes.push([]) - 1;
    lanes[lane].push([left, left + width]);
    return { ...mark, text, x, left, lane };
  });
}
