/** The selection in force: changed by choices, written to the address, told to those who show it. */

import { readAddress, replaceAddress, writeAddress } from "./address.js";
import { markChange } from "./timing.js";

/** Hold the selection of the page. @param {import("./vocabulary.js").Vocabulary} vocabulary */
export function createSelection(vocabulary) {
  let current = readAddress(location.search, vocabulary);
  const listeners = [];
  const tell = (before) => listeners.forEach((listener) => listener(current, before));

  addEventListener("popstate", () => {
    const read = readAddress(location.search, vocabulary);
    if (writeAddress(read) === writeAddress(current)) return;
    const before = current;
    current = read;
    tell(before);
  });

  return {
    get current() {
      return current;
    },
    /** Change some of the selection; the address follows at once. */
    choose(changes) {
      const next = { ...current, ...changes };
      const all = next.strata.length === vocabulary.strata.length;
      const order = vocabulary.strata.map(({ id }) => id);
      next.strata = all ? [] : order.filter((id) => next.strata.includes(id));
      if (writeAddress(next) === writeAddress(current)) return;
      markChange();
      const before = current;
      current = next;
      replaceAddress(current);
      tell(before);
    },
    /** Leave out a territory that does not exist; the address keeps it until something is chosen. */
    forgetTerritory() {
      current = { ...current, territory: null };
    },
    listen(listener) {
      listeners.push(listener);
    },
  };
}
