/** The range that is chosen: two fields, « de … à … », whose arrows go from bar to bar. */

import { bare, withUnit } from "../formats.js";
import { make } from "../keeping.js";

function field(id, words) {
  const input = make("input", "range-field");
  Object.assign(input, { id, type: "text", inputMode: "decimal", autocomplete: "off", spellcheck: false });
  input.setAttribute("role", "spinbutton");
  const label = make("label", "", words);
  label.htmlFor = id;
  return [label, input];
}

/** Read a number as people type it in French; NaN when it is none. */
export function typedNumber(text) {
  const word = { non: 0, oui: 1 }[text.trim().toLowerCase()];
  if (word !== undefined) return word;
  const plain = text.replaceAll(/[\s\u202f\u00a0%€]/g, "").replace(",", ".").replace("\u2212", "-");
  return plain === "" ? NaN : Number(plain);
}

/** The first of sorted stops after a value, or the last before it. */
function nextStop(stops, value, way) {
  return way > 0 ? (stops.find((stop) => stop > value) ?? stops.at(-1)) : (stops.findLast((stop) => stop < value) ?? stops[0]);
}

/**
 * Make the fields. `on.change(range)` is told the range asked for, or null for all values.
 * @typedef {{low: number, high: number}} Range  both ends are in the range
 */
export function createRangeFields(on) {
  const [lowLabel, low] = field("carte-plage-de", "de");
  const [highLabel, high] = field("carte-plage-a", "à");
  const unit = make("span", "range-unit");
  const clear = make("button", "link-button", "Tout montrer");
  clear.type = "button";
  const legend = make("legend", "");
  const keys = make("p", "unseen", "Flèches : de barre en barre. Majuscule et flèches : de classe en classe. Échap : tout montrer.");
  keys.id = "carte-plage-touches";
  for (const input of [low, high]) input.setAttribute("aria-describedby", keys.id);
  const line = make("div", "range-line", lowLabel, low, highLabel, high, unit, clear);
  const node = make("fieldset", "range", legend, line, keys);

  let figures = null;
  let limits = null;
  let stops = { low: [], high: [], lowClass: [], highClass: [] };
  let range = null;

  function write() {
    const shown = range ?? limits;
    for (const [input, value] of [[low, shown.low], [high, shown.high]]) {
      input.value = bare(value, figures);
      input.setAttribute("aria-valuenow", String(value));
      input.setAttribute("aria-valuetext", withUnit(value, figures));
      input.setAttribute("aria-valuemin", String(limits.low));
      input.setAttribute("aria-valuemax", String(limits.high));
    }
    clear.hidden = range === null;
  }

  /** Ask for a range; the end that moves pushes the other. */
  function ask(end, value) {
    const rounded = Math.round(value * 10 ** figures.decimals) / 10 ** figures.decimals;
    const within = Math.min(Math.max(rounded, limits.low), limits.high);
    const before = range ?? limits;
    const next = { ...before, [end]: within };
    if (next.low > next.high) next[end === "low" ? "high" : "low"] = within;
    const isAll = next.low === limits.low && next.high === limits.high;
    on.change(isAll ? null : next);
  }

  const ends = new Map([[low, "low"], [high, "high"]]);

  node.addEventListener("keydown", (event) => {
    const end = ends.get(event.target);
    const way = { ArrowUp: 1, ArrowDown: -1, PageUp: 1, PageDown: -1 }[event.key];
    if (!end || !limits || event.altKey || event.ctrlKey || event.metaKey) return;
    if (way) {
      event.preventDefault();
      const far = event.shiftKey || event.key.startsWith("Page");
      ask(end, nextStop(stops[far ? `${end}Class` : end], (range ?? limits)[end], way));
    } else if (event.key === "Enter") {
      event.preventDefault();
      event.target.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
  node.addEventListener("change", ({ target }) => {
    const end = ends.get(target);
    if (!end || !limits) return;
    const value = typedNumber(target.value);
    if (Number.isNaN(value)) write();
    else ask(end, value);
  });
  clear.addEventListener("click", () => {
    on.change(null);
    low.focus();
  });

  return {
    node,
    /** Say what is chosen among: the bars of a histogram, from the lowest value to the highest. */
    among(next, bins, words) {
      figures = next;
      limits = { low: bins[0].from, high: bins.at(-1).to };
      const isFirst = (bin, n) => n === 0 || bin.k !== bins[n - 1].k;
      const isLast = (bin, n) => n === bins.length - 1 || bin.k !== bins[n + 1].k;
      stops = {
        low: bins.map(({ from }) => from),
        high: bins.map(({ to }) => to),
        lowClass: bins.filter(isFirst).map(({ from }) => from),
        highClass: bins.filter(isLast).map(({ to }) => to),
      };
      legend.textContent = words;
      unit.textContent = ["indice", "oui/non"].includes(figures.unit) ? "" : figures.unit;
      range = null;
      write();
    },
    /** Make the fields say a range, or all values for null. */
    set(next) {
      range = next;
      if (limits) write();
    },
  };
}
