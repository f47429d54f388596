"""Build everything geographic, from lists and outlines to territories, tiles and print outlines."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from territoires.build.geometry import FINEST, Repair, assemble, dissolve, dissolve_levels, project, repair
from territoires.build.prints import write_prints
from territoires.build.territories import commune_outlines, commune_table, higher_table, members, write_table
from territoires.build.tiles import write_tiles
from territoires.model.levels import AGGREGATED, MAPPED, Level
from territoires.sources.geography import read_lists, read_outlines, read_restored


@dataclass(frozen=True)
class GeographyReport:
    """What was built, in numbers.

    `territories` per level; `repairs` per zone (communes with edges that do not match, before and after);
    `rebuilt` communes had no outline, `completed` ones lacked a former member; `without_epci` are codes;
    `tiles` counts the territories found in the tiles, per level and zoom; `sizes` are bytes per file, by
    its path relative to the output folder.
    """

    territories: dict[Level, int]
    repairs: tuple[Repair, ...]
    rebuilt: tuple[str, ...]
    completed: tuple[str, ...]
    without_epci: tuple[str, ...]
    tiles: dict[Level, dict[int, int]]
    sizes: dict[str, int]

    def lines(self) -> list[str]:
        """Return the report as French lines for a person."""
        before = sum(repair.before for repair in self.repairs)
        after = sum(repair.after for repair in self.repairs)
        counts = ", ".join(f"{level} {count}" for level, count in self.territories.items())
        poorest = {level: min(zooms.values()) for level, zooms in self.tiles.items()}
        present = ", ".join(f"{level} {count}" for level, count in poorest.items())
        return [
            f"territoires : {counts}",
            f"communes aux limites discordantes : {before} avant réparation, {after} après",
            f"contours reconstruits : {len(self.rebuilt)} ({', '.join(self.rebuilt)})",
            f"contours complétés d’anciennes communes : {len(self.completed)}",
            f"communes sans intercommunalité : {len(self.without_epci)} ({', '.join(self.without_epci)})",
            f"territoires dans les tuiles, au zoom le moins fourni : {present}",
            f"taille : {sum(self.sizes.values()) / 1e6:.1f} Mo en {len(self.sizes)} fichiers",
        ]


def build_geography(
    lists: Path, outlines: Path, out: Path, progress: Callable[[str], None]
) -> GeographyReport:
    """Write `territories/`, `tiles/`, `prints.parquet` and `frames.parquet` into `out`.

    The same input gives the same bytes. `lists` is the folder of the four CSV files (and of the restored
    outlines, if any); `outlines` the folder of the archives, or a GeoJSON or GeoParquet file. `progress`
    receives one French line per step. The caller gives an empty folder and publishes it whole. Raises
    `InputError` on any fault of the input.
    """
    listed = read_lists(lists)
    assembled = assemble(listed, read_outlines(outlines), read_restored(lists))
    progress(f"contours de {len(assembled.shapes)} communes assemblés")

    repaired = [repair(zone) for zone in project(listed, assembled.shapes)]
    zones = [zone for zone, _ in repaired]
    for _, fixed in repaired:
        progress(f"zone {fixed.zone} : {fixed.before} communes aux limites discordantes, {fixed.after} après")

    belongs = {level: members(listed, level) for level in MAPPED}
    counts = {level: int(belongs[level].max()) + 1 for level in MAPPED}
    drawn = [zone.simplified(FINEST) for zone in zones]
    shapes = dissolve_levels(commune_outlines(drawn), belongs, counts)
    shapes[Level.FRANCE] = dissolve(shapes[Level.REGION], np.zeros(counts[Level.REGION], dtype=np.intp), 1)
    tables = {Level.COMMUNE: commune_table(listed, zones, shapes[Level.COMMUNE], assembled.points)}
    for level in AGGREGATED:
        tables[level] = higher_table(listed, level, tables[Level.COMMUNE], shapes[level])
    for level, table in tables.items():
        write_table(table, out / "territories" / f"{level}.parquet")
    progress("tables des territoires écrites")

    codes = {level: list(tables[level]["code"]) for level in MAPPED}
    with ThreadPoolExecutor(1) as beside:
        # Shapely and Arrow work outside the interpreter's lock: two cores draw at once.
        printing = beside.submit(write_prints, zones, belongs, counts, codes, out)
        files = write_tiles(drawn, belongs, counts, out / "tiles", progress)
        printing.result()
    progress("contours d’impression écrits")

    communes = listed.communes
    return GeographyReport(
        territories={level: len(table) for level, table in tables.items()},
        repairs=tuple(fixed for _, fixed in repaired),
        rebuilt=assembled.rebuilt,
        completed=assembled.completed,
        without_epci=tuple(communes["code"][communes["epci"] == ""]),
        tiles={file.level: file.per_zoom for file in files},
        sizes={
            path.relative_to(out).as_posix(): path.stat().st_size
            for path in sorted(out.rglob("*"))
            if path.is_file()
        },
    )
