// Place search: an ARIA combobox over a plain form. Without this script the form leads to /recherche.

const LEVELS = { commune: "commune", epci: "intercommunalité", departement: "département", region: "région" };
const WAIT = 120; // ms after the last key
const SHOWN = 8;

/** Where a place is, in words: "commune, Haute-Garonne, Occitanie". */
function describePlace(place) {
  const parents = [place.departement, place.region].filter((parent) => parent && parent.name !== place.name);
  return [LEVELS[place.level], ...parents.map((parent) => parent.name)].join(", ").replaceAll("'", "’");
}

/** The address of the map for a place; on the map, the indicator and the sizes shown are kept. */
function placeAddress(place) {
  const kept = new URLSearchParams();
  kept.set("niveau", place.level);
  if (window.location.pathname === "/carte") {
    const present = new URLSearchParams(window.location.search);
    for (const name of ["indicateur", "taille"]) {
      for (const value of present.getAll(name)) kept.append(name, value);
    }
  }
  kept.set("territoire", place.code);
  // What the visitor switched off stays off from page to page.
  if (new URLSearchParams(window.location.search).get("demonstration") === "0") kept.set("demonstration", "0");
  return `/carte?${kept}`;
}

/** Go to a place: a page that knows how to show it prevents the default, which is to open the map. */
function goTo(place) {
  const event = new CustomEvent("territoires:place", { detail: place, cancelable: true });
  if (document.dispatchEvent(event)) window.location.assign(placeAddress(place));
}

/** Turn a search form into a combobox. */
function enhance(form) {
  const input = form.querySelector("input[type=search]");
  const list = document.createElement("ul");
  const said = document.createElement("p");
  let places = [];
  let active = -1;
  let timer = 0;
  let asked = new AbortController();

  list.id = `${input.id}-choix`;
  list.className = "place-options";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Territoires trouvés");
  list.hidden = true;
  said.className = "unseen";
  said.setAttribute("role", "status");
  input.parentElement.append(list);
  form.append(said);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function activate(index) {
    active = index;
    for (const [position, option] of [...list.children].entries()) {
      option.setAttribute("aria-selected", String(position === index));
      if (position === index) option.scrollIntoView({ block: "nearest" });
    }
    if (index >= 0) input.setAttribute("aria-activedescendant", `${list.id}-${index}`);
    else input.removeAttribute("aria-activedescendant");
  }

  function choose(index) {
    const place = places[index];
    input.value = place.name;
    close();
    goTo(place);
  }

  function makeOption(place, index) {
    const option = document.createElement("li");
    option.id = `${list.id}-${index}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const parts = [
      ["name", place.name.replaceAll("'", "’")],
      ["people", `${place.population.toLocaleString("fr-FR")} hab.`],
      ["where", describePlace(place)],
    ];
    for (const [name, text] of parts) {
      const part = document.createElement("span");
      part.className = name;
      part.textContent = text;
      option.append(part, " ");
    }
    // Before the field loses the focus, so that the list is still there.
    option.addEventListener("pointerdown", (event) => event.preventDefault());
    option.addEventListener("click", () => choose(index));
    return option;
  }

  function show(found) {
    places = found;
    list.replaceChildren(...found.map(makeOption));
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    activate(-1);
    const count = found.length;
    said.textContent = count === 0 ? "Aucun territoire de ce nom." : `${count} ${count > 1 ? "territoires" : "territoire"}, flèche du bas pour choisir.`;
  }

  async function look() {
    const query = input.value.trim();
    asked.abort();
    asked = new AbortController();
    if (query === "") {
      said.textContent = "";
      close();
      return;
    }
    try {
      const address = `/api/v1/territories?${new URLSearchParams({ q: query, limit: String(SHOWN) })}`;
      const response = await fetch(address, { signal: asked.signal });
      if (response.ok) show((await response.json()).results);
    } catch (error) {
      // A newer search replaced this one, or the network is gone: the form itself still works.
      if (error.name !== "AbortError") close();
    }
  }

  input.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(look, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const last = places.length - 1;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && places.length > 0) {
      event.preventDefault();
      if (list.hidden) show(places);
      const step = event.key === "ArrowDown" ? 1 : -1;
      const next = active + step;
      activate(next > last ? 0 : next < 0 ? last : next);
    } else if (event.key === "Enter" && active >= 0 && !list.hidden) {
      event.preventDefault();
      choose(active);
    }
  });
  input.addEventListener("blur", close);
  form.addEventListener("submit", (event) => {
    if (input.value.trim() === "") event.preventDefault();
  });
}

document.querySelectorAll("form[data-place-search]").forEach(enhance);
