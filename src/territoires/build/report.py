"""The readable report of a build: what was read, what matched, what did not, and why values are missing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from territoires.model.fragilities import DOMAINS
from territoires.model.indicators import STATUS_LABELS, Indicator, Status
from territoires.model.levels import WORDS, Level
from territoires.sources.registry import Reading, Tables
from territoires.store.verification import VerificationRow

#: Codes named one by one in the report before it only counts the others.
NAMED = 30


def _codes(codes: Sequence[str]) -> str:
    shown = ", ".join(codes[:NAMED])
    return f"{shown} et {len(codes) - NAMED} autres" if len(codes) > NAMED else shown


def _reading(reading: Reading) -> list[str]:
    lines = [f"- `{reading.file}` : {reading.rows} lignes lues, {reading.matched} rattachées"]
    if reading.set_aside:
        lines.append(f"  - mises de côté : {_codes(sorted(reading.set_aside))}")
    for note, rows in reading.emptied.items():
        lines.append(f"  - valeurs écartées sur {rows} lignes : {note}")
    if reading.absent:
        lines.append(f"  - territoires sans ligne ({len(reading.absent)}) : {_codes(reading.absent)}")
    return lines


def _verified(row: VerificationRow) -> str:
    gap, tolerance = f"{row.median_gap:.3f}", f"{row.tolerance:g} {row.unit}"
    cells = (row.indicator, WORDS[row.level].singular, row.family, row.compared, row.within, gap, tolerance)
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def write_report(
    path: Path,
    release: str,
    geography: Sequence[str],
    tables: Tables,
    indicators: Sequence[Indicator],
    missing: dict[Level, dict[Status, int]],
    verified: Sequence[VerificationRow],
) -> None:
    """Write the report as Markdown; the same input gives the same text."""
    lines = [f"# Rapport de construction, données {release}", "", "## Territoires", ""]
    lines += [f"- {line}" for line in geography]
    lines += ["", "## Tables lues", ""]
    for name in sorted(tables.readings):
        lines += _reading(tables.readings[name])
    lines += ["", f"## Indicateurs ({len(indicators)})", ""]
    for domain in DOMAINS:
        count = sum(indicator.domain == domain.id for indicator in indicators)
        lines.append(f"- {domain.label} : {count}")
    lines += ["", "## Valeurs par statut", "", "| échelon | statut | valeurs |", "|---|---|--:|"]
    for level, reasons in missing.items():
        for status in Status:
            if status in reasons:
                lines.append(f"| {WORDS[level].singular} | {STATUS_LABELS[status]} | {reasons[status]} |")
    lines += ["", f"## Sommes comparées à des chiffres publiés ({len(verified)})", ""]
    lines += ["| indicateur | échelon | famille | comparés | dans la tolérance | écart médian | tolérance |"]
    lines += ["|---|---|---|--:|--:|--:|--:|", *(_verified(row) for row in verified)]
    outside = [row for row in verified if row.outside]
    lines += ["", f"Hors tolérance ({len(outside)}) :", ""]
    lines += [f"- {row.indicator}, {WORDS[row.level].singular} : {row.reason}" for row in outside]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
