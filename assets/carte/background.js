/**
 * The optional base map. The page may ask another host only when its address says so (the server opens its policy
 * for that address alone): switching it on or off is going to another address.
 */

import { writeAddress } from "./address.js";
import { make } from "./keeping.js";
import { setBackground, unsetBackground } from "./levels.js";

/** Make the switch. `current()` is the selection in force. */
export function createBackgroundSwitch(vocabulary, current) {
  const box = Object.assign(make("input"), { type: "checkbox", id: "carte-fond" });
  const label = make("label", "", "Fond de carte IGN");
  label.htmlFor = box.id;
  const credit = make("p", "background-credit", vocabulary.background.attribution);
  credit.hidden = !current().background;
  box.checked = current().background;
  const node = make("div", "background", make("div", "background-switch", box, label));
  box.addEventListener("change", () => {
    location.assign(`${location.pathname}?${writeAddress({ ...current(), background: box.checked })}`);
  });
  return { node, credit };
}

/**
 * Draw the base map under the values of a map, and take it off when its host does not answer.
 * @param {object} map
 * @param {{tiles: string, attribution: string}} background
 * @param {() => void} onSilence  called once, when the base map does not come
 * @returns {(error: object) => boolean} whether an error of the map is the base map's
 */
export function drawBackground(map, background, onSilence) {
  setBackground(map, background);
  let isDrawn = true;
  return ({ sourceId }) => {
    if (sourceId !== "fond-ign") return false;
    if (isDrawn) {
      isDrawn = false;
      unsetBackground(map);
      onSilence();
    }
    return true;
  };
}
