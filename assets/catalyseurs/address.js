/** What is chosen, and the address that says it: the same names, in the same order, as web/directory/address.py. */

/** The query name of each filter. */
export const FILTERS = {
  text: "q",
  region: "region",
  domain: "domaine",
  kind: "type",
  trade: "metier",
  level: "echelon",
  stratum: "taille",
};

/**
 * @typedef {object} Chosen
 * @property {Record<keyof FILTERS, string>} filters   an empty text leaves nothing out
 * @property {boolean} networks                        near networks shown too
 * @property {"" | "pres" | "comme"} mode
 * @property {{level: string, code: string} | null} place
 * @property {number} radius                           in km; 0 for none
 */

/** Read what the fields of the page say: the server has understood the address already. @returns {Chosen} */
export function readChosen(form, placeForm) {
  const given = new FormData(form);
  const text = (name) => String(given.get(name) ?? "").trim();
  return {
    filters: Object.fromEntries(Object.entries(FILTERS).map(([field, name]) => [field, text(name)])),
    networks: given.has("reseaux"),
    mode: text("mode"),
    place: text("territoire") ? { level: text("niveau"), code: text("territoire") } : null,
    radius: text("mode") === "pres" ? Number(new FormData(placeForm).get("rayon") || 0) : 0,
  };
}

/** The query of what is chosen, in canonical order. @param {Chosen} chosen */
export function queryOf({ filters, networks, mode, place, radius }, { demonstration }) {
  const query = new URLSearchParams();
  for (const [field, name] of Object.entries(FILTERS)) {
    if (filters[field]) query.set(name, filters[field]);
  }
  if (networks) query.set("reseaux", "1");
  if (mode) query.set("mode", mode);
  if (place) {
    query.set("niveau", place.level);
    query.set("territoire", place.code);
  }
  if (radius && mode === "pres") query.set("rayon", String(radius));
  if (!demonstration) query.set("demonstration", "0");
  return query.toString();
}
