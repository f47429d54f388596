/** The histogram: bars in the colours of the map, the marked territories, the axis. Drawn in an SVG group. */

import { number } from "../formats.js";
import { isCount } from "../figures.js";
import { placeLabels, textWidth } from "./marks.js";
import { draw, px } from "./svg.js";

const LANE = 18;
const BARS = 96;
const AXIS = 26;

/** A bar much taller than all others is cut at this many times the next one. */
const CUT = 1.7;
const TALL = 5;

/** The colour of each class; counts have one colour, the one of their circles. */
export function classColours(figures, palette) {
  if (isCount(figures)) {
    const colour = figures.direction === 0 ? palette.circle.context : palette.circle.fragile;
    return () => colour;
  }
  const slots = palette.classSlots(figures);
  return (k) => palette.colours[slots[Math.max(k, 0)]];
}

/** Heights between 0 and 1, and the bar that is cut because it would hide the others, or −1. */
function heights(bins) {
  const dense = bins.map((bin) => bin.count / bin.units);
  const [most, next] = dense.toSorted((a, b) => b - a);
  const cut = next > 0 && most > TALL * next ? dense.indexOf(most) : -1;
  const top = cut >= 0 ? CUT * next : most;
  return { cut, parts: dense.map((value) => (top > 0 ? Math.min(value / top, 1) : 0)) };
}

function drawBars(bins, scale, colour, top) {
  const shown = bins.filter(({ beyond }) => beyond === 0);
  const { cut, parts } = heights(shown);
  const base = top + BARS;
  const group = draw("g", { class: "bars" });
  let outline = `M${px(scale.edge(scale.lowest - 1))} ${base}`;
  let after = scale.lowest - 1;
  shown.forEach((bin, n) => {
    const to = after + bin.units;
    const [left, right] = [scale.edge(after), scale.edge(to)];
    // A bar that holds somebody is never thinner than a line.
    const height = bin.count > 0 ? Math.max(1, parts[n] * BARS) : 0;
    const rect = { x: px(left), y: px(base - height), width: px(right - left), height: px(height), fill: colour(bin.k) };
    if (height > 0) group.append(draw("rect", rect));
    outline += `V${px(base - height)}H${px(right)}`;
    if (n === cut) {
      const y = base - height + 16;
      const middle = (left + right) / 2;
      const half = Math.max((right - left) / 2 + 3, 5);
      group.append(draw("path", { class: "cut", d: `M${px(middle - half)} ${y + 3}L${px(middle + half)} ${y - 3}` }));
      const label = `${number(bin.count)} ici`;
      const isLeft = right + 6 + textWidth(label) < scale.edge(scale.highest);
      const words = { class: "said", x: px(isLeft ? right + 6 : left - 6), y: y - 4, "text-anchor": isLeft ? "start" : "end" };
      group.append(draw("text", words, label));
    }
    after = to;
  });
  group.append(draw("path", { class: "outline", d: `${outline}V${base}` }));
  return group;
}

function drawAxis(scale, length, top) {
  const group = draw("g", { class: "axis" });
  group.append(draw("path", { class: "base", d: `M0 ${top}H${length}` }));
  for (const { value, text } of scale.ticks()) {
    const x = scale.at(value);
    const half = textWidth(text) / 2;
    const at = Math.max(half, Math.min(x, length - half));
    group.append(draw("path", { class: "tick", d: `M${px(x)} ${top}v5` }));
    group.append(draw("text", { x: px(at), y: top + 19, "text-anchor": "middle" }, text));
  }
  return group;
}

/** How many territories lie before and after the axis, on a line of their own above the bars. */
function drawBeyond(bins, length, y, say) {
  return bins
    .filter(({ beyond, count }) => beyond !== 0 && count > 0)
    .map(({ beyond, count, from, to }) => {
      const text = beyond > 0 ? `${number(count)} au-delà, jusqu’à ${say(to)} →` : `← ${number(count)} en deçà, dès ${say(from)}`;
      return draw("text", { class: "beyond", x: beyond > 0 ? length : 0, y, "text-anchor": beyond > 0 ? "end" : "start" }, text);
    });
}

/**
 * Draw the histogram at the top of a figure.
 * @returns {{node: SVGGElement, marks: SVGGElement, top: number, base: number, height: number}} the bars stand
 *          between `top` and `base`; `marks` goes over the brush
 */
export function drawHistogram({ bins, scale, length, figures, palette, marks, say }) {
  const labels = placeLabels(
    marks.filter(({ value }) => value === value),
    scale,
    length,
  );
  const isBeyond = bins.some(({ beyond, count }) => beyond !== 0 && count > 0);
  const lanes = Math.max(0, ...labels.map(({ lane }) => lane + 1));
  const top = lanes * LANE + (isBeyond ? LANE : 0) + 4;
  const base = top + BARS;
  const node = draw("g", { class: "histogram" });
  node.append(drawBars(bins, scale, classColours(figures, palette), top), drawAxis(scale, length, base));
  const over = draw("g", { class: "marks" });
  for (const { text, x, left, lane, followed } of labels) {
    const y = 13 + lane * LANE;
    over.append(draw("path", { class: followed ? "mark followed" : "mark", d: `M${px(x)} ${y + 4}V${base}` }));
    over.append(draw("text", { class: followed ? "label followed" : "label", x: px(left), y }, text));
  }
  over.append(...drawBeyond(bins, length, top - 6, say));
  return { node, marks: over, top, base, height: base + AXIS };
}
