"""Gaps: the rank of what is felt beside the rank of what is measured, region by region (docs/adr/0017).

Nothing puts a survey answer and a statistic on one scale. Only two orders are set side by side, among the regions
known on both sides: that of the survey figures, and that of the share of inhabitants living in communes in alert
on the domain. The first half of each order is called high; when their number is odd, the middle is called low.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from territoires.analysis.domain_alerts import DomainAlerts, DomainShare, domain_shares
from territoires.analysis.perceived import Rank, rank_all
from territoires.errors import UnknownError
from territoires.model.fragilities import DOMAINS
from territoires.model.levels import Level
from territoires.model.perceptions import Perception
from territoires.model.sizes import Stratum
from territoires.store.store import Store

#: Fewer regions than this make an order that says little.
FEWEST_REGIONS = 8

#: Fewer regions than this are not read at all: halves of three regions mean nothing.
FEWEST_READ = 4

#: Least share of the inhabitants of the regions compared who live in a commune in alert: under it, tiny shares
#: would be put in an order.
ALERTED = 0.05

#: Least share of the inhabitants of a region who live where a domain is known, for it to be ranked.
COVERED = 0.5


class Reading(StrEnum):
    """Where a region stands on both orders; the value is the word of addresses, files and the API."""

    SHARED = "partagee"
    FELT = "ressentie"
    SILENT = "silencieuse"
    CONTAINED = "contenue"


READING_LABELS: dict[Reading, str] = {
    Reading.SHARED: "partagée",
    Reading.FELT: "ressentie",
    Reading.SILENT: "silencieuse",
    Reading.CONTAINED: "contenue",
}

READING_EXPLANATIONS: dict[Reading, str] = {
    Reading.SHARED: "parmi les plus citées et parmi les plus mesurées",
    Reading.FELT: "parmi les plus citées, pas parmi les plus mesurées",
    Reading.SILENT: "parmi les plus mesurées, pas parmi les plus citées",
    Reading.CONTAINED: "ni parmi les plus citées, ni parmi les plus mesurées",
}


@dataclass(frozen=True, slots=True)
class Gap:
    """One region and one domain: what is felt, what is measured, and their reading.

    `felt_rank` and `measured_rank` are among the regions known on both sides, None where one is missing;
    `unsure` says that the margin of the survey crosses the line between the two halves, or is not known.
    """

    code: str
    domain: str
    felt: Perception | None
    measured: DomainShare
    felt_rank: Rank | None = None
    measured_rank: Rank | None = None
    reading: Reading | None = None
    unsure: bool = False


@dataclass(frozen=True)
class Gaps:
    """The regions in index order for one domain; `compared` is how many are known on both sides."""

    domain: str
    rows: tuple[Gap, ...]
    compared: int

    @property
    def too_few(self) -> bool:
        """Whether too few regions are known for the orders to say much."""
        return self.compared < FEWEST_REGIONS

    @property
    def unsure(self) -> int:
        """How many readings margins leave open."""
        return sum(row.unsure for row in self.rows)

    def get(self, code: str) -> Gap:
        """Return the row of a region; `UnknownError` if there is none."""
        found = next((row for row in self.rows if row.code == code), None)
        if found is None:
            raise UnknownError(f"Région inconnue : {code[:20]}.")
        return found


Shares = dict[str, dict[str, DomainShare]]


def measured_shares(store: Store, alerts: DomainAlerts, stratum: Stratum | None = None) -> Shares:
    """Return, per region code and domain, the inhabitants of communes in alert; `alerts` are the communes'."""
    strata = () if stratum is None else (stratum,)
    found = domain_shares(store, alerts, Level.REGION, strata)
    return dict(zip(store.territories(Level.REGION).codes, found, strict=True))


def covered(share: DomainShare) -> bool:
    """Whether a domain is known for enough inhabitants of a region, somewhere in alert or not."""
    return share.everyone > 0 and math.isfinite(share.share) and share.known >= COVERED * share.everyone


def ordered(shares: Shares, domain: str) -> bool:
    """Whether enough inhabitants live in a commune in alert on a domain for regions to be put in order."""
    told = [each[domain] for each in shares.values() if covered(each[domain])]
    return sum(each.inhabitants for each in told) >= ALERTED * sum(each.known for each in told) > 0


def gaps(shares: Shares, answers: dict[str, dict[str, Perception]], domain: str) -> Gaps:
    """Set both orders of the regions side by side for one domain.

    `answers` are those of one actor, wave and scale (`perceived.asked`). A domain that puts hardly anybody in
    alert orders nothing: no region is then compared.
    """
    felt = {code: answers.get(code, {}).get(domain) for code in shares}
    told = ordered(shares, domain)
    both = {
        code: figure
        for code, figure in felt.items()
        if figure is not None and figure.shown and told and covered(shares[code][domain])
    }
    if len(both) < FEWEST_READ:
        both = {}
    felt_ranks = rank_all(both)
    measured_ranks = _measured_ranks({code: shares[code][domain].share for code in both})
    half = len(both) // 2
    rows = []
    for code in shares:
        if code not in both:
            rows.append(Gap(code, domain, felt[code], shares[code][domain]))
            continue
        mine, theirs = felt_ranks[code], measured_ranks[code]
        reading = _reading(mine.rank <= half, theirs.rank <= half)
        unsure = mine.best <= half < mine.worst or both[code].interval is None
        rows.append(Gap(code, domain, felt[code], shares[code][domain], mine, theirs, reading, unsure))
    return Gaps(domain, tuple(rows), len(both))


def all_gaps(shares: Shares, answers: dict[str, dict[str, Perception]]) -> dict[str, Gaps]:
    """Return the gaps of the 16 domains, in published order."""
    return {domain.id: gaps(shares, answers, domain.id) for domain in DOMAINS}


def _measured_ranks(shares: dict[str, float]) -> dict[str, Rank]:
    """Rank shares, the highest first; equal shares (as displayed, to a tenth of a point) have the best rank."""
    rounded = {code: round(100 * share, 1) for code, share in shares.items()}
    ranks = {}
    for code, mine in rounded.items():
        rank = 1 + sum(other > mine for other in rounded.values())
        ranks[code] = Rank(rank, rank, rank, len(rounded))
    return ranks


def _reading(felt: bool, measured: bool) -> Reading:
    if felt:
        return Reading.SHARED if measured else Reading.FELT
    return Reading.SILENT if measured else Reading.CONTAINED
