/** The choice of a second indicator, and of the way both are seen. */

import { make } from "../keeping.js";

const WAYS = { cartes: "Deux cartes", nuage: "Nuage de points" };

/** All indicators under their domains; the list is long, and made once. */
function indicatorOptions(vocabulary) {
  const none = make("option", "", "Aucun");
  none.value = "";
  const groups = vocabulary.domains.map(({ id, label }) => {
    const group = document.createElement("optgroup");
    group.label = label;
    const listed = vocabulary.indicators.filter(({ domain }) => domain === id);
    group.append(...listed.map((indicator) => Object.assign(make("option", "", indicator.label), { value: indicator.id })));
    return group;
  });
  return [none, ...groups];
}

/** Make the fields. `on.change(changes)` is told what is asked of the selection. */
export function createChoice(vocabulary, on) {
  const select = make("select", "", ...indicatorOptions(vocabulary));
  select.id = "carte-second";
  const label = make("label", "", "Comparer à un autre indicateur");
  label.htmlFor = select.id;
  const ways = Object.entries(WAYS).map(([value, words]) => {
    const input = Object.assign(make("input"), { type: "radio", name: "carte-comparaison", value, id: `carte-comparaison-${value}` });
    const text = make("label", "", words);
    text.htmlFor = input.id;
    return { input, node: make("div", "way", input, text) };
  });
  const legend = make("legend", "unseen", "Façon de comparer");
  const group = make("fieldset", "ways", legend, ...ways.map((way) => way.node));
  group.hidden = true;
  const node = make("div", "compare-choice", make("div", "choice-field", label, select), group);

  select.addEventListener("change", () => on.change({ second: select.value || null }));
  group.addEventListener("change", ({ target }) => on.change({ comparison: target.value }));

  return {
    node,
    /** Make the fields say a selection. */
    reflect({ indicator, second, comparison }) {
      for (const option of select.querySelectorAll("option:disabled")) option.disabled = false;
      const same = select.querySelector(`option[value="${CSS.escape(indicator)}"]`);
      // Kept in the list: the address may name the same indicator twice.
      if (same && second !== indicator) same.disabled = true;
      select.value = second ?? "";
      group.hidden = !second;
      for (const { input } of ways) input.checked = input.value === comparison;
    },
  };
}
