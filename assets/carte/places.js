/** The territories of a level, as columns in index order, and the way from one level to another. */

import { getJSON } from "./requests.js";

/** From the finest to the largest; each is made of territories of those before it. */
const ORDER = ["commune", "epci", "departement", "region"];

/** Names as they are printed: with the apostrophe of French typography. */
const printed = (names) => names.map((name) => name.replaceAll("'", "’"));

/** Make the reader of territories. */
export function createPlaces(addresses) {
  const known = new Map();

  async function load(level) {
    if (known.has(level)) return known.get(level);
    const [columns, departements] = await Promise.all([
      getJSON(addresses.territories(level)),
      level === "commune" || level === "epci" ? getJSON(addresses.territories("departement")) : null,
    ]);
    const positions = new Map(columns.code.map((code, index) => [code, index]));
    const places = {
      ...columns,
      name: printed(columns.name),
      departementNames: departements && printed(departements.name),
      indexOf: (code) => positions.get(code) ?? -1,
    };
    known.set(level, places);
    return places;
  }

  return {
    load,
    /** The columns of a level if they are here already, or null. */
    now: (level) => known.get(level) ?? null,

    /** The code at level `to` of the territory that holds the one at level `from`, or null. */
    async parentOf(from, code, to) {
      if (code === null || ORDER.indexOf(to) <= ORDER.indexOf(from)) return null;
      const [lower, upper] = await Promise.all([load(from), load(to)]);
      const index = lower.indexOf(code);
      const parent = index >= 0 ? lower[to][index] : -1;
      return parent >= 0 ? upper.code[parent] : null;
    },
  };
}
