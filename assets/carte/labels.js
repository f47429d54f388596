/**
 * Names on the map: drawn once on a canvas in the face of the page (no glyph server is asked for anything),
 * placed by the map so that none covers another, the most inhabited first.
 */

const LAYER = "noms";
const RATIO = 2;
const HALO = 3;

/** How many towns may be named, from a zoom on. */
const NAMED = ["step", ["zoom"], 14, 5, 26, 6, 70, 7, 160, 8, 400];

function draw(name, isTown, palette, family) {
  const canvas = document.createElement("canvas");
  // Read back at once: drawn in memory, not behind what the graphics card is busy with.
  const g = canvas.getContext("2d", { willReadFrequently: true });
  const font = `400 ${13 * RATIO}px ${family}`;
  g.font = font;
  const pad = (HALO + 1) * RATIO;
  const dot = isTown ? 9 * RATIO : 0;
  canvas.width = Math.ceil(g.measureText(name).width) + 2 * pad + dot;
  canvas.height = 20 * RATIO;
  g.font = font;
  g.textBaseline = "middle";
  g.lineJoin = "round";
  g.strokeStyle = palette.paper;
  g.fillStyle = palette.ink;
  const middle = canvas.height / 2;
  if (isTown) {
    g.beginPath();
    g.arc(pad, middle, 2.2 * RATIO, 0, 2 * Math.PI);
    g.lineWidth = 2 * RATIO;
    g.stroke();
    g.fill();
  }
  g.globalAlpha = 0.88;
  g.lineWidth = HALO * RATIO;
  g.strokeText(name, pad + dot, middle + RATIO);
  g.globalAlpha = 1;
  g.fillText(name, pad + dot, middle + RATIO);
  return g.getImageData(0, 0, canvas.width, canvas.height);
}

function features(named, isTown) {
  return {
    type: "FeatureCollection",
    features: named.map(({ name, lon, lat }, order) => ({
      type: "Feature",
      properties: { image: `${isTown ? "ville" : "lieu"}:${name}`, order, town: isTown },
      geometry: { type: "Point", coordinates: [lon, lat] },
    })),
  };
}

/** Prepare the layer of names; `setNames` fills it. */
export async function addNames(map, palette) {
  const family = getComputedStyle(document.documentElement).getPropertyValue("--sans").trim();
  await Promise.all(["400", "600"].map((weight) => document.fonts.load(`${weight} 13px ${family}`, "Évreux")));
  map.on("styleimagemissing", ({ id }) => {
    const [kind, ...name] = id.split(":");
    if (kind !== "ville" && kind !== "lieu") return;
    map.addImage(id, draw(name.join(":"), kind === "ville", palette, family), { pixelRatio: RATIO });
  });
  map.addSource(LAYER, { type: "geojson", data: features([], true) });
  map.addLayer({
    id: LAYER,
    type: "symbol",
    source: LAYER,
    filter: ["any", ["!", ["get", "town"]], ["<", ["get", "order"], NAMED]],
    layout: {
      "icon-image": ["get", "image"],
      "icon-anchor": ["case", ["get", "town"], "left", "center"],
      "icon-offset": ["case", ["get", "town"], ["literal", [-4, 0]], ["literal", [0, 0]]],
      "icon-padding": 3,
      "symbol-sort-key": ["get", "order"],
    },
  });
}

/** Name towns (`isTown`), or territories at their centre. @param {{name: string, lon: number, lat: number}[]} named */
export function setNames(map, named, isTown) {
  map.getSource(LAYER)?.setData(features(named, isTown));
}
