/** What a rank correlation says in words. The thresholds are those of docs/adr/0011-map-charts.md. */

import { number, signed, tie } from "../formats.js";
import { comparedMask } from "./statistics.js";
import { counted } from "./words.js";

/** Under this many pairs, nothing is said. */
export const FEWEST = 10;

/** Words for the strength of a link: from which absolute value, together, and in opposite ways. */
export const STRENGTHS = [
  { from: 0.8, together: "vont presque toujours ensemble", apart: "vont presque toujours en sens contraire" },
  { from: 0.5, together: "vont souvent ensemble", apart: "vont souvent en sens contraire" },
  { from: 0.3, together: "vont assez souvent ensemble", apart: "vont assez souvent en sens contraire" },
  { from: 0.1, together: "ont un lien faible", apart: "ont un lien faible, en sens contraire" },
];
export const NO_LINK = "n’ont pas de lien visible";

/** The territories compared in both views, and their values. @returns {{indices: Uint32Array, a: Float64Array, b: Float64Array}} */
export function pairsOf(view, second) {
  const [ours, theirs] = [comparedMask(view), comparedMask(second)];
  const indices = Uint32Array.from(ours.keys()).filter((i) => ours[i] && theirs[i]);
  const [a, b] = [new Float64Array(indices.length), new Float64Array(indices.length)];
  indices.forEach((i, n) => {
    a[n] = view.figures.values[i];
    b[n] = second.figures.values[i];
  });
  return { indices, a, b };
}

/**
 * The words for a correlation. No link is said where it is under a tenth, or under what chance alone exceeds once
 * in twenty with so few territories (1.96 / √(n − 1)).
 */
export function strengthWords(rho, n) {
  const least = Math.max(STRENGTHS.at(-1).from, 1.96 / Math.sqrt(n - 1));
  const found = Math.abs(rho) < least ? null : STRENGTHS.find(({ from }) => Math.abs(rho) >= from);
  if (!found) return NO_LINK;
  return rho > 0 ? found.together : found.apart;
}

export const WARNING = "Un lien entre deux indicateurs n’est pas une cause.";

/** The sentence about two indicators. */
export function relationSentence(view, second, { rho, n }) {
  const names = `« ${view.figures.label} » et « ${second.figures.label} »`;
  if (n < FEWEST) return tie(`${names} : ${counted(view, n)} avec les deux valeurs, trop peu pour parler d’un lien.`);
  if (Number.isNaN(rho)) return tie(`${names} : l’une des deux valeurs est la même partout, aucun lien ne se calcule.`);
  const figure = `corrélation des rangs : ${signed(rho, 2)}, sur ${counted(view, n)} qui ont les deux valeurs`;
  return tie(`Sur le territoire montré, ${names} ${strengthWords(rho, n)} (${figure}). ${WARNING}`);
}

/** A correlation as it is written in a table. */
export const writtenRho = (rho) => (Number.isNaN(rho) ? number(rho) : signed(rho, 2));
