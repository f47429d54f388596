/** What is said of the territory pointed at, by the mouse on the map or by the keyboard in the table. */

import { withUnit } from "./formats.js";
import { make } from "./keeping.js";

/** "Secret statistique", or "" for a published value. */
export function statusNote(view, index) {
  const code = view.figures.status[index];
  return code === 0 ? "" : view.vocabulary.statuses[code].label;
}

/** The value with its unit, or why there is none. */
function valueText(view, index) {
  const value = view.figures.values[index];
  return Number.isNaN(value) ? statusNote(view, index) : withUnit(value, view.figures);
}

/** Make the note that follows what is pointed at; `stage` is what it stays within. */
export function createTip(stage) {
  const name = make("p", "tip-name");
  const value = make("p", "tip-value");
  const rank = make("p", "tip-rank");
  const node = make("div", "tip", name, value, rank);
  node.id = "carte-repere";
  node.hidden = true;

  /** Put the note beside a point of the stage, on the side where there is room. */
  function place({ x, y }) {
    const { clientWidth, clientHeight } = stage;
    const { offsetWidth, offsetHeight } = node;
    const left = x + 16 + offsetWidth > clientWidth - 8 ? x - 16 - offsetWidth : x + 16;
    const top = y + 16 + offsetHeight > clientHeight - 8 ? y - 16 - offsetHeight : y + 16;
    const within = (wanted, room) => Math.max(8, Math.min(wanted, room - 8));
    node.style.left = `${within(left, clientWidth - offsetWidth)}px`;
    node.style.top = `${within(top, clientHeight - offsetHeight)}px`;
  }

  return {
    node,
    hide() {
      node.hidden = true;
    },
    /** Say a territory of a view at a point (pixels) of the stage. */
    say(view, index, point) {
      const { places, figures } = view;
      name.textContent = places ? places.name[index] : "";
      value.textContent = valueText(view, index);
      const note = Number.isNaN(figures.values[index]) ? "" : statusNote(view, index);
      rank.textContent = [view.rankSentence(index), note].filter(Boolean).join(" · ");
      node.hidden = false;
      place(point);
    },
  };
}
