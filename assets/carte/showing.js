/** From a selection to the screen: ask for what is missing, then draw the map, the legend, the list, the sentence. */

import { writeAddress } from "./address.js";
import { isCount } from "./figures.js";
import { loadFigures } from "./loading.js";
import { getJSON, NetworkError } from "./requests.js";
import { markMapPainted, markPainted } from "./timing.js";
import { lookAt, needsPlaces } from "./view.js";

/** How long (ms) the list waits for the map. */
const PATIENCE = 400;

/**
 * How long (ms) the name of an indicator waits for its map. On a quick network they change together: drawing the
 * page twice would take from the map the time that it needs.
 */
const TOGETHER = 150;

const later = (delay) => new Promise((resolve) => setTimeout(resolve, delay));
const nextFrame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

/**
 * Make the function that shows a selection.
 * @param {{vocabulary: object, addresses: object, places: object, parts: object}} given
 *        `parts`: atlas() (or null), legend, listing, charts, heading, notices, onView(view, chosen)
 */
export function createShowing({ vocabulary, addresses, places, parts }) {
  let turns = 0;
  let hasDrawn = false;
  let described = null;
  let announcing = 0;

  /** Name the indicator of a selection: at once at a first visit, else with its map or when that is late. */
  function announce({ indicator }, delay) {
    clearTimeout(announcing);
    if (delay === 0) parts.heading.announce(indicator);
    else announcing = setTimeout(() => parts.heading.announce(indicator), delay);
  }

  /** Say the sentence about the followed territory, or about the whole view. */
  async function say(selection, isLast) {
    const answer = await getJSON(addresses.sentence(selection));
    if (isLast()) parts.heading.say(answer, selection);
  }

  async function draw(selection, isLast) {
    const isFirst = !hasDrawn;
    // On a first visit the territories (their names, their people) come after the map, unless it is made of them.
    if (!isFirst || needsPlaces(selection)) places.load(selection.level).catch(() => {});
    const figures = await loadFigures(addresses, selection);
    if (needsPlaces(selection) || isCount(figures)) await places.load(selection.level);
    if (!isLast()) return;
    let view = lookAt(selection, vocabulary, figures, places.now(selection.level));
    const shown = Promise.resolve(parts.atlas()?.show(view)).then(() => isLast() && markMapPainted());
    const describe = () => {
      announce(selection, 0);
      described = selection;
      parts.legend.show(view, parts.atlas()?.map.getZoom() ?? 5);
      parts.heading.describe(figures);
      parts.heading.offer(view);
    };
    // The map first, then its legend, in the same frame. Neither waits for a flight to end; at a first visit the
    // legend does not wait for the tiles.
    if (isFirst) describe();
    await (isFirst ? shown : Promise.race([shown, later(PATIENCE)]));
    if (!isLast()) return;
    if (!isFirst) describe();
    const saying = say(selection, isLast);
    saying.catch(() => {});
    hasDrawn = true;
    if (!view.places) {
      const columns = await places.load(selection.level);
      if (!isLast()) return;
      view = lookAt(selection, vocabulary, figures, columns);
    }
    const chosen = selection.territory === null ? -1 : view.places.indexOf(selection.territory);
    parts.onView(view, chosen);
    parts.listing.show(view, chosen);
    await shown;
    await saying;
    if (!isLast()) return;
    markPainted(writeAddress(selection));
    await nextFrame();
    if (!isLast()) return;
    parts.charts.show(view, chosen);
    parts.atlas()?.finish(view, isLast);
  }

  return async function show(selection) {
    turns += 1;
    const turn = turns;
    announce(selection, hasDrawn ? TOGETHER : 0);
    try {
      await draw(selection, () => turn === turns);
      if (turn === turns) parts.notices.clear();
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      if (turn !== turns) return;
      if (described) announce(described, 0);
      parts.notices.fail(`${error.message} Ce qui est affiché n’a pas changé.`, () => show(selection));
    }
  };
}
