/** The place of the map: where it is drawn, its named views, its zoom, and what stands there without it. */

import { make } from "../carte/keeping.js";

function button(className, text, data, label = "") {
  const node = make("button", className, text);
  node.type = "button";
  Object.assign(node.dataset, data);
  if (label) node.setAttribute("aria-label", label);
  return node;
}

/** Make the stage. `on.see(bounds)` and `on.zoom(step)` are called by its buttons. */
export function createStage(views, on) {
  const canvas = make("div", "stage-map");
  const places = make("div", "stage-views", ...views.map(({ id, label }) => button("view", label, { view: id })));
  places.setAttribute("role", "group");
  places.setAttribute("aria-label", "Aller à");
  const zooms = make(
    "div",
    "stage-zooms",
    button("zoom", "+", { step: "1" }, "Agrandir la carte"),
    button("zoom", "−", { step: "-1" }, "Réduire la carte"),
  );
  const node = make("div", "stage", canvas, places, zooms);
  places.addEventListener("click", ({ target }) => {
    const view = views.find(({ id }) => id === target.dataset.view);
    if (view) on.see(view.bounds);
  });
  zooms.addEventListener("click", ({ target }) => target.dataset.step && on.zoom(Number(target.dataset.step)));

  return {
    node,
    canvas,
    /** Say why the map is not drawn. */
    cannotDraw(reason) {
      places.hidden = zooms.hidden = true;
      canvas.replaceChildren(make("p", "stage-message", `${reason} La liste dit la même chose.`));
    },
  };
}
