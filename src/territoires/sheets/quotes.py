"""Five sentences ready for a speech, each with its source and vintage; the numbers are those of the sheet."""

from __future__ import annotations

from collections.abc import Sequence

from territoires.model.formats import NARROW, NO_BREAK, number, ordinal
from territoires.model.levels import WORDS
from territoires.sheets.figures import Reader, figure
from territoires.sheets.heading import percent
from territoires.sheets.readings import Line
from territoires.sheets.sections import Overview, Quote
from territoires.sheets.sheet import StratumRow
from territoires.sheets.wording import of_size, tied, unit_note
from territoires.store.territories import Territory

#: How many sentences stand on a sheet.
SENTENCES = 5


def quotes(
    name: str,
    territory: Territory,
    reader: Reader,
    sizes: tuple[StratumRow, ...],
    glance: Overview | None,
    most: Sequence[Line],
    least: Sequence[Line],
    mapped: Line | None,
) -> tuple[Quote, ...]:
    """Return at most five sentences: who we are, our alerts, our most fragile points, a strength, our gaps."""
    found = [_people(name, territory, sizes)]
    if glance is not None and glance.known:
        found.append(_alerts(name, glance, reader))
    found += [_standing(name, line, reader) for line in most[:1]]
    found += [_standing(name, line, reader, fragile=False) for line in least[:1]]
    if mapped is not None and mapped.spread is not None and mapped.spread.n >= 10:
        found.append(_gap(mapped))
    found += [_standing(name, line, reader) for line in most[1:]]
    found += [_standing(name, line, reader, fragile=False) for line in least[1:]]
    return tuple(found[:SENTENCES])


def _people(name: str, territory: Territory, sizes: tuple[StratumRow, ...]) -> Quote:
    source = f"Insee, populations légales {territory.population_year}"
    inhabitants = f"{number(territory.population)}{NO_BREAK}habitants"
    if not sizes:
        return Quote(f"{name} compte {inhabitants} en {territory.population_year}.", source)
    row = max(sizes[:-1], key=lambda each: each.share)
    size = of_size((row.stratum,)) if row.stratum else ""
    return Quote(
        f"{name} compte {inhabitants} en {territory.population_year}, dont {percent(row.share)} dans une commune "
        f"{size}, contre {percent(row.france)} des habitants de France.",
        source,
    )


def _alerts(name: str, glance: Overview, reader: Reader) -> Quote:
    worst = max(glance.rows, key=lambda row: (row.alerts, row.alerts / row.known if row.known else 0))
    verb = "est" if glance.alerts < 2 else "sont"
    noun = "indicateur" if glance.alerts < 2 else "indicateurs"
    text = (
        f"{name}{NO_BREAK}: {number(glance.alerts)}{NO_BREAK}{noun} sur {number(glance.known)} {verb} en alerte, "
        f"parmi le cinquième le plus fragile des {reader.others.removeprefix('autres ')}"
    )
    if worst.alerts:
        text += (
            f"{NARROW}; le domaine le plus touché est «{NARROW}{tied(worst.domain.label)}{NARROW}» "
            f"({number(worst.alerts)} sur {number(worst.known)})"
        )
    return Quote(f"{text}.", glance.source)


def _standing(name: str, line: Line, reader: Reader, *, fragile: bool = True) -> Quote:
    """Say the value of the territory, the median of the others and its rank, from the side where it stands."""
    words = WORDS[reader.level]
    order = f"en partant {'de la' if words.feminine else 'du'} {'plus' if fragile else 'moins'} fragile"
    rank = line.rank if fragile else line.reverse
    text = (
        f"{name}, {_label(line)}{NO_BREAK}: {with_unit_of(line, line.here.text)}, contre "
        f"{with_unit_of(line, line.median_text)} pour la médiane des {reader.others} "
        f"({ordinal(rank, feminine=words.feminine)} sur {number(line.ranked)}, {order})."
    )
    return Quote(text, line.source)


def _gap(line: Line) -> Quote:
    """Say how far the communes are from each other."""
    spread = line.spread
    assert spread is not None  # noqa: S101 - the caller asks for a line with a dispersion
    low, high = (with_unit_of(line, figure(line.indicator, each)) for each in (spread.d1, spread.d9))
    where = "" if line.among == "communes" else f" ({line.among.removeprefix('communes ')})"
    return Quote(
        f"D’une commune à l’autre{where}, {_label(line)}{NO_BREAK}: une sur dix est à {low} ou moins, une sur dix "
        f"à {high} ou plus.",
        line.source,
    )


def _label(line: Line) -> str:
    label = tied(line.indicator.label)
    return label[0].lower() + label[1:] if not label[:2].isupper() else label


def with_unit_of(line: Line, text: str) -> str:
    """Join a number and the unit of its line, unless the label says it already."""
    unit = unit_note(line)
    if not unit or not any(character.isdigit() for character in text) or unit == "oui/non":
        return text
    return f"{text}{NARROW if unit.startswith('%') else NO_BREAK}{unit}"
