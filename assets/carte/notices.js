/** What went wrong, said where it is read, with a way to try again. */

import { make } from "./keeping.js";

/** Make the place of notices. */
export function createNotices() {
  const node = make("div", "carte-notices");
  node.setAttribute("role", "status");
  let isFailure = false;

  function put(message, word, then) {
    const button = make("button", "link-button", word);
    button.type = "button";
    button.addEventListener("click", () => {
      node.replaceChildren();
      then?.();
    });
    node.replaceChildren(make("p", "notice", `${message} `, button));
  }

  return {
    node,
    /** Say what did not come; `again()` is called by the button. */
    fail(message, again) {
      isFailure = true;
      put(message, "Réessayer", again);
    },
    /** Say something that calls for nothing; it stays until the reader closes it. */
    say(message) {
      isFailure = false;
      put(message, "Fermer");
    },
    /** What did not come has come. */
    clear() {
      if (isFailure) node.replaceChildren();
    },
  };
}
