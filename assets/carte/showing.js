/** From a selection to the screen: ask for what is missing, then draw the map, the legend, the list, the sentence. */

import { writeAddress } from "./address.js";
import { isCount, readFigures } from "./figures.js";
import { getJSON, NetworkError } from "./requests.js";
import { summarySentence } from "./summary.js";
import { markPainted } from "./timing.js";
import { lookAt, needsPlaces } from "./view.js";

/** Figures made once per answer. */
const figuresOf = new WeakMap();

async function loadFigures(address) {
  const answer = await getJSON(address);
  if (!figuresOf.has(answer)) figuresOf.set(answer, readFigures(answer));
  return figuresOf.get(answer);
}

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

/**
 * Make the function that shows a selection.
 * @param {{vocabulary: object, addresses: object, places: object, parts: object}} given
 *        `parts`: atlas (or null), legend, listing, heading, notices, onView(view, chosen), onUnknown() when the territory of the address does not exist
 */
export function createShowing({ vocabulary, addresses, places, parts }) {
  let turns = 0;

  /** Say the sentence about the followed territory, or about the whole view. */
  async function say(view, chosen, isLast) {
    const { territory } = view.selection;
    if (chosen < 0) {
      parts.heading.say(summarySentence(view), "");
      return;
    }
    const answer = await getJSON(addresses.territory(view.selection, territory));
    if (isLast()) parts.heading.say(answer.sentence, answer.name);
  }

  async function draw(selection, isLast) {
    const coming = places.load(selection.level);
    coming.catch(() => {});
    const figures = await loadFigures(addresses.values(selection));
    if (needsPlaces(selection) || isCount(figures)) await coming;
    if (!isLast()) return;
    let view = lookAt(selection, vocabulary, figures, places.now(selection.level));
    const painted = parts.atlas()?.show(view);
    parts.legend.show(view, parts.atlas()?.map.getZoom() ?? 5);
    parts.heading.describe(figures);
    parts.heading.offer(view);
    await nextFrame();
    if (!view.places) {
      const columns = await coming;
      if (!isLast()) return;
      view = lookAt(selection, vocabulary, figures, columns);
    }
    const chosen = selection.territory === null ? -1 : view.places.indexOf(selection.territory);
    if (selection.territory !== null && chosen < 0) parts.onUnknown();
    parts.onView(view, chosen);
    parts.listing.show(view, chosen);
    await say(view, chosen, isLast);
    await painted;
    if (!isLast()) return;
    markPainted(writeAddress(selection));
    await nextFrame();
    if (isLast()) parts.atlas()?.finish(view, isLast);
  }

  return async function show(selection) {
    turns += 1;
    const turn = turns;
    parts.heading.announce(selection.indicator);
    try {
      await draw(selection, () => turn === turns);
      if (turn === turns) parts.notices.clear();
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      if (turn === turns) parts.notices.fail(`${error.message} Ce qui est affiché n’a pas changé.`, () => show(selection));
    }
  };
}
