/**
 * Our nodes in the places that Dash lays out. Dash makes the page long after this code has started, and may make
 * it anew: each node stands in the place that waits for it, goes into its own whenever that appears, and keeps what it holds.
 */

const kept = new Map();

/** What the id of a place ends with until Dash has made its own (web/waiting.py). */
const WAITING = "-attente";

function settle() {
  for (const [id, { node }] of kept) {
    const place = document.getElementById(id) ?? document.getElementById(id + WAITING);
    if (!place || node.parentNode === place) continue;
    const focused = node.contains(document.activeElement) ? document.activeElement : null;
    const scrolled = [...node.querySelectorAll("*")].filter((each) => each.scrollTop > 0).map((each) => [each, each.scrollTop]);
    place.replaceChildren(node);
    for (const [each, top] of scrolled) each.scrollTop = top;
    focused?.focus({ preventScroll: true });
  }
  if ([...kept.keys()].some((id) => document.getElementById(id))) document.getElementById(`page${WAITING}`)?.remove();
}

/** Keep `node` in the element whose id is `id`, or in the one that waits for it. */
export function keepIn(id, node) {
  kept.set(id, { node });
  settle();
}

/** Keep the element of this id for nothing any more. */
export function letGo(id) {
  kept.delete(id);
}

/** Start watching `main` for places. */
export function watchPlaces(main) {
  new MutationObserver(settle).observe(main, { childList: true, subtree: true });
}

/** Make an element: `make("p", "classes", "text or nodes"…)`. */
export function make(tag, className = "", ...content) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...content);
  return element;
}

/** Resolve when an element of this id is on the page. */
export function onceThere(id) {
  return new Promise((resolve) => {
    const found = document.getElementById(id);
    if (found) {
      resolve(found);
      return;
    }
    const watch = new MutationObserver(() => {
      const element = document.getElementById(id);
      if (!element) return;
      watch.disconnect();
      resolve(element);
    });
    watch.observe(document, { childList: true, subtree: true });
  });
}
