"""The territories of one level, as arrays in index order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from territoires.errors import UnknownError
from territoires.model.levels import WORDS, Level


@dataclass(frozen=True, slots=True)
class Territory:
    """One territory. `region`, `departement`, `epci` are codes (None where there is none)."""

    level: Level
    index: int
    code: str
    name: str
    population: int
    population_year: int
    stratum: int
    region: str | None
    departement: str | None
    epci: str | None
    seat: str | None
    area_km2: float
    communes: int
    point: tuple[float, float]
    bounds: tuple[float, float, float, float]


@dataclass(frozen=True)
class Territories:
    """All territories of a level; the position in every array is the territory index of the tiles.

    `population` in inhabitants; `stratum` is a position in `model.sizes.STRATA`; `points` (n, 2) and
    `bounds` (n, 4) in degrees, EPSG:4326; `parents` gives, per higher level, the position of the parent
    (−1 where there is none).
    """

    level: Level
    codes: list[str]
    names: list[str]
    population: NDArray[np.int32]
    population_year: NDArray[np.int16]
    stratum: NDArray[np.int8]
    zone: list[str]
    seat: list[str | None]
    area_km2: NDArray[np.float32]
    communes: NDArray[np.int32]
    points: NDArray[np.float64]
    bounds: NDArray[np.float64]
    parents: dict[Level, NDArray[np.intp]]
    parent_codes: dict[Level, list[str | None]]
    _index: dict[str, int] = field(repr=False)

    def __len__(self) -> int:
        """Return the number of territories."""
        return len(self.codes)

    def __contains__(self, code: object) -> bool:
        """Whether `code` exists at this level."""
        return code in self._index

    def index(self, code: str) -> int:
        """Return the position of `code`; `UnknownError` if it does not exist at this level."""
        try:
            return self._index[code]
        except KeyError:
            raise UnknownError(
                f"Code inconnu à l’échelon {WORDS[self.level].singular} : {code[:20]}."
            ) from None

    def at(self, index: int) -> Territory:
        """Return the territory at position `index`."""
        west, south, east, north = (float(x) for x in self.bounds[index])
        return Territory(
            level=self.level,
            index=index,
            code=self.codes[index],
            name=self.names[index],
            population=int(self.population[index]),
            population_year=int(self.population_year[index]),
            stratum=int(self.stratum[index]),
            region=self.parent_codes[Level.REGION][index],
            departement=self.parent_codes[Level.DEPARTEMENT][index],
            epci=self.parent_codes[Level.EPCI][index],
            seat=self.seat[index],
            area_km2=float(self.area_km2[index]),
            communes=int(self.communes[index]),
            point=(float(self.points[index, 0]), float(self.points[index, 1])),
            bounds=(west, south, east, north),
        )

    def get(self, code: str) -> Territory:
        """Return the territory of this `code`; `UnknownError` if it does not exist at this level."""
        return self.at(self.index(code))


def _array(table: pa.Table, name: str, dtype: str) -> NDArray[Any]:
    """Return a column as a contiguous array of `dtype`."""
    return np.ascontiguousarray(table.column(name).to_numpy(), dtype=dtype)


def read_territories(level: Level, table: pa.Table, indexes: dict[Level, dict[str, int]]) -> Territories:
    """Make the arrays of one level from its table; `indexes` gives code → position of the higher levels."""
    codes: list[str] = table.column("code").to_pylist()
    parent_codes: dict[Level, list[str | None]] = {
        parent: table.column(parent.value).to_pylist()
        for parent in (Level.EPCI, Level.DEPARTEMENT, Level.REGION)
    }
    parents: dict[Level, NDArray[np.intp]] = {
        parent: np.fromiter((index.get(code or "", -1) for code in parent_codes[parent]), np.intp, len(codes))
        for parent, index in indexes.items()
        if parent is not Level.FRANCE
    }
    parents[Level.FRANCE] = np.zeros(len(codes), dtype=np.intp)
    return Territories(
        level=level,
        codes=codes,
        names=table.column("name").to_pylist(),
        population=_array(table, "population", "int32"),
        population_year=_array(table, "population_year", "int16"),
        stratum=_array(table, "stratum", "int8"),
        zone=table.column("zone").to_pylist(),
        seat=table.column("seat").to_pylist(),
        area_km2=_array(table, "area_km2", "float32"),
        communes=_array(table, "communes", "int32"),
        points=np.column_stack([_array(table, name, "float64") for name in ("lon", "lat")]),
        bounds=np.column_stack([_array(table, name, "float64") for name in ("xmin", "ymin", "xmax", "ymax")]),
        parents=parents,
        parent_codes=parent_codes,
        _index={code: position for position, code in enumerate(codes)},
    )
