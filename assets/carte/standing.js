/** The map page stands: what was there in case it would not is hidden, and goes when Dash has its own fields. */

import { onceThere } from "./keeping.js";

/** Say that the page stands. */
export function stand() {
  document.documentElement.dataset.map = "";
  document.documentElement.classList.remove("is-broken");
  onceThere("carte-indicateur").then(() => document.getElementById("carte-secours")?.remove());
}
