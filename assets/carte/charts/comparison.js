/** Two indicators: two maps or a scatter plot, the sentence about their link, and the table of their middles. */

import { bare, number, tie, withUnit } from "../formats.js";
import { make } from "../keeping.js";
import { loadFigures } from "../loading.js";
import { NetworkError } from "../requests.js";
import { lookAt } from "../view.js";
import { levelWords, listedIndicator } from "../vocabulary.js";
import { createChoice } from "./choice.js";
import { marksOf } from "./marks.js";
import { pairsOf, relationSentence, writtenRho } from "./relation.js";
import { createScatter } from "./scatter.js";
import { averageRanks, comparedMask, spearman } from "./statistics.js";
import { createFold, makeTable } from "./tables.js";
import { inTask } from "./task.js";
import { createTwin } from "./twin.js";
import { groupsOf } from "./words.js";

/** The selection of the second indicator: bounds set by hand belong to the first one only. */
function secondSelection(selection) {
  const byHand = selection.method === "manuel" ? { method: "quantiles", bounds: [] } : {};
  return { ...selection, ...byHand, indicator: selection.second };
}

/** "Foix : 17,2 % et 9,1 %." for each marked territory. */
function bothValues(view, second, marks) {
  const write = ({ figures }, index) => (Number.isNaN(figures.values[index]) ? "sans valeur" : withUnit(figures.values[index], figures));
  return marks.map(({ name, index }) => `${name} : ${write(view, index)} et ${write(second, index)}.`).join(" ");
}

/** The middles of both indicators by size, and the marked territories. */
function middlesTable(view, second, marks, relation) {
  const [ours, theirs] = [groupsOf(view), groupsOf(second)];
  const middle = (group, each) => bare(group.spread.median, each.figures);
  const rows = ours.map((group, n) => [`Médiane, ${group.label}`, middle(group, view), middle(theirs[n], second)]);
  const own = marks.map(({ name, index }) => [name, bare(view.figures.values[index], view.figures), bare(second.figures.values[index], second.figures)]);
  const head = ({ figures }) => (figures.unit ? `${figures.label} (${figures.unit})` : figures.label);
  const caption = `Corrélation des rangs : ${writtenRho(relation.rho)}, sur ${number(relation.n)} ${levelWords(view.vocabulary, view.selection.level).plural}`;
  return makeTable(tie(caption), ["Territoires", head(view), head(second)], [...rows, ...own]);
}

/**
 * Make the comparison.
 * @param {object} given  vocabulary, addresses, palette, stage (element of the first map), atlas() (or null),
 *        on.change(changes), on.point, on.choose, on.look(camera)
 */
export function createComparison({ vocabulary, addresses, palette, stage, atlas, on }) {
  const choice = createChoice(vocabulary, on);
  const scatter = createScatter(on);
  const sentence = make("p", "chart-sentence");
  sentence.setAttribute("aria-live", "polite");
  const own = make("p", "chart-own");
  const fold = createFold();
  const body = make("div", "comparison-body", scatter.node, sentence, own, fold.node);
  const node = make("section", "chart comparison", make("h2", "chart-title", "Comparaison"), choice.node, body);
  node.setAttribute("aria-label", "Comparaison");
  body.hidden = true;
  let twin = null;
  let coming = null;
  let hasShown = false;

  async function loadSecond(view, isLast) {
    const selection = secondSelection(view.selection);
    const figures = await loadFigures(addresses, selection);
    return inTask("second", isLast, () => lookAt(selection, vocabulary, figures, view.places));
  }

  /** The second map, made when it is first needed. */
  async function bringTwin({ camera, background }, isOpening) {
    const first = atlas();
    if (!first) return null;
    // An address that says where to look was written with the maps that it names.
    const frame = { bounds: camera ? null : vocabulary.bounds, isFramed: isOpening, background };
    coming ??= createTwin({ stage, first, ...frame, vocabulary, addresses, palette, on });
    const asked = coming;
    try {
      const made = await asked;
      if (coming !== asked) return null;
      twin = made;
    } catch (error) {
      if (coming === asked) coming = null;
      throw error;
    }
    return twin;
  }

  async function dismissTwin() {
    const leaving = coming;
    coming = twin = null;
    (await leaving)?.remove();
  }

  /** Spearman's correlation of pairs, the ranks of each indicator in a task of their own. */
  async function relate({ a, b }, isLast) {
    const ours = await inTask("ranks", isLast, () => averageRanks(a));
    const theirs = await inTask("ranks", isLast, () => averageRanks(b));
    return isLast() ? { rho: spearman(ours, theirs), n: a.length } : null;
  }

  /** Say what there is to say of both, apart from their drawing. */
  function tell(view, second, chosen, relation) {
    const marks = marksOf(view, chosen);
    own.textContent = tie(bothValues(view, second, marks));
    if (!comparedMask(second).includes(1)) {
      const { finest } = listedIndicator(vocabulary, second.selection.indicator);
      const words = levelWords(vocabulary, finest);
      const where = words && finest !== view.selection.level ? ` Ses valeurs existent par ${words.singular}.` : "";
      sentence.textContent = tie(`« ${second.figures.label} » : aucune valeur à comparer pour cette sélection.${where}`);
      fold.set(null);
      return;
    }
    sentence.textContent = relationSentence(view, second, relation);
    fold.set(relation.n === 0 ? null : () => [middlesTable(view, second, marks, relation)]);
  }

  async function draw(view, chosen, isLast, isOpening) {
    const second = await loadSecond(view, isLast);
    const pairs = await inTask("pairs", isLast, () => pairsOf(view, second));
    const relation = isLast() && (await relate(pairs, isLast));
    if (!isLast()) return;
    const { comparison } = view.selection;
    body.hidden = false;
    tell(view, second, chosen, relation);
    const isScatter = comparison === "nuage" && pairs.indices.length > 0;
    scatter.node.hidden = !isScatter;
    if (isScatter) {
      await inTask("scatter", isLast, () => scatter.show({ view, second, chosen, pairs }));
      if (!isLast()) return;
    }
    if (comparison === "nuage") {
      await dismissTwin();
      return;
    }
    const other = await bringTwin(view.selection, isOpening);
    if (isLast()) await other?.show(second, chosen, isLast);
  }

  return {
    node,
    /** Show a view beside the second indicator of its selection, if it has one. `isLast()`: still wanted? */
    async show(view, chosen, isLast) {
      choice.reflect(view.selection);
      const isOpening = !hasShown;
      hasShown = true;
      if (!view.selection.second) {
        body.hidden = true;
        await dismissTwin();
        return;
      }
      try {
        await draw(view, chosen, isLast, isOpening);
      } catch (error) {
        if (!(error instanceof NetworkError)) throw error;
        if (!isLast()) return;
        body.hidden = false;
        scatter.node.hidden = true;
        fold.set(null);
        own.textContent = "";
        sentence.textContent = tie(`${error.message} La comparaison n’est pas à jour.`);
      }
    },
    point(index) {
      twin?.point(index);
      if (!scatter.node.hidden) scatter.point(index);
    },
    highlight: (indices) => twin?.highlight(indices),
  };
}
