/** Everything that understands and compares, under the sentence: the distribution, then the second indicator. */

import { writeAddress } from "../address.js";
import { createComparison } from "./comparison.js";
import { createDistribution } from "./distribution.js";
import { inTask } from "./task.js";

/** What makes a range mean the same: the values and the territories that are shown. */
const valuesOf = ({ level, indicator, strata, regions }) => [level, indicator, strata.join(), regions.join()].join("|");

/** Make the section, in `node`. @param {object} given  as for createCharts */
export function createSection(node, given) {
  const { palette, on } = given;
  const comparison = createComparison(given);
  const distribution = createDistribution({
    palette,
    on: {
      point: on.point,
      choose: on.choose,
      brush(indices) {
        brushed = indices;
        on.brush(indices);
        comparison.highlight(indices);
      },
    },
  });
  node.replaceChildren(distribution.node, comparison.node);
  let present = "";
  let brushed = null;

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !distribution.range) return;
    distribution.clear();
  });

  return {
    /** Show a view whose territories are known. */
    async show(view, chosen, isLast) {
      const values = valuesOf(view.selection);
      const keepRange = values === present;
      present = values;
      const read = await inTask("read", isLast, () => distribution.read(view, chosen));
      await inTask("draw", isLast, () => distribution.show(read, keepRange));
      if (!isLast()) return;
      await comparison.show(view, chosen, isLast);
      if (distribution.range) comparison.highlight(brushed);
      if (isLast()) node.dataset.shown = writeAddress(view.selection);
    },
    point(index) {
      distribution.point(index);
      comparison.point(index);
    },
  };
}
