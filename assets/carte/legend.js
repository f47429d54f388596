/** The legend: what each colour, circle and pattern means, and how many territories it covers. */

import { largestRadius, largestValue } from "./circles.js";
import { classCount, isCount } from "./figures.js";
import { bare, number, plural, tie, unbroken, withUnit } from "./formats.js";
import { hatchedFrom } from "./hatching.js";
import { make } from "./keeping.js";
import { patternAddress, SIZE } from "./patterns.js";
import { presentStatuses } from "./view.js";
import { levelWords } from "./vocabulary.js";

/** Units that a French reader introduces with "en". */
const MEASURES = /^(%|€|points|km|années|heures|MWh|kW|m²|mg|µg|équivalents|nanowatts|habitants par)/;

/** The first value that a class may hold, as it is printed: values are rounded, so the next step up. */
function firstOf(figures, k) {
  return k === 0 ? figures.bounds[0] : figures.bounds[k] + 10 ** -figures.decimals;
}

/** "7,5 à 10,2", or one value where the class holds only one. */
function classText(figures, k) {
  if (figures.unit === "oui/non") return bare(figures.bounds[k + 1], figures);
  const [from, to] = [bare(firstOf(figures, k), figures), bare(figures.bounds[k + 1], figures)];
  return from === to ? to : `${from} à ${to}`;
}

function swatch(colour, pattern) {
  const node = make("span", "legend-swatch");
  if (colour) node.style.backgroundColor = colour;
  if (pattern) {
    node.style.backgroundImage = `url(${pattern})`;
    node.style.backgroundSize = `${SIZE + 2}px`;
  }
  return node;
}

function row(mark, text, count, className = "") {
  const line = make("tr", className);
  const marked = make("td", "legend-mark", mark);
  const words = make("th", "", text);
  words.scope = "row";
  line.append(marked, words, make("td", "legend-count", count));
  return line;
}

/** The classes, the most fragile first (the highest first where there is neither better nor worse). */
function classRows(view, palette) {
  const { figures } = view;
  const slots = palette.classSlots(figures);
  const order = Array.from({ length: classCount(figures) }, (_, k) => k);
  if (figures.direction !== -1) order.reverse();
  return order.map((k) => row(swatch(palette.colours[slots[k]]), classText(figures, k), number(view.classSizes[k])));
}

/** The colours alone, for the folded legend of a narrow screen. */
function stripSwatches(figures, palette) {
  return palette.classSlots(figures).map((slot) => swatch(palette.colours[slot]));
}

/** What is said of a pattern that the map is too far to draw: over a value, and where there is none. */
const FAR = "visible de près";
const FAR_GREY = "en gris, vu de loin";

/** One entry with its pattern for each status present; `far` is what it says while the map is too far to draw it. */
function statusRows(view, palette) {
  return presentStatuses(view).map((code) => {
    const status = view.vocabulary.statuses[code];
    const far = make("span", "legend-far", status.missing ? FAR_GREY : FAR);
    far.dataset.from = String(hatchedFrom(view, code));
    const words = make("span", "", status.label, far);
    const line = row(swatch("", patternAddress(status, palette)), words, number(view.statusSizes[code]));
    line.title = status.explanation;
    return line;
  });
}

/** The largest round number (1, 2 or 5 × 10ⁿ) not above a value. */
function roundBelow(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [5, 2, 1].map((step) => step * power).find((step) => step <= value) ?? power;
}

/** Three nested circles, at the size they have on the map. */
function circleLegend(view, zoom, palette) {
  const largest = largestValue(view);
  if (!(largest > 0)) return null;
  const shown = [1, 6, 36].map((part) => roundBelow(largest / part)).filter((value, n) => n === 0 || value >= 1);
  const radius = (value) => largestRadius(zoom) * Math.sqrt(value / largest);
  const big = Math.min(radius(shown[0]), 60);
  const scale = big / radius(shown[0]);
  const height = Math.max(2 * big, shown.length * 18) + 4;
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "legend-circles");
  svg.setAttribute("width", String(2 * big + 96));
  svg.setAttribute("height", String(height));
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `Surface des cercles : ${shown.map((value) => number(value)).join(", ")}`);
  shown.forEach((value, n) => {
    const r = radius(value) * scale;
    const textY = Math.min(12 + n * 18, height - 4);
    const lineY = height - 2 - 2 * r;
    svg.insertAdjacentHTML(
      "beforeend",
      `<circle cx="${big + 2}" cy="${height - 2 - r}" r="${r}" fill="none" stroke="${palette.ink}"/>` +
        `<path d="M${big + 2} ${lineY}L${2 * big + 6} ${textY - 4}H${2 * big + 14}" fill="none" stroke="${palette.edge}"/>` +
        `<text x="${2 * big + 18}" y="${textY}">${number(value)}</text>`,
    );
  });
  return scale < 1 ? make("div", "", svg, make("p", "legend-note", "Cercles réduits dans la légende.")) : svg;
}

