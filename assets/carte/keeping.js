/**
 * Our nodes in the places that Dash lays out. Dash makes the page after this code has started and may make it
 * anew: each node goes into its place whenever the place appears, and keeps what it holds.
 */

const kept = new Map();

function settle() {
  for (const [id, { node, settled }] of kept) {
    const place = document.getElementById(id);
    if (!place || node.parentNode === place) continue;
    place.replaceChildren(node);
    settled?.();
  }
}

/** Keep `node` in the element whose id is `id`; `settled` is called each time it is put there. */
export function keepIn(id, node, settled) {
  kept.set(id, { node, settled });
  settle();
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
