/**
 * The list of indicators follows the form while it is being filled. The server does the search: this only asks
 * for the same page and shows its results, so that the form works the same without a script.
 */

const PAUSE = 250;

const form = document.querySelector("form[data-catalogue]");

/** The address of the page that the form asks for, without its empty fields. */
function addressOf() {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (String(value).trim()) query.append(name, String(value).trim());
  }
  const text = query.toString();
  return text ? `${form.action}?${text}` : form.action;
}

let waiting = 0;
let asked = null;

async function refresh() {
  const address = addressOf();
  if (address === location.href) return;
  asked?.abort();
  asked = new AbortController();
  let text;
  try {
    const response = await fetch(address, { signal: asked.signal });
    if (!response.ok) return;
    text = await response.text();
  } catch {
    return; // replaced by a newer question, or no network: the button still works
  }
  const page = new DOMParser().parseFromString(text, "text/html");
  for (const part of ["h1", "[data-found]", "[data-results]"]) {
    const [here, there] = [document, page].map((each) => each.querySelector(`main ${part}`));
    if (here && there) here.replaceChildren(...there.childNodes);
  }
  document.title = page.title;
  history.replaceState(null, "", address);
}

if (form) {
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, event.target.tagName === "SELECT" ? 0 : PAUSE);
  });
}
