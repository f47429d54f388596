/** The figures of a selection: values that are asked for once, and the classes or the reference that go with it. */

import { USUAL_CLASSES, USUAL_METHOD } from "./address.js";
import { readFigures, recut } from "./figures.js";
import { getJSON } from "./requests.js";
import { hasOwnSize } from "./vocabulary.js";

/** Figures made once per answer. */
const figuresOf = new WeakMap();

function figuresIn(answer) {
  if (!figuresOf.has(answer)) figuresOf.set(answer, readFigures(answer));
  return figuresOf.get(answer);
}

/** The selection whose answer holds the values, and whether its classes are another answer. */
function split(selection) {
  // Communes and EPCI have the same values whatever the sizes kept: only the classes change.
  if (!hasOwnSize(selection.level)) return { held: selection, apart: false };
  const held = { ...selection, strata: [], method: USUAL_METHOD, classes: USUAL_CLASSES, bounds: [] };
  const { strata, method, classes } = selection;
  return { held, apart: strata.length > 0 || method !== USUAL_METHOD || classes !== USUAL_CLASSES };
}

/**
 * Load the figures of a selection, cut and compared as it says: at most one request is new for a change of
 * indicator, of size, or of method.
 * @param {object} addresses
 * @param {import("./address.js").Selection} selection
 * @returns {Promise<import("./figures.js").Figures>}
 */
export async function loadFigures(addresses, selection) {
  const { held, apart } = split(selection);
  const [answer, classes, said] = await Promise.all([
    getJSON(addresses.values(held)),
    apart ? getJSON(addresses.classes(selection)) : null,
    selection.reference ? getJSON(addresses.sentence(selection)) : null,
  ]);
  return recut(figuresIn(answer), classes, said?.reference ?? null);
}
