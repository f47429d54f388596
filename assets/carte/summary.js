/** The sentence about a whole selection, when no territory is chosen (as analysis/sentences.py says it). */

import { number, withUnit } from "./formats.js";
import { regionNames } from "./view.js";
import { hasOwnSize, levelWords, ofSize } from "./vocabulary.js";

/** A quantile by linear interpolation between sorted values. */
function quantile(sorted, part) {
  const at = part * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (sorted[high] - sorted[low]) * (at - low);
}

/** "communes de moins de 2 000 habitants, Bretagne" */
function subject({ selection, vocabulary }) {
  let name = levelWords(vocabulary, selection.level).plural;
  if (selection.strata.length > 0 && hasOwnSize(selection.level)) {
    const labels = selection.strata.map((id) => ofSize(vocabulary.strata.find((each) => each.id === id).label));
    name += ` ${labels.join(" ou ")}`;
  }
  return selection.regions.length > 0 ? `${name}, ${regionNames(selection, vocabulary)}` : name;
}

/** The source and its vintage, said once. */
function credit({ source, vintage }) {
  return source.includes(vintage) ? source : `${source} (${vintage})`;
}

/** Say between which values the middle eight tenths of the territories shown lie. */
export function summarySentence(view) {
  const { figures, inside, selection, vocabulary } = view;
  const words = levelWords(vocabulary, selection.level);
  const kept = figures.values.filter((value, i) => inside[i] && view.compared(i) && value === value).sort();
  const source = `Source : ${credit(figures)}.`;
  if (kept.length === 0) {
    const reasons = view.statusSizes.flatMap((count, code) => (count > 0 ? [vocabulary.statuses[code].label] : []));
    const why = reasons.length > 0 ? reasons.sort().join(", ") : "aucun territoire dans cette sélection";
    return `${figures.label} : aucune valeur à comparer pour les ${subject(view)} (${why}). ${source}`;
  }
  if (figures.unit === "oui/non") {
    const yes = kept.reduce((count, value) => count + (value >= 0.5), 0);
    return `${figures.label} : oui pour ${number(yes)} ${subject(view)}, sur ${number(kept.length)}. ${source}`;
  }
  const said = figures.label.includes(figures.unit) ? { ...figures, unit: "" } : figures;
  const say = (value) => withUnit(value, said);
  const few = kept.length < 10;
  const [low, high] = few ? [kept[0], kept.at(-1)] : [quantile(kept, 0.1), quantile(kept, 0.9)];
  const spread = few
    ? `les valeurs vont de ${say(low)} à ${say(high)}`
    : `huit sur dix se situent entre ${say(low)} et ${say(high)}`;
  const article = /^[aeiouéh]/.test(words.singular) ? "l’" : words.feminine ? "la " : "le ";
  const middle = `${article}${words.singular} du milieu est à ${say(quantile(kept, 0.5))}`;
  return `${figures.label} : sur ${number(kept.length)} ${subject(view)}, ${spread} ; ${middle}. ${source}`;
}
