/** The address is the only state: what is chosen, read from the query and written back to it. */

/**
 * @typedef {object} Selection
 * @property {string} level       commune, epci, departement or region
 * @property {string} indicator   id of the catalogue
 * @property {string[]} strata    sizes kept, in canonical order; empty: all
 * @property {string[]} regions   codes of the regions kept, sorted; empty: all
 * @property {?string} territory  code at `level` of the territory that is marked
 */

/**
 * Read a selection from a query such as "?niveau=commune". What is not known falls back without a word:
 * the server has already said so in the notices of the page.
 * @param {string} search
 * @param {import("./vocabulary.js").Vocabulary} vocabulary
 * @returns {Selection}
 */
export function readAddress(search, vocabulary) {
  const query = new URLSearchParams(search);
  const first = (name, known) => query.getAll(name).find((value) => value !== "" && known(value));
  const asked = new Set(query.getAll("taille"));
  const strata = vocabulary.strata.map(({ id }) => id).filter((id) => asked.has(id));
  const codes = new Set(vocabulary.regions.map(({ code }) => code));
  return {
    level: first("niveau", (word) => vocabulary.levels.some(({ id }) => id === word)) ?? "commune",
    indicator:
      first("indicateur", (word) => vocabulary.indicators.some(({ id }) => id === word)) ?? vocabulary.opening,
    strata: strata.length === vocabulary.strata.length ? [] : strata,
    regions: [...new Set(query.getAll("region"))].filter((code) => codes.has(code)).sort(),
    territory: first("territoire", (code) => /^[0-9A-Za-z]{1,12}$/.test(code)) ?? null,
  };
}

/** Write a selection as a query, in canonical order and without what is empty. @param {Selection} selection */
export function writeAddress(selection) {
  const query = new URLSearchParams({ niveau: selection.level, indicateur: selection.indicator });
  for (const stratum of selection.strata) query.append("taille", stratum);
  for (const region of selection.regions) query.append("region", region);
  if (selection.territory !== null) query.append("territoire", selection.territory);
  return query.toString();
}

/** Put a selection in the address bar; the present history entry keeps what else it holds. */
export function replaceAddress(selection) {
  history.replaceState(history.state, "", `${location.pathname}?${writeAddress(selection)}`);
}
