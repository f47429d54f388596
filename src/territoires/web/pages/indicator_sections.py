"""What the page of an indicator shows, made from the store: spread, regions, alerts, neighbours, checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from territoires.analysis.alerts import alert_shares, commune_alerts
from territoires.analysis.dispersion import Dispersion, dispersion
from territoires.analysis.ranks import rank
from territoires.analysis.selected import SIZED_LEVELS, strata_mask
from territoires.model.alerts import FEWEST_PEERS, compared_mask
from territoires.model.indicators import Direction, Indicator, Nature, Status
from territoires.model.levels import WORDS, Level
from territoires.model.sizes import LABELS, STRATA, Stratum
from territoires.sheets.figures import figure
from territoires.store.related import Neighbours, Related
from territoires.store.store import Store
from territoires.store.verification import RELATIVE_UNIT, VerificationRow

#: How many regions are named at each end.
NAMED = 5

#: Up to this number, all the ranked regions are named in one list.
FEW_REGIONS = 10

#: How strong a rank correlation must be to be told with each word.
STRENGTHS: tuple[tuple[float, str], ...] = ((0.7, "très souvent"), (0.5, "souvent"), (0.0, "parfois"))


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """The territories of a size: their dispersion, or for a yes or no how many of the `known` say yes."""

    label: str
    spread: Dispersion
    known: int
    yes: int

    @property
    def share(self) -> float:
        """Share (%) of the known territories that say yes."""
        return 100.0 * self.yes / self.known if self.known else float("nan")


@dataclass(frozen=True, slots=True)
class Spread:
    """The dispersion of an indicator at the finest level where it is compared, size by size."""

    level: Level
    rows: tuple[SpreadRow, ...]
    flag: bool


def spread_by_size(store: Store, indicator: Indicator) -> Spread | None:
    """Return the dispersion at the finest level where territories are compared, or None."""
    for level in (Level.COMMUNE, Level.EPCI, Level.DEPARTEMENT, Level.REGION):
        values = np.round(store.values(level, indicator.id).astype(np.float64), indicator.decimals) + 0.0
        status = store.status(level, indicator.id)
        compared = compared_mask(status) & np.isfinite(values)
        if not compared.any():
            continue
        stratum = store.territories(level).stratum
        sizes: list[tuple[str, tuple[Stratum, ...]]] = [(f"l’ensemble des {WORDS[level].plural}", ())]
        if level in SIZED_LEVELS:
            sizes = [(LABELS[each], (each,)) for each in STRATA] + sizes
        rows = []
        for label, strata in sizes:
            inside = strata_mask(stratum, strata)
            known = compared & inside
            rows.append(
                SpreadRow(
                    label,
                    dispersion(values[inside], status[inside]),
                    int(known.sum()),
                    int((values[known] >= 0.5).sum()),
                )
            )
        flag = indicator.nature is Nature.FLAG and level is Level.COMMUNE
        return Spread(level, tuple(rows), flag)
    return None


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A ranked region; `tied` when others share its rank."""

    code: str
    name: str
    value: str
    rank: int
    tied: bool


@dataclass(frozen=True, slots=True)
class RegionTable:
    """The regions at both ends of a ranking.

    `first` from the most fragile, `last` ending with the least fragile (empty when `first` holds them all).
    `first_more` and `last_more` count the regions at the same rank that are not named for being too many.
    `unranked` names the others, each with what is known and why it is not ranked.
    """

    ranked: int
    first: tuple[RegionRow, ...]
    last: tuple[RegionRow, ...]
    first_more: tuple[int, str]
    last_more: tuple[int, str]
    unranked: tuple[tuple[str, str, Status], ...]


def region_table(store: Store, indicator: Indicator) -> RegionTable | None:
    """Return the five most and the five least fragile regions; None when no region has a value."""
    regions = store.territories(Level.REGION)
    values = np.round(store.values(Level.REGION, indicator.id).astype(np.float64), indicator.decimals) + 0.0
    status = store.status(Level.REGION, indicator.id)
    if not np.isfinite(values).any():
        return None
    ranks = rank(values, compared_mask(status), indicator.direction)
    together = np.bincount(ranks)
    order = sorted(np.flatnonzero(ranks > 0), key=lambda i: (ranks[i], regions.names[i]))
    rows = [
        RegionRow(
            regions.codes[i],
            regions.names[i],
            figure(indicator, float(values[i])),
            int(ranks[i]),
            bool(together[ranks[i]] > 1),
        )
        for i in order
    ]
    unranked = tuple(
        (
            regions.names[i],
            figure(indicator, float(values[i])) if np.isfinite(values[i]) else "",
            Status(int(status[i])),
        )
        for i in np.flatnonzero(ranks == 0)
    )
    if len(rows) <= FEW_REGIONS:
        return RegionTable(len(rows), tuple(rows), (), (0, ""), (0, ""), unranked)
    first, first_more = _end(rows)
    last, last_more = _end(rows[::-1])
    return RegionTable(len(rows), first, last[::-1], first_more, last_more, unranked)


