/** Counts as proportional circles: the area follows the value, at every zoom. */

const SOURCE = "cercles";
const RADIUS = { zoom: 4, pixels: 22, growth: Math.SQRT2 };

/** The radius (pixels) of the largest circle at a zoom. */
export function largestRadius(zoom) {
  return RADIUS.pixels * RADIUS.growth ** (Math.min(Math.max(zoom, 3), 11) - RADIUS.zoom);
}

/** The largest value shown, which has the largest circle. */
export function largestValue(view) {
  let largest = 0;
  view.figures.values.forEach((value, i) => {
    if (view.inside[i] && value > largest) largest = value;
  });
  return largest;
}

/** Points of the territories shown, the largest first so that small circles stay in sight. */
function points(view, largest) {
  const { places, figures, inside } = view;
  const shown = [];
  figures.values.forEach((value, i) => {
    if (inside[i] && value > 0) shown.push(i);
  });
  shown.sort((a, b) => figures.values[b] - figures.values[a]);
  return {
    type: "FeatureCollection",
    features: shown.map((i) => ({
      type: "Feature",
      properties: { i, r: Math.sqrt(figures.values[i] / largest) },
      geometry: { type: "Point", coordinates: [places.lon[i], places.lat[i]] },
    })),
  };
}

const EMPTY = { type: "FeatureCollection", features: [] };

/** Draw the circles of a view, or none for null. */
export function drawCircles(map, view, palette) {
  const data = view ? points(view, largestValue(view)) : EMPTY;
  const colour = view && view.figures.direction !== 0 ? palette.circle.fragile : palette.circle.context;
  if (map.getSource(SOURCE)) {
    map.getSource(SOURCE).setData(data);
    map.setPaintProperty(SOURCE, "circle-color", colour);
    return;
  }
  if (!view) return;
  map.addSource(SOURCE, { type: "geojson", data, tolerance: 0 });
  map.addLayer(
    {
      id: SOURCE,
      type: "circle",
      source: SOURCE,
      paint: {
        "circle-color": colour,
        "circle-opacity": 0.72,
        "circle-stroke-color": palette.surface,
        "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 4, 0.25, 8, 1],
        "circle-radius": [
          "interpolate",
          ["exponential", RADIUS.growth],
          ["zoom"],
          3,
          ["*", ["get", "r"], largestRadius(3)],
          11,
          ["*", ["get", "r"], largestRadius(11)],
        ],
      },
    },
    map.getLayer("noms") ? "noms" : undefined,
  );
}
