/**
 * A pattern for each reason why a value is missing, or calls for caution: told apart in grey and by those who
 * do not see colours. Missing values have a ground of their own; values under caution keep their colour, seen
 * through the pattern.
 */

/** The side of a tile (pixels). The map stretches patterns up to twice between two whole zooms. */
export const SIZE = 8;
const RATIO = 3;

function line(g, ...points) {
  g.beginPath();
  points.forEach(([x, y], n) => (n === 0 ? g.moveTo(x, y) : g.lineTo(x, y)));
  g.stroke();
}

function dot(g, x, y, radius) {
  g.beginPath();
  g.arc(x, y, radius, 0, 2 * Math.PI);
  g.fill();
}

/** Diagonals that meet at the edges of the tile; `way` 1 rises to the right. */
function diagonals(g, way) {
  for (const shift of [-SIZE, 0, SIZE]) {
    line(g, [shift, way > 0 ? SIZE : 0], [shift + SIZE, way > 0 ? 0 : SIZE]);
  }
}

const DRAWINGS = {
  not_published: (g) => diagonals(g, 1),
  secret: (g) => {
    dot(g, 2, 2, 0.8);
    dot(g, 6, 6, 0.8);
  },
  censored: (g) => {
    line(g, [0, 2], [SIZE, 2]);
    line(g, [0, 6], [SIZE, 6]);
  },
  not_applicable: (g) => line(g, [2, 4], [6, 4]),
  not_computable: (g) => {
    diagonals(g, 1);
    diagonals(g, -1);
  },
  simulated: (g) => line(g, [0, 2], [2, 6], [4, 2], [6, 6], [8, 2]),
  estimated: (g) => dot(g, 4, 4, 0.9),
  small_base: (g) => {
    g.beginPath();
    g.arc(4, 4, 2, 0, 2 * Math.PI);
    g.stroke();
  },
  inherited: (g) => diagonals(g, -1),
  partial: (g) => {
    line(g, [2, 0], [2, 4]);
    line(g, [6, 4], [6, 8]);
  },
};

/** Draw one tile of the pattern of a status. @returns {HTMLCanvasElement} */
function drawPattern(status, palette) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE * RATIO;
  // Read back at once: drawn in memory, not behind what the graphics card is busy with.
  const g = canvas.getContext("2d", { willReadFrequently: true });
  g.scale(RATIO, RATIO);
  if (status.missing) {
    g.fillStyle = "#efece5";
    g.fillRect(0, 0, SIZE, SIZE);
  }
  g.strokeStyle = g.fillStyle = status.missing ? palette.edge : palette.ink;
  g.globalAlpha = status.missing ? 0.75 : 0.6;
  g.lineWidth = 0.6;
  DRAWINGS[status.id]?.(g);
  return canvas;
}

const pictures = new Map();

/** The pattern of a status as the address of an image, drawn once. */
export function patternAddress(status, palette) {
  if (!pictures.has(status.id)) pictures.set(status.id, drawPattern(status, palette).toDataURL());
  return pictures.get(status.id);
}

/** The image of a status on the map. */
export function patternName(status) {
  return `motif:${status.id}`;
}

/** Give the map the patterns of all statuses. */
export function addPatterns(map, vocabulary, palette) {
  for (const status of vocabulary.statuses.slice(1)) {
    const canvas = drawPattern(status, palette);
    const image = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    map.addImage(patternName(status), image, { pixelRatio: RATIO });
  }
}
