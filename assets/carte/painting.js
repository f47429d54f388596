/** Colours put on the map: one slot per territory, written only where it changes. */

import { LAND, NOTHING, OUTSIDE } from "./palette.js";
import { isCount } from "./figures.js";

/** The slot of each territory of a view. @returns {Uint8Array} */
export function slotsOf(view, palette) {
  const { figures, inside, classes } = view;
  const ofClass = palette.classSlots(figures);
  const counted = isCount(figures);
  const slots = new Uint16Array(classes.length);
  for (let i = 0; i < slots.length; i += 1) {
    if (!inside[i]) slots[i] = OUTSIDE;
    else if (Number.isNaN(figures.values[i])) slots[i] = NOTHING;
    else slots[i] = counted ? LAND : (ofClass[classes[i]] ?? LAND);
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
