/** A MapLibre map as the site draws them: flat, always north up, without a word on its canvas. */

import { NetworkError } from "./requests.js";

/** The closest zoom. */
export const MAX_ZOOM = 12.5;

/** Load MapLibre, once; it is a classic script that leaves `maplibregl`. */
function loadMapLibre(address) {
  if (window.maplibregl) return Promise.resolve(window.maplibregl);
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(window.maplibregl);
    script.onerror = () => reject(new NetworkError("Le dessin de la carte n’a pas pu être chargé."));
    document.head.append(script);
  });
}

/** The canvas is for the eye: what stands beside the map says the same. */
function hideFromReaders(map) {
  const canvas = map.getCanvas();
  canvas.setAttribute("aria-hidden", "true");
  canvas.removeAttribute("role");
  canvas.removeAttribute("aria-label");
  canvas.tabIndex = -1;
}

/**
 * Make a map in `container`, with MapLibre from an `address` of this site; rejected by `NetworkError` if it does not come.
 * @param {object} options  of MapLibre: its style, and where it looks first
 */
export async function createMap(container, address, options) {
  const maplibre = await loadMapLibre(address);
  const map = new maplibre.Map({
    container,
    attributionControl: false,
    keyboard: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0,
    minZoom: 3,
    maxZoom: MAX_ZOOM,
    renderWorldCopies: false,
    ...options,
  });
  map.touchZoomRotate.disableRotation();
  hideFromReaders(map);
  return map;
}

/** Ask again for all tiles. */
export function askAgain(map) {
  for (const id of Object.keys(map.getStyle().sources)) {
    const source = map.getSource(id);
    source.setTiles?.(source.tiles);
  }
}
