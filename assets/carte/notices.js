/** What went wrong, said where it is read, with a way to try again. */

import { make } from "./keeping.js";

/** Make the place of notices. */
export function createNotices() {
  const node = make("div", "carte-notices");
  node.setAttribute("role", "status");

  return {
    node,
    /** Say what did not come; `again()` is called by the button. */
    fail(message, again) {
      const retry = make("button", "quiet", "Réessayer");
      retry.type = "button";
      retry.addEventListener("click", () => {
        node.replaceChildren();
        again();
      });
      node.replaceChildren(make("p", "notice", `${message} `, retry));
    },
    clear() {
      node.replaceChildren();
    },
  };
}
