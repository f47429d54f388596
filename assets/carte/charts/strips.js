/**
 * One row per size: dots where territories are few, their density where they are thousands; the middle one and
 * the middle eight tenths marked. Densities and dots are drawn on a canvas, the rest in SVG over it.
 */

import { classOf } from "../figures.js";
import { bare, number, withUnit } from "../formats.js";
import { evenCounts } from "./bins.js";
import { textWidth } from "./marks.js";
import { countUnder } from "./statistics.js";
import { draw, px } from "./svg.js";
import { isFlag, yesShare } from "./words.js";

/** Up to this many, a row shows each territory. */
export const FEW = 150;

const WORDS = 20;
const STRIP = 22;
const DOT = 6;
const BAR = 10;
const TALLEST = 66;
const GAP = 8;

/** The density: at 3:1 against the paper, lighter than what is marked over it. */
const STRIP_COLOUR = "#878e99";

/** Where each dot of a row stands: beside the others of its column, above and below the middle. */
function swarm(indices, figures, scale) {
  const taken = new Map();
  const dots = [...indices]
    .sort((a, b) => figures.values[a] - figures.values[b])
    .map((index) => {
      const x = scale.at(figures.values[index]);
      const column = Math.round(x / DOT);
      const before = taken.get(column) ?? 0;
      taken.set(column, before + 1);
      return { index, x, step: (before % 2 ? 1 : -1) * Math.ceil(before / 2) };
    });
  const most = Math.max(1, ...taken.values());
  const height = Math.min(Math.max(most * DOT, STRIP), TALLEST);
  const pitch = Math.min(DOT, (height - DOT) / Math.max(most - 1, 1));
  return { dots: dots.map(({ index, x, step }) => ({ index, x, dy: step * pitch })), height };
}

/**
 * Place the rows of a view under one another.
 * @param {{id: number, label: string, spread: object, sorted: Float64Array, indices: () => number[]}[]} groups
 */
export function placeRows(groups, figures, scale, top) {
  let y = top;
  const place = (group) => {
    if (isFlag(figures)) return { dots: null, height: BAR };
    return group.sorted.length <= FEW ? swarm(group.indices(), figures, scale) : { dots: null, height: STRIP };
  };
  return groups
    .filter(({ sorted }) => sorted.length > 0)
    .map((group) => {
      const { dots, height } = place(group);
      const row = { ...group, dots, words: y, top: y + WORDS, height, middle: y + WORDS + height / 2 };
      y = row.top + height + GAP;
      return row;
    });
}

/** Where the last row ends. */
export const rowsEnd = (rows, top) => (rows.length === 0 ? top : rows.at(-1).top + rows.at(-1).height + GAP);

function paintDensity(g, row, scale, colour) {
  const columns = evenCounts(row.sorted, scale, 3);
  const most = Math.max(...columns.map(({ count }) => count));
  g.fillStyle = colour;
  for (const { after, to, count } of columns) {
    if (count === 0) continue;
    const [left, right] = [scale.edge(after), scale.edge(to)];
    const height = Math.max(1.5, (row.height * count) / most);
    g.fillRect(left, row.middle - height / 2, right - left, height);
  }
}

/** The share of "oui", as a part of the width. */
function paintShare(g, row, { scale, figures, palette, colour }) {
  const [left, right] = [scale.edge(scale.lowest - 1), scale.edge(scale.highest)];
  const width = right - left;
  g.fillStyle = colour(classOf(1, figures.bounds));
  g.fillRect(left, row.top, (width * (row.sorted.length - countUnder(row.sorted, 0.5))) / row.sorted.length, row.height);
  g.strokeStyle = palette.edge;
  g.strokeRect(left + 0.5, row.top + 0.5, width - 1, row.height - 1);
}

/** Paint the rows on a canvas whose origin is the one of the figure. */
export function paintRows(g, rows, { figures, scale, palette, colour, classes }) {
  for (const row of rows) {
    if (isFlag(figures)) {
      paintShare(g, row, { scale, figures, palette, colour });
      continue;
    }
    if (!row.dots) {
      paintDensity(g, row, scale, STRIP_COLOUR);
      continue;
    }
    g.lineWidth = 0.75;
    g.strokeStyle = palette.edge;
    for (const { index, x, dy } of row.dots) {
      g.fillStyle = colour(classes[index]);
      g.beginPath();
      g.arc(x, row.middle + dy, DOT / 2 - 0.4, 0, 2 * Math.PI);
      g.fill();
      g.stroke();
    }
  }
}

/** The mark of a territory in its row: a diamond for the one that is followed, its number for a pin. */
function drawSign(mark, x, y) {
  if (mark.followed) return draw("path", { class: "sign followed", d: `M${px(x)} ${px(y - 8)}l7 8l-7 8l-7 -8z` });
  const disc = draw("circle", { class: "sign", cx: px(x), cy: px(y), r: 8 });
  return draw("g", {}, disc, draw("text", { class: "sign-number", x: px(x), y: px(y + 4), "text-anchor": "middle" }, mark.sign));
}

/** Draw the words, the middle and the eight tenths of each row, and the marks in their rows. */
export function drawRows(rows, { figures, scale, length, marks, rowOf }) {
  const node = draw("g", { class: "rows" });
  for (const row of rows) {
    const { n, d1, median, d9 } = row.spread;
    const words = draw("text", { x: 0, y: row.words + 14 }, draw("tspan", { class: "row-name" }, row.label));
    words.append(draw("tspan", { dx: 6 }, number(n)));
    const room = length - textWidth(`${row.label} ${number(n)}`, true) - 16;
    const [whole, short] = [withUnit, bare].map((write) => `médiane ${write(median, figures)}`);
    const said = isFlag(figures) ? `oui : ${yesShare(row.sorted)}` : textWidth(whole) <= room ? whole : short;
    node.append(words, draw("text", { x: length, y: row.words + 14, "text-anchor": "end" }, said));
    if (isFlag(figures)) continue;
    const [low, high, at] = [d1, d9, median].map(scale.at);
    const [top, bottom] = [row.middle - row.height / 2, row.middle + row.height / 2];
    if (n >= 10) {
      const ends = `M${px(low)} ${px(row.middle - 5)}v10M${px(high)} ${px(row.middle - 5)}v10`;
      node.append(draw("path", { class: "range", d: `${ends}M${px(low)} ${px(row.middle)}H${px(high)}` }));
    }
    node.append(draw("path", { class: "halo", d: `M${px(at)} ${top}V${bottom}` }));
    node.append(draw("path", { class: "median", d: `M${px(at)} ${top}V${bottom}` }));
  }
  for (const mark of marks.filter(({ index }) => index >= 0)) {
    const row = rows.find(({ id }) => id === rowOf(mark.index));
    if (row && mark.value === mark.value) node.append(drawSign(mark, scale.at(mark.value), row.middle));
  }
  return node;
}

/** The territory of the dot nearest to a point of the figure, or −1. */
export function dotAt(rows, x, y) {
  const row = rows.find(({ dots, top, height }) => dots && y >= top - 2 && y <= top + height + 2);
  let [best, nearest] = [-1, 12];
  for (const dot of row?.dots ?? []) {
    const distance = Math.hypot(dot.x - x, row.middle + dot.dy - y);
    if (distance < nearest) [best, nearest] = [dot.index, distance];
  }
  return best;
}
