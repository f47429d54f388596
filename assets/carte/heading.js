/** The head of the reading column: what the figure is, and the sentence that says it. */

import { tie, unbroken } from "./formats.js";
import { make } from "./keeping.js";
import { levelWords, listedIndicator } from "./vocabulary.js";

const CRITERIA = {
  économiques: "economic",
  sociaux: "social",
  sociétaux: "societal",
  environnementaux: "environmental",
};

/** Make the head. `on.clear()`: the reader stops following a territory; `on.level(level)`: asks for another level. */
export function createHeading(vocabulary, on) {
  const domain = make("p", "head-domain");
  const title = make("h1", "head-title");
  const about = make("p", "head-about");
  const sentence = make("p", "head-sentence");
  sentence.setAttribute("aria-live", "polite");
  sentence.id = "carte-phrase";
  const copy = make("button", "quiet", "Copier la phrase");
  const clear = make("button", "quiet", "Ne plus suivre");
  const other = make("button", "quiet");
  const ways = make("p", "head-ways", other, copy, clear);
  for (const button of [copy, clear, other]) button.type = "button";
  clear.hidden = other.hidden = true;
  let offered = "";
  const node = make("div", "head", domain, title, about, sentence, ways);

  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(`${sentence.textContent} ${location.href}`);
    copy.textContent = "Phrase copiée";
    setTimeout(() => (copy.textContent = "Copier la phrase"), 2000);
  });
  copy.hidden = !navigator.clipboard;
  clear.addEventListener("click", () => on.clear());
  other.addEventListener("click", () => on.level(offered));

  return {
    node,
    /** Name the indicator at once; its unit and source come with its figures. */
    announce(indicator) {
      const listed = listedIndicator(vocabulary, indicator);
      const { label, criterion } = vocabulary.domains.find(({ id }) => id === listed.domain);
      domain.textContent = label;
      domain.dataset.criterion = CRITERIA[criterion];
      title.textContent = unbroken(tie(listed.label));
      document.title = `${tie(listed.label)} – Carte – Territoires`;
    },
    describe(figures) {
      const unit = figures.unit === "oui/non" ? "oui ou non" : figures.unit;
      about.textContent = [unit, figures.vintage, figures.source].filter(Boolean).join(" · ");
    },
    /** Offer the level at which the indicator has values, when it has none at the present one. */
    offer(view) {
      const { finest } = listedIndicator(vocabulary, view.selection.indicator);
      const words = levelWords(vocabulary, finest);
      const isEmpty = view.figures.values.every((value) => value !== value);
      offered = isEmpty && words && finest !== view.selection.level ? finest : "";
      other.hidden = offered === "";
      other.textContent = offered ? `Voir par ${words.singular}` : "";
    },
    /** Say a sentence; `followed` is the name of the territory it is about, or "". */
    say(text, followed) {
      if (sentence.textContent !== tie(text)) sentence.textContent = tie(text);
      clear.hidden = !followed;
      clear.textContent = followed ? `Ne plus suivre ${followed}` : "";
    },
  };
}
