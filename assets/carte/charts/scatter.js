/**
 * Two indicators at once: one mark per territory, whose shape and colour say its size. Marks are painted on a
 * canvas; axes, middles and the marked territories are in SVG over it.
 */

import { make } from "../keeping.js";
import { hasOwnSize } from "../vocabulary.js";
import { marksOf, shortName, textWidth } from "./marks.js";
import { createScale } from "./scale.js";
import { quantile } from "./statistics.js";
import { draw, px } from "./svg.js";
import { counted } from "./words.js";

const LEFT = 52;
const BOTTOM = 44;
const TOP = 26;

/** Shapes by size, the smallest first: told apart without colour. `half`: half of the side (pixels). */
const SHAPES = [
  { half: 1.1, colour: "#878e99", square: true },
  { half: 2.4, colour: "#234e82", hollow: true, trace: (g, x, y, r) => (g.moveTo(x + r, y), g.arc(x, y, r, 0, 7)) },
  { half: 3.4, colour: "#b8501f", trace: (g, x, y, r) => (g.moveTo(x, y - r), g.lineTo(x + r, y + r), g.lineTo(x - r, y + r), g.closePath()) },
  { half: 3.2, colour: "#1c2430", square: true },
];
const ALONE = { half: 3.4, colour: "#3f546c", trace: SHAPES[1].trace };

/** How many marks a path holds: a longer one takes more time than several. */
const TOGETHER = 200;

/** Paint the marks of a size: some of the positions (pixels) of all. @param {number[]} which */
function paintShape(g, shape, which, xs, ys) {
  const { half, square, hollow, trace } = shape;
  g.lineWidth = 0.9;
  g.strokeStyle = g.fillStyle = shape.colour;
  if (square) {
    for (const n of which) g.fillRect(xs[n] - half, ys[n] - half, 2 * half, 2 * half);
    return;
  }
  for (let from = 0; from < which.length; from += TOGETHER) {
    g.beginPath();
    for (const n of which.slice(from, from + TOGETHER)) trace(g, xs[n], ys[n], half);
    if (hollow) g.stroke();
    else g.fill();
  }
}

function keyEntry(shape, label) {
  const canvas = make("canvas", "key-mark");
  const ratio = 3;
  Object.assign(canvas, { width: 14 * ratio, height: 14 * ratio });
  canvas.setAttribute("aria-hidden", "true");
  const g = canvas.getContext("2d");
  g.scale(ratio, ratio);
  paintShape(g, { ...shape, half: Math.max(shape.half, 2) }, [0], [7], [7]);
  return make("li", "", canvas, label);
}

