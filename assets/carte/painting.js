/** Colours put on the map: one slot per territory, written only where it changes. */

import { LAND, MISSED, NOTHING, OUTSIDE } from "./palette.js";
import { isCount } from "./figures.js";

/** The slot of each territory of a view. @returns {Uint8Array} */
export function slotsOf(view, palette) {
  const { figures, inside, classes, ground } = view;
  const { values, status } = figures;
  const ofClass = isCount(figures) ? new Uint16Array(0) : Uint16Array.from(palette.classSlots(figures));
  const slots = new Uint16Array(classes.length);
  for (let i = 0; i < slots.length; i += 1) {
    const k = classes[i];
    if (inside[i] === 0) slots[i] = OUTSIDE;
    else if (values[i] !== values[i]) slots[i] = status[i] === ground ? NOTHING : MISSED;
    else slots[i] = k >= 0 && k < ofClass.length ? ofClass[k] : LAND;
  }
  return slots;
}

/** Remember, per level, what each territory shows. */
export function createPainting(map) {
  const held = new Map();

  /** Colour the territories of a level; returns how many changed. */
  return function paint(level, slots) {
    if (!held.has(level)) held.set(level, new Uint16Array(slots.length));
    const before = held.get(level);
    const feature = { source: level, sourceLayer: level, id: 0 };
    let changed = 0;
    for (let i = 0; i < slots.length; i += 1) {
      if (before[i] === slots[i]) continue;
      feature.id = i;
      map.setFeatureState(feature, { k: slots[i] });
      changed += 1;
    }
    held.set(level, slots);
    return changed;
  };
}
