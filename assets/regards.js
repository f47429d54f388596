/**
 * What makes the pages of Regards more comfortable: tables of cells walked with the arrows, the sentence copied in
 * one click, forms that answer as soon as they are changed. Without this script everything still works.
 */

const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/** One stop of the tab key per table; arrows, Home and End go from cell to cell. */
function walk(table) {
  const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].slice(1).map((cell) => cell.firstElementChild));
  const cells = rows.flat().filter(Boolean);
  if (cells.length === 0) return;
  const detail = table.closest("section")?.querySelector("[data-detail]");
  const stop = (cell) => {
    for (const each of cells) each.tabIndex = each === cell ? 0 : -1;
  };
  const tell = (cell) => {
    if (detail && cell) detail.textContent = cell.getAttribute("aria-label");
  };
  stop(cells.find((cell) => cell.getAttribute("aria-current")) ?? cells[0]);
  table.parentElement.removeAttribute("tabindex");
  table.addEventListener("focusin", (event) => {
    if (!cells.includes(event.target)) return;
    stop(event.target);
    tell(event.target);
  });
  table.addEventListener("pointerover", (event) => tell(event.target.closest?.("td")?.firstElementChild));
  table.addEventListener("keydown", (event) => {
    const row = rows.findIndex((each) => each.includes(event.target));
    if (row < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const column = rows[row].indexOf(event.target);
    const next = nextCell(rows, row, column, event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}

/** The cell that a key leads to, over empty ones; nothing past the edges. */
function nextCell(rows, row, column, key) {
  if (key === "Home") return rows[row].find(Boolean);
  if (key === "End") return rows[row].findLast(Boolean);
  const [down, right] = ARROWS[key] ?? [0, 0];
  if (!down && !right) return null;
  for (let r = row + down, c = column + right; rows[r] && c >= 0 && c < rows[r].length; r += down, c += right) {
    if (rows[r][c]) return rows[r][c];
  }
  return null;
}

/** A button that copies the sentence with its source and the address of the page. */
function quote(box) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet";
  button.textContent = "Copier la phrase";
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  said.className = "small soft";
  button.addEventListener("click", async () => {
    const parts = [...box.querySelectorAll("[data-quote], [data-quote-source]")].map((part) => part.textContent.trim());
    try {
      await navigator.clipboard.writeText([...parts, location.href].join("\n"));
      said.textContent = "Copié, avec l’adresse de la page.";
    } catch {
      said.textContent = "La copie n’est pas permise ici : sélectionnez la phrase.";
    }
  });
  const line = document.createElement("p");
  line.className = "quote-actions";
  line.append(button, said);
  box.append(line);
}

/** The form asks for its page as soon as a choice is made; the button stays for those who prefer it. */
function follow(form) {
  let touched = "";
  form.addEventListener("keydown", (event) => (touched = event.key === "Enter" ? "" : "keyboard"));
  form.addEventListener("pointerdown", () => (touched = ""));
  form.addEventListener("change", () => {
    // With the arrows of the keyboard each step is a change: the button then decides.
    if (!touched) form.requestSubmit();
  });
  form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
  });
}

for (const table of document.querySelectorAll("table[data-matrix]")) walk(table);
for (const box of document.querySelectorAll(".quote")) quote(box);
for (const form of document.querySelectorAll("form[data-regards]")) follow(form);
