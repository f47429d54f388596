/**
 * What to do when the map page does not come: once everything that was asked for has arrived or failed, a map that
 * has not started never will, and the plain page takes its place (carte/rescue.css). When only Dash is missing, the
 * fields of the plain page stand where its own would be.
 */

const root = document.documentElement;

/** How long Dash may take to lay out its fields once the map stands (milliseconds). */
const PATIENCE = 10000;

/** How long a script that has just arrived may take to start (milliseconds). */
const GRACE = 600;

function replaceFields() {
  const place = document.querySelector("#page-attente .map-choices");
  const form = document.querySelector("#carte-secours form");
  if (!place || !form || document.getElementById("carte-choix")) return;
  const details = document.createElement("details");
  details.className = "choices-rescue";
  const summary = document.createElement("summary");
  summary.textContent = "Changer d’indicateur, d’échelon, de taille ou de région";
  details.append(summary, form);
  place.replaceChildren(details);
}

addEventListener("load", () => {
  setTimeout(() => root.dataset.map === undefined && root.classList.add("is-broken"), GRACE);
  setTimeout(replaceFields, PATIENCE);
});
