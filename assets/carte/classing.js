/** How values are cut into classes: the method, how many, or bounds chosen by hand. Small, folded, beside the legend. */

import { areBounds, MANUAL } from "./address.js";
import { isCount } from "./figures.js";
import { number } from "./formats.js";
import { make } from "./keeping.js";

const COUNTS = [3, 4, 5, 6, 7];
const EXAMPLE = "par exemple 5 ; 10,5 ; 20";

function labelled(field, id, words) {
  field.id = id;
  const label = make("label", "", words);
  label.htmlFor = id;
  return make("div", "choice-field", label, field);
}

/** Numbers as French readers write them: "5 ; 10,5 ; 20". */
function writeBounds(bounds) {
  return bounds.map((bound) => String(bound).replace("-", "−").replace(".", ",")).join(" ; ");
}

/**
 * Read bounds as they are typed. @returns {{bounds: number[]} | {fault: string}}
 */
export function readTyped(text) {
  const parts = text.split(";").map((part) => part.trim()).filter(Boolean);
  const bounds = [];
  for (const part of parts) {
    const plain = part.replaceAll(/[\s\u202f\u00a0]/g, "").replace("−", "-").replace(",", ".");
    if (!/^[-+]?\d{1,9}(\.\d{1,6})?$/.test(plain)) {
      return { fault: `« ${part.slice(0, 20)} » n’est pas un nombre. Séparez les bornes par des points-virgules, ${EXAMPLE}.` };
    }
    bounds.push(Number(plain));
  }
  if (bounds.length < 2 || bounds.length > 6) {
    return { fault: `Il faut de 2 à 6 bornes, il y en a ${number(bounds.length)} : ${EXAMPLE}.` };
  }
  if (!areBounds(bounds)) return { fault: "Les bornes doivent être de plus en plus grandes." };
  return { bounds };
}

/** Make the choice. `on.choose(changes)` is told what is asked of the selection. */
export function createClassing(vocabulary, on) {
  const method = make("select");
  for (const { id, label } of vocabulary.methods) method.append(Object.assign(make("option", "", label), { value: id }));
  const count = make("select");
  for (const each of COUNTS) count.append(Object.assign(make("option", "", String(each)), { value: String(each) }));
  const typed = make("input");
  typed.type = "text";
  typed.autocomplete = "off";
  typed.spellcheck = false;
  const apply = make("button", "classing-apply", "Appliquer");
  apply.type = "submit";
  const fault = make("p", "classing-fault");
  fault.id = "carte-bornes-faute";
  fault.setAttribute("role", "alert");
  const counted = labelled(count, "carte-nombre-classes", "Nombre de classes");
  const bounded = make("form", "classing-bounds", labelled(typed, "carte-bornes", "Bornes entre les classes"), apply, fault);
  bounded.noValidate = true;
  typed.setAttribute("aria-describedby", fault.id);
  const fields = make("div", "classing-fields", labelled(method, "carte-methode", "Méthode"), counted, bounded);
  const node = make("details", "classing", make("summary", "", "Choisir les classes"), fields);
  let present = null;

  function say(text) {
    fault.textContent = text;
    typed.setAttribute("aria-invalid", String(text !== ""));
  }

  method.addEventListener("change", () => {
    if (method.value !== MANUAL) {
      on.choose({ method: method.value });
      return;
    }
    // The bounds in force are where one starts from.
    const inner = present?.figures.bounds.slice(1, -1) ?? [];
    if (areBounds(inner)) on.choose({ method: MANUAL, bounds: inner });
    bounded.hidden = false;
    counted.hidden = true;
    typed.value = writeBounds(inner);
    typed.focus();
  });
  count.addEventListener("change", () => on.choose({ classes: Number(count.value) }));
  bounded.addEventListener("submit", (event) => {
    event.preventDefault();
    const read = readTyped(typed.value);
    say(read.fault ?? "");
    if (read.bounds) on.choose({ method: MANUAL, bounds: read.bounds });
    else typed.focus();
  });

  return {
    node,
    /** Make the fields say a view. Counts are circles, and yes or no two classes: there is nothing to choose. */
    show(view) {
      present = view;
      const { selection, figures } = view;
      node.hidden = isCount(figures) || figures.unit === "oui/non";
      method.value = selection.method;
      count.value = String(selection.classes);
      const isManual = selection.method === MANUAL;
      counted.hidden = isManual;
      bounded.hidden = !isManual;
      if (isManual) typed.value = writeBounds(selection.bounds);
      say("");
    },
  };
}
