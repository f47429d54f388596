/**
 * The marks of the map, drawn on a canvas: a shape per organisation, a ring per group whose arcs show the mix of
 * families. What is invented is hollow. No glyph server is asked for the number in the middle.
 */

const RATIO = 2;

/** Half the side of the mark of one organisation, and the width of a ring (pixels). */
const MARK = 9;
const RING = 6;

const GROUP = "grappe";
const SINGLE = "forme";

/** The radius of the ring of `count` organisations: it grows with the number of digits, not with the number. */
function radiusOf(count) {
  return 14 + 5.5 * Math.log10(count);
}

/** A canvas of a side in pixels, its origin in the middle. */
function canvasOf(side) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = Math.ceil(side * RATIO);
  const g = canvas.getContext("2d", { willReadFrequently: true });
  g.translate(canvas.width / 2, canvas.height / 2);
  g.scale(RATIO, RATIO);
  g.lineJoin = "round";
  return [canvas, g];
}

function pixels(canvas) {
  return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
}

function drawSingle(shape, colour, hollow, palette) {
  const [canvas, g] = canvasOf(2 * (MARK + 3));
  const path = new Path2D();
  const scale = (2 * MARK) / 16;
  path.addPath(new Path2D(shape), new DOMMatrix([scale, 0, 0, scale, -MARK, -MARK]));
  g.lineWidth = 5;
  g.strokeStyle = palette.surface;
  g.stroke(path);
  g.fillStyle = hollow ? palette.surface : colour;
  g.fill(path);
  g.lineWidth = 2;
  g.strokeStyle = colour;
  g.stroke(path);
  return pixels(canvas);
}

function drawArc(g, radius, from, to, colour, hollow, palette) {
  g.beginPath();
  g.arc(0, 0, radius, from, to);
  g.arc(0, 0, radius - RING, to, from, true);
  g.closePath();
  g.fillStyle = hollow ? palette.surface : colour;
  g.fill();
  g.lineWidth = 1.5;
  g.strokeStyle = colour;
  g.stroke();
}

/** Draw a ring: `real` and `invented` are the numbers of each family. */
function drawGroup(real, invented, colours, palette, family) {
  const count = [...real, ...invented].reduce((a, b) => a + b, 0);
  const radius = radiusOf(count);
  const [canvas, g] = canvasOf(2 * (radius + 3));
  g.beginPath();
  g.arc(0, 0, radius + 2, 0, 2 * Math.PI);
  g.fillStyle = palette.surface;
  g.fill();
  let from = -Math.PI / 2;
  colours.forEach((colour, n) => {
    for (const [number, hollow] of [[real[n], false], [invented[n], true]]) {
      if (number === 0) continue;
      const to = from + (2 * Math.PI * number) / count;
      drawArc(g, radius, from, to, colour, hollow, palette);
      from = to;
    }
  });
  g.fillStyle = palette.ink;
  g.font = `600 13px ${family}`;
  g.textAlign = "center";
  g.textBaseline = "middle";
  g.fillText(String(count), 0, 1);
  return pixels(canvas);
}

/** The expression that names the image of a group, from the sums of its families. */
export function groupImage(families) {
  const list = (letter) => families.flatMap((_, n) => [...(n ? [","] : []), ["to-string", ["get", `${letter}${n}`]]]);
  return ["concat", `${GROUP}:`, ...list("r"), ":", ...list("x")];
}

/** The expression that names the image of one organisation. */
export const singleImage = ["concat", `${SINGLE}:`, ["to-string", ["get", "family"]], ":", ["to-string", ["get", "x"]]];

/** The sums that a group carries: `r0`, `r1`… for organisations that exist, `x0`… for those that are invented. */
export function groupSums(families) {
  const sum = (n, x) => ["+", ["case", ["all", ["==", ["get", "family"], n], ["==", ["get", "x"], x]], 1, 0]];
  return Object.fromEntries(families.flatMap((_, n) => [[`r${n}`, sum(n, 0)], [`x${n}`, sum(n, 1)]]));
}

/** Draw the images that the map lacks. */
export function drawWhenMissing(map, families, palette) {
  const styles = getComputedStyle(document.documentElement);
  const colours = families.map(({ id }) => styles.getPropertyValue(`--famille-${id}`).trim());
  const family = styles.getPropertyValue("--sans").trim();
  map.on("styleimagemissing", ({ id }) => {
    const [kind, first, second] = id.split(":");
    if (kind === SINGLE) {
      const n = Number(first);
      map.addImage(id, drawSingle(families[n].shape, colours[n], second === "1", palette), { pixelRatio: RATIO });
    } else if (kind === GROUP) {
      const [real, invented] = [first, second].map((numbers) => numbers.split(",").map(Number));
      map.addImage(id, drawGroup(real, invented, colours, palette, family), { pixelRatio: RATIO });
    }
  });
}
