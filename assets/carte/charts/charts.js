/**
 * The charts beside the map, made when the map is on screen: each drawing is a task of its own, so that the map
 * never waits.
 */

import { make } from "../keeping.js";
import { createSection } from "./section.js";

/** A view of which only some territories are kept in the list (null: all of them). Ranks stay those of the view. */
export function narrowed(view, indices) {
  if (indices === null) return view;
  const inside = new Uint8Array(view.inside.length);
  for (const index of indices) inside[index] = 1;
  return { ...view, inside, shown: indices.length };
}

/**
 * Make the charts.
 * @param {object} given
 *   vocabulary, addresses, palette
 *   stage     element on which the maps stand
 *   atlas()   the first map, or null
 *   on.point(index) on.choose(index) on.look(camera) on.change(changes of the selection)
 *   on.brush(indices)  the territories to highlight, or null
 */
export function createCharts(given) {
  const node = make("div", "charts");
  let section = null;
  let turns = 0;

  return {
    node,
    /** Show a view whose territories are known and whose map is painted. */
    async show(view, chosen) {
      turns += 1;
      const turn = turns;
      section ??= createSection(node, given);
      await section.show(view, chosen, () => turn === turns);
    },
    /** Mark the territory that is pointed at elsewhere (−1: none). */
    point(index) {
      section?.point(index);
    },
  };
}
