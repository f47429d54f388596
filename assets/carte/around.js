/** "Autour de moi": the commune nearest to where the reader is. The position is asked on a click, and never kept. */

/** Farther than this from every commune (km), one is not in the country. */
const FAR = 60;
const KM_PER_DEGREE = 111.2;

const WORDS = {
  1: "Votre position n’a pas été donnée : cherchez votre commune par son nom.",
  2: "Votre position n’est pas connue de cet appareil : cherchez votre commune par son nom.",
  3: "Votre position tarde à venir : cherchez votre commune par son nom.",
};

export class PositionError extends Error {}

/** Ask the browser where the reader is; `PositionError` in words fit for a person. */
export function askPosition() {
  return new Promise((resolve, reject) => {
    const refuse = (code) => reject(new PositionError(WORDS[code] ?? WORDS[2]));
    if (!navigator.geolocation) {
      refuse(2);
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve([coords.longitude, coords.latitude]),
      ({ code }) => refuse(code),
      { maximumAge: 0, timeout: 15_000 },
    );
  });
}

/** The index of the place nearest to a point, or −1 when all are far. @param {{lon: number[], lat: number[]}} places */
export function nearest(places, [lon, lat]) {
  const narrowing = Math.cos((lat * Math.PI) / 180);
  let best = -1;
  let least = (FAR / KM_PER_DEGREE) ** 2;
  for (let i = 0; i < places.lon.length; i += 1) {
    const distance = ((places.lon[i] - lon) * narrowing) ** 2 + (places.lat[i] - lat) ** 2;
    if (distance < least) [best, least] = [i, distance];
  }
  return best;
}
