"""What the files of Regards hold: dominoes and gaps; a simulated figure says it in its own cell."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from territoires.analysis.chance import FALSE_DISCOVERIES
from territoires.analysis.dominoes import Domino, Dominoes
from territoires.analysis.exports import release_facts
from territoires.analysis.gaps import READING_LABELS, Gap, Gaps
from territoires.analysis.tables import Column, Fact, Kind, Table
from territoires.model.fragilities import BY_ID
from territoires.model.indicators import STATUS_LABELS, Status
from territoires.model.levels import WORDS, Level
from territoires.model.perceptions import Perception
from territoires.model.sizes import LABELS
from territoires.store.store import Store

#: The word that follows each simulated figure, so that none can be taken for a real one.
SIMULATED = STATUS_LABELS[Status.SIMULATED]

ALERT_NOTE = Fact(
    "alert_rule",
    "Domaine en alerte",
    "Un domaine est en alerte dans un territoire quand deux au moins de ses indicateurs le sont, et que le "
    "territoire est dans le cinquième de ceux de sa taille où la plus grande part des indicateurs connus est en "
    "alerte. Avec moins de trois indicateurs connus, le domaine est inconnu.",
)


def dominoes_table(store: Store, found: Dominoes) -> Table:
    """Return every pair and triple of domains, a row each; a probability under 1e-12 is written 1e-12."""
    rows = (*found.pairs, *found.triples)
    columns = (
        *(
            Column(
                f"domain_{k + 1}",
                f"Domaine {k + 1}",
                Kind.TEXT,
                [BY_ID[row.domains[k]].label if k < len(row.domains) else None for row in rows],
            )
            for k in range(3)
        ),
        _integers("known", "Territoires où tous sont connus", [row.known for row in rows]),
        _integers("together", "En alerte ensemble", [row.together for row in rows]),
        _numbers("expected", "Attendus par hasard", [row.expected for row in rows], 2),
        _numbers("lift", "Fois plus souvent", [row.lift for row in rows], 3),
        _numbers("support", "Part", [row.support for row in rows], 4),
        _integers("inhabitants", "Habitants", [row.inhabitants for row in rows]),
        Column("chance", "Probabilité par hasard", Kind.NUMBER, np.array([row.chance for row in rows])),
        Column("found", "Établi", Kind.FLAG, np.array([float(row.found) for row in rows])),
    )
    regions = store.territories(Level.REGION)
    facts = (
        Fact("level", "Échelon", WORDS[found.level].plural),
        Fact("size", "Taille", ", ".join(LABELS[each] for each in found.strata) or "toutes"),
        Fact("region", "Région", regions.get(found.region).name if found.region else "France entière"),
        Fact("tests", "Rencontres testées ensemble", str(found.tests)),
        *release_facts(store),
    )
    note = Fact(
        "test",
        "Test",
        "Hasard calculé taille par taille (loi hypergéométrique, test exact de Fisher à un côté) ; pour trois "
        "domaines, la plus grande des trois probabilités obtenues en rapprochant chacun des deux autres. "
        f"Benjamini et Hochberg à {FALSE_DISCOVERIES:.0%} sur tous les tests. Aller ensemble n’est pas une cause.",
    )
    return Table("Dominos de fragilités", None, len(rows), columns, facts, (ALERT_NOTE, note))


def gaps_table(store: Store, rows: Sequence[tuple[Gaps, Gap]], who: str, wave: str) -> Table:
    """Return both ranks of every region and domain, a row each; a rank felt is text when it is simulated."""
    gaps = [gap for _, gap in rows]
    marked = any(gap.felt is not None and gap.felt.simulated for gap in gaps)
    regions = store.territories(Level.REGION)
    felt = [gap.felt for gap in gaps]

    def survey(name: str, title: str, values: Sequence[float | None]) -> Column:
        return _survey(name, title, felt, values, marked)

    columns = (
        _texts("region", "Code de la région", [gap.code for gap in gaps]),
        _texts("region_name", "Région", [regions.get(gap.code).name for gap in gaps]),
        _texts("domain", "Domaine", [BY_ID[gap.domain].label for gap in gaps]),
        survey(
            "felt", "Ressenti", [each.value if each is not None and each.shown else None for each in felt]
        ),
        survey("felt_rank", "Rang ressenti", [gap.felt_rank.rank if gap.felt_rank else None for gap in gaps]),
        survey(
            "felt_best",
            "Rang ressenti, au mieux",
            [gap.felt_rank.best if gap.felt_rank else None for gap in gaps],
        ),
        survey(
            "felt_worst",
            "Rang ressenti, au pire",
            [gap.felt_rank.worst if gap.felt_rank else None for gap in gaps],
        ),
        _numbers(
            "measured",
            "Part des habitants en commune en alerte (%)",
            [100 * gap.measured.share for gap in gaps],
            1,
        ),
        _integers(
            "measured_rank",
            "Rang mesuré",
            [gap.measured_rank.rank if gap.measured_rank else None for gap in gaps],
        ),
        _integers("compared", "Régions comparées", [found.compared for found, _ in rows]),
        _texts(
            "reading",
            "Lecture",
            [
                None
                if gap.reading is None
                else READING_LABELS[gap.reading]
                + (f" ({SIMULATED})" if gap.felt and gap.felt.simulated else "")
                for gap in gaps
            ],
        ),
        Column("unsure", "Lecture incertaine", Kind.FLAG, np.array([float(gap.unsure) for gap in gaps])),
        _texts(
            "status", "Statut du ressenti", [each.status.word if each else "not_published" for each in felt]
        ),
    )
    facts = (Fact("actor", "Selon", who), Fact("wave", "Vague", wave), *release_facts(store))
    title = "Ressenti et mesuré" + (f" ({SIMULATED})" if marked else "")
    return Table(title, None, len(gaps), columns, facts, (ALERT_NOTE, *_simulated_note(marked)))


def _simulated_note(marked: bool) -> tuple[Fact, ...]:
    if not marked:
        return ()
    text = "Ce fichier contient des chiffres simulés, inventés pour la démonstration : à ne jamais citer."
    return (Fact("simulated", "Attention", text),)


def _texts(name: str, title: str, values: Sequence[str | None]) -> Column:
    return Column(name, title, Kind.TEXT, values)


def _integers(name: str, title: str, values: Sequence[int | None]) -> Column:
    numbers = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    return Column(name, title, Kind.INTEGER, numbers)


def _numbers(name: str, title: str, values: Sequence[float], decimals: int) -> Column:
    return Column(name, title, Kind.NUMBER, np.round(np.array(values, dtype=np.float64), decimals), decimals)


def _survey(
    name: str,
    title: str,
    rows: Sequence[Perception | None],
    values: Sequence[float | None],
    marked: bool,
) -> Column:
    """Return a column of survey figures: numbers, or texts that say which are simulated."""
    if not marked:
        numbers = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
        return Column(name, title, Kind.NUMBER, np.round(numbers, 2))
    texts = [
        None
        if value is None
        else f"{_plain(value)} {SIMULATED}"
        if row is not None and row.simulated
        else _plain(value)
        for row, value in zip(rows, values, strict=True)
    ]
    return Column(name, title, Kind.TEXT, texts)


def _plain(value: float) -> str:
    """Write a figure as short as it is exact to two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def domino_rows(found: Dominoes) -> list[dict[str, object]]:
    """Return every pair and triple as the API gives them; what cannot be told is None."""
    return [_domino_row(each) for each in (*found.pairs, *found.triples)]


