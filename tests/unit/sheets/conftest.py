"""What tests of sheets share: the surveys and the directory that ship, and a country of hostile names."""

import copy
from dataclasses import replace

import pytest

from territoires.catalysts.directory import open_directory
from territoires.model.levels import Level
from territoires.store.perceptions import open_perceptions

#: A name that would be source for Typst, HTML or a spreadsheet, were it not shown as text.
HOSTILE = 'Ville "#[x] \\ $y$ <script>*gras*</script> @ref #read("pdf.py") `code`'


@pytest.fixture(scope="session")
def survey(shipped_settings):
    """The perceptions, the simulated ones included."""
    return open_perceptions(shipped_settings.data, shipped_settings.state, demonstration=True)


@pytest.fixture(scope="session")
def directory(shipped_settings, shipped_store):
    """The directory of catalysts, the fictitious ones included."""
    return open_directory(shipped_settings.data, shipped_settings.state, shipped_store, demonstration=True)


@pytest.fixture(scope="session")
def hostile_store(country_store):
    """The invented country, whose every territory and indicator has a hostile name."""
    made = copy.copy(country_store)
    made._territories = {
        level: replace(found, names=[f"{HOSTILE} {k}" for k in range(len(found))])
        for level, found in ((level, country_store.territories(level)) for level in Level)
    }
    made._indicators = tuple(
        replace(each, label=f"{each.label} {HOSTILE}", definition=HOSTILE)
        for each in country_store.indicators
    )
    made._by_id = {each.id: each for each in made._indicators}
    return made
