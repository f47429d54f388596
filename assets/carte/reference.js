/** "Comparer à": what the map, the table and the sentence measure a gap to. */

import { make } from "./keeping.js";
import { hasOwnSize } from "./vocabulary.js";

/** Make the field. `on.choose(changes)` is told what is asked of the selection. */
export function createReferenceField(on) {
  const select = make("select");
  select.id = "carte-reference";
  const label = make("label", "", "Comparer à");
  label.htmlFor = select.id;
  const node = make("div", "choice-field", label, select);
  let offered = "";
  select.addEventListener("change", () => on.choose({ reference: select.value || null }));

  /** What may be compared with in a view: whole countries and regions, then the territories one has marked. */
  function choices({ selection, places }) {
    const { territory, pins, reference, level } = selection;
    const named = [...new Set([territory, ...pins, reference])].map((code) => [code, places.indexOf(code)]);
    return [
      ["", "Rien"],
      ["france", "France"],
      ["region", territory === null ? "Région choisie" : "Sa région"],
      ["taille", hasOwnSize(level) ? "Même taille" : "France, même taille"],
      ...named.filter(([, index]) => index >= 0).map(([code, index]) => [code, places.name[index]]),
    ];
  }

  return {
    node,
    /** Make the field say a view whose territories are known. */
    show(view) {
      const list = choices(view);
      const key = JSON.stringify(list);
      if (key !== offered) {
        select.replaceChildren(...list.map(([value, words]) => Object.assign(make("option", "", words), { value })));
        offered = key;
      }
      select.value = view.selection.reference ?? "";
    },
  };
}
