/** Requests for data: each address is asked for once, and a failure says so in words fit for a person. */

import { cutParameters } from "./address.js";

export class NetworkError extends Error {}

const answers = new Map();

async function ask(address) {
  let response;
  try {
    response = await fetch(address);
  } catch {
    throw new NetworkError("Le réseau ne répond pas.");
  }
  if (!response.ok) {
    throw new NetworkError(
      response.status === 404 ? "Ces données n’existent pas." : "Le serveur n’a pas pu répondre.",
    );
  }
  return response.json();
}

/** Return the JSON at an address of this site; asked again only after a failure. @param {string} address */
export function getJSON(address) {
  if (!answers.has(address)) {
    const answer = ask(address);
    answers.set(address, answer);
    answer.catch(() => answers.delete(address));
  }
  return answers.get(address);
}

/** The addresses of the data, which name its version so that they are kept for a year. */
export function dataAddresses(version) {
  const query = (pairs) => new URLSearchParams([...pairs, ["v", version]]).toString();
  const sizes = (strata) => strata.map((stratum) => ["taille", stratum]);
  const inRegions = (regions) => regions.map((region) => ["region", region]);
  return {
    /** The territories of a level, as columns. */
    territories: (level) => `/api/v1/territories/${level}?${query([])}`,
    /** The values of an indicator at a level, and their classes. */
    values: (selection) =>
      `/api/v1/values/${selection.level}/${selection.indicator}?${query([...sizes(selection.strata), ...cutParameters(selection)])}`,
    /** The classes alone. */
    classes: (selection) =>
      `/api/v1/classes/${selection.level}/${selection.indicator}?${query([...sizes(selection.strata), ...cutParameters(selection)])}`,
    /** The sentence of a selection, and the value that its territories are compared with. */
    sentence: ({ level, indicator, strata, regions, territory, reference }) =>
      `/api/v1/sentence/${level}/${indicator}?${query([
        ...sizes(strata),
        ...inRegions(regions),
        ...(territory ? [["territoire", territory]] : []),
        ...(reference ? [["reference", reference]] : []),
      ])}`,
    /** One territory, with the sentence about an indicator. */
    territory: ({ level, indicator, strata }, code) =>
      `/api/v1/territories/${level}/${code}?${query([["indicateur", indicator], ...sizes(strata)])}`,
    /** The tiles of a level, as a template. */
    tiles: (level) => `${location.origin}/tuiles/${level}/{z}/{x}/{y}.mvt?${query([])}`,
  };
}
