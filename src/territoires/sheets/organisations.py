"""The catalysts of a territory, out of the directory: how many, on what, where, and the domains left aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from territoires.catalysts.catalyst import Catalyst
from territoires.catalysts.directory import Directory
from territoires.model.catalysts import KIND_LABELS
from territoires.model.formats import NO_BREAK, plural
from territoires.model.fragilities import BY_ID, DOMAINS
from territoires.model.levels import WORDS, Level
from territoires.sheets.figures import Reader
from territoires.sheets.network import Count, Named, Network
from territoires.sheets.outlining import frame_of, middle
from territoires.sheets.overview import alerts_of
from territoires.sheets.sections import Locator, Overview
from territoires.sheets.wording import contraction, month_of, tied
from territoires.store.store import Store

#: Most organisations named on a sheet.
NAMED = 12


def network(store: Store, directory: Directory, reader: Reader, glance: Overview | None) -> Network | None:
    """Return the catalysts that stand in a territory or say that they cover it; None where there is none.

    The near networks are not counted. A commune and an intercommunalité are told those of their département.
    """
    level, index = reader.level, reader.index
    own = store.territories(level)
    if level in (Level.COMMUNE, Level.EPCI):
        above = int(own.parents[Level.DEPARTEMENT][index])
        if above < 0:
            return None
        level, index = Level.DEPARTEMENT, above
    area = store.territories(level)
    code = area.codes[index]
    found = [
        each for each in directory.catalysts if not each.near_network and _acts(store, each, level, code)
    ]
    if not found:
        return None
    fictitious = sum(each.fictitious for each in found)
    domains = [domain for each in found for domain in each.domains]
    covered = set(domains)
    missing = tuple(
        tied(BY_ID[each].label) for each in _in_alert(store, reader, glance) if each not in covered
    )
    named = [each for each in found if not each.fictitious]
    invented = Counter(domain for each in found if each.fictitious for domain in each.domains)
    verb = "est présent" if len(found) == 1 else "sont présents"
    where = tied(area.names[index])
    sentence = f"{plural(len(found), 'catalyseur')} {verb} ou agissent dans {_the(level)} ({where})"
    if len(found) == 1:
        sentence = f"1{NO_BREAK}catalyseur est présent ou agit dans {_the(level)} ({where})"
    return Network(
        count=len(found),
        fictitious=fictitious,
        by_kind=_counts(found, lambda each: KIND_LABELS[each.kind]),
        by_domain=tuple(
            Count(tied(domain.label), domains.count(domain.id), invented[domain.id])
            for domain in DOMAINS
            if domain.id in covered
        ),
        named=tuple(
            Named(tied(each.name), KIND_LABELS[each.kind], tied(each.town), tied(each.source))
            for each in named[:NAMED]
        ),
        missing=missing,
        map=_map(store, level, index, found),
        sentence=f"{sentence}{_invented(fictitious)}.",
        source=f"Annuaire des catalyseurs, {month_of(store.manifest.release)}",
    )  # fmt: skip


def _invented(count: int) -> str:
    """Say how many organisations are invented, or nothing."""
    if count == 0:
        return ""
    return f", dont {count}{NO_BREAK}{'fictif' if count == 1 else 'fictifs'} (démonstration)"


def _map(store: Store, level: Level, index: int, found: Iterable[Catalyst]) -> Locator:
    """Return the map of a region or a département with a disc per commune: the catalysts that stand there."""
    area = store.territories(level)
    communes = store.territories(Level.COMMUNE)
    frame = frame_of(store, f"{level}:{area.codes[index]}")
    paths = dict(frame.paths.get(Level.COMMUNE, ()))
    standing: dict[int, list[bool]] = {}
    for each in found:
        if each.commune and each.commune in communes and communes.index(each.commune) in paths:
            standing.setdefault(communes.index(each.commune), []).append(each.fictitious)
    points = tuple(
        (*middle(paths[where]), len(flags), sum(flags))
        for where, flags in sorted(standing.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    )
    inner = Level.DEPARTEMENT if level is Level.REGION else Level.EPCI
    shapes = [("around", " ".join(path for _, path in frame.paths.get(level, ())))]
    shapes.append(("border", " ".join(path for _, path in frame.paths.get(inner, ()))))
    window = (0.0, 0.0, float(frame.width), float(frame.height))
    placed = sum(len(flags) for flags in standing.values())
    alt = (
        f"Carte des catalyseurs, {tied(area.names[index])} : {plural(placed, 'catalyseur')} dans "
        f"{plural(len(standing), 'commune')}."
    )
    return Locator(window, tuple(each for each in shapes if each[1]), (), "", alt, points)


def _the(level: Level) -> str:
    return contraction(level).removeprefix("de ") if WORDS[level].feminine else f"le {WORDS[level].singular}"


def _acts(store: Store, catalyst: Catalyst, level: Level, code: str) -> bool:
    """Whether a catalyst stands in a territory, or says that it covers it or a part of it."""
    if (catalyst.region if level is Level.REGION else catalyst.departement) == code:
        return True
    return any(_within(store, other, place, level, code) for other, place in catalyst.covers)


def _within(store: Store, level: Level, code: str, area: Level, wanted: str) -> bool:
    if level is area:
        return code == wanted
    if not store.knows_territory(level, code) or area not in store.territories(level).parent_codes:
        return False
    territories = store.territories(level)
    return territories.parent_codes[area][territories.index(code)] == wanted


def _in_alert(store: Store, reader: Reader, glance: Overview | None) -> list[str]:
    """Return the domains in alert: the rule of communes and intercommunalités, or more inhabitants than in France."""
    if reader.level in (Level.COMMUNE, Level.EPCI):
        found = alerts_of(store, reader.level).alert[reader.index]
        return [domain.id for domain, fallen in zip(DOMAINS, found, strict=True) if fallen]
    if glance is None:
        return []
    kept = []
    for row in glance.rows:
        total = next((each for each in row.sizes if each.stratum is None), None)
        if total and total.here is not None and total.france is not None and total.here > total.france:
            kept.append(row.domain.id)
    return kept


def _counts(found: Iterable[Catalyst], word: Callable[[Catalyst], str]) -> tuple[Count, ...]:
    total: Counter[str] = Counter()
    invented: Counter[str] = Counter()
    for each in found:
        total[word(each)] += 1
        invented[word(each)] += each.fictitious
    return tuple(Count(label, count, invented[label]) for label, count in total.most_common())