/** Make the scatter plot. `on.point(index)` and `on.choose(index)` as for the table. */
export function createScatter(on) {
  const canvas = make("canvas", "chart-canvas");
  const svg = draw("svg", { class: "chart-drawing", "aria-hidden": "true", focusable: "false" });
  const frame = make("div", "chart-frame scatter", canvas, svg);
  const key = make("ul", "scatter-key");
  const outside = make("p", "chart-missing");
  const node = make("div", "", key, frame, outside);
  let shown = null;
  let drawn = null;

  function drawAxes(across, up, width, height, { view, second }) {
    const group = draw("g", { class: "axis" });
    const base = height - BOTTOM;
    group.append(draw("path", { class: "base", d: `M${LEFT} ${TOP}V${base}H${width}` }));
    for (const { value, text } of across.ticks()) {
      const x = LEFT + across.at(value);
      const at = Math.min(x, width - textWidth(text) / 2);
      group.append(draw("path", { class: "tick", d: `M${px(x)} ${base}v5` }));
      group.append(draw("text", { x: px(at), y: base + 19, "text-anchor": "middle" }, text));
    }
    for (const { value, text } of up.ticks(6)) {
      const y = base - up.at(value);
      group.append(draw("path", { class: "tick", d: `M${LEFT} ${px(y)}h-5` }));
      group.append(draw("text", { x: LEFT - 8, y: px(y + 4), "text-anchor": "end" }, text));
    }
    const unit = ({ figures }) => (figures.unit === "oui/non" ? "" : figures.unit);
    group.append(draw("text", { class: "axis-name", x: 0, y: 14 }, `↑ ${name(second, width, unit(second))}`));
    group.append(draw("text", { class: "axis-name", x: width, y: height - 4, "text-anchor": "end" }, `${name(view, width, unit(view))} →`));
    return group;
  }

  /** The indicator and its unit, cut where the chart ends. */
  function name({ figures }, width, unit) {
    const whole = unit && !figures.label.includes(unit) ? `${figures.label} (${unit})` : figures.label;
    if (textWidth(whole, true) <= width - 24) return whole;
    const letters = Math.floor((whole.length * (width - 40)) / textWidth(whole, true));
    return `${whole.slice(0, letters).trimEnd()}…`;
  }

  function redraw() {
    const width = Math.floor(frame.clientWidth);
    if (!shown || width < 120) return;
    const { view, second, pairs, isSized, marks } = shown;
    const height = Math.round(Math.min(Math.max(width * 0.82, 280), 460));
    const [sortedA, sortedB] = [Float64Array.from(pairs.a).sort(), Float64Array.from(pairs.b).sort()];
    const across = createScale(view.figures, sortedA, width - LEFT);
    const up = createScale(second.figures, sortedB, height - BOTTOM - TOP);
    const base = height - BOTTOM;
    const at = (a, b) => [LEFT + across.at(a), base - up.at(b)];
    const xs = Float32Array.from(pairs.a, (a) => LEFT + across.at(a));
    const ys = Float32Array.from(pairs.b, (b) => base - up.at(b));
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.style.height = frame.style.height = `${height}px`;
    const ratio = Math.min(devicePixelRatio, 3);
    Object.assign(canvas, { width: width * ratio, height: height * ratio });
    const g = canvas.getContext("2d");
    g.scale(ratio, ratio);
    const { stratum } = view.places;
    const shapes = isSized ? SHAPES : [ALONE];
    const lists = shapes.map(() => []);
    pairs.indices.forEach((index, n) => lists[isSized ? stratum[index] : 0].push(n));
    shapes.forEach((shape, id) => paintShape(g, shape, lists[id], xs, ys));
    const [midX, midY] = at(quantile(sortedA, 0.5), quantile(sortedB, 0.5));
    const middles = draw("path", { class: "middles", d: `M${px(midX)} ${TOP}V${base}M${LEFT} ${px(midY)}H${width}` });
    const signs = draw("g", { class: "rows" });
    for (const mark of marks.toReversed()) {
      const value = second.figures.values[mark.index];
      if (Number.isNaN(mark.value) || Number.isNaN(value)) continue;
      signs.append(...drawMark(mark, ...at(mark.value, value), width));
    }
    const pointed = draw("g", { class: "pointed" });
    const isOut = (n) => across.isBeyond(pairs.a[n]) || up.isBeyond(pairs.b[n]);
    const out = pairs.indices.reduce((count, _, n) => count + isOut(n), 0);
    outside.textContent = out > 0 ? `Hors du cadre, sur son bord : ${counted(view, out)}.` : "";
    svg.replaceChildren(drawAxes(across, up, width, height, shown), middles, signs, pointed);
    drawn = { width, xs, ys, at, pointed };
  }

  function drawMark(mark, x, y, width) {
    const name = shortName(mark.name);
    const isLeft = x + 14 + textWidth(name, mark.followed) < width;
    const words = { class: mark.followed ? "label followed" : "label", x: px(isLeft ? x + 12 : x - 12), y: px(y + 4), "text-anchor": isLeft ? "start" : "end" };
    const label = draw("text", words, name);
    if (mark.followed) return [draw("path", { class: "sign followed", d: `M${px(x)} ${px(y - 8)}l7 8l-7 8l-7 -8z` }), label];
    const disc = draw("circle", { class: "sign", cx: px(x), cy: px(y), r: 8 });
    return [disc, draw("text", { class: "sign-number", x: px(x), y: px(y + 4), "text-anchor": "middle" }, mark.sign), label];
  }

  function nearest(event) {
    const box = svg.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    let [best, least] = [-1, 144];
    for (let n = 0; n < drawn.xs.length; n += 1) {
      const distance = (drawn.xs[n] - x) ** 2 + (drawn.ys[n] - y) ** 2;
      if (distance < least) [best, least] = [n, distance];
    }
    return best < 0 ? -1 : shown.pairs.indices[best];
  }

  svg.addEventListener("pointermove", (event) => drawn && on.point(nearest(event)));
  svg.addEventListener("pointerleave", () => on.point(-1));
  svg.addEventListener("click", (event) => {
    const index = drawn ? nearest(event) : -1;
    if (index >= 0) on.choose(index);
  });
  new ResizeObserver(() => {
    if (drawn?.width !== Math.floor(frame.clientWidth)) redraw();
  }).observe(frame);

  return {
    node,
    /** Show two views and the pairs of their values (at least one). */
    show({ view, second, chosen, pairs }) {
      const isSized = hasOwnSize(view.selection.level);
      shown = { view, second, pairs, isSized, marks: marksOf(view, chosen) };
      drawn = null;
      key.hidden = !isSized;
      key.replaceChildren(...view.vocabulary.strata.map(({ label }, id) => keyEntry(SHAPES[id], label)));
      redraw();
    },
    point(index) {
      if (!drawn) return;
      const [a, b] = [shown.view, shown.second].map(({ figures }) => (index < 0 ? NaN : figures.values[index]));
      if (Number.isNaN(a) || Number.isNaN(b) || !shown.view.inside[index]) {
        drawn.pointed.replaceChildren();
        return;
      }
      const [x, y] = drawn.at(a, b);
      drawn.pointed.replaceChildren(draw("circle", { class: "pointer", cx: px(x), cy: px(y), r: 6 }));
    },
  };
}
