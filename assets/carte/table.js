/**
 * The ranking: every territory of the view in a real table, of which only the rows in sight are made. One row
 * is active; arrows, Page, Home and End move it, Enter chooses its territory.
 */

import { bare, number, signed } from "./formats.js";
import { make } from "./keeping.js";
import { COLUMNS, orderedRows } from "./order.js";
import { statusNote } from "./tip.js";
import { levelWords } from "./vocabulary.js";

const ROW = 48;
const SPARE = 6;
const HEADS = { rang: "Rang", nom: "Territoire", valeur: "Valeur", ecart: "Écart", habitants: "Habitants" };

function sortButton(column) {
  const button = make("button", "bare-button sort", HEADS[column]);
  button.type = "button";
  button.dataset.column = column;
  const head = make("th", `col-${column}`, button);
  head.scope = "col";
  return head;
}

/** Make the table. `on.point(index)` and `on.choose(index)` tell what the reader points at and chooses. */
export function createTable(on) {
  const heads = Object.keys(COLUMNS).map(sortButton);
  const gapHead = heads[Object.keys(COLUMNS).indexOf("ecart")];
  const [before, after] = [make("tr", "gap"), make("tr", "gap")];
  const body = make("tbody", "", before, after);
  const caption = make("caption", "unseen");
  const table = make("table", "ranking", caption, make("thead", "", make("tr", "", ...heads)), body);
  table.id = "carte-classement";
  table.tabIndex = 0;
  table.setAttribute("role", "grid");
  table.setAttribute("aria-readonly", "true");
  for (const gap of [before, after]) gap.setAttribute("aria-hidden", "true");
  const frame = make("div", "ranking-frame", table);
  const nothing = make("p", "ranking-empty");
  nothing.hidden = true;
  const node = make("div", "ranking-whole", frame, nothing);

  let view = null;
  let rows = [];
  let active = 0;
  let chosen = -1;
  let wanted = "";
  let awaited = false;
  let sorting = { column: "rang", way: 1 };

  function rankText(index) {
    const rank = view.rankInList(index);
    return rank > 0 ? number(rank) : "";
  }

  /** Whether there is a value to compare with. */
  function isCompared() {
    const { reference } = view.figures;
    return reference !== null && !Number.isNaN(reference.value);
  }

  /** The gap to the reference, with its sign. */
  function gapText(index) {
    const gap = view.gap(index);
    return Number.isNaN(gap) ? "" : signed(gap, view.figures.decimals);
  }

  /** What tells apart territories of the same name: the département, or the region of a département. */
  function parentName(index) {
    const { places, selection, vocabulary } = view;
    const parent =
      selection.level === "departement"
        ? vocabulary.regions[places.region[index]]?.name
        : places.departementNames?.[places.departement[index]];
    return parent === places.name[index] ? "" : (parent ?? "");
  }

  function makeRow(position) {
    const index = rows[position];
    const { figures, places } = view;
    const under = parentName(index);
    const note = statusNote(view, index);
    const missing = Number.isNaN(figures.values[index]);
    const line = make(
      "tr",
      "",
      make("td", "col-rang", rankText(index)),
      make("th", "col-nom", places.name[index], ...(under ? [make("span", "under", under)] : [])),
      make("td", "col-valeur", missing ? "" : bare(figures.values[index], figures), ...(note ? [make("span", "under", note)] : [])),
      ...(isCompared() ? [make("td", "col-ecart", gapText(index))] : []),
      make("td", "col-habitants", number(places.population[index])),
    );
    if (view.pinned.includes(index)) line.classList.add("is-pinned");
    line.cells[1].scope = "row";
    line.id = `rang-${position}`;
    line.dataset.position = String(position);
    line.setAttribute("aria-rowindex", String(position + 2));
    line.setAttribute("aria-selected", String(index === chosen));
    if (position === active) {
      line.classList.add("is-active");
      // The rank among its peers, for those who listen; the note on the map says it to those who see.
      if (document.activeElement === table) line.cells[0].append(make("span", "unseen", view.rankSentence(index)));
    }
    return line;
  }

  /** Make the rows in sight, and leave the room of the others. */
  function draw() {
    if (!view) return;
    const top = Math.max(0, frame.scrollTop);
    const first = Math.max(0, Math.floor(top / ROW) - SPARE);
    const last = Math.min(rows.length, Math.ceil((top + (frame.clientHeight || 480)) / ROW) + SPARE);
    const lines = [];
    for (let position = first; position < last; position += 1) lines.push(makeRow(position));
    before.style.height = `${first * ROW}px`;
    after.style.height = `${(rows.length - last) * ROW}px`;
    body.replaceChildren(before, ...lines, after);
    // Only a row that is made can be named.
    table.setAttribute("aria-activedescendant", active >= first && active < last ? `rang-${active}` : "");
  }

  /** Scroll so that a row is in sight, clear of the heading. */
  function bringUp(position, centred = false) {
    const head = table.tHead.offsetHeight;
    const room = frame.clientHeight - head;
    awaited = room <= 0;
    if (awaited) return;
    const top = position * ROW;
    if (centred) frame.scrollTop = top - (room - ROW) / 2;
    else if (top < frame.scrollTop) frame.scrollTop = top;
    else if (top + ROW > frame.scrollTop + room) frame.scrollTop = top + ROW - room;
  }

  function activate(position, { point = true } = {}) {
    active = Math.max(0, Math.min(position, rows.length - 1));
    bringUp(active);
    draw();
    if (point && rows.length > 0) on.point(rows[active]);
  }

  function arrange({ keepPlace = false } = {}) {
    if (!view?.places) return;
    const words = levelWords(view.vocabulary, view.selection.level);
    rows = orderedRows(view, sorting, wanted);
    table.setAttribute("aria-rowcount", String(rows.length + 1));
    caption.textContent = `${view.figures.label} : ${words.plural} ; flèches pour parcourir, Entrée pour choisir`;
    gapHead.hidden = !isCompared();
    const far = isCompared() ? `Écart ${view.figures.reference.to}` : "";
    gapHead.firstChild.setAttribute("aria-label", far);
    gapHead.title = far;
    table.classList.toggle("is-compared", isCompared());
    if (gapHead.hidden && sorting.column === "ecart") sorting = { column: "rang", way: 1 };
    heads.forEach((head) => {
      const { column } = head.firstChild.dataset;
      if (column === sorting.column) head.setAttribute("aria-sort", sorting.way === 1 ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    });
    nothing.hidden = rows.length > 0;
    nothing.textContent = wanted ? `Aucun nom ne contient « ${wanted} » dans cette sélection.` : "Aucun territoire dans cette sélection.";
    frame.hidden = rows.length === 0;
    const place = rows.indexOf(chosen);
    active = Math.max(0, place);
    // The rows have their room before one of them is brought up.
    after.style.height = `${rows.length * ROW}px`;
    if (place >= 0) bringUp(place, true);
    else if (!keepPlace) frame.scrollTop = 0;
    draw();
  }

  const page = () => Math.max(1, Math.floor((frame.clientHeight - table.tHead.offsetHeight) / ROW) - 1);
  const moves = {
    ArrowDown: () => active + 1,
    ArrowUp: () => active - 1,
    PageDown: () => active + page(),
    PageUp: () => active - page(),
    Home: () => 0,
    End: () => rows.length - 1,
  };

  table.addEventListener("keydown", (event) => {
    if (event.target !== table || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key in moves) {
      event.preventDefault();
      activate(moves[event.key]());
    } else if ((event.key === "Enter" || event.key === " ") && rows.length > 0) {
      event.preventDefault();
      on.choose(rows[active]);
    }
  });
  // Not for the mouse: the row that is pressed must still be there when the button is released.
  table.addEventListener("focus", () => rows.length > 0 && table.matches(":focus-visible") && activate(active));
  table.addEventListener("blur", () => on.point(-1));
  body.addEventListener("click", ({ target }) => {
    const line = target.closest("tr[data-position]");
    if (!line) return;
    active = Number(line.dataset.position);
    draw();
    on.choose(rows[active]);
  });
  body.addEventListener("pointermove", ({ target, pointerType }) => {
    const line = pointerType === "mouse" && target.closest("tr[data-position]");
    if (line) on.point(rows[Number(line.dataset.position)]);
  });
  body.addEventListener("pointerleave", () => on.point(-1));
  table.tHead.addEventListener("click", ({ target }) => {
    const column = target.closest("button")?.dataset.column;
    if (!column) return;
    sorting = { column, way: sorting.column === column ? -sorting.way : COLUMNS[column] };
    arrange();
  });
  let asked = 0;
  frame.addEventListener("scroll", () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(draw);
  });
  new ResizeObserver(() => {
    // The row to bring up was chosen before the table had a place on the page.
    if (awaited && rows.length > 0) bringUp(active, true);
    draw();
  }).observe(frame);

  return {
    node,
    /** Show the territories of a view, with one of them marked (−1: none). */
    show(next, index) {
      const sameRows = view && view.selection.level === next.selection.level && chosen === index;
      view = next;
      chosen = index;
      arrange({ keepPlace: sameRows });
    },
    /** Mark the row in sight of a territory that is pointed at elsewhere (−1: none). */
    point(index) {
      for (const line of body.querySelectorAll("tr[data-position]")) {
        line.classList.toggle("is-pointed", rows[Number(line.dataset.position)] === index);
      }
    },
    /** Keep the names that contain some text. */
    filter(text) {
      wanted = text;
      arrange();
      return rows.length;
    },
  };
}
