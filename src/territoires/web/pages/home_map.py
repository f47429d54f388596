"""The map of the home page: one real indicator by intercommunalité, drawn once from the print frames.

The drawing is an image that is cached for ever; above it, the outlines of the regions lead to their maps.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request

from territoires.analysis.selected import Selected, select
from territoires.errors import UnknownError
from territoires.model.alerts import compared_mask
from territoires.model.classes import class_of
from territoires.model.levels import Level
from territoires.model.selection import Selection, format_query
from territoires.sheets.drawing import FILLS
from territoires.sheets.mapping import class_fills
from territoires.store.store import Frame, Store
from territoires.web.encoding import IMMUTABLE, SHORT, Body
from territoires.web.held import current_store, held

blueprint = Blueprint("home_map", __name__)

#: The indicator drawn, where the catalogue has it: it is known almost everywhere, overseas included.
INDICATOR = "log_vacants"
LEVEL = Level.EPCI

MAINLAND = "hexagone"

#: The drawing, in units of the viewBox: the mainland above, the overseas regions in a row under it.
WIDTH = 2000
GAP = 60
INSET = 280
LABEL = 90

MISSING = "#ecebe7"
QUALITY = 9


@dataclass(frozen=True, slots=True)
class Placed:
    """A frame put in the drawing: shift and scale, its zone, and the outlines of its regions by index."""

    zone: str
    frame: Frame
    x: float
    y: float
    scale: float

    @property
    def transform(self) -> str:
        """The place of the frame as an SVG transformation."""
        return f"translate({self.x:.1f} {self.y:.1f}) scale({self.scale:.4f})"

    @property
    def regions(self) -> list[tuple[int, str]]:
        """The outlines of the regions of the frame, by index."""
        return self.frame.paths.get(Level.REGION, [])


def place(store: Store) -> tuple[list[Placed], float]:
    """Return the frames of the country in their places (none without prints), and the height of all."""
    zones = list(dict.fromkeys(store.territories(Level.REGION).zone))
    frames: dict[str, Frame] = {}
    for zone in zones:
        try:
            frames[zone] = store.frame(f"france:{zone}")
        except UnknownError:
            continue
    mainland = frames.pop(MAINLAND, None)
    placed: list[Placed] = []
    height = 0.0
    if mainland is not None:
        scale = WIDTH / mainland.width
        placed.append(Placed(MAINLAND, mainland, 0, 0, scale))
        height = mainland.height * scale + GAP
    if frames:
        room = (WIDTH - GAP * (len(frames) - 1)) / max(5, len(frames))
        for position, (zone, frame) in enumerate(sorted(frames.items())):
            scale = min(room / frame.width, INSET / frame.height)
            x = position * (room + GAP) + (room - frame.width * scale) / 2
            placed.append(Placed(zone, frame, x, height + (INSET - frame.height * scale), scale))
        height += INSET + LABEL
    return placed, height


def shown(store: Store) -> Selection:
    """Return what the home page draws."""
    known = store.knows_indicator(INDICATOR)
    return Selection(LEVEL, INDICATOR if known else store.default_indicator)


def _fills(selected: Selected) -> list[str]:
    """Return the colour of each territory of the level."""
    fills = class_fills(len(selected.classes.sizes), selected.indicator.direction)
    which = class_of(selected.values, selected.classes)
    compared = compared_mask(selected.status) & (which >= 0)
    return [FILLS[fills[int(k)]] if known else MISSING for k, known in zip(which, compared, strict=True)]


def draw(store: Store) -> str:
    """Return the drawing: one path per colour and frame, edged with its own colour so that no gap shows."""
    placed, height = place(store)
    fills = _fills(select(store, shown(store)))
    groups: list[tuple[Placed, dict[str, str]]] = []
    for each in placed:
        paths: dict[str, list[str]] = {}
        for index, path in each.frame.paths.get(LEVEL, []):
            paths.setdefault(fills[index], []).append(path)
        groups.append((each, {fill: " ".join(parts) for fill, parts in sorted(paths.items())}))
    return render_template("home_map.svg", width=WIDTH, height=height, groups=groups)


@blueprint.get("/accueil.svg")
def image() -> Response:
    """Answer the drawing."""
    store = current_store()
    body = held().bodies.get("home map", lambda: Body(draw(store).encode(), "image/svg+xml", QUALITY))
    return body.answer(IMMUTABLE if request.args.get("v") == held().version else SHORT)


@dataclass(frozen=True, slots=True)
class HomeMap:
    """What the home page says of its map."""

    label: str
    caption: str
    address: str
    placed: list[Placed]
    width: int
    height: float
    names: list[str]
    codes: list[str]


def describe(store: Store) -> HomeMap | None:
    """Return the words and the outlines of the map, or None when there is nothing to draw."""
    placed, height = place(store)
    if not placed:
        return None
    selection = shown(store)
    indicator = store.indicator(selection.indicator)
    regions = store.territories(Level.REGION)
    return HomeMap(
        indicator.label,
        f"par intercommunalité, {indicator.vintage}. {store.sources[indicator.source].short}.",
        f"/carte?{format_query(selection)}",
        placed,
        WIDTH,
        height,
        regions.names,
        regions.codes,
    )
