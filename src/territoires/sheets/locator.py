"""The small map that says where a territory is, among its neighbours."""

from __future__ import annotations

from territoires.model.levels import WORDS, Level
from territoires.sheets.outlining import (
    NEIGHBOUR,
    box,
    country_frame,
    frame_around,
    frame_of,
    middle,
    seen_in,
    touching,
    window_around,
)
from territoires.sheets.sections import Locator
from territoires.sheets.wording import tied
from territoires.store.store import Frame, Store

#: Most neighbours named on the map and in the words.
NAMED = 8

#: Width over height of the window.
RATIO = 1.18


def locate(store: Store, level: Level, index: int) -> tuple[Locator | None, tuple[str, ...]]:
    """Return the map of a territory among its neighbours, and the names of those it touches in the frame.

    A region is shown in its zone of the country, a département in its region, an intercommunalité and a commune
    among the communes around them. Overseas, a region is its own frame.
    """
    own = store.territories(level)
    if level is Level.REGION:
        frame = country_frame(store, index)
        if len(frame.paths.get(Level.REGION, ())) < 2:
            return _alone(store, frame, index), ()
        return _among(store, frame, level, index, least=1.0, whole=True)
    region = int(own.parents[Level.REGION][index])
    if level is Level.DEPARTEMENT:
        frame = frame_of(store, f"region:{store.territories(Level.REGION).codes[region]}")
        if len(frame.paths.get(level, ())) < 2:
            return _alone(store, frame, region), ()
        return _among(store, frame, level, index, least=1.0, whole=True)
    frame = frame_around(store, level, index)
    return _among(store, frame, level, index, least=3.2 if level is Level.COMMUNE else 2.0, whole=False)


def _among(
    store: Store, frame: Frame, level: Level, index: int, *, least: float, whole: bool
) -> tuple[Locator | None, tuple[str, ...]]:
    """Return the map of the territories of `level` in a frame, one of them filled."""
    paths = dict(frame.paths.get(level, ()))
    if index not in paths:
        return None, ()
    names = store.territories(level).names
    window = (0.0, 0.0, float(frame.width), float(frame.height))
    if not whole:
        window = window_around(frame, box(frame, level, index), least=least, ratio=RATIO)
    met = frame.paths[level] if whole else seen_in(frame, level, window)
    seen = {i: path for i, path in met if i != index}
    beyond = [path for _, path in frame.paths.get(NEIGHBOUR, ())]
    shapes: list[tuple[str, str]] = [("beyond", " ".join(beyond))] if beyond else []
    shapes.append(("around", " ".join(seen.values())))
    if level is Level.COMMUNE:
        epci = int(store.territories(level).parents[Level.EPCI][index])
        shapes += [("inside", path) for i, path in frame.paths.get(Level.EPCI, ()) if i == epci]
    shapes.append(("here", paths[index]))
    neighbours = touching(frame, level, index)
    people = store.territories(level).population
    neighbours.sort(key=lambda i: -int(people[i]))
    labels = tuple(
        (*middle(seen[i]), tied(names[i]))
        for i in neighbours[:NAMED]
        if i in seen and _inside(middle(seen[i]), window)
    )
    listed = tuple(tied(names[i]) for i in neighbours[:NAMED])
    where = f"Carte de situation : {tied(names[index])}"
    words = ", entouré par " if not WORDS[level].feminine else ", entourée par "
    alt = where + (words + ", ".join(listed) if listed else "") + "."
    return Locator(window, tuple(each for each in shapes if each[1]), labels, "", alt), listed


def _inside(point: tuple[float, float], window: tuple[float, float, float, float]) -> bool:
    x, y, width, height = window
    return (
        x + 0.08 * width <= point[0] <= x + 0.92 * width
        and y + 0.05 * height <= point[1] <= y + 0.95 * height
    )


def _alone(store: Store, frame: Frame, region: int) -> Locator:
    """Return the map of a region that has no neighbour by land: its intercommunalités, named."""
    names = store.territories(Level.EPCI).names
    inside = frame.paths.get(Level.EPCI, ())
    outline = " ".join(path for _, path in frame.paths.get(Level.REGION, ()))
    people = store.territories(Level.EPCI).population
    largest = sorted(inside, key=lambda pair: -int(people[pair[0]]))[:6]
    labels = tuple((*middle(path), tied(names[i])) for i, path in largest)
    name = tied(store.territories(Level.REGION).names[region])
    shapes = (("here", outline), ("border", " ".join(path for _, path in inside)))
    window = (0.0, 0.0, float(frame.width), float(frame.height))
    alt = f"Carte de situation : {name} et ses intercommunalités."
    return Locator(window, tuple(each for each in shapes if each[1]), labels, "Intercommunalités", alt)
