"""Compose a sheet from the store: one territory, the communes of some sizes, the sections asked for."""

from __future__ import annotations

from collections.abc import Iterable

from territoires.catalysts.directory import Directory
from territoires.errors import UnknownError
from territoires.model.fragilities import DOMAINS
from territoires.model.levels import WORDS, Level
from territoires.model.sizes import LABELS, STRATA, Stratum
from territoires.sheets.alliance import alliance
from territoires.sheets.choosing import PER_DOMAIN, Chooser, choosing_rule
from territoires.sheets.figures import Reader
from territoires.sheets.heading import emptiness, key_figures, lead, parents_of, size_rows
from territoires.sheets.highlights import by_distance, highlights_rule, most_distant
from territoires.sheets.mapping import map_section, mapped_line, scene
from territoires.sheets.organisations import network
from territoires.sheets.overview import overview
from territoires.sheets.perceived import perceived, with_felt
from territoires.sheets.profile import profile
from territoires.sheets.quotes import quotes
from territoires.sheets.sections import SECTIONS, Section
from territoires.sheets.sheet import DomainSection, Sheet
from territoires.sheets.size_effect import size_effect
from territoires.sheets.wording import scope_of, tied
from territoires.store.perceptions import Perceptions
from territoires.store.store import Store

__all__ = ["PER_DOMAIN", "SHEET_LEVELS", "compose"]

#: The levels that have a sheet.
SHEET_LEVELS: tuple[Level, ...] = (Level.COMMUNE, Level.EPCI, Level.DEPARTEMENT, Level.REGION)

#: What is said of the whole territory or of its region, whatever the sizes of communes asked for.
WHOLE = frozenset({Section.PERCEIVED, Section.ALLIANCE, Section.CATALYSTS})


def compose(
    store: Store,
    level: Level,
    code: str,
    strata: tuple[Stratum, ...] = (),
    *,
    annex: bool = False,
    address: str = "",
    sections: Iterable[Section] = SECTIONS,
    survey: Perceptions | None = None,
    directory: Directory | None = None,
) -> Sheet:
    """Compose the sheet of the territory `code` for its communes of some sizes (all when empty).

    With `annex`, every indicator of the catalogue; otherwise those that distinguish the territory most in each
    domain (`choosing`). Values of a size are Σ numerator / Σ denominator over the communes of that size; where
    there is nothing to sum, the status says so. A commune has one size, so `strata` is left aside. `survey` and
    `directory` are those the sheet may show, already without what is simulated if that was asked.
    `UnknownError` for a level without sheets or an unknown code.
    """
    if level not in SHEET_LEVELS:
        raise UnknownError(f"Il n’y a pas de fiche Repères à l’échelon {WORDS[level].singular}.")
    territory = store.territories(level).get(code)
    strata = tuple(stratum for stratum in STRATA if stratum in strata)
    if len(strata) == len(STRATA) or level is Level.COMMUNE:
        strata = ()
    asked = tuple(section for section in SECTIONS if section in set(sections))
    name = tied(territory.name)
    reader = Reader(store, level, territory.index, strata)
    sizes = size_rows(store, territory, strata)
    empty = "" if reader.members.size else emptiness(name, strata, sizes)
    chooser = None if empty else Chooser(store, reader)
    domains = _domains(store, reader, chooser, annex=annex) if chooser else ()
    shown = [line for section in domains for line in section.lines[:PER_DOMAIN]]
    drawn = scene(store, reader)
    mapped = mapped_line(store, by_distance(shown), drawn, strata)
    most, least = (most_distant(shown, fragile=side) for side in (True, False))
    glance = None if empty else overview(store, reader, code)
    felt = None if survey is None else perceived(store, survey, territory, strata)
    if glance and felt:
        glance = with_felt(glance, felt)
    kept = {section: section in asked and (not empty or section in WHOLE) for section in SECTIONS}
    return Sheet(
        level=level,
        code=code,
        name=name,
        scope=_scope(territory.stratum) if level is Level.COMMUNE else scope_of(strata),
        strata=strata,
        release=store.manifest.release,
        version=store.manifest.version[:12],
        address=address,
        lead=empty or lead(store, territory, strata, sizes),
        key_figures=key_figures(store, territory, () if empty else strata, sizes, glance),
        sizes=sizes,
        sizes_source=f"Insee, populations légales {territory.population_year}",
        empty=empty,
        map=map_section(store, drawn, mapped, name, strata) if mapped or empty else None,
        most_fragile=most,
        least_fragile=least,
        highlights_rule=highlights_rule(reader.others, len(shown)),
        domains=domains if kept[Section.OBJECTIVE] else (),
        catalogued=len(store.indicators),
        annex=annex,
        region=_region_name(store, territory.region),
        parents=parents_of(store, territory),
        asked=asked,
        profile=profile(store, territory, reader) if kept[Section.PROFILE] else None,
        overview=glance if kept[Section.PROFILE] or kept[Section.OBJECTIVE] else None,
        domains_rule=choosing_rule(reader),
        perceived=felt if kept[Section.PERCEIVED] else None,
        alliance=alliance(store, survey, territory) if survey and kept[Section.ALLIANCE] else None,
        network=network(store, directory, reader, glance) if directory and kept[Section.CATALYSTS] else None,
        size_effect=size_effect(store, reader) if kept[Section.SIZES] else None,
        quotes=quotes(name, territory, reader, sizes, glance, most, least, mapped)
        if kept[Section.QUOTES]
        else (),
    )


def _domains(store: Store, reader: Reader, chooser: Chooser, *, annex: bool) -> tuple[DomainSection, ...]:
    """Return the domains in their order, each with the chosen indicators and, in the annex, all the others."""
    sections: list[DomainSection] = []
    for domain in DOMAINS:
        own = [indicator for indicator in store.indicators if indicator.domain == domain.id]
        kept = chooser.chosen(own)
        if annex:
            kept += [indicator for indicator in own if indicator not in kept]
        sections.append(DomainSection(domain, tuple(reader.line(each) for each in kept), len(own)))
    return tuple(sections)


def _scope(stratum: int) -> str:
    label = tied(LABELS[STRATA[stratum]])
    return f"Commune {label if label.startswith('de ') else f'de {label}'}"


def _region_name(store: Store, code: str | None) -> str:
    return tied(store.territories(Level.REGION).get(code).name) if code else ""
