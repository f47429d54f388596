/**
 * How the territories shown are distributed: the histogram, one row per size under the same axis, a range to
 * choose, and the same in a sentence and tables.
 */

import { bare, tie, withUnit } from "../formats.js";
import { make } from "../keeping.js";
import { makeBins } from "./bins.js";
import { classColours, drawHistogram } from "./histogram.js";
import { marksOf, referenceMarks } from "./marks.js";
import { createRangeFields } from "./range.js";
import { createScale } from "./scale.js";
import { classedMask, countUnder, countUpTo, sortedValues } from "./statistics.js";
import { dotAt, drawRows, paintRows, placeRows, rowsEnd } from "./strips.js";
import { draw, px } from "./svg.js";
import { binsTable, createFold, spreadTable } from "./tables.js";
import { between, counted, distributionSentence, groupsOf, medianSentence, missingSentence, plural } from "./words.js";

/** The territories compared whose value lies in a range. @param {import("./range.js").Range} range */
function indicesIn({ view, mask }, { low, high }) {
  const { values } = view.figures;
  const found = [];
  for (let i = 0; i < mask.length; i += 1) if (mask[i] && values[i] >= low && values[i] <= high) found.push(i);
  return found;
}

/** The territories compared of a group. */
function indicesOf({ view, mask }, id) {
  const found = [];
  for (let i = 0; i < mask.length; i += 1) if (mask[i] && (id < 0 || view.places.stratum[i] === id)) found.push(i);
  return found;
}

/** The index of the bar under a position, the first or the last beyond the axis. */
function binAt(bins, scale, x) {
  let units = scale.lowest - 1;
  for (let n = 0; n < bins.length; n += 1) {
    if (bins[n].beyond < 0) {
      if (x < scale.edge(units)) return n;
      continue;
    }
    units += bins[n].units;
    if (bins[n].beyond > 0 || x < scale.edge(units)) return n;
  }
  return bins.length - 1;
}

/**
 * Make the figure.
 * @param {{palette: object, on: {point: Function, choose: Function, brush: (indices: ?number[]) => void}}} given
 *        `on.brush` is told the territories of the range that is chosen, or null
 */
