/** The head of the reading column: what the figure is, and the sentence that says it. */

import { MOST_PINS } from "./address.js";
import { tie, unbroken } from "./formats.js";
import { make } from "./keeping.js";
import { levelWords, listedIndicator } from "./vocabulary.js";

const CRITERIA = {
  économiques: "economic",
  sociaux: "social",
  sociétaux: "societal",
  environnementaux: "environmental",
};

/** Copy a text; where the browser gives no clipboard (no secure connection), select it so that it can be copied. */
async function copyText(text, node) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return true;
  }
  getSelection().selectAllChildren(node);
  return false;
}

/**
 * Make the head. `on.clear()`: the reader stops following a territory; `on.pin()`: pins it, or takes it off;
 * `on.level(level)`: asks for another level.
 */
export function createHeading(vocabulary, on) {
  const domain = make("p", "head-domain");
  const title = make("h1", "head-title");
  const about = make("p", "head-about");
  const sentence = make("p", "head-sentence");
  sentence.setAttribute("aria-live", "polite");
  sentence.id = "carte-phrase";
  const reason = make("p", "head-reason");
  const copy = make("button", "link-button", "Copier la phrase");
  copy.id = "carte-copier";
  const pin = make("button", "link-button");
  pin.id = "carte-epingler";
  const clear = make("button", "link-button", "Ne plus suivre");
  const other = make("button", "link-button");
  const ways = make("p", "head-ways", other, copy, pin, clear);
  for (const button of [copy, pin, clear, other]) button.type = "button";
  pin.hidden = clear.hidden = other.hidden = true;
  const done = make("p", "unseen");
  done.setAttribute("role", "status");
  let offered = "";
  const node = make("div", "head", domain, title, about, sentence, reason, ways, done);

  copy.addEventListener("click", async () => {
    const isCopied = await copyText(`${sentence.textContent} ${location.href}`, sentence);
    copy.textContent = isCopied ? "Phrase copiée" : "Phrase sélectionnée";
    done.textContent = isCopied ? "La phrase est copiée, avec sa source et son adresse." : "La phrase est sélectionnée.";
    setTimeout(() => {
      copy.textContent = "Copier la phrase";
      done.textContent = "";
    }, 3000);
  });
  pin.addEventListener("click", () => on.pin());
  clear.addEventListener("click", () => on.clear());
  other.addEventListener("click", () => on.level(offered));

  return {
    node,
    /** Name the indicator at once; its unit and source come with its figures. */
    announce(indicator) {
      const listed = listedIndicator(vocabulary, indicator);
      const { label, criterion } = vocabulary.domains.find(({ id }) => id === listed.domain);
      domain.textContent = label;
      domain.className = `head-domain ${CRITERIA[criterion]}`;
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
    /**
     * Say the answer of /api/v1/sentence to a selection: the sentence, whom it is about, and why there is nothing
     * to compare with when that is so.
     */
    say({ sentence: said, about, reference }, selection) {
      const followed = about.replaceAll("'", "’");
      if (sentence.textContent !== tie(said)) sentence.textContent = tie(said);
      reason.textContent = tie(reference?.reason ?? "");
      reason.hidden = !reason.textContent;
      const isPinned = selection.pins.includes(selection.territory);
      const isFull = !isPinned && selection.pins.length >= MOST_PINS;
      pin.hidden = clear.hidden = !followed;
      pin.disabled = isFull;
      pin.textContent = isPinned ? `Retirer l’épingle de ${followed}` : `Épingler ${followed}`;
      if (isFull) pin.textContent = `${MOST_PINS} territoires épinglés au plus`;
      clear.textContent = followed ? `Ne plus suivre ${followed}` : "";
    },
  };
}
