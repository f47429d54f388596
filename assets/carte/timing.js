/** Marks that tell benchmarks and tests when a change was asked for and when it is on screen. */

const root = document.documentElement;

/** A change of what is shown was asked for. */
export function markChange() {
  delete root.dataset.painted;
  performance.mark("territoires:change");
}

/** The map shows what was asked for; what stands beside it may follow. */
export function markMapPainted() {
  performance.mark("territoires:painted");
  document.dispatchEvent(new Event("territoires:painted"));
}

/** Everything asked for is on screen; `address` is the query that it answers. */
export function markPainted(address) {
  root.dataset.painted = address;
}
