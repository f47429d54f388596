/** Pinned territories: up to four, kept in the address, side by side above the ranking. */

import { withUnit } from "./formats.js";
import { make } from "./keeping.js";
import { statusNote } from "./tip.js";

/** Make the list. `on.unpin(code)`, `on.choose(index)` and `on.point(index)` tell what the reader does. */
export function createPins(on) {
  const title = make("h2", "unseen", "Territoires épinglés");
  const list = make("ul", "pins-list");
  const node = make("section", "pins", title, list);
  node.hidden = true;
  title.id = "carte-epingles-titre";
  node.setAttribute("aria-labelledby", title.id);

  function row(view, index) {
    const { figures, places } = view;
    const value = Number.isNaN(figures.values[index]) ? statusNote(view, index) : withUnit(figures.values[index], figures);
    const name = make("button", "bare-button pin-name", places.name[index]);
    name.type = "button";
    name.setAttribute("aria-label", `Suivre ${places.name[index]}`);
    name.addEventListener("click", () => on.choose(index));
    const remove = make("button", "link-button pin-remove", "Retirer");
    remove.type = "button";
    remove.setAttribute("aria-label", `Retirer l’épingle de ${places.name[index]}`);
    remove.addEventListener("click", () => {
      const place = [...list.children].indexOf(line);
      on.unpin(places.code[index]);
      // The focus goes to the next one, or back to the ranking.
      const rest = [...list.querySelectorAll(".pin-remove")];
      (rest[Math.min(place, rest.length - 1)] ?? document.getElementById("carte-classement"))?.focus();
    });
    const rank = view.rankSentence(index);
    const note = Number.isNaN(figures.values[index]) ? "" : statusNote(view, index);
    const said = [rank, note].filter(Boolean).join(" · ");
    const line = make(
      "li",
      "pin",
      make("span", "pin-mark"),
      name,
      make("span", "pin-value", value),
      make("span", "pin-rank", said),
      remove,
    );
    line.firstChild.setAttribute("aria-hidden", "true");
    line.addEventListener("pointerenter", () => on.point(index));
    line.addEventListener("pointerleave", () => on.point(-1));
    return line;
  }

  return {
    node,
    /** Show the pins of a view whose territories are known. */
    show(view) {
      list.replaceChildren(...view.pinned.map((index) => row(view, index)));
      node.hidden = view.pinned.length === 0;
    },
  };
}
