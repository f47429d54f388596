/**
 * Dash's scripts, after what the page is for. They stand inert in a template; they are run, in their order, when
 * the page says that it is shown (event "territoires:painted"), or after a while when it never does.
 */

const PATIENCE = 5000;
const template = document.getElementById("dash-scripts");

/** A script of the template as one that runs. */
function revived(inert) {
  const script = document.createElement("script");
  for (const { name, value } of inert.attributes) script.setAttribute(name, value);
  script.textContent = inert.textContent;
  script.async = false;
  return script;
}

/** Run a script that has an address; resolves when it has run, or could not. */
function fetched(script) {
  return new Promise((resolve) => {
    script.onload = script.onerror = resolve;
    document.body.append(script);
  });
}

async function start() {
  const scripts = [...template.content.querySelectorAll("script")].map(revived);
  await Promise.all(scripts.filter((script) => script.src).map(fetched));
  document.body.append(...scripts.filter((script) => !script.src));
}

let isStarted = false;

function startOnce() {
  if (isStarted) return;
  isStarted = true;
  // After the frame that shows the page.
  requestAnimationFrame(() => setTimeout(start));
}

if (document.documentElement.dataset.painted) startOnce();
document.addEventListener("territoires:painted", startOnce, { once: true });
setTimeout(startOnce, PATIENCE);