def _domino_row(each: Domino) -> dict[str, object]:
    return {
        "domains": list(each.domains),
        "known": each.known,
        "together": each.together,
        "expected": round(each.expected, 3),
        "lift": round(each.lift, 4) if math.isfinite(each.lift) else None,
        "support": round(each.support, 6) if each.known else None,
        "inhabitants": each.inhabitants,
        "chance": float(f"{each.chance:.4g}") if each.tested else None,
        "found": each.found,
    }


def gap_row(gap: Gap) -> dict[str, object]:
    """Return one region and domain as the API gives it."""
    felt, rank, other = gap.felt, gap.felt_rank, gap.measured_rank
    return {
        "region": gap.code,
        "domain": gap.domain,
        "felt": None
        if felt is None
        else {
            "value": felt.value if felt.shown else None,
            "unit": felt.unit.value,
            "wording": felt.wording,
            "low": felt.low if felt.shown else None,
            "high": felt.high if felt.shown else None,
            "base": felt.base,
            "status": felt.status.word,
            "source": felt.source,
            "rank": None if rank is None else {"rank": rank.rank, "best": rank.best, "worst": rank.worst},
        },
        "measured": {
            "share": round(gap.measured.share, 5) if math.isfinite(gap.measured.share) else None,
            "inhabitants": gap.measured.inhabitants,
            "known": gap.measured.known,
            "rank": None if other is None else other.rank,
        },
        "reading": gap.reading.value if gap.reading else None,
        "unsure": gap.unsure,
    }
