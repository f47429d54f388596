/** The order of the list: that of the directory, by distance from a place, or by the rule of the server. */

import { getJSON } from "../carte/requests.js";
import { distanceFrom } from "./distance.js";

/**
 * @typedef {object} Ranking
 * @property {number[]} order      positions of the organisations, in the order of the list
 * @property {(number | undefined)[]} km       by position of the organisation
 * @property {(string[] | undefined)[]} reasons by position of the organisation
 * @property {string} words       what is said of the order
 */

/** Names as the server orders them: by code point. */
const byName = (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1);

/** Make the orders of organisations. */
export function createOrdering(catalysts, words) {
  const everyone = catalysts.map((_, i) => i);
  const positions = new Map(catalysts.map(({ id }, i) => [id, i]));
  const plain = { order: everyone, km: [], reasons: [], words: "" };

  function near(point, radius) {
    const from = distanceFrom(point);
    const km = catalysts.map(({ lon, lat }) => (lon === undefined ? undefined : from(lon, lat)));
    const far = (i) => km[i] ?? Infinity;
    const order = everyone
      .filter((i) => !radius || far(i) <= radius)
      .sort((a, b) => far(a) - far(b) || byName(catalysts[a], catalysts[b]));
    const said = radius ? `Du plus proche au plus lointain, à moins de ${radius}\u00a0km.` : "Du plus proche au plus lointain.";
    return { order, km, reasons: [], words: said };
  }

  async function like({ level, code }) {
    const address = new URL(words.data, location.origin);
    address.pathname += `/like/${level}/${code}`;
    const { peers, sentence } = await getJSON(address.pathname + address.search);
    const km = [];
    const reasons = [];
    const order = peers.map((peer) => {
      const i = positions.get(peer.id);
      km[i] = peer.km ?? undefined;
      reasons[i] = peer.reasons;
      return i;
    });
    return { order, km, reasons, words: sentence };
  }

  /** The order for a mode, a place (`{level, code}`), its point, a radius. @returns {Promise<Ranking>} */
  return async function rank({ mode, place, point, radius }) {
    if (mode === "pres" && point) return near(point, radius);
    if (mode === "comme" && place) return like(place);
    return plain;
  };
}
