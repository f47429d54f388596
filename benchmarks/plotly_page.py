"""A page that shows the same communes and the same values with Plotly's `Choroplethmap`, for comparison only.

Everything is prepared in its favour: outlines simplified to about 500 metres (ours get finer when one zooms
in), values already written as files, no server code, the `white-bg` style so that no other host is asked.
"""

from __future__ import annotations

import json
import shutil
from importlib.util import find_spec
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from benchmarks.bare_page import options
from territoires.analysis.selected import select
from territoires.model.levels import Level
from territoires.model.selection import Selection
from territoires.store.store import Store

#: Simplification and rounding of the outlines, in degrees.
TOLERANCE = 0.005
GRID = 0.001

#: The size of the map in the page of Territoires at 1280 × 800, in pixels.
WIDTH, HEIGHT = 853, 652

PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>Plotly</title><link rel="icon" href="data:,">
<script src="plotly.min.js"></script></head>
<body style="margin:0"><select id="change">OPTIONS</select>
<div id="map" style="width:WIDTHpx;height:HEIGHTpx"></div>
<script>
const NAMES = NAMES_JSON;
const chart = document.getElementById("map");
const finish = (map) => {
  const gl = map.getCanvas().getContext("webgl2");
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
};
const idle = (map) => new Promise((resolve) => { map.once("idle", resolve); map.triggerRepaint(); });
// The worker has the new data: before that, the map may be idle on the old one.
const received = (map) => new Promise((resolve) => {
  const look = (event) => {
    if (event.sourceDataType !== "content") return;
    map.off("data", look);
    resolve();
  };
  map.on("data", look);
});
const values = async (name) => (await fetch(`values/${name}.json`)).json();
async function start() {
  const z = await values(NAMES[0]);
  await Plotly.newPlot(chart, [{
    type: "choroplethmap", geojson: "communes.json", featureidkey: "id", locations: z.map((_, i) => i), z,
    colorscale: "YlOrRd", showscale: false, marker: { line: { width: 0 } },
  }], { map: { style: "white-bg", center: { lon: 2.2, lat: 46.5 }, zoom: 4.4 },
        margin: { l: 0, r: 0, t: 0, b: 0 }, width: WIDTH, height: HEIGHT });
  const map = chart._fullLayout.map._subplot.map;
  await idle(map);
  finish(map);
  window.first = performance.now();
}
document.getElementById("change").addEventListener("change", async ({ target }) => {
  const asked = performance.now();
  const z = await values(NAMES[Number(target.value)]);
  const map = chart._fullLayout.map._subplot.map;
  const taken = received(map);
  await Plotly.restyle(chart, { z: [z] }, [0]);
  await taken;
  await idle(map);
  finish(map);
  (window.changes ??= []).push(performance.now() - asked);
});
start();
</script></body></html>
"""


def write_outlines(parquet: Path, target: Path) -> int:
    """Write the communes as GeoJSON whose feature id is the territory index; return its bytes."""
    communes = gpd.read_parquet(parquet, columns=["geometry"])
    shapes = shapely.coverage_simplify(communes.geometry.to_numpy(), TOLERANCE)
    shapes = shapely.set_precision(shapes, GRID, mode="pointwise")
    features = [
        f'{{"type":"Feature","id":{index},"properties":{{}},"geometry":{geometry}}}'
        for index, geometry in enumerate(shapely.to_geojson(shapes))
    ]
    target.write_text(
        '{"type":"FeatureCollection","features":[' + ",".join(features) + "]}", encoding="utf-8"
    )
    return target.stat().st_size


def write_values(store: Store, indicator: str, target: Path) -> None:
    """Write the values that the API gives, null where missing."""
    values = select(store, Selection(Level.COMMUNE, indicator)).values
    listed = [float(value) if np.isfinite(value) else None for value in values]
    target.write_text(json.dumps(listed, separators=(",", ":")), encoding="utf-8")


def make_page(store: Store, geodata: Path, indicators: list[str], folder: Path) -> int:
    """Write the whole page in `folder`; return the bytes of its outlines."""
    (folder / "values").mkdir(parents=True)
    for indicator in indicators:
        write_values(store, indicator, folder / "values" / f"{indicator}.json")
    spec = find_spec("plotly")
    assert spec is not None
    assert spec.origin is not None
    shutil.copy(Path(spec.origin).parent / "package_data" / "plotly.min.js", folder / "plotly.min.js")
    page = PAGE.replace("NAMES_JSON", json.dumps(indicators)).replace("WIDTH", str(WIDTH))
    page = page.replace("OPTIONS", options(len(indicators)))
    (folder / "index.html").write_text(page.replace("HEIGHT", str(HEIGHT)), encoding="utf-8")
    return write_outlines(geodata / "territories" / "commune.parquet", folder / "communes.json")
