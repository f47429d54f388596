/** The list: entries as the server writes them (templates/catalysts_parts.html), a page at a time. */

import { number } from "../carte/formats.js";
import { make } from "../carte/keeping.js";
import { domainsWords } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";

/** The shape of a family; hollow for what is invented. */
export function markOf(family, hollow) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `mark ${family}${hollow ? " is-hollow" : ""}`);
  for (const [name, value] of Object.entries({ width: 16, height: 16, "aria-hidden": true, focusable: false })) {
    svg.setAttribute(name, String(value));
  }
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#forme-${family}`);
  svg.append(use);
  return svg;
}

export function link(address, text, unseen = "") {
  const a = make("a", "", text);
  a.href = address;
  if (unseen) a.append(make("span", "unseen", unseen));
  return a;
}

/** The ways to an organisation: a message, its website; null when there is none. */
export function waysOf(each, words) {
  const ways = make("p", "peer-ways");
  if (each.reachable) ways.append(link(words.keep(`/catalyseurs/${each.id}/contact`), "Contacter", ` ${each.name}`));
  if (each.website) {
    const site = link(each.website, "Site", ` de ${each.name}`);
    site.rel = "noopener external";
    ways.append(site);
  }
  return ways.childNodes.length > 0 ? ways : null;
}

/** What an organisation is and where, with its marks in words. */
export function kindLine(each, words) {
  const said = make("span", "", [words.kinds[each.kind], each.where].filter(Boolean).join(" · "));
  if (each.fictitious) said.append(" ", make("span", "tag fictitious", "Fictif"));
  if (each.near) said.append(" ", make("span", "tag", "Réseau proche"));
  return make("p", "peer-kind", markOf(words.familyOf(each.kind), each.fictitious), said);
}

function entry(each, words, km, reasons) {
  const head = make("div", "peer-head", make("h3", "", link(words.keep(`/catalyseurs/${each.id}`), each.name)));
  if (km !== undefined && !reasons) {
    head.append(make("span", "peer-km", km < 1 ? "moins de 1\u00a0km" : `${number(km)}\u00a0km`));
  }
  const item = make("li", "peer", head, kindLine(each, words));
  item.dataset.id = each.id;
  if (reasons) item.append(make("p", "peer-why", reasons.join(" · ")));
  else if (each.domains) item.append(make("p", "peer-domains", domainsWords(words, each.domains)));
  const ways = waysOf(each, words);
  if (ways) item.append(ways);
  return item;
}

/**
 * Take over the list of the page.
 * @param {{list: HTMLElement, more: HTMLElement, none: HTMLElement}} parts
 * @param {{point: (i: number) => void}} on  told of the organisation under the pointer or the focus (−1: none)
 */
export function createListing({ list, more, none }, catalysts, words, on) {
  const positions = new Map(catalysts.map(({ id }, i) => [id, i]));
  let shown = { kept: [], ranking: { km: [], reasons: [] } };
  let count = 0;
  let marked = -1;
  const button = make("button", "link-button");
  button.type = "button";

  const entryOf = (i) => entry(catalysts[i], words, shown.ranking.km[i], shown.ranking.reasons[i]);
  const indexAt = (target) => positions.get(target.closest?.("[data-id]")?.dataset.id) ?? -1;

  function extend(to) {
    const { kept } = shown;
    const end = Math.min(to, kept.length);
    list.append(...kept.slice(count, end).map(entryOf));
    count = end;
    const rest = kept.length - count;
    more.hidden = rest === 0;
    button.textContent = `Afficher ${number(Math.min(rest, words.length))} de plus sur ${number(rest)}`;
  }

  button.addEventListener("click", () => {
    const first = count;
    extend(count + words.length);
    list.children[first]?.querySelector("a").focus();
  });
  list.addEventListener("pointerover", ({ target }) => on.point(indexAt(target)));
  list.addEventListener("pointerleave", () => on.point(-1));
  list.addEventListener("focusin", ({ target }) => on.point(indexAt(target)));
  list.addEventListener("focusout", () => on.point(-1));

  return {
    /** Show organisations in order; at least the first `length` of them. */
    show(kept, ranking, length = words.length) {
      shown = { kept, ranking };
      count = 0;
      list.start = 1;
      list.replaceChildren();
      if (button.parentNode !== more) more.replaceChildren(button);
      extend(length);
      none.hidden = kept.length > 0;
      this.mark(marked);
    },
    /** Show all of them, as on paper. */
    showAll() {
      extend(shown.kept.length);
    },
    /** Mark the entry of an organisation chosen on the map, and bring it into sight (−1: none). */
    mark(i, { reveal = false } = {}) {
      marked = i;
      for (const item of list.querySelectorAll(".is-marked")) item.classList.remove("is-marked");
      const place = shown.kept.indexOf(i);
      if (place < 0) return;
      if (reveal && place >= count) extend(Math.ceil((place + 1) / words.length) * words.length);
      const item = list.children[place];
      item?.classList.add("is-marked");
      if (reveal) item?.scrollIntoView({ block: "nearest" });
    },
  };
}
