/** The second map: another indicator beside the first, on the same territories, looking at the same place. */

import { createAtlas } from "../atlas.js";
import { make } from "../keeping.js";
import { createLegend } from "../legend.js";
import { watchPointer } from "../pointing.js";
import { createTip } from "../tip.js";

/** The zoom lost where a map has half the width: most of what was in sight still is. */
const HALF = 0.6;

/** How much what two maps show is lifted above their legends (pixels). */
const LIFT = 56;

/** Let two maps always look at the same place; returns what ends it. */
function lookTogether(a, b) {
  let isLed = false;
  const follow = (leader, other) => () => {
    if (isLed) return;
    isLed = true;
    other.jumpTo({ center: leader.getCenter(), zoom: leader.getZoom() });
    isLed = false;
  };
  const [fromA, fromB] = [follow(a, b), follow(b, a)];
  a.on("move", fromA);
  b.on("move", fromB);
  return () => a.off("move", fromA);
}

/** The ids of a part that stands twice on the page are its own. */
function renamed(part, id) {
  const element = part.querySelector("[id]");
  element.id = id;
  part.querySelector("[aria-controls]")?.setAttribute("aria-controls", id);
}

/**
 * Make the second map on the stage of the first.
 * @param {{stage: HTMLElement, first: object, bounds: ?number[], isFramed: boolean, background: boolean, vocabulary: object, addresses: object, palette: object,
 *          on: {point: Function, choose: Function, look: Function}}} given  `first`: the atlas of the first map;
 *        `bounds`: what both should show, if nobody chose; `isFramed`: the first already looks where two maps should
 */
export async function createTwin({ stage, first, bounds, isFramed, background, vocabulary, addresses, palette, on }) {
  const title = make("h2", "");
  const about = make("p", "");
  const head = make("div", "twin-title", title, about);
  const canvas = make("div", "twin-map");
  const failure = make("p", "twin-failure");
  failure.setAttribute("role", "status");
  const legend = createLegend(palette);
  renamed(legend.node, "carte-legende-seconde");
  legend.node.setAttribute("aria-label", "Légende de la seconde carte");
  const node = make("section", "twin", canvas, head, failure, legend.node);
  node.setAttribute("aria-label", "Seconde carte");
  const tip = createTip(node);
  tip.node.id = "carte-repere-seconde";
  node.append(tip.node);
  const lost = makeRoom();

  /** Give half of the stage to the second map, and keep what was in sight in sight; returns the zoom that is lost. */
  function makeRoom() {
    const zoom = first.map.getZoom();
    stage.append(node);
    stage.classList.add("is-double");
    first.map.resize();
    if (bounds) {
      first.goTo(bounds, { atOnce: true, closest: zoom });
      // Side by side, the legend takes the bottom of a map that is taller than what it shows.
      if (node.offsetLeft > 0) first.map.panBy([0, LIFT], { duration: 0 });
    }
    if (!bounds && !isFramed) first.map.jumpTo({ zoom: zoom - HALF });
    return zoom - first.map.getZoom();
  }

  function leave() {
    node.remove();
    stage.classList.remove("is-double");
    first.map.resize();
    first.map.jumpTo({ zoom: first.map.getZoom() + lost });
  }

  const seen = first.map.getCenter();
  const camera = [first.map.getZoom(), seen.lat, seen.lng];
  const onFailure = () => (failure.textContent = "Une partie de la seconde carte n’est pas arrivée.");
  let atlas;
  try {
    const drawn = { vocabulary, addresses, palette, camera, onCamera: on.look, onFailure };
    // The first map says it when the base map does not come.
    atlas = await createAtlas(canvas, { ...drawn, background, onBackgroundSilence: () => {} });
  } catch (error) {
    leave();
    throw error;
  }
  atlas.map.jumpTo({ center: first.map.getCenter(), zoom: first.map.getZoom() });
  const part = lookTogether(first.map, atlas.map);
  let view = null;

  watchPointer(atlas.map, canvas, {
    at: atlas.at,
    point(index, at, isNew) {
      if (!isNew && index >= 0) tip.say(view, index, at);
      if (isNew) on.point(index);
      if (index < 0) tip.hide();
    },
    choose: on.choose,
  });
  atlas.map.on("zoomend", () => legend.zoomed(atlas.map.getZoom()));

  return {
    node,
    /** Draw a view; resolves when its colours are on screen. */
    async show(next, chosen, isLast) {
      view = next;
      const { label, unit, vintage, source } = view.figures;
      title.textContent = label;
      about.textContent = [unit === "oui/non" ? "oui ou non" : unit, vintage, source].filter(Boolean).join(" · ");
      failure.textContent = "";
      tip.hide();
      legend.show(view, atlas.map.getZoom());
      await atlas.show(view);
      if (!isLast()) return;
      atlas.follow(view, chosen);
      await atlas.finish(view, isLast);
    },
    point(index) {
      if (!view) return;
      atlas.point(index);
      if (index < 0) {
        tip.hide();
        return;
      }
      const at = atlas.project(view.places.lon[index], view.places.lat[index]);
      const inSight = at.x >= 0 && at.y >= 0 && at.x <= node.clientWidth && at.y <= node.clientHeight;
      if (inSight) tip.say(view, index, at);
      else tip.hide();
    },
    highlight: (indices) => atlas.highlight(indices),
    /** Leave the first map alone on the stage. */
    remove() {
      part();
      atlas.map.remove();
      leave();
    },
  };
}
