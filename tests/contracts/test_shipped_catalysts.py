"""The directory that ships: the 115 organisations named in public, and the invented ones, all marked."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from territoires.build.demonstration_catalysts import TOTAL, invent
from territoires.build.named_catalysts import named
from territoires.catalysts.directory import Directory, open_directory
from territoires.catalysts.former import read_former
from territoires.catalysts.records import format_rows, read_rows
from territoires.config import Settings
from territoires.model.catalysts import CATALYSTS, Certainty, Origin
from territoires.model.levels import Level
from territoires.store.store import TableStore

#: The list of the Observatoire, without the names of persons (the notes are its working notes).
NAMED = Path(__file__).with_name("catalysts_named.csv")

EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
PHONE = re.compile(r"(?<!\d)0[1-9]([ .-]?\d{2}){4}(?!\d)")


@pytest.fixture(scope="module")
def listed() -> list[dict[str, str]]:
    """The 115 organisations as the Observatoire lists them."""
    with NAMED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def directory(shipped_settings: Settings, shipped_store: TableStore) -> Directory:
    """The shipped directory."""
    return open_directory(shipped_settings.data, shipped_settings.state, shipped_store, demonstration=True)


def test_each_of_the_115_is_published_or_listed_without_a_point(
    listed: list[dict[str, str]], directory: Directory
) -> None:
    assert len(listed) == 115
    published = {each.name: each for each in directory.catalysts if each.status is Origin.PUBLISHED}
    assert set(published) == {row["name"].strip().replace("'", "’") for row in listed}
    for row in listed:
        each = published[row["name"].strip().replace("'", "’")]
        assert each.certainty == row["status"]
        assert each.source
        assert each.source_url == ("" if row["url"].startswith("seeds/") else row["url"])
        assert each.near_network is (row["status"] in ("C", "D"))
        if not each.placed:
            assert each.note.startswith("Sans point sur la carte : ")
            assert each.commune is None
            assert each.lon is None


def test_only_those_named_as_catalysts_are_shown_as_such(directory: Directory) -> None:
    counts = Counter(each.certainty for each in directory.catalysts if each.status is Origin.PUBLISHED)
    assert counts == {
        Certainty("A"): 7,
        Certainty("A2"): 12,
        Certainty("B"): 5,
        Certainty("C"): 71,
        Certainty("D"): 20,
    }
    assert all(
        each.near_network is (each.certainty not in CATALYSTS)
        for each in directory.catalysts
        if each.certainty
    )


def test_the_shipped_files_are_those_that_the_list_gives(
    listed: list[dict[str, str]], shipped_settings: Settings, shipped_store: TableStore
) -> None:
    files = zip(("published.csv", "unplaced.csv"), named(listed, shipped_store), strict=True)
    for name, rows in files:
        shipped = read_rows(shipped_settings.data / "catalysts" / name)
        assert shipped == [{key: str(cell) for key, cell in row.items()} for row in rows], name


def test_the_invented_ones_are_the_same_bytes_at_every_run(
    shipped_settings: Settings, shipped_store: TableStore, directory: Directory
) -> None:
    again = format_rows(invent(directory.without_fictitious().catalysts, shipped_store))
    assert again == (shipped_settings.data / "catalysts" / "demonstration.csv").read_text(encoding="utf-8")


def test_the_invented_ones_fill_the_directory_and_cannot_be_mistaken(
    directory: Directory, shipped_store: TableStore
) -> None:
    invented = [each for each in directory.catalysts if each.fictitious]
    assert len(directory) == TOTAL == 350
    assert len({each.id for each in directory.catalysts}) == TOTAL
    for each in invented:
        assert re.fullmatch(r"Catalyseur de démonstration \d{3}", each.name)
        assert "inventée" in each.presentation
        assert each.placed
        assert each.region
        assert each.domains
        assert each.trades
        assert each.strata
        assert each.level
        assert each.certainty is None
        assert not each.reachable
        assert not each.website
        for level, code in each.covers:
            assert code in shipped_store.territories(level)


def test_the_invented_ones_are_spread_as_the_real_ones_are(
    directory: Directory, shipped_store: TableStore
) -> None:
    real = directory.without_fictitious().catalysts
    invented = [each for each in directory.catalysts if each.fictitious]
    regions = Counter(each.region for each in invented)
    assert set(regions) == set(shipped_store.territories(Level.REGION).codes)
    known = [each for each in real if each.region]
    for code, count in Counter(each.region for each in known).items():
        assert regions[code] / len(invented) == pytest.approx(count / len(known), abs=0.02)
    assert set(Counter(each.stratum for each in invented)) == set(
        Counter(each.stratum for each in real if each.stratum)
    )
    domains = [{domain for each in some for domain in each.domains} for some in (invented, real)]
    assert domains[0] == domains[1]


def test_without_demonstration_only_what_exists_is_read(
    shipped_settings: Settings, shipped_store: TableStore, directory: Directory
) -> None:
    real = open_directory(shipped_settings.data, shipped_settings.state, shipped_store, demonstration=False)
    assert len(real) == len(directory.without_fictitious()) == 115
    assert not real.has_fictitious
    assert not directory.without_fictitious().has_fictitious
    assert directory.version != real.version


def test_no_shipped_file_holds_an_address_or_a_telephone(shipped_settings: Settings) -> None:
    for path in sorted((shipped_settings.data / "catalysts").glob("*.csv")):
        text = path.read_text(encoding="utf-8")
        assert EMAIL.findall(text) == [], path.name
        if path.name != "former_communes.csv":
            assert PHONE.findall(text) == [], path.name


def test_former_communes_lead_to_communes_of_today(
    shipped_settings: Settings, shipped_store: TableStore
) -> None:
    former = read_former(shipped_settings.data)
    communes = shipped_store.territories(Level.COMMUNE)
    assert len(former) > 4_000
    assert all(each.becomes in communes and each.code not in communes for each in former.values())
    assert former["01340"].becomes == "01015"
    assert former["75101"].becomes == "75056"
