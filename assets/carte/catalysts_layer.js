/**
 * The catalysts over the values, when the address says `catalyseurs=1`: the marks of the page of the catalysts, and
 * its card when one is clicked. Nothing is asked for before the layer is switched on.
 */

import { createCard } from "../catalyseurs/card.js";
import { addOrganisations, drawOrganisations, keepOnTop, openedAt, organisationAt } from "../catalyseurs/marks.js";
import { completeWords } from "../catalyseurs/words.js";
import { make } from "./keeping.js";
import { getJSON, NetworkError } from "./requests.js";

const STYLE = "catalyseurs/marks.css";
const SPRITE = "catalyseurs-formes";
const SVG = "http://www.w3.org/2000/svg";

function checkbox(id, text) {
  const box = Object.assign(make("input"), { type: "checkbox", id });
  const label = make("label", "", text);
  label.htmlFor = id;
  return [box, make("div", "background-switch", box, label)];
}

/** The shapes of the families, once in the page, for the card. */
function addShapes(families) {
  if (document.getElementById(SPRITE)) return;
  const sprite = document.createElementNS(SVG, "svg");
  sprite.id = SPRITE;
  sprite.setAttribute("aria-hidden", "true");
  sprite.setAttribute("width", "0");
  sprite.setAttribute("height", "0");
  sprite.style.position = "absolute";
  for (const { id, shape } of families) {
    const symbol = document.createElementNS(SVG, "symbol");
    symbol.id = `forme-${id}`;
    symbol.setAttribute("viewBox", "0 0 16 16");
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", shape);
    symbol.append(path);
    sprite.append(symbol);
  }
  document.body.append(sprite);
}

/** The stylesheet of marks and cards, beside this module under the same hash; the colours of families are in it. */
function addStyle() {
  const link = Object.assign(make("link"), { rel: "stylesheet", href: new URL(`../${STYLE}`, import.meta.url).href });
  return new Promise((resolve, reject) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", () => reject(new NetworkError("Le réseau ne répond pas.")));
    document.head.append(link);
  });
}

/**
 * Make the layer and its switch.
 * @param {{stage: {node: HTMLElement}, beside: HTMLElement, palette: object, selection: object,
 *          fail: (message: string) => void}} given  `beside` is the node of the other switch of the map
 */
export function createCatalystsLayer({ stage, beside, palette, selection, fail }) {
  const [box, switchNode] = checkbox("carte-catalyseurs", "Catalyseurs");
  const [inventedBox, inventedNode] = checkbox("carte-catalyseurs-fictifs", "dont organisations fictives, inventées (marques creuses)");
  const node = make("div", "catalysts-switch", switchNode, inventedNode);
  let map = null;
  let held = null;
  let loading = null;
  let card = null;

  inventedNode.classList.add("is-invented");
  beside.append(node);
  inventedBox.checked = true;
  inventedNode.hidden = true;

  async function load() {
    const [words, { catalysts }] = await Promise.all([
      getJSON("/api/v1/catalysts/words"),
      getJSON("/api/v1/catalysts"),
      addStyle(),
    ]);
    held = { words: completeWords({ ...words, demonstration: true }), catalysts };
    addShapes(words.families);
    card = createCard(catalysts, held.words, () => {});
    stage.node.append(card.node);
    addOrganisations(map, held.words, palette);
    keepOnTop(map);
  }

  /** A click on an organisation opens it, and is not one on the territory beneath. */
  async function click(event) {
    const found = selection.current.catalysts ? organisationAt(map, event.point) : null;
    if (!found) {
      card?.hide();
      return;
    }
    event.preventDefault();
    const members = await openedAt(map, found);
    if (members) card.show(members);
  }

  /** Draw what the selection says. */
  async function show() {
    const { catalysts: isOn } = selection.current;
    box.checked = isOn;
    if (!map || (!isOn && !held)) return;
    try {
      // Once, however many times the switch is turned before all has come; a failure is tried again.
      loading ??= load();
      await loading;
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      loading = null;
      fail(error.message);
      return;
    }
    const shown = (each) => selection.current.catalysts && !each.near && (inventedBox.checked || !each.fictitious);
    const kept = held.catalysts.flatMap((each, i) => (shown(each) ? [i] : []));
    inventedNode.hidden = !selection.current.catalysts || !held.catalysts.some(({ fictitious }) => fictitious);
    drawOrganisations(map, kept, held.catalysts, held.words);
    card.hide();
  }

  box.addEventListener("change", () => selection.choose({ catalysts: box.checked }));
  inventedBox.addEventListener("change", show);
  selection.listen((now, before) => {
    if (now.catalysts !== before.catalysts) show();
  });
  show();

  return {
    /** Draw on a map, as soon as there is one, and before any other part listens to its clicks. */
    on(drawn) {
      map = drawn;
      map.on("click", click);
      return show();
    },
  };
}