export function createDistribution({ palette, on }) {
  const canvas = make("canvas", "chart-canvas");
  const svg = draw("svg", { class: "chart-drawing", "aria-hidden": "true", focusable: "false" });
  const frame = make("div", "chart-frame", canvas, svg);
  const empty = make("p", "chart-empty");
  const reading = make("p", "chart-reading");
  reading.setAttribute("aria-hidden", "true");
  const fields = createRangeFields({ change: choose });
  const said = make("p", "chart-said");
  said.setAttribute("role", "status");
  const sentence = make("p", "chart-sentence");
  const medians = make("p", "unseen");
  const missing = make("p", "chart-missing");
  const fold = createFold();
  const title = make("h2", "chart-title", "Répartition");
  const node = make("section", "chart distribution", title, empty, frame, reading, fields.node, said, sentence, medians, missing, fold.node);
  node.setAttribute("aria-label", "Répartition");

  let shown = null;
  let range = null;
  let told = 0;
  let drawn = null;

  /** What a view says, made once: it does not depend on the width of the screen. */
  function read(view, chosen) {
    const mask = classedMask(view);
    const sorted = sortedValues(view, mask);
    const groups = groupsOf(view, mask).map((group) => ({ ...group, indices: () => indicesOf({ view, mask }, group.id) }));
    return { view, mask, sorted, groups, marks: [...marksOf(view, chosen), ...referenceMarks(view)] };
  }

  /** Draw at the width there is. */
  function redraw() {
    const length = Math.floor(frame.clientWidth);
    if (!shown || shown.isFlat || length < 80) return;
    const { view, sorted, groups, marks } = shown;
    const { figures, places, classes } = view;
    const scale = createScale(figures, sorted, length);
    const bins = makeBins(figures, sorted, scale, length);
    const say = (value) => bare(value, figures);
    const top = drawHistogram({ bins, scale, length, figures, palette, marks, say });
    const start = top.height + 14;
    const rows = placeRows(groups, figures, scale, start);
    const height = Math.ceil(rowsEnd(rows, start));
    const rowOf = (index) => (groups[0].id < 0 ? -1 : places.stratum[index]);
    const brushed = draw("g", { class: "brushed" });
    const pointed = draw("g", { class: "pointed" });
    svg.setAttribute("viewBox", `0 0 ${length} ${height}`);
    svg.style.height = frame.style.height = `${height}px`;
    svg.replaceChildren(top.node, brushed, top.marks, drawRows(rows, { figures, scale, length, marks, rowOf }), pointed);
    const ratio = Math.min(devicePixelRatio, 3);
    Object.assign(canvas, { width: length * ratio, height: height * ratio });
    const g = canvas.getContext("2d");
    g.scale(ratio, ratio);
    paintRows(g, rows, { figures, scale, palette, colour: classColours(figures, palette), classes });
    const isNew = drawn?.of !== shown;
    drawn = { of: shown, scale, bins, rows, rowOf, top, brushed, pointed, length };
    if (isNew) fields.among(figures, bins, `Surligner les ${plural(view)}`);
    fields.set(range);
    drawRange();
  }

  function drawRange() {
    if (!drawn) return;
    const { scale, brushed, top, length } = drawn;
    if (!range) {
      brushed.replaceChildren();
      return;
    }
    const [from, to] = [Math.round(range.low * scale.per) - 1, Math.round(range.high * scale.per)].map(scale.edge);
    const height = top.base - top.top + 4;
    const veil = (x, width) => draw("rect", { class: "veil", x: px(x), y: top.top - 4, width: px(Math.max(width, 0)), height });
    const edge = { class: "hold", x: px(from), y: top.top - 4, width: px(Math.max(to - from, 1)), height };
    brushed.replaceChildren(veil(0, from), veil(to, length - to), draw("rect", edge));
  }

  /** Choose a range (null: none): the fields and the veil at once; the map and the list when it rests. */
  function choose(next) {
    if (!shown || shown.isFlat) return;
    range = next;
    fields.set(range);
    drawRange();
    clearTimeout(told);
    told = setTimeout(tell, 140);
  }

  function tell() {
    const { view, sorted } = shown;
    if (!range) {
      said.textContent = "";
      on.brush(null);
      return;
    }
    const n = countUpTo(sorted, range.high) - countUnder(sorted, range.low);
    said.textContent = tie(`${counted(view, n)} ${between(range.low, range.high, view.figures)}`);
    on.brush(indicesIn(shown, range));
  }

  /** A range from bar to bar, both in it; all of them is no range. */
  function chooseBins(a, b) {
    const [first, last] = [Math.min(a, b), Math.max(a, b)];
    const { bins } = drawn;
    const isAll = first === 0 && last === bins.length - 1 && bins.length > 1;
    choose(isAll ? null : { low: bins[first].from, high: bins[last].to });
  }

  const place = (event) => {
    const box = svg.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  let grip = null;

  svg.addEventListener("pointerdown", (event) => {
    const [x, y] = place(event);
    if (!drawn || event.button !== 0 || y > drawn.top.height) return;
    grip = binAt(drawn.bins, drawn.scale, x);
    svg.setPointerCapture(event.pointerId);
    chooseBins(grip, grip);
  });
  svg.addEventListener("pointermove", (event) => {
    if (!drawn) return;
    const [x, y] = place(event);
    if (grip !== null) {
      chooseBins(grip, binAt(drawn.bins, drawn.scale, x));
      return;
    }
    readAt(x, y);
  });
  for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, () => (grip = null));
  svg.addEventListener("pointerleave", () => {
    reading.textContent = "";
    if (grip === null) on.point(-1);
  });
  svg.addEventListener("click", (event) => {
    const index = drawn ? dotAt(drawn.rows, ...place(event)) : -1;
    if (index >= 0) on.choose(index);
  });

  /** Say the bar, or point at the dot, under the pointer. */
  function readAt(x, y) {
    const { figures } = shown.view;
    if (y <= drawn.top.height) {
      const bin = drawn.bins[binAt(drawn.bins, drawn.scale, x)];
      reading.textContent = tie(`${between(bin.from, bin.to, figures)} : ${counted(shown.view, bin.count)}`);
      return;
    }
    reading.textContent = "";
    on.point(dotAt(drawn.rows, x, y));
  }

  new ResizeObserver(() => {
    if (drawn?.length !== Math.floor(frame.clientWidth)) redraw();
  }).observe(frame);

  /** Say that there is nothing to draw, and why. */
  function sayFlat(view, sorted) {
    const { figures } = view;
    if (sorted.length === 0) return tie("Aucune valeur à comparer pour cette sélection.");
    if (sorted.length === 1) return tie(`Une seule valeur à comparer : ${withUnit(sorted[0], figures)}.`);
    if (sorted[0] === sorted.at(-1)) return tie(`Même valeur partout : ${withUnit(sorted[0], figures)} (${counted(view, sorted.length)}).`);
    return "";
  }

  return {
    node,
    read,
    /** Show what was read of a view; a range is kept when `keepRange` says that the same values are shown. */
    show(reading, keepRange) {
      shown = reading;
      const { view, sorted, groups, marks } = shown;
      empty.textContent = sayFlat(view, sorted);
      shown.isFlat = empty.textContent !== "";
      if (!keepRange || shown.isFlat) {
        range = null;
        said.textContent = "";
        clearTimeout(told);
      }
      empty.hidden = !shown.isFlat;
      for (const part of [frame, fields.node, reading, said]) part.hidden = shown.isFlat;
      sentence.textContent = shown.isFlat ? "" : distributionSentence(view, sorted, marks);
      medians.textContent = shown.isFlat || groups[0].id < 0 ? "" : medianSentence(view, groups);
      missing.textContent = missingSentence(view, sorted.length);
      drawn = null;
      redraw();
      fold.set(
        shown.isFlat || !drawn
          ? null
          : () => [binsTable(view, drawn.bins, sorted.length), spreadTable(view, groups, `Valeurs par taille (${view.figures.unit})`)],
      );
      if (range) tell();
    },
    /** Show where a territory stands (−1: none). */
    point(index) {
      if (!drawn) return;
      const { scale, rows, rowOf, top, pointed } = drawn;
      const value = index < 0 ? NaN : shown.view.figures.values[index];
      if (Number.isNaN(value) || !shown.view.inside[index]) {
        pointed.replaceChildren();
        return;
      }
      const x = px(scale.at(value));
      const row = rows.find(({ id }) => id === rowOf(index));
      const dot = row?.dots?.find((each) => each.index === index);
      const line = draw("path", { class: "pointer", d: `M${x} ${top.top}V${top.base + 5}` });
      const ring = row && draw("circle", { class: "pointer", cx: x, cy: px(row.middle + (dot?.dy ?? 0)), r: 5 });
      pointed.replaceChildren(line, ...(ring ? [ring] : []));
    },
    /** Choose no range. */
    clear() {
      if (range) choose(null);
    },
    get range() {
      return range;
    },
  };
}
