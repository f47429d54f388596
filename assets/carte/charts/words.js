/** What is said of a distribution, for those who read rather than look. */

import { bare, number, tie, withUnit } from "../formats.js";
import { presentStatuses } from "../view.js";
import { hasOwnSize, levelWords, ofSize } from "../vocabulary.js";
import { sortedValues, countUnder, groupedValues, quantile, spread } from "./statistics.js";

/** Whether values only say yes or no. */
export const isFlag = (figures) => figures.unit === "oui/non";

/** The share of "oui" among sorted values, "38 %". */
export function yesShare(sorted) {
  return `${number((100 * (sorted.length - countUnder(sorted, 0.5))) / sorted.length)}\u202f%`;
}

/** "412 communes", "1 commune", "aucune commune". */
export function counted(view, n) {
  const words = levelWords(view.vocabulary, view.selection.level);
  if (n === 0) return `${words.feminine ? "aucune" : "aucun"} ${words.singular}`;
  return `${number(n)}\u00a0${n < 2 ? words.singular : words.plural}`;
}

/** "des communes", without their number. */
export const plural = (view) => levelWords(view.vocabulary, view.selection.level).plural;

/** "entre 12,0 et 18,0 %", or the value alone. */
export function between(low, high, figures) {
  if (isFlag(figures)) return low === high ? `« ${bare(low, figures)} »` : "« non » ou « oui »";
  const [from, to] = [bare(low, figures), bare(high, figures)];
  return from === to ? `à ${withUnit(high, figures)}` : `entre ${from} et ${withUnit(high, figures)}`;
}

/** "La moitié des communes se situent entre 9,1 et 14,2 %." */
function middle(view, sorted) {
  const { figures } = view;
  if (isFlag(figures)) {
    const yes = sorted.length - countUnder(sorted, 0.5);
    return `Oui pour ${counted(view, yes)}, non pour ${counted(view, sorted.length - yes)}.`;
  }
  if (sorted.length < 4) return `${counted(view, sorted.length)} : ${[...sorted].map((v) => withUnit(v, figures)).join(", ")}.`;
  return `La moitié des ${plural(view)} se situent ${between(quantile(sorted, 0.25), quantile(sorted, 0.75), figures)}.`;
}

/** "Foix : 17,2 %, au-dessus de 84 % d’entre elles." */
function standing(view, sorted, mark) {
  const { figures } = view;
  const name = mark.name.charAt(0).toUpperCase() + mark.name.slice(1);
  if (Number.isNaN(mark.value)) return `${name} : ${mark.note}.`;
  const said = `${name} : ${withUnit(mark.value, figures)}`;
  if (mark.index < 0 || isFlag(figures) || sorted.length < 10) return `${said}.`;
  const under = Math.round((100 * countUnder(sorted, mark.value)) / sorted.length);
  const which = levelWords(view.vocabulary, view.selection.level).feminine ? "d’entre elles" : "d’entre eux";
  return `${said}, au-dessus de ${under}\u202f% ${which}.`;
}

/** The sentences under the histogram. @param {import("./marks.js").Mark[]} marks */
export function distributionSentence(view, sorted, marks) {
  return tie([middle(view, sorted), ...marks.map((mark) => standing(view, sorted, mark))].join(" "));
}

/** "Sans valeur comparable : 1 204 communes (secret statistique : 1 000 ; non publié : 204)", or "". */
export function missingSentence(view, compared) {
  const missing = view.shown - compared;
  if (missing <= 0) return "";
  const { statuses } = view.vocabulary;
  const reasons = presentStatuses(view)
    .filter((code) => !view.figures.classed.includes(statuses[code].id))
    .map((code) => `${statuses[code].label} : ${number(view.statusSizes[code])}`);
  const why = reasons.length > 0 ? ` (${reasons.join(" ; ")})` : "";
  return tie(`Sans valeur à comparer : ${counted(view, missing)}${why}.`);
}

/**
 * The groups in which territories are seen: their sizes, or all together (`id` −1) where they have none of their own.
 * @returns {{id: number, label: string, sorted: Float64Array, spread: object}[]} with their values
 */
export function groupsOf(view, mask) {
  const { places, selection, vocabulary } = view;
  if (!hasOwnSize(selection.level)) {
    const sorted = sortedValues(view, mask);
    return [{ id: -1, label: plural(view), sorted, spread: spread(sorted) }];
  }
  const lists = groupedValues(view, places.stratum, vocabulary.strata.length, mask);
  return lists.map((sorted, id) => ({ id, label: vocabulary.strata[id].label, sorted, spread: spread(sorted) }));
}

/** "Médianes : 12,1 % pour les communes de moins de 2 000 habitants, …"; the shares of "oui" for a flag. */
export function medianSentence(view, groups) {
  const parts = groups
    .filter(({ sorted }) => sorted.length > 0)
    .map(({ id, label, sorted, spread: { median } }) => {
      const who = id < 0 ? plural(view) : `${plural(view)} ${ofSize(label)}`;
      return `${isFlag(view.figures) ? yesShare(sorted) : withUnit(median, view.figures)} pour les ${who}`;
    });
  return parts.length === 0 ? "" : tie(`${isFlag(view.figures) ? "Oui" : "Médianes"} : ${parts.join(", ")}.`);
}
