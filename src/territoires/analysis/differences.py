"""What changed between two builds, in words a person can read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import numpy as np

from territoires.model.formats import plural, with_unit
from territoires.model.indicators import Indicator
from territoires.model.levels import WORDS, Level
from territoires.store.store import Store

#: Territories named for each indicator whose values moved.
NAMED = 3

#: Fields of the catalogue that only change words, not figures.
WORDING = {"label", "definition", "reading", "synonyms", "odd", "direction_reason", "caveat", "vintage"}


def _redefined(old: Indicator, new: Indicator) -> tuple[list[str], list[str]]:
    """Return the fields of a definition that changed: those that bear on figures, and those of wording."""
    changed = [f.name for f in fields(Indicator) if getattr(old, f.name) != getattr(new, f.name)]
    return [name for name in changed if name not in WORDING], [name for name in changed if name in WORDING]


def _moved(old: Store, new: Store, indicator: Indicator, level: Level) -> str | None:
    """Say which territories of a level moved most on an indicator, or None when nothing moved."""
    before, after = old.territories(level), new.territories(level)
    common = [(before.index(code), after.index(code)) for code in after.codes if code in before]
    if not common:
        return None
    left, right = (np.array(side, dtype=np.intp) for side in zip(*common, strict=True))
    a = np.round(old.values(level, indicator.id)[left].astype(np.float64), indicator.decimals)
    b = np.round(new.values(level, indicator.id)[right].astype(np.float64), indicator.decimals)
    known = np.isfinite(a) & np.isfinite(b)
    gap = np.where(known, np.abs(b - a), 0.0)
    moved = int(np.count_nonzero(gap))
    appeared = int(np.count_nonzero(~np.isfinite(a) & np.isfinite(b)))
    gone = int(np.count_nonzero(np.isfinite(a) & ~np.isfinite(b)))
    if not (moved or appeared or gone):
        return None
    unit = indicator.unit_at(level)
    named = [
        f"{after.names[right[i]]} {with_unit(a[i], unit, indicator.decimals)} → "
        f"{with_unit(b[i], unit, indicator.decimals)}"
        for i in np.argsort(-gap, kind="stable")[:NAMED]
        if gap[i] > 0
    ]
    parts = [plural(moved, "valeur changée", "valeurs changées")] if moved else []
    parts += [plural(appeared, "valeur apparue", "valeurs apparues")] if appeared else []
    parts += [plural(gone, "valeur disparue", "valeurs disparues")] if gone else []
    text = f"{indicator.label} ({WORDS[level].plural}) : {', '.join(parts)}"
    return f"{text} ; {' ; '.join(named)}" if named else text


def differences(old: Store, new: Store) -> Iterator[str]:
    """Yield French lines: release, territories, indicators added, removed, redefined, values moved."""
    yield f"Données {old.manifest.release} ({old.manifest.version[:12]}) → " + (
        f"{new.manifest.release} ({new.manifest.version[:12]})"
    )
    for level in (Level.COMMUNE, Level.EPCI, Level.DEPARTEMENT, Level.REGION):
        before, after = set(old.territories(level).codes), set(new.territories(level).codes)
        for word, codes in (("en plus", after - before), ("en moins", before - after)):
            if codes:
                yield f"{WORDS[level].plural} {word} : {', '.join(sorted(codes)[:20])} ({len(codes)} en tout)"
    former = {indicator.id: indicator for indicator in old.indicators}
    present = {indicator.id: indicator for indicator in new.indicators}
    for word, ids in (("ajouté", present.keys() - former.keys()), ("retiré", former.keys() - present.keys())):
        for name in sorted(ids):
            yield f"Indicateur {word} : {name}, {(present.get(name) or former[name]).label}"
    for name in [indicator.id for indicator in new.indicators if indicator.id in former]:
        figures, words = _redefined(former[name], present[name])
        if figures:
            yield f"Indicateur redéfini : {name} ({', '.join(figures)})"
        if words:
            yield f"Texte modifié : {name} ({', '.join(words)})"
        for level in Level:
            line = _moved(old, new, present[name], level)
            if line is not None:
                yield line
