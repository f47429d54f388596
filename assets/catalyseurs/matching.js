/** The filters, in the browser: the same rules as catalysts/filtering.py, fast enough to follow the keys. */

import { normalise } from "../carte/formats.js";

const FACETS = ["region", "kind", "domain", "trade", "level", "stratum"];

/** What an organisation has for each facet, as a list. */
function valuesOf(each, words) {
  return [
    each.region ? [each.region] : [],
    [each.kind],
    (each.domains ?? []).map((n) => words.domains[n].id),
    each.trades ?? [],
    each.level ? [each.level] : [],
    each.sizes ?? [],
  ];
}

/** Everything that words may be found in. */
function textOf(each, words) {
  return [
    each.name,
    each.town ?? "",
    words.departements[each.departement] ?? "",
    words.regionNames.get(each.region) ?? "",
    words.kinds[each.kind],
    ...(each.domains ?? []).map((n) => words.domains[n].label),
    ...(each.trades ?? []).map((trade) => words.trades[trade]),
    each.presentation ?? "",
  ].join(" ");
}

/**
 * Make the filter of organisations.
 * @param {object[]} catalysts  as the server sends them
 * @returns {(order: number[], chosen: import("./address.js").Chosen) => {kept: number[], counts: Map<string, number>[], everyone: number[], networks: number}}
 *   `kept` are positions in the order given; `counts` and `everyone` follow `FACETS`
 */
export function createMatching(catalysts, words) {
  const texts = catalysts.map((each) => ` ${normalise(textOf(each, words))}`);
  const values = catalysts.map((each) => valuesOf(each, words));

  return function match(order, { filters, networks }) {
    const wanted = normalise(filters.text).split(" ").filter(Boolean).map((word) => ` ${word}`);
    const asked = FACETS.map((name) => filters[name]);
    const counts = FACETS.map(() => new Map());
    const everyone = FACETS.map(() => 0);
    const kept = [];
    let near = 0;
    const count = (facet, own) => {
      everyone[facet] += 1;
      for (const value of own[facet]) counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1);
    };
    for (const i of order) {
      if (!wanted.every((word) => texts[i].includes(word))) continue;
      const own = values[i];
      let failed = 0;
      let last = -1;
      for (let facet = 0; facet < asked.length; facet += 1) {
        if (asked[facet] && !own[facet].includes(asked[facet])) {
          failed += 1;
          last = facet;
        }
      }
      if (catalysts[i].near) {
        if (failed === 0) near += 1;
        if (!networks) continue;
      }
      if (failed === 0) {
        kept.push(i);
        for (let facet = 0; facet < asked.length; facet += 1) count(facet, own);
      } else if (failed === 1) count(last, own);
    }
    return { kept, counts, everyone, networks: near };
  };
}

export { FACETS };
