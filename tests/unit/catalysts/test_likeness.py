"""Peers come in the order of the rule, and each says why it is there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from territoires.analysis.domain_alerts import domain_alerts
from territoires.catalysts.likeness import Home, home, like_home
from territoires.errors import UnknownError
from territoires.model.formats import NO_BREAK
from territoires.model.levels import Level
from territoires.model.sizes import Stratum
from territoires.store.store import TableStore
from tests.unit.catalysts.organisations import organisation

#: A small town of Occitanie where health and mobility are in alert.
HERE = Home(
    level=Level.COMMUNE,
    code="31000",
    name="Ici",
    lon=1.44,
    lat=43.6,
    stratum=Stratum.FROM_2000,
    alerts=("sante", "mobilite"),
    within=frozenset({(Level.COMMUNE, "31000"), (Level.REGION, "76")}),
)

CLOSE = {"lon": 1.9, "lat": 43.6}  # 37 km
FARTHER = {"lon": 2.0, "lat": 43.6}  # 45 km
FAR = {"lon": 2.35, "lat": 48.86}


def ordered(store: TableStore, *catalysts: object) -> list[str]:
    return [peer.catalyst.id for peer in like_home(catalysts, store, HERE)]  # type: ignore[arg-type] # by hand


def test_more_reasons_come_first_then_the_nearest_then_the_name(country_store: TableStore) -> None:
    three = organisation("three", domains=("sante",), strata=(Stratum.FROM_2000,), **FARTHER)
    two_near = organisation("two-near", domains=("sante",), **CLOSE)
    two_far = organisation("two-far", domains=("mobilite",), strata=(Stratum.FROM_2000,), **FAR)
    one = organisation("one", **CLOSE)
    twin = organisation("twin", name="a", **CLOSE)
    nothing = organisation("nothing", domains=("emploi",), strata=(Stratum.FROM_50000,), **FAR)
    assert ordered(country_store, nothing, one, two_far, twin, two_near, three) == [
        "three", "two-near", "two-far", "twin", "one",
    ]  # fmt: skip


def test_more_shared_domains_do_not_weigh_more(country_store: TableStore) -> None:
    both = organisation("both", domains=("sante", "mobilite"), **FARTHER)
    single = organisation("single", domains=("sante",), **CLOSE)
    assert ordered(country_store, both, single) == ["single", "both"]


def test_the_reasons_are_said_as_people_say_them(country_store: TableStore) -> None:
    full = organisation("full", domains=("emploi", "sante", "mobilite"), strata=(Stratum.FROM_2000,), **CLOSE)
    [peer] = like_home([full], country_store, HERE)
    assert peer.rules == 3
    assert peer.domains == ("sante", "mobilite")
    assert " · ".join(peer.reasons) == (
        f"à{NO_BREAK}37{NO_BREAK}km · territoires de 2 000 à 20 000 hab. · santé, mobilité, en alerte chez vous"
    )


def test_far_away_the_distance_is_said_last_and_is_no_reason(country_store: TableStore) -> None:
    assert ordered(country_store, organisation("far", **FAR)) == []
    [peer] = like_home([organisation("far", domains=("sante",), **FAR)], country_store, HERE)
    assert peer.rules == 1
    assert peer.reasons == ("santé, en alerte chez vous", f"à{NO_BREAK}589{NO_BREAK}km")


def test_without_sizes_of_its_own_that_of_its_commune_counts_and_is_said(country_store: TableStore) -> None:
    [peer] = like_home([organisation("x", stratum=Stratum.FROM_2000, **FAR)], country_store, HERE)
    assert peer.reasons[0] == "installé dans une commune de 2 000 à 20 000 hab."
    declared = organisation("y", stratum=Stratum.FROM_2000, strata=(Stratum.FROM_50000,), **FAR)
    assert like_home([declared], country_store, HERE) == []


def test_a_territory_covered_is_close_whatever_the_distance(country_store: TableStore) -> None:
    region = country_store.territories(Level.REGION)
    place = replace(HERE, within=HERE.within | {(Level.REGION, region.codes[0])})
    covering = organisation("covering", covers=((Level.REGION, region.codes[0]),))
    [peer] = like_home([covering], country_store, place)
    assert peer.km is None
    assert peer.reasons == (f"couvre{NO_BREAK}: {region.names[0]}",)


def test_an_intercommunalite_is_covered_through_one_of_its_communes(country_store: TableStore) -> None:
    communes = country_store.territories(Level.COMMUNE)
    epci = next(code for code in communes.parent_codes[Level.EPCI] if code)
    commune = communes.codes[communes.parent_codes[Level.EPCI].index(epci)]
    place = home(country_store, domain_alerts(country_store, Level.EPCI), Level.EPCI, epci)
    [peer] = like_home([organisation("x", covers=((Level.COMMUNE, commune),))], country_store, place)
    assert peer.rules == 1


def test_the_home_of_a_commune_holds_its_alerts_and_its_parents(shipped_store: TableStore) -> None:
    place = home(shipped_store, domain_alerts(shipped_store, Level.COMMUNE), Level.COMMUNE, "12145")
    assert place.name == "Millau"
    assert place.stratum is Stratum.FROM_20000 or place.stratum is Stratum.FROM_2000
    assert {level for level, _ in place.within} == {
        Level.COMMUNE, Level.EPCI, Level.DEPARTEMENT, Level.REGION,
    }  # fmt: skip
    assert (Level.REGION, "76") in place.within


def test_regions_have_no_peers(country_store: TableStore) -> None:
    alerts = domain_alerts(country_store, Level.EPCI)
    with pytest.raises(UnknownError, match="commune ou une intercommunalité"):
        home(country_store, alerts, Level.REGION, country_store.territories(Level.REGION).codes[0])
