/** Elements of SVG, made in one call. */

const SPACE = "http://www.w3.org/2000/svg";

/** Make an element: `draw("text", { x: 4, y: 8 }, "words")`; what is undefined is left out. */
export function draw(tag, attributes = {}, ...content) {
  const element = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...content);
  return element;
}

/** A number of pixels short enough for an attribute. */
export const px = (value) => Math.round(value * 10) / 10;
