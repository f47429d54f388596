/** On a narrow screen the choices come from the bottom, in a sheet opened by « Choisir ». */

import { make } from "./keeping.js";

const narrow = matchMedia("(width <= 700px)");

/** Make the button; the sheet is the element with the id `carte-choix`. */
export function createDrawer() {
  const button = make("button", "drawer-open", "Choisir");
  button.type = "button";
  button.setAttribute("aria-haspopup", "dialog");
  button.setAttribute("aria-expanded", "false");
  const close = make("button", "drawer-close", "Voir la carte");
  close.type = "button";

  const sheet = () => document.getElementById("carte-choix");
  /** Everything that must not be reached while the sheet is open. */
  function others() {
    const within = sheet().parentElement;
    const around = [...document.body.children].filter((each) => !each.contains(within));
    return [...around, ...[...within.children].filter((each) => each !== sheet())];
  }

  function open() {
    const node = sheet();
    if (!node) return;
    node.classList.add("is-open");
    node.setAttribute("role", "dialog");
    node.setAttribute("aria-modal", "true");
    for (const other of others()) other.inert = true;
    button.setAttribute("aria-expanded", "true");
    node.querySelector("select")?.focus();
  }

  function shut({ focus = true } = {}) {
    const node = sheet();
    if (!node?.classList.contains("is-open")) return;
    node.classList.remove("is-open");
    node.removeAttribute("role");
    node.removeAttribute("aria-modal");
    for (const other of others()) other.inert = false;
    button.setAttribute("aria-expanded", "false");
    if (focus) button.focus();
  }

  button.addEventListener("click", open);
  close.addEventListener("click", () => shut());
  document.addEventListener("keydown", ({ key }) => key === "Escape" && shut());
  narrow.addEventListener("change", () => shut({ focus: false }));
  return { button, close };
}
