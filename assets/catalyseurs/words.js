/**
 * What the server says once, in a data block of the page: the families and their shapes, kinds, trades, domains,
 * regions; where the organisations are. The words come from the Python model, so that they are written in one place.
 */

/**
 * @typedef {object} Words
 * @property {{id: string, label: string, shape: string, kinds: string[]}[]} families  in the order of the rings
 * @property {Record<string, string>} kinds
 * @property {Record<string, string>} trades
 * @property {{id: string, label: string, short: string}[]} domains
 * @property {{code: string, name: string, bounds: number[]}[]} regions
 * @property {Record<string, string>} departements
 * @property {{id: string, label: string, bounds: number[]}[]} views
 * @property {string} version        first characters of the version of the territories
 * @property {string} maplibre       address of MapLibre's script
 * @property {string} data           address of the organisations
 * @property {boolean} demonstration whether fictitious organisations may be shown
 * @property {number} length         organisations on one page of the list
 */

/** Read the words of the page. @returns {Words} */
export function readWords() {
  return completeWords(JSON.parse(document.getElementById("catalyseurs-depart").textContent));
}

/** Add what is looked up to the words as they are sent. */
export function completeWords(words) {
  const family = new Map(words.families.flatMap(({ id, kinds }, n) => kinds.map((kind) => [kind, { id, n }])));
  return {
    ...words,
    /** The position of the family of a kind. */
    familyIndex: (kind) => family.get(kind).n,
    /** The word of the family of a kind. */
    familyOf: (kind) => family.get(kind).id,
    regionNames: new Map(words.regions.map(({ code, name }) => [code, name])),
    /** An address of this site that keeps the choice to hide what is invented. */
    keep: (address) => (words.demonstration ? address : `${address}${address.includes("?") ? "&" : "?"}demonstration=0`),
  };
}

/** Domains as a line: "Santé, mobilité", or "Les 16 domaines". @param {number[]} positions */
export function domainsWords(words, positions) {
  if (positions.length === words.domains.length) return `Les ${positions.length} domaines`;
  const said = positions.map((n) => words.domains[n].short).join(", ");
  return said.charAt(0).toUpperCase() + said.slice(1);
}
