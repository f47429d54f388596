/** The place of the map: the map, its legend, its named views, and what stands there when it cannot be drawn. */

import { make } from "./keeping.js";

function viewButton({ id, label }) {
  const button = make("button", "bare-button view", label);
  button.type = "button";
  button.dataset.view = id;
  return button;
}

function zoomButton(step) {
  const button = make("button", "bare-button zoom", step > 0 ? "+" : "−");
  button.type = "button";
  button.dataset.step = String(step);
  button.setAttribute("aria-label", step > 0 ? "Agrandir la carte" : "Réduire la carte");
  return button;
}

/** Make the stage. `on.see(bounds)`, `on.around()` (optional) and `on.zoom(step)` are called by its buttons. */
export function createStage(vocabulary, on) {
  const canvas = make("div", "stage-map");
  const around = make("button", "bare-button view view-around", "Autour de moi");
  around.type = "button";
  around.hidden = !on.around;
  around.addEventListener("click", () => on.around());
  const views = make("div", "stage-views", around, ...vocabulary.views.map(viewButton));
  views.setAttribute("role", "group");
  views.setAttribute("aria-label", "Aller à");
  const zooms = make("div", "stage-zooms", zoomButton(1), zoomButton(-1));
  const corner = make("div", "stage-corner");
  const node = make("div", "stage", canvas, views, zooms, corner);

  views.addEventListener("click", ({ target }) => {
    const view = vocabulary.views.find(({ id }) => id === target.dataset.view);
    if (view) on.see(view.bounds);
  });
  zooms.addEventListener("click", ({ target }) => target.dataset.step && on.zoom(Number(target.dataset.step)));

  return {
    node,
    canvas,
    /** Where what is said of the map itself stands. */
    corner,
    /** Say why the map is not drawn, and what says the same. */
    cannotDraw(reason, same = "Le classement et la phrase disent les mêmes choses.") {
      views.hidden = zooms.hidden = true;
      canvas.replaceChildren(make("p", "stage-message", `${reason} ${same}`));
    },
  };
}
