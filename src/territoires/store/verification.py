"""What the build found when it held our sums against published figures: the rows of `verification.csv`.

The families and their tolerances live here, so that the build that compares and the page that explains say
the same thing. They were fixed before looking at any gap (docs/adr/0006-verification-tolerances.md).
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from territoires.errors import DataError
from territoires.model.levels import Level
from territoires.store.manifest import REBUILD

FILE = "verification.csv"

COLUMNS: tuple[str, ...] = (
    "indicator", "level", "reference", "family", "independent", "tolerance", "unit", "compared", "within",
    "median_gap", "worst_code", "worst_gap", "reason",
)  # fmt: skip

#: A comparison is in order when at least this share of its territories is within the tolerance.
WITHIN_SHARE = 0.90

#: Unit of a relative gap.
RELATIVE_UNIT = "% de la valeur publiée"


@dataclass(frozen=True, slots=True)
class Family:
    """How close two figures must be because of how they were made.

    `tolerance` is in the displayed unit, or in per cent of the published figure when `relative`.
    """

    label: str
    tolerance: float
    relative: bool = False


#: The families of comparisons. Changing a tolerance means a new decision record, never a better score.
FAMILIES: dict[str, Family] = {
    "effectifs": Family("Effectifs administratifs exacts", 0.05),
    "recensement_parts": Family("Recensement, parts d’un effectif publié", 0.1),
    "recensement_taux": Family("Recensement, taux à dénominateur reconstitué", 0.3),
    "recensement_diplomes": Family("Recensement, diplômes (pondération approchée)", 0.5),
    "recensement_evolutions": Family("Recensement, évolutions de taux", 0.6),
    "recensement_indice": Family("Recensement, indice de vieillissement", 1.0),
    "recensement_indice_evolution": Family("Recensement, évolution de l’indice de vieillissement", 2.0),
    "filosofi_montants": Family("Niveaux de vie, montants", 0.1, relative=True),
    "filosofi_parts": Family("Niveaux de vie, parts et rapports à une décimale", 0.1),
    "filosofi_deduits": Family("Niveaux de vie, montants déduits d’un rapport arrondi", 2.0, relative=True),
    "emploi_prive": Family("Emploi privé, deux publications", 0.3),
    "surfaces": Family("Taux pondérés par les surfaces", 2.0, relative=True),
    "superficies": Family("Superficies de deux sources", 3.0, relative=True),
    "etat_civil": Family("État civil, populations de référence différentes", 3.0, relative=True),
    "transactions": Family("Ventes de logements, deux dénombrements", 10.0, relative=True),
    "millesime_voisin": Family("Même notion, année voisine", 1.0),
    "croissance_voisine": Family("Croissance annuelle, période voisine", 0.1),
    "autre_producteur": Family("Équipements comptés par une autre administration", 10.0, relative=True),
    "coherence": Family("Cohérence de deux chiffres d’une même publication", 0.1),
}


@dataclass(frozen=True, slots=True)
class VerificationRow:
    """One comparison: an indicator at a level against a published `reference`.

    `compared` territories have both figures, `within` of them differ by `tolerance` at most (in `unit`).
    `median_gap` is the median of the absolute gaps, `worst_gap` the signed gap (ours − published) of the
    territory `worst_code`. `reason` explains, in French, the comparisons that are `outside`.
    """

    indicator: str
    level: Level
    reference: str
    family: str
    independent: bool
    tolerance: float
    unit: str
    compared: int
    within: int
    median_gap: float
    worst_code: str
    worst_gap: float
    reason: str

    @property
    def share_within(self) -> float:
        """Share (0–1) of the compared territories that are within the tolerance."""
        return self.within / self.compared

    @property
    def outside(self) -> bool:
        """Whether the comparison must be listed: median gap or more than a tenth of territories too far."""
        return self.median_gap > self.tolerance or self.share_within < WITHIN_SHARE


def share_within(rows: tuple[VerificationRow, ...]) -> float:
    """Return the share (0–1) of all compared values that are within their tolerance; 0 without any."""
    compared = sum(row.compared for row in rows)
    return sum(row.within for row in rows) / compared if compared else 0.0


def read_verification(data: Path) -> tuple[VerificationRow, ...]:
    """Read `verification.csv` of the folder `data`, in its order; `DataError` if it cannot be read."""
    try:
        text = (data / FILE).read_text(encoding="utf-8")
        lines = csv.DictReader(io.StringIO(text))
        if tuple(lines.fieldnames or ()) != COLUMNS:
            raise DataError(f"Colonnes inattendues : {data.name}/{FILE}. {REBUILD}.")
        return tuple(_row(line) for line in lines)
    except (OSError, UnicodeDecodeError, ValueError, KeyError) as error:
        raise DataError(f"Fichier illisible : {data.name}/{FILE} ({error}). {REBUILD}.") from error


def _row(line: dict[str, str]) -> VerificationRow:
    """Return one typed row; `ValueError` or `KeyError` for a cell that is not acceptable."""
    return VerificationRow(
        indicator=line["indicator"],
        level=Level(line["level"]),
        reference=line["reference"],
        family=line["family"],
        independent={"oui": True, "non": False}[line["independent"]],
        tolerance=float(line["tolerance"]),
        unit=line["unit"],
        compared=int(line["compared"]),
        within=int(line["within"]),
        median_gap=float(line["median_gap"]),
        worst_code=line["worst_code"],
        worst_gap=float(line["worst_gap"]),
        reason=line["reason"],
    )
