/**
 * What the server says once, in a data block of the page: levels, sizes, statuses, indicators, regions,
 * named views, large towns. The words come from the Python model, so that they are written in one place.
 */

/**
 * @typedef {object} Vocabulary
 * @property {string} version        first characters of the version of the data, put in addresses as `v`
 * @property {string} maplibre       address of MapLibre's script
 * @property {string} address        the query of the page as the server read it, without what it ignored
 * @property {string} opening        id of the indicator shown first
 * @property {{id: string, label: string, criterion: string}[]} domains
 * @property {{id: string, label: string, domain: string}[]} indicators
 * @property {{id: string, singular: string, plural: string, feminine: boolean}[]} levels
 * @property {{id: string, label: string}[]} strata
 * @property {{id: string, label: string, fewer: string}[]} methods  `fewer`: why one may leave fewer classes
 * @property {{tiles: string, attribution: string}} background  the optional base map
 * @property {{id: string, label: string, explanation: string, missing: boolean, compared: boolean}[]} statuses
 *           in the order of their codes
 * @property {{code: string, name: string, bounds: number[]}[]} regions  in index order of the level region
 * @property {{id: string, label: string, bounds: number[]}[]} views     west, south, east, north, in degrees
 * @property {{name: string, lon: number, lat: number}[]} towns          the most inhabited first
 * @property {number[]} bounds       what the map shows first for this address
 */

/** Read the vocabulary of the page. @returns {Vocabulary} */
export function readVocabulary() {
  return JSON.parse(document.getElementById("carte-depart").textContent);
}

/** The words of a level. @param {Vocabulary} vocabulary @param {string} level */
export function levelWords(vocabulary, level) {
  return vocabulary.levels.find((each) => each.id === level);
}

/** An indicator as listed, or undefined. @param {Vocabulary} vocabulary @param {string} id */
export function listedIndicator(vocabulary, id) {
  return vocabulary.indicators.find((each) => each.id === id);
}

/** Whether territories of this level have a size of their own to be filtered by. */
export function hasOwnSize(level) {
  return level === "commune" || level === "epci";
}

/** Join a stratum label to a noun: "communes de moins de 2 000 habitants". @param {string} label */
export function ofSize(label) {
  return label.startsWith("de ") ? label : `de ${label}`;
}
