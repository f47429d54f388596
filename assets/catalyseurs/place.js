/** Where one starts from: the three orders, the territory searched or the position of the browser, the radius. */

import { getJSON, NetworkError } from "../carte/requests.js";

const LEVELS = { commune: "commune", epci: "intercommunalité", departement: "département", region: "région" };

/** The levels that have peers: alerts are counted there. */
const HOMES = ["commune", "epci"];

/** A place in words, as web/directory/order.py writes it: "Millau, commune (Aveyron)". */
function wordsOf({ level, name, departement, region }) {
  const parent = HOMES.includes(level) ? departement : region;
  const around = parent && parent.name !== name ? ` (${parent.name})` : "";
  return `${name}, ${LEVELS[level]}${around}`.replaceAll("'", "’");
}

/** What a territory is, and its point. @returns {Promise<{level: string, code: string, words: string, lon: number, lat: number}>} */
export async function readPlace({ level, code }, version) {
  const found = await getJSON(`/api/v1/territories/${level}/${encodeURIComponent(code)}?v=${version}`);
  const [lon, lat] = found.point;
  return { level, code, name: found.name.replaceAll("'", "’"), words: wordsOf(found), lon, lat };
}

/** The position of the browser: asked for now, kept nowhere. */
function askPosition() {
  return new Promise((resolve, reject) => {
    if (!navigator.geolocation) reject(new NetworkError("Ce navigateur ne donne pas sa position."));
    else {
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => resolve({ lon: coords.longitude, lat: coords.latitude }),
        () => reject(new NetworkError("La position n’a pas été donnée : choisissez plutôt votre commune.")),
        { maximumAge: 0, timeout: 20_000 },
      );
    }
  });
}

/**
 * Take over the orders and the place.
 * @param {{mode: (mode: string) => Promise<void>, place: (place: object) => void, position: (point: object) => void, radius: (km: number) => void, fail: (message: string) => void}} on
 */
export function createPlaceChoice({ modes, form, ask }, on) {
  const input = form.querySelector("input[type=search]");
  const radius = form.elements.rayon;
  const position = document.getElementById("ma-position");
  const links = [...modes.querySelectorAll("a[data-mode]")];

  modes.addEventListener("click", async (event) => {
    const { mode } = event.target.dataset;
    if (mode === undefined || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    await on.mode(mode);
    if (mode) input.focus();
  });
  document.addEventListener("territoires:place", (event) => {
    event.preventDefault();
    on.place(event.detail);
  });
  radius.addEventListener("input", () => on.radius(Number(radius.value)));
  position.addEventListener("click", async () => {
    position.disabled = true;
    try {
      on.position(await askPosition());
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      on.fail(error.message);
    } finally {
      position.disabled = false;
    }
  });

  return {
    /** Show a mode, and the name of the place. */
    reflect({ mode, radius: km }, place) {
      for (const each of links) {
        if (each.dataset.mode === mode) each.setAttribute("aria-current", "true");
        else each.removeAttribute("aria-current");
      }
      form.hidden = mode === "";
      form.elements.mode.value = mode;
      position.hidden = mode !== "pres";
      radius.closest("label").hidden = mode !== "pres";
      radius.value = km ? String(km) : "";
      ask.hidden = mode === "" || place !== null;
      if (place?.name) input.value = place.name;
      else if (place?.here) input.value = "";
    },
    /** Whether a place can be started from in a mode. */
    fits: (mode, { level }) => mode === "pres" || HOMES.includes(level),
  };
}