/** What must be said under the classes: how they were made, when there are fewer than asked for, or none. */
function notes(view) {
  const { figures, vocabulary } = view;
  const n = figures.made;
  if (isCount(figures)) return "";
  if (n === 0) return "Aucune valeur à classer pour cette sélection.";
  const zones = figures.classed.includes("inherited")
    ? " Chaque commune prend la couleur de la valeur de sa zone."
    : "";
  if (figures.unit === "oui/non") return zones.trim();
  const { label, fewer } = vocabulary.methods.find(({ id }) => id === figures.method);
  const around = figures.around ? ` (${figures.around})` : "";
  const less = n < figures.asked ? ` au lieu de ${figures.asked} : ${fewer}` : "";
  const cut = classCount(figures) > n ? ", dont une coupée au repère" : "";
  return `${label[0].toUpperCase()}${label.slice(1)}${around}, ${plural(n, "classe")}${less}${cut}.${zones}`;
}

/** "En %, 2022. Plus foncé : plus fragile." */
function aboutText(figures) {
  return `${unitText(figures.unit)}, ${figures.vintage}. ${colourText(figures)}`;
}

/** A unit at the beginning of a line: "En %", "Pour 1 000 habitants", "Oui ou non". */
function unitText(unit) {
  if (unit === "oui/non") return "Oui ou non";
  return MEASURES.test(unit) ? `En ${unit}` : unit.charAt(0).toUpperCase() + unit.slice(1);
}

/** Which colour means what. */
function colourText(figures) {
  if (isCount(figures)) return "La surface du cercle dit le nombre.";
  if (classCount(figures) < 2) return "";
  if (figures.centre !== null) {
    const [warm, cold] = figures.direction === 0 ? ["au-dessus", "au-dessous"] : ["plus fragile", "moins fragile"];
    const { reference } = figures;
    if (reference && !Number.isNaN(reference.value)) {
      const caution = reference.caution ? `, ${reference.caution}` : "";
      const at = `Repère : ${reference.name}, ${withUnit(reference.value, figures)}${caution}.`;
      return `${at} Orangé : ${warm} ; bleu : ${cold}.`;
    }
    const mark = figures.centre === 0 ? "" : ` Repère : ${number(figures.centre)}.`;
    return `Orangé : ${warm} ; bleu : ${cold}.${mark}`;
  }
  return figures.direction === 0 ? "" : "Plus foncé : plus fragile.";
}

/** Make the legend. `node` stands on the map; `show` and `zoomed` keep it true. */
export function createLegend(palette) {
  const title = make("h2", "legend-title");
  const about = make("p", "legend-about");
  const circles = make("div", "legend-sizes");
  const body = make("tbody");
  const heading = make("th", "legend-count");
  heading.scope = "col";
  const blank = make("td");
  const words = make("td");
  const table = make("table", "", make("thead", "", make("tr", "", blank, words, heading)), body);
  const said = make("p", "legend-note");
  const source = make("p", "legend-source");
  const strip = make("span", "legend-strip");
  const toggle = make("button", "bare-button legend-toggle", strip, "Légende");
  toggle.type = "button";
  toggle.setAttribute("aria-controls", "carte-legende-corps");
  const foot = make("div", "legend-foot");
  const content = make("div", "legend-body", title, about, table, circles, said, source, foot);
  content.id = "carte-legende-corps";
  const node = make("section", "map-legend", toggle, content);
  node.setAttribute("aria-label", "Légende de la carte");
  let present = null;

  function open(wanted) {
    node.classList.toggle("is-folded", !wanted);
    toggle.setAttribute("aria-expanded", String(wanted));
  }
  toggle.addEventListener("click", () => open(node.classList.contains("is-folded")));
  open(matchMedia("(width > 700px)").matches);

  return {
    node,
    /** Where a choice about the classes may stand. */
    foot,

    show(view, zoom) {
      present = view;
      const { figures, vocabulary, selection } = view;
      const counted = isCount(figures);
      title.textContent = unbroken(figures.label);
      about.textContent = tie(aboutText(figures));
      heading.textContent = levelWords(vocabulary, selection.level).plural;
      body.replaceChildren(...(counted ? [] : classRows(view, palette)), ...statusRows(view, palette));
      strip.replaceChildren(...(counted ? [] : stripSwatches(figures, palette)));
      table.hidden = body.childElementCount === 0;
      said.textContent = tie(notes(view));
      source.textContent = tie(`Source : ${figures.source}`);
      this.zoomed(zoom);
    },

    /** Circles are drawn at the size they have at this zoom; patterns that are not drawn there are said to be so. */
    zoomed(zoom) {
      if (!present) return;
      for (const far of body.querySelectorAll(".legend-far")) far.hidden = zoom >= Number(far.dataset.from);
      const drawn = isCount(present.figures) ? circleLegend(present, zoom, palette) : null;
      circles.replaceChildren(...(drawn ? [drawn] : []));
    },
  };
}
