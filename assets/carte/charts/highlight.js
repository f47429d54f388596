/** Some territories highlighted on the map, the others pale: colours only, so that the style never changes. */

import { isCount } from "../figures.js";
import { slotsOf } from "../painting.js";
import { BRUSHED, OUTSIDE } from "../palette.js";

/** The slots of a view with some territories highlighted. @param {number[]} indices @returns {Uint16Array} */
export function highlightedSlots(view, palette, indices) {
  const slots = slotsOf(view, palette);
  const kept = new Uint8Array(slots.length);
  for (const index of indices) kept[index] = 1;
  return slots.map((slot, index) => (kept[index] ? BRUSHED : view.inside[index] ? OUTSIDE : slot));
}

/** The colour of circles when some territories are highlighted, or of all of them for null. */
export function circleColour(view, palette, indices) {
  const usual = view.figures.direction !== 0 ? palette.circle.fragile : palette.circle.context;
  if (indices === null) return usual;
  if (indices.length === 0) return palette.faded;
  return ["match", ["get", "i"], indices, palette.colours[BRUSHED], palette.faded];
}

/**
 * Highlight territories of the view that is shown, or none for null.
 * @param {(level: string, slots: Uint16Array) => void} paint  as made by createPainting
 */
export function highlight(map, paint, view, palette, indices) {
  const { level } = view.selection;
  if (isCount(view.figures)) {
    if (map.getLayer("cercles")) map.setPaintProperty("cercles", "circle-color", circleColour(view, palette, indices));
    return;
  }
  paint(level, indices === null ? slotsOf(view, palette) : highlightedSlots(view, palette, indices));
}
