"""One build: from the files of the producers to data/ and geodata/, or nothing at all."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import pyarrow.parquet as pq

from territoires.build.indicators import Index, compute
from territoires.build.publish import (
    Draft,
    carry_over,
    draft_beside,
    missing_by_reason,
    put_in_place,
    write_alerts,
    write_classes,
    write_manifest,
    write_values,
)
from territoires.build.related import write_related
from territoires.build.report import write_report
from territoires.build.verification import PLAN, read_plan, verify_sums, write_verification
from territoires.errors import InputError
from territoires.model.catalogue import FILE, read_catalogue
from territoires.model.indicators import Indicator
from territoires.model.levels import AGGREGATED, Level
from territoires.sources.reading import read_text, read_toml
from territoires.sources.registry import open_tables


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a build reads.

    `sources`: folder of tidy tables; `lists`: folder of the commune, EPCI, département and région lists;
    `outlines`: the archive or file of commune outlines, or None to keep the published geometries;
    `data`: the published folder, whose catalogue and source list are read.
    """

    sources: Path
    lists: Path
    outlines: Path | None
    data: Path
    geodata: Path


class Progress(Protocol):
    """Told what the build is doing: a stage, and within it how far it is."""

    def stage(self, name: str, total: int | None = None) -> None:
        """A stage begins, made of `total` steps where that is known."""

    def step(self, name: str) -> None:
        """One step of the stage begins."""


def _catalogue(data: Path) -> tuple[tuple[Indicator, ...], str]:
    """Read the catalogue and the release; every source named in a row must be described."""
    text = read_text(data / FILE)
    if not text.strip():
        raise InputError(FILE, "fichier vide", "un en-tête et au moins un indicateur")
    indicators = read_catalogue(csv.DictReader(io.StringIO(text)))
    described = read_toml(data / "sources.toml")
    if "release" not in described:
        raise InputError("sources.toml", "clé absente", 'release = "AAAA-MM"', column="release")
    for number, indicator in enumerate(indicators, start=2):
        if indicator.source not in described.get("source", {}):
            raise InputError(
                FILE, "source non décrite dans sources.toml", "une source décrite", column="source",
                rows=[f"ligne {number}, {indicator.id} : « {indicator.source} »"],
            )  # fmt: skip
    return indicators, str(described["release"])


def read_index(geodata: Path) -> Index:
    """Read, from the territory tables just written, what the values need of them."""
    tables = {level: pq.read_table(geodata / "territories" / f"{level}.parquet") for level in Level}
    codes = {level: table.column("code").to_pylist() for level, table in tables.items()}
    positions = {level: {code: i for i, code in enumerate(names)} for level, names in codes.items()}
    parents: dict[tuple[Level, Level], np.ndarray] = {}
    for level in (Level.COMMUNE, Level.EPCI, Level.DEPARTEMENT, Level.REGION):
        parents[level, Level.FRANCE] = np.zeros(len(codes[level]), dtype=np.intp)
    # An intercommunalité may stand on two départements: it is summed to no département and no région.
    for level, above in [
        (Level.COMMUNE, Level.EPCI),
        (Level.COMMUNE, Level.DEPARTEMENT),
        (Level.COMMUNE, Level.REGION),
        (Level.DEPARTEMENT, Level.REGION),
    ]:
        names = tables[level].column(above.value).to_pylist()
        parents[level, above] = np.array([positions[above].get(name, -1) for name in names], dtype=np.intp)
    return Index(
        codes=codes,
        population={
            level: table.column("population").to_numpy().astype(np.int64) for level, table in tables.items()
        },
        stratum={
            level: table.column("stratum").to_numpy().astype(np.int8) for level, table in tables.items()
        },
        parents=parents,
        departement_of=dict(
            zip(codes[Level.COMMUNE], tables[Level.COMMUNE].column("departement").to_pylist(), strict=True)
        ),
    )


def _geography(inputs: Inputs, draft: Draft, say: Callable[[str], None]) -> list[str]:
    """Build the geometries, or copy the published ones; return the lines of the report."""
    if inputs.outlines is None:
        shutil.copytree(inputs.geodata, draft.geodata, dirs_exist_ok=True)
        return ["Géométries reprises telles quelles de la version précédente."]
    from territoires.build.geography import build_geography

    return build_geography(inputs.lists, inputs.outlines, draft.geodata, say).lines()


def build(inputs: Inputs, progress: Progress) -> str:
    """Run a build and return the version published; on any error the previous data is untouched."""
    progress.stage("Catalogue")
    indicators, release = _catalogue(inputs.data)
    with draft_beside(inputs.data) as draft:
        carry_over(inputs.data, draft)
        progress.stage("Géométries")
        geography = _geography(inputs, draft, progress.step)
        index = read_index(draft.geodata)
        tables = open_tables(
            inputs.sources,
            {level.value: codes for level, codes in index.codes.items()},
            index.departement_of,
            inputs.data / "former_codes.csv",
            inputs.data / "set_aside.csv",
        )
        progress.stage("Indicateurs", len(indicators))
        computed = compute(indicators, tables, index, progress.step)
        progress.stage("Écriture")
        write_values(indicators, computed, draft.data)
        write_classes(indicators, computed, index, draft.data)
        write_alerts(indicators, computed, index, draft.data)
        plan = read_plan(inputs.data / PLAN, indicators)
        verified = verify_sums(indicators, plan, tables, index, computed)
        write_verification(verified, draft.data)
        write_related(indicators, computed, draft.data)
        missing = {level: missing_by_reason(computed, level) for level in (Level.COMMUNE, *AGGREGATED)}
        write_report(draft.data / "report.md", release, geography, tables, indicators, missing, verified)
        version = write_manifest(draft, release, len(indicators))
        put_in_place(draft, inputs.data, inputs.geodata)
    return version
