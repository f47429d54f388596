/** The list beside the map: its title, the filter on names, the table. */

import { number, tie, withUnit } from "./formats.js";
import { make } from "./keeping.js";
import { createPins } from "./pins.js";
import { createTable } from "./table.js";
import { levelWords } from "./vocabulary.js";

/** How the ranking and the gaps are read. */
function orderText({ figures, selection, vocabulary }) {
  const { direction, reference } = figures;
  const { feminine } = levelWords(vocabulary, selection.level);
  const first = direction === 0 ? "la valeur la plus élevée" : feminine ? "la plus fragile" : "le plus fragile";
  const isCompared = reference && !Number.isNaN(reference.value);
  const gap = isCompared ? ` Écart ${reference.to} (${withUnit(reference.value, figures)}).` : "";
  return tie(`Rang 1 : ${first}.${gap}`);
}

/** Make the list. `on.point(index)` and `on.choose(index)` as for the table, `on.unpin(code)` for the pins. */
export function createListing(on) {
  const title = make("h2", "list-title");
  const order = make("p", "list-order");
  const field = make("input");
  field.type = "search";
  field.id = "carte-filtre";
  field.autocomplete = "off";
  field.spellcheck = false;
  field.placeholder = "Filtrer par nom";
  const label = make("label", "unseen", "Filtrer le classement par nom");
  label.htmlFor = field.id;
  const table = createTable(on);
  const pins = createPins(on);
  const found = make("p", "unseen");
  found.setAttribute("role", "status");
  const node = make("section", "list", make("div", "list-head", title, order, label, field), pins.node, found, table.node);
  node.setAttribute("aria-label", "Classement");

  field.addEventListener("input", () => {
    const count = table.filter(field.value.trim());
    found.textContent = field.value.trim() ? `${number(count)} noms trouvés` : "";
  });

  return {
    node,
    /** Show a view whose territories are known; `chosen` is the index of the one that is followed, or −1. */
    show(view, chosen) {
      const words = levelWords(view.vocabulary, view.selection.level);
      title.textContent = `${number(view.shown)} ${view.shown < 2 ? words.singular : words.plural}`;
      order.textContent = orderText(view);
      pins.show(view);
      table.show(view, chosen);
    },
    point: (index) => table.point(index),
  };
}
