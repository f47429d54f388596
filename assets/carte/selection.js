/** The selection in force: changed by choices, written to the address, told to those who show it. */

import { MANUAL, readAddress, replaceAddress, USUAL_METHOD, writeAddress } from "./address.js";
import { markChange } from "./timing.js";

/** What a reference may be besides the code of a territory. */
export const NAMED_REFERENCES = new Set(["france", "region", "taille"]);

/** Hold the selection of the page. @param {import("./vocabulary.js").Vocabulary} vocabulary */
export function createSelection(vocabulary) {
  // As the server read it: the page has said what was ignored.
  let current = readAddress(vocabulary.address, vocabulary);
  let seen = location.search;
  const listeners = [];
  const tell = (before) => listeners.forEach((listener) => listener(current, before));

  addEventListener("popstate", () => {
    if (location.search === seen) return;
    seen = location.search;
    const read = readAddress(seen, vocabulary);
    const before = current;
    current = read;
    tell(before);
  });

  /** What cannot be said together is left out, so that what is written is what is read back. */
  function agreed(next, changes) {
    const all = next.strata.length === vocabulary.strata.length;
    const order = vocabulary.strata.map(({ id }) => id);
    // Bounds chosen for one indicator mean nothing for another; codes of one level, nothing at another.
    const isOther = next.indicator !== current.indicator && !changes.bounds;
    const method = isOther && next.method === MANUAL ? USUAL_METHOD : next.method;
    const hasMoved = next.level !== current.level;
    const isCode = !NAMED_REFERENCES.has(next.reference);
    return {
      ...next,
      strata: all ? [] : order.filter((id) => next.strata.includes(id)),
      method,
      bounds: method === MANUAL ? next.bounds : [],
      reference: hasMoved && isCode && !("reference" in changes) ? null : next.reference,
      pins: hasMoved && !changes.pins ? [] : next.pins,
      comparison: next.second ? next.comparison : "cartes",
    };
  }

  function write() {
    replaceAddress(current);
    seen = location.search;
  }

  return {
    get current() {
      return current;
    },
    /** Change some of the selection; the address follows at once. */
    choose(changes) {
      const next = agreed({ ...current, ...changes }, changes);
      if (writeAddress(next) === writeAddress(current)) return;
      markChange();
      const before = current;
      current = next;
      tell(before);
      write();
    },
    /** Keep where the map looks in the address; nothing that is shown changes. */
    look(camera) {
      current = { ...current, camera };
      write();
    },
    listen(listener) {
      listeners.push(listener);
    },
  };
}
