/** What one takes away from the map: its address, its picture, its data, the code that puts it on another page. */

import { writeAddress } from "./address.js";
import { make } from "./keeping.js";
import { listedIndicator } from "./vocabulary.js";

/** What a picture does not show of a selection. */
const NOT_PICTURED = ["second", "comparaison", "fond", "catalyseurs", "vue"];

/** The addresses of the files of a selection, which name the version of the data. */
export function fileAddresses(selection, version) {
  const query = new URLSearchParams(writeAddress(selection));
  for (const name of NOT_PICTURED) query.delete(name);
  query.append("v", version);
  const rows = new URLSearchParams();
  for (const stratum of selection.strata) rows.append("taille", stratum);
  for (const region of selection.regions) rows.append("region", region);
  if (selection.second) rows.append("second", selection.second);
  rows.append("v", version);
  const data = (ending) => `/telecharger/${selection.level}/${selection.indicator}.${ending}?${rows}`;
  return {
    svg: `/carte/image.svg?${query}`,
    png: `/carte/image.png?${query}`,
    paper: `/carte/image.png?${query}&format=a4`,
    csv: data("csv"),
    xlsx: data("xlsx"),
    geojson: data("geojson"),
  };
}

/** The code that puts the map of a selection on another page. */
function embedCode(selection, label) {
  const address = `${location.origin}/integrer/carte?${writeAddress(selection)}`;
  const safe = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  return `<iframe src="${safe(address)}" title="${safe(label)}" width="100%" height="640" loading="lazy" style="border:0"></iframe>`;
}

/** A link to a file, and what it is good for. */
function file(words, note) {
  const anchor = make("a", "takeaway-file", words);
  anchor.setAttribute("download", "");
  return { anchor, line: make("li", "", anchor, make("span", "takeaway-note", note)) };
}

function block(title, ...content) {
  return make("div", "takeaway-block", make("h3", "takeaway-title", title), ...content);
}

/** Make the block. `vocabulary` is that of the page. */
export function createTakeaway(vocabulary) {
  const files = {
    png: file("PNG", "1\u202f600 × 1\u202f200 points"),
    paper: file("PNG à imprimer", "A4, 200 points par pouce"),
    svg: file("SVG", "à retoucher"),
    csv: file("CSV", "pour tableur"),
    xlsx: file("XLSX", "classeur"),
    geojson: file("GeoJSON", "avec les contours"),
  };
  const list = (...listed) => make("ul", "takeaway-files", ...listed.map(({ line }) => line));
  const status = make("p", "unseen");
  status.setAttribute("role", "status");

  /** A field that is read only, and the button that copies it. */
  function copied(field, id, label, done) {
    field.id = id;
    field.readOnly = true;
    field.spellcheck = false;
    const name = make("label", "unseen", label);
    name.htmlFor = id;
    const button = make("button", "button quiet takeaway-copy", "Copier");
    button.type = "button";
    button.setAttribute("aria-label", `Copier : ${label.toLowerCase()}`);
    button.addEventListener("click", async () => {
      field.select();
      // Without a secure connection there is no clipboard: the text is selected, ready to be copied by hand.
      if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
      status.textContent = navigator.clipboard ? done : "Le texte est sélectionné.";
      button.textContent = navigator.clipboard ? "Copié" : "Sélectionné";
      setTimeout(() => (button.textContent = "Copier"), 2000);
    });
    return [name, field, button];
  }

  const address = Object.assign(make("input"), { type: "text" });
  const code = make("textarea");
  code.rows = 4;
  const preview = make("a", "", "Voir le cadre");
  const embed = make(
    "details",
    "takeaway-embed",
    make("summary", "", "Intégrer"),
    make("p", "takeaway-note", "Ce code affiche la carte sur une autre page ; elle garde vos choix et suit les mises à jour."),
    ...copied(code, "carte-code", "Code à intégrer", "Code copié"),
    make("p", "", preview),
  );
  const title = make("h2", "takeaway-head", "Emporter");
  title.id = "emporter";
  title.tabIndex = -1;
  const node = make(
    "section",
    "takeaway",
    title,
    make(
      "div",
      "takeaway-blocks",
      block("Lien permanent", ...copied(address, "carte-lien", "Lien permanent", "Lien copié")),
      block("Image de la carte", list(files.png, files.paper, files.svg)),
      block("Données affichées", list(files.csv, files.xlsx, files.geojson)),
      block("Sur votre site", embed),
    ),
    status,
  );
  node.setAttribute("aria-labelledby", title.id);
  const jump = make("a", "takeaway-jump", "Emporter");
  jump.href = `#${title.id}`;
  let picture = null;
  let enlarged = null;
  let present = null;

  /** The address in the bar also says where the map looks, which changes without a choice. */
  function refreshAddress() {
    address.value = `${location.origin}${location.pathname}${location.search}`;
  }
  address.addEventListener("focus", refreshAddress);
  node.addEventListener("pointerenter", refreshAddress);

  return {
    node,

    /** Give the files of a selection. */
    reflect(selection) {
      present = selection;
      // Beside the sentence: what it leads to is at the end of the column.
      document.querySelector(".head-ways")?.append(jump);
      const label = listedIndicator(vocabulary, selection.indicator).label;
      const addresses = fileAddresses(selection, vocabulary.version);
      for (const [name, { anchor }] of Object.entries(files)) anchor.href = addresses[name];
      code.value = embedCode(selection, label);
      preview.href = `/integrer/carte?${writeAddress(selection)}`;
      refreshAddress();
      if (picture) {
        picture.src = enlarged.href = addresses.svg;
        picture.alt = `Carte : ${label} (agrandir)`;
      }
    },

    /** Put the picture made by the server where the map cannot be drawn; it follows the selection. */
    standIn(place) {
      picture = make("img");
      enlarged = make("a", "stage-picture", picture);
      enlarged.target = "_blank";
      place.append(enlarged);
      if (present) this.reflect(present);
    },
  };
}
