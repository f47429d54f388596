/** What stands on the map: a note on what is pointed at, a card on what was clicked, the legend. */

import { plural } from "../carte/formats.js";
import { make } from "../carte/keeping.js";
import { kindLine, link, markOf, waysOf } from "./listing.js";

/** Most organisations named on one card. */
const NAMED = 12;

/** Where to put a node of a size beside a point, within a room. */
function within(at, size, room) {
  const wanted = at + 16 + size > room - 8 ? at - 16 - size : at + 16;
  return Math.max(8, Math.min(wanted, room - size - 8));
}

/** What a group is made of: "3 Associations et lieux, 1 Fondations et mécènes". */
function mixOf(properties, words) {
  return words.families
    .map(({ label }, n) => [properties[`r${n}`] + properties[`x${n}`], label])
    .filter(([count]) => count > 0)
    .map(([count, label]) => `${label.charAt(0).toLowerCase()}${label.slice(1)}\u00a0: ${count}`)
    .join(" · ");
}

/** Make the note that follows the pointer. */
export function createNote(stage, catalysts, words) {
  const name = make("p", "tip-name");
  const more = make("p", "tip-rank");
  const node = make("div", "tip", name, more);
  node.hidden = true;
  return {
    node,
    hide() {
      node.hidden = true;
    },
    /** Say what was found at a pixel of the stage. */
    say(found, { x, y }) {
      if (found.properties) {
        name.textContent = plural(found.properties.point_count, "organisation");
        more.textContent = mixOf(found.properties, words);
      } else {
        const each = catalysts[found.i];
        name.textContent = each.name;
        more.textContent = [words.kinds[each.kind], each.where, each.fictitious ? "fictif" : ""].filter(Boolean).join(" · ");
      }
      node.hidden = false;
      node.style.left = `${within(x, node.offsetWidth, stage.clientWidth)}px`;
      node.style.top = `${within(y, node.offsetHeight, stage.clientHeight)}px`;
    },
  };
}

/** Make the card of what was clicked on the map. `onClose()` is called when it is closed by the reader. */
export function createCard(catalysts, words, onClose) {
  const content = make("div", "peer-card-content");
  const close = make("button", "link-button", "Fermer");
  close.type = "button";
  const node = make("div", "peer-card", content, close);
  node.setAttribute("role", "group");
  node.setAttribute("aria-label", "Choisi sur la carte");
  node.hidden = true;

  function hide() {
    node.hidden = true;
  }
  close.addEventListener("click", () => {
    hide();
    onClose();
  });

  return {
    node,
    hide,
    /** Show one organisation, or several that stand at one place. */
    show(members) {
      if (members.length === 1) {
        const each = catalysts[members[0]];
        const title = make("p", "tip-name", link(words.keep(`/catalyseurs/${each.id}`), each.name));
        content.replaceChildren(...[title, kindLine(each, words), waysOf(each, words)].filter(Boolean));
      } else {
        const items = members.slice(0, NAMED).map((i) => {
          const each = catalysts[i];
          const item = make("li", "", markOf(words.familyOf(each.kind), each.fictitious));
          item.append(link(words.keep(`/catalyseurs/${each.id}`), each.name));
          if (each.fictitious) item.append(make("span", "tag fictitious", "Fictif"));
          return item;
        });
        const rest = members.length - items.length;
        if (rest > 0) items.push(make("li", "soft", `et ${plural(rest, "autre")}`));
        content.replaceChildren(
          make("p", "tip-name", `${plural(members.length, "organisation")} au même endroit`),
          make("ul", "plain", ...items),
        );
      }
      node.hidden = false;
    },
  };
}

/** Make the legend: the shapes of the families, and what hollow means where something is invented. */
export function createLegend(words, hasFictitious) {
  const items = words.families.map(({ id, label }) => make("li", "", markOf(id, false), label));
  if (hasFictitious) items.push(make("li", "", markOf(words.families[0].id, true), "creux : fictif"));
  const legend = make("details", "peers-legend", make("summary", "", "Légende"), make("ul", "plain", ...items));
  legend.open = innerWidth > 800;
  return legend;
}
