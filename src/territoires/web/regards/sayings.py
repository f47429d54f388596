"""The sentences of the page of Regards: what margins settle, and how much they leave open."""

from __future__ import annotations

from territoires.analysis.gaps import READING_LABELS, Gap, Gaps, Reading, covered
from territoires.model.formats import ordinal, plural
from territoires.store.store import Store
from territoires.web.regards.felt_choice import FeltChoice, name_of_domain, name_of_region
from territoires.web.typography import tie

NOT_TO_QUOTE = "Perceptions simulées : à ne pas citer."


def why(row: Gap) -> str:
    """Say why a row has no reading."""
    if row.felt is None:
        return "perception non publiée"
    if not row.felt.shown:
        return "moins de 30 réponses"
    if not covered(row.measured):
        return "trop peu mesuré par commune"
    return "trop peu de régions connues des deux côtés, ou trop peu d’habitants en alerte"


def region_sentence(name: str, choice: FeltChoice, rows: list[Gap]) -> str:
    """Say how many fragilities of a region are read each way, and its widest gap; only what margins settle."""
    known = [row for row in rows if row.reading is not None]
    if not known:
        return tie(
            f"{name} : trop peu de résultats sont publiés par région, selon {choice.who} en {choice.wave}, pour mettre "
            "ce qui se ressent en face de ce qui se mesure."
        )
    sure = [row for row in known if not row.unsure]
    counts = [
        plural(n, f"fragilité {READING_LABELS[each]}", f"fragilités {READING_LABELS[each]}s")
        for each in Reading
        if (n := sum(row.reading is each for row in sure))
    ]
    parts = [", ".join(counts)] if counts else []
    if len(sure) < len(known):
        left = plural(len(known) - len(sure), "domaine")
        parts.append(f"pour {left} sur {len(known)}, la marge de l’enquête ne permet pas de trancher")
    text = f"{name}, selon {choice.who} en {choice.wave} : {' ; '.join(parts)}."
    # Where both orders agree there is no gap to tell.
    widest = max((row for row in sure if _distance(row)), key=_distance, default=None)
    if widest is not None and widest.felt_rank and widest.measured_rank:
        felt = ordinal(widest.felt_rank.rank, feminine=True)
        measured = ordinal(widest.measured_rank.rank, feminine=True)
        text += (
            f" Plus grand écart : {name_of_domain(widest.domain)}, {felt} région pour ce qui est ressenti, "
            f"{measured} pour ce qui est mesuré, sur {widest.felt_rank.of}."
        )
    return tie(text + _mark(known))


def domain_sentence(store: Store, choice: FeltChoice, found: Gaps) -> str:
    """Say where a domain is shared, silent or felt; only what margins settle."""
    known = [row for row in found.rows if row.reading is not None]
    subject = f"{name_of_domain(found.domain)}, selon {choice.who} en {choice.wave}"
    if not known:
        reasons = sorted({why(row) for row in found.rows})
        return tie(f"{subject} : aucune région n’est connue des deux côtés ({', '.join(reasons)}).")
    text = f"{subject} : "
    parts = []
    for reading in (Reading.SHARED, Reading.SILENT, Reading.FELT):
        members = sorted(
            (row for row in known if row.reading is reading and not row.unsure),
            key=lambda row: row.measured_rank.rank if row.measured_rank else 0,
        )
        if members:
            names = ", ".join(name_of_region(store, row.code) for row in members[:3])
            more = f" et {len(members) - 3} autres" if len(members) > 4 else ""
            parts.append(f"{READING_LABELS[reading]} dans {names}{more}")
    text += " ; ".join(parts) if parts else "les marges ne permettent de trancher pour aucune région"
    return tie(f"{text}.{_mark(known)}")


def _distance(row: Gap) -> int:
    """Return how far apart the two ranks stand, the margin of the survey taken off."""
    if row.felt_rank is None or row.measured_rank is None:
        return 0
    rank = row.measured_rank.rank
    return max(row.felt_rank.best - rank, rank - row.felt_rank.worst, 0)


def _mark(rows: list[Gap]) -> str:
    return f" {NOT_TO_QUOTE}" if any(row.felt is not None and row.felt.simulated for row in rows) else ""