def _end(rows: Sequence[RegionRow]) -> tuple[tuple[RegionRow, ...], tuple[int, str]]:
    """Return the first rows, none of a group of equals that would be cut, and the size of that group."""
    kept = list(rows[:NAMED])
    if rows[NAMED].rank == kept[-1].rank:
        cut = kept[-1].rank
        group = [row for row in rows if row.rank == cut]
        return tuple(row for row in kept if row.rank != cut), (len(group), group[0].value)
    return tuple(kept), (0, "")


@dataclass(frozen=True, slots=True)
class AlertRow:
    """The communes of a size: `alerts` in alert out of `known`; `edge` is the value from which they are.

    `people` is the share (%) of the inhabitants of the known communes who live in a commune in alert.
    """

    label: str
    known: int
    alerts: int
    edge: str
    people: float

    @property
    def too_few(self) -> bool:
        """Whether there are too few communes to compare."""
        return self.known < FEWEST_PEERS


@dataclass(frozen=True, slots=True)
class Alerts:
    """Where the alerts of an indicator stand: by size of commune, and by region (name, share in %)."""

    rows: tuple[AlertRow, ...]
    regions: tuple[tuple[str, float], ...]

    @property
    def total(self) -> int:
        """How many communes are in alert."""
        return sum(row.alerts for row in self.rows)


def alerts_by_size(store: Store, indicator: Indicator) -> Alerts | None:
    """Return the alerts of the communes; None for a context or when no commune is compared."""
    if indicator.direction is Direction.CONTEXT:
        return None
    alerts, known = commune_alerts(store, indicator.id)
    if not known.any():
        return None
    values = np.round(store.values(Level.COMMUNE, indicator.id).astype(np.float64), indicator.decimals) + 0.0
    communes = store.territories(Level.COMMUNE)
    people = communes.population.astype(np.float64)
    rows = []
    for position, stratum in enumerate(STRATA):
        of_size = communes.stratum == position
        alerted, comparable = of_size & alerts, of_size & known
        edge = ""
        if alerted.any():
            least = (
                values[alerted].min()
                if indicator.direction is Direction.MORE_FRAGILE
                else values[alerted].max()
            )
            edge = figure(indicator, float(least))
        total = float(people[comparable].sum())
        share = 100.0 * float(people[alerted].sum()) / total if total else float("nan")
        rows.append(AlertRow(LABELS[stratum], int(comparable.sum()), int(alerted.sum()), edge, share))
    regions = store.territories(Level.REGION)
    shares = [100.0 * each.share for each in alert_shares(store, indicator.id, Level.REGION)]
    told = sorted(
        ((name, share) for name, share in zip(regions.names, shares, strict=True) if np.isfinite(share)),
        key=lambda pair: (-pair[1], pair[0]),
    )
    return Alerts(tuple(rows), tuple(told))


@dataclass(frozen=True, slots=True)
class Companion:
    """An indicator that goes with the one of the page, and how, in words."""

    indicator: Indicator
    words: str
    related: Related


def companions(store: Store, found: Neighbours | None) -> tuple[list[Companion], list[Companion]]:
    """Return what often goes with an indicator, in its domain and in the others."""
    if found is None:
        return [], []

    def told(entries: tuple[Related, ...]) -> list[Companion]:
        return [
            Companion(store.indicator(each.indicator), together(each.correlation), each)
            for each in entries
            if store.knows_indicator(each.indicator)
        ]

    return told(found.within), told(found.across)


def together(correlation: float) -> str:
    """Say a rank correlation as a co-occurrence."""
    often = next(word for least, word in STRENGTHS if abs(correlation) >= least)
    return f"{often} élevés ensemble" if correlation > 0 else f"{often} l’un élevé quand l’autre est bas"


@dataclass(frozen=True, slots=True)
class Checked:
    """A comparison with published figures, with the name of its worst territory."""

    row: VerificationRow
    worst: str
    decimals: int

    @property
    def unit(self) -> str:
        """The unit of the gaps; "%" when they are relative."""
        return "%" if self.row.unit == RELATIVE_UNIT else self.row.unit


def checked(store: Store, rows: Sequence[VerificationRow]) -> list[Checked]:
    """Return `rows` with what the page says of them."""
    return [
        Checked(
            row,
            store.territories(row.level).get(row.worst_code).name
            if store.knows_territory(row.level, row.worst_code)
            else row.worst_code,
            2 if row.tolerance < 1 else 1,
        )
        for row in rows
    ]
