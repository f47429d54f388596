/** The fields: what they say, and how many there would be for each of their options. */

import { number } from "../carte/formats.js";
import { FILTERS } from "./address.js";
import { FACETS } from "./matching.js";

/** Take over the fields. `change(filters, networks)` is called at each key and each choice. */
export function createForm(form, change) {
  const fields = Object.fromEntries(Object.entries(FILTERS).map(([field, name]) => [field, form.elements[name]]));
  const networks = document.getElementById("reseaux");
  const networksCount = document.querySelector("[data-networks]");

  function tell() {
    change(
      Object.fromEntries(Object.entries(fields).map(([field, input]) => [field, input.value.trim()])),
      networks.checked,
    );
  }

  form.addEventListener("input", tell);
  networks.addEventListener("input", tell);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    tell();
  });

  return {
    /** Write the counts of a match into the options. */
    count({ counts, everyone, networks: near }) {
      FACETS.forEach((facet, n) => {
        const select = fields[facet];
        for (const option of select.options) {
          const count = option.value === "" ? everyone[n] : (counts[n].get(option.value) ?? 0);
          const text = `${option.dataset.words} · ${number(count)}`;
          if (option.textContent !== text) option.textContent = text;
          option.disabled = count === 0 && option.value !== "" && !option.selected;
        }
      });
      networksCount.textContent = number(near);
    },
    /** Put a choice in the fields. */
    reflect({ filters, networks: shown }) {
      for (const [field, input] of Object.entries(fields)) if (input.value !== filters[field]) input.value = filters[field];
      networks.checked = shown;
    },
  };
}
