"""What is known of one organisation of the directory; never an e-mail address nor a phone number."""

from __future__ import annotations

from dataclasses import dataclass

from territoires.model.catalysts import Certainty, Echelon, Kind, Origin, Profile, Trade
from territoires.model.levels import Level
from territoires.model.sizes import Stratum


@dataclass(frozen=True, slots=True)
class Catalyst:
    """One organisation. What its source does not say is None or empty: nothing is guessed.

    `commune` is the code of today's commune of its `town`; None when it could not be placed, and `lon`, `lat`
    (degrees, EPSG:4326) are then None too. Without coordinates of its own, a record stands at the point of its
    commune. `departement` and `region` follow from the commune, or are those the source names.
    `stratum` is the size of its commune; `strata` are the sizes of territory that it says it works with.
    `covers` lists the territories (level, code) that it says it covers. `reachable`: a contact is held, with its
    consent, and messages can be sent through the relay. `certainty` is None for a record that was imported or
    invented. `near_network`: member of a neighbouring network, not a catalyst as such ("réseaux proches").
    """

    id: str
    name: str
    kind: Kind
    profile: Profile
    town: str
    commune: str | None
    departement: str | None
    region: str | None
    lon: float | None
    lat: float | None
    stratum: Stratum | None
    level: Echelon | None
    covers: tuple[tuple[Level, str], ...]
    domains: tuple[str, ...]
    trades: tuple[Trade, ...]
    strata: tuple[Stratum, ...]
    presentation: str
    website: str
    reachable: bool
    source: str
    source_url: str
    verified_on: str
    status: Origin
    certainty: Certainty | None
    near_network: bool
    note: str

    @property
    def placed(self) -> bool:
        """Whether it stands at a point of the map."""
        return self.lon is not None and self.lat is not None

    @property
    def fictitious(self) -> bool:
        """Whether it was invented so that the product can be tried."""
        return self.status is Origin.FICTITIOUS
