/** The figures behind a chart, as tables in a fold « Voir les chiffres ». */

import { bare, number, tie } from "../formats.js";
import { make } from "../keeping.js";
import { counted } from "./words.js";

/** A table: the first column names the rows. @param {string[]} heads @param {string[][]} rows */
export function makeTable(caption, heads, rows) {
  const head = heads.map((words, n) => {
    const cell = make("th", n === 0 ? "" : "figure", words);
    cell.scope = "col";
    return cell;
  });
  const lines = rows.map(([name, ...rest]) => {
    const cell = make("th", "", name);
    cell.scope = "row";
    return make("tr", "", cell, ...rest.map((words) => make("td", "figure", words)));
  });
  return make("table", "", make("caption", "", caption), make("thead", "", make("tr", "", ...head)), make("tbody", "", ...lines));
}

/** Make a fold whose tables are made when it is opened. `set(maker)` tells how, or null for nothing to show. */
export function createFold() {
  const body = make("div", "fold-body");
  const node = make("details", "fold", make("summary", "", "Voir les chiffres"), body);
  let maker = null;
  const fill = () => body.replaceChildren(...(node.open && maker ? maker() : []));
  node.addEventListener("toggle", fill);
  return {
    node,
    set(next) {
      maker = next;
      node.hidden = maker === null;
      fill();
    },
  };
}

/** "7,5 à 10,2", or one value where the bar holds only one. */
function barText({ from, to }, figures) {
  const [low, high] = [bare(from, figures), bare(to, figures)];
  return low === high ? low : `${low} à ${high}`;
}

/** How many territories each bar of the histogram holds. */
export function binsTable(view, bins, total) {
  const { figures } = view;
  const rows = bins.map((bin) => [barText(bin, figures), number(bin.count), `${number((100 * bin.count) / total, 1)}\u202f%`]);
  return makeTable(tie(`${counted(view, total)} selon leur valeur`), [figures.unit || "Valeur", "Nombre", "Part"], rows);
}

/** The middle and the tenths of each size. */
export function spreadTable(view, groups, caption) {
  const { figures } = view;
  const write = (value) => bare(value, figures);
  const rows = groups.map(({ label, spread: s }) =>
    s.n === 0
      ? [label, "0", "–", "–", "–", "–", "–"]
      : [label, number(s.n), write(s.d1), write(s.q1), write(s.median), write(s.q3), write(s.d9)],
  );
  const heads = ["Taille", "Nombre", "1er dixième", "1er quart", "Médiane", "3e quart", "9e dixième"];
  return makeTable(tie(caption), heads, rows);
}
