"""What is published is what was gathered, to the figure; what is invented says so and is always the same."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from territoires.build.demonstration_perceptions import demonstration
from territoires.config import read_settings
from territoires.model.fragilities import BY_ID, DOMAINS
from territoires.model.indicators import Status
from territoires.model.levels import Level
from territoires.model.perceptions import FRAGILITIES, MINIMUM_BASE, QUESTIONS, Actor, Certainty, Unit
from territoires.model.sizes import STRATA
from territoires.store.perceptions import key, open_perceptions

SETTINGS = read_settings({})
FOLDER = SETTINGS.data / "perceptions"

#: Units of the facts → units of the product. Every other unit is left out.
UNITS = {
    "note /10": Unit.NOTE,
    "rang": Unit.RANK,
    "%": Unit.SHARE,
    "% prioritaire": Unit.SHARE,
    "% citations": Unit.SHARE,
    "% habitants": Unit.SHARE,
    "% impact fort/très fort": Unit.SHARE,
}

#: Areas of the facts that are written otherwise: as the source publishes them.
AREAS = {
    "Provence-Alpes-Côte d'Azur + Corse": "PACA et Corse",
    "Auvergne-Rhône-Alpes": "Rhône-Alpes",
    "toutes les 13 régions": "Chacune des 13 régions métropolitaines",
    "France – communes < 2 000 hab.": "France, communes de moins de 2 000 habitants",
    "France – communes ≥ 20 000 hab.": "France, communes de 20 000 habitants ou plus",
}


def read(path):
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def published(shipped_settings):
    return open_perceptions(SETTINGS.data, shipped_settings.state, demonstration=False)


@pytest.fixture(scope="module")
def everything(shipped_settings):
    return open_perceptions(SETTINGS.data, shipped_settings.state, demonstration=True)


def plain(text):
    return text.replace("'", "’")


def test_facts_are_published_or_left_out_each_once_with_the_same_value(published):
    facts = read(Path(__file__).with_name("observatoire_facts.csv"))
    left_out = read(FOLDER / "left_out.csv")
    shown = Counter(
        (row.area, plain(row.label), row.respondents, row.year, row.value, row.unit, row.url)
        for row in published.rows
    )
    left = Counter(
        (
            row["topic"],
            row["area"],
            row["subject"],
            row["respondents"],
            row["year"],
            row["value"],
            row["unit"],
        )
        for row in left_out
    )
    expected_left = Counter()
    expected_shown = Counter()
    for fact in facts:
        mark = tuple(fact[name] for name in ("topic", "region", "domain", "actor", "year", "value", "unit"))
        if left[mark] > expected_left[mark]:
            expected_left[mark] += 1
            continue
        year = int(fact["year"].split("-")[-1])
        area = AREAS.get(fact["region"], fact["region"])
        mark = (
            area,
            plain(fact["domain"]),
            plain(fact["actor"]),
            year,
            float(fact["value"]),
            UNITS[fact["unit"]],
        )
        expected_shown[*mark, fact["url"]] += 1
    assert shown == expected_shown
    assert left == expected_left
    assert (len(facts), len(published.rows), len(left_out)) == (175, 129, 46)


def test_what_is_left_out_says_why():
    assert all(
        len(row["reason"]) > 20 and row["reason"].endswith(".") for row in read(FOLDER / "left_out.csv")
    )


def test_every_published_row_traces_to_a_source(published):
    for row in published.rows:
        assert row.source
        assert row.url.startswith(("http://", "https://"))
        assert row.status is Status.OK
        assert row.question in QUESTIONS
        assert row.certainty is not None
        assert row.certainty is not Certainty.EXCERPT or "à relire à la source" in row.note


def test_figures_that_contradict_each_other_are_all_kept_and_flagged(published):
    groups = {}
    for row in published.rows:
        groups.setdefault((*key(row), row.respondents), []).append(row)
    conflicts = {rows[0].domain or rows[0].question: rows for rows in groups.values() if len(rows) > 1}
    assert {name: [row.value for row in rows] for name, rows in conflicts.items()} == {
        "securite": [6.6, 7.0],
        "urgence-alliance": [83.0, 84.0],
        "pratiques-partenariales": [37.0, 36.0],
    }
    assert all("Conflit" in row.note for rows in conflicts.values() for row in rows)


def test_areas_that_are_no_territory_of_today_have_no_code(published, shipped_store):
    without = {row.area for row in published.rows if row.code is None}
    assert without == {
        "PACA et Corse",
        "Rhône-Alpes",
        "Chacune des 13 régions métropolitaines",
        "France, communes de 20 000 habitants ou plus",
    }
    regions = shipped_store.territories(Level.REGION)
    for row in published.rows:
        if row.level is Level.REGION and row.code is not None:
            assert regions.get(row.code).name == row.area


def test_people_represented_are_never_taken_for_answers(published):
    bases = {row.base for row in published.rows if row.base is not None}
    assert bases == {100, 302, 2000, 2400}


def test_demonstration_is_the_same_at_every_run(shipped_store):
    assert demonstration(SETTINGS.data, shipped_store).encode() == (FOLDER / "demonstration.csv").read_bytes()


def test_demonstration_says_that_it_is_simulated_in_each_row_and_stays_light():
    rows = read(FOLDER / "demonstration.csv")
    assert {row["status"] for row in rows} == {"simulated"}
    assert (FOLDER / "demonstration.csv").stat().st_size <= 2_000_000


def test_demonstration_is_complete(everything, shipped_store):
    regions = set(shipped_store.territories(Level.REGION).codes)
    for wave in ("2015", "2019", "2022"):
        for actor in Actor:
            rows = everything.select(question=FRAGILITIES, wave=wave, level=Level.REGION, actor=actor)
            known = {(row.code, row.domain) for row in rows}
            assert known >= {(code, domain.id) for code in regions for domain in DOMAINS}
    citizens = everything.select(
        question=FRAGILITIES, wave="2022", level=Level.REGION, actor=Actor.CITIZENS, all_strata=True
    )
    communes = shipped_store.territories(Level.COMMUNE)
    inhabited = {
        (region, STRATA[stratum])
        for region, stratum in zip(
            communes.parent_codes[Level.REGION], communes.stratum.tolist(), strict=True
        )
    }
    assert {(row.code, row.stratum) for row in citizens if row.stratum} == inhabited


def test_demonstration_respects_scales_and_minimum_base(everything):
    for row in everything.rows:
        if row.simulated:
            assert row.base >= MINIMUM_BASE
            assert 0 <= row.low <= row.value <= row.high <= (10 if row.unit is Unit.NOTE else 100)
            assert row.domain in BY_ID


def test_demonstration_is_anchored_on_what_is_published(everything, published):
    anchors = {
        (row.wave, row.domain, row.actor): row.value
        for row in reversed(published.rows)
        if row.question == FRAGILITIES and row.code == "FR" and row.unit is Unit.NOTE
    }
    people = {}
    for (wave, domain, actor), value in anchors.items():
        rows = everything.select(
            question=FRAGILITIES, wave=wave, level=Level.REGION, actor=actor, domain=domain
        )
        simulated = [row.value for row in rows if row.simulated]
        people[wave, domain, actor] = sum(simulated) / len(simulated) - value
    assert len(people) == 14
    assert max(map(abs, people.values())) < 0.7
