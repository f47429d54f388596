/** A choice that stands beside the map where there is room, and with the other choices, in the drawer, where not. */

import { keepIn, letGo } from "./keeping.js";

const narrow = matchMedia("(width <= 700px)");

/** Put `node` in `beside` on a wide screen, in the element whose id is `id` on a narrow one; follow the screen. */
export function placeByWidth(node, beside, id) {
  function place() {
    if (narrow.matches) {
      keepIn(id, node);
    } else {
      letGo(id);
      beside.append(node);
    }
  }
  narrow.addEventListener("change", place);
  place();
}
