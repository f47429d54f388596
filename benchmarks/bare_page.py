"""The least that MapLibre can do: the same tiles, one fill layer, and `setFeatureState` with arrays held in memory.

No request, no legend, no list, no sentence: what our page adds to it is what the comparison measures.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

import numpy as np

from territoires.analysis.selected import select
from territoires.model.classes import class_of
from territoires.model.levels import Level
from territoires.model.selection import Selection
from territoires.store.store import Store

PATH = "/benchmark/bare"

#: The camera of the first national view at 1280 × 800, in the same size of map.
PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>MapLibre</title><link rel="icon" href="data:,">
<script src="SCRIPT"></script></head>
<body style="margin:0"><select id="change">OPTIONS</select>
<div id="map" style="width:853px;height:652px"></div>
<script>
const ARRAYS = ARRAYS_JSON;
const COLOURS = ["rgba(0,0,0,0)", "#f8e6cf", "#f0bd8e", "#dd8a5c", "#b8553b", "#7d2a26"];
const map = new maplibregl.Map({
  container: "map", attributionControl: false, fadeDuration: 0, renderWorldCopies: false,
  center: [2.35, 46.4], zoom: 4.83, canvasContextAttributes: { antialias: false },
  style: { version: 8, transition: { duration: 0, delay: 0 },
    sources: { commune: { type: "vector", tiles: ["TILES"], minzoom: 3, maxzoom: 11, promoteId: "i" } },
    layers: [{ id: "communes", type: "fill", source: "commune", "source-layer": "commune", paint: {
      "fill-antialias": false,
      "fill-color": ["match", ["feature-state", "k"], 1, COLOURS[1], 2, COLOURS[2], 3, COLOURS[3], 4, COLOURS[4],
        5, COLOURS[5], COLOURS[0]] } }] },
});
const idle = () => new Promise((resolve) => { map.once("idle", resolve); map.triggerRepaint(); });
const finish = () => {
  const gl = map.getCanvas().getContext("webgl2");
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
};
function colour(slots) {
  const feature = { source: "commune", sourceLayer: "commune", id: 0 };
  for (let i = 0; i < slots.length; i += 1) {
    feature.id = i;
    map.setFeatureState(feature, { k: slots[i] });
  }
}
map.once("load", async () => {
  colour(ARRAYS[0]);
  await idle();
  finish();
  window.first = performance.now();
});
document.getElementById("change").addEventListener("change", async ({ target }) => {
  const asked = performance.now();
  colour(ARRAYS[Number(target.value)]);
  await idle();
  finish();
  (window.changes ??= []).push(performance.now() - asked);
});
</script></body></html>
"""


def options(count: int) -> str:
    """Return the options of a list, numbered from 0: the three pages are changed by the same gesture."""
    return "".join(f"<option>{number}</option>" for number in range(count))


def slots(store: Store, indicator: str) -> list[int]:
    """Return the class of each commune, from 1; 0 where there is no value."""
    selected = select(store, Selection(Level.COMMUNE, indicator))
    found: list[int] = (class_of(selected.values, selected.classes).astype(np.int64) + 1).tolist()
    return found


class WithBarePage:
    """A WSGI application with the bare page added to its addresses."""

    def __init__(
        self,
        application: Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]],
        store: Store,
        indicators: list[str],
        script: str,
        address: Callable[[], str],
    ) -> None:
        self._application = application
        self._arrays = json.dumps(
            [slots(store, indicator) for indicator in indicators], separators=(",", ":")
        )
        self._options = options(len(indicators))
        self._script, self._address, self._version = script, address, store.manifest.version[:12]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] != PATH:
            return self._application(environ, start_response)
        tiles = f"{self._address()}/tuiles/commune/{{z}}/{{x}}/{{y}}.mvt?v={self._version}"
        page = (
            PAGE.replace("SCRIPT", self._script)
            .replace("TILES", tiles)
            .replace("OPTIONS", self._options)
            .replace("ARRAYS_JSON", self._arrays)
        )
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [page.encode()]
