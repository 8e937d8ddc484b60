"""What the page of one charging location asks of a snapshot."""

from dataclasses import dataclass
from typing import Any

from aggregator.store.questions import Near
from aggregator.store.reading import Asking, Row

MOST_OFFERS = 2000
MOST_NEIGHBOURS = 2000
OF_NO_USE = ("session", "least_kw", "limit", "without_flagged")


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Which offers a location is compared with.

    location_no: of the location itself, which is left out. latitude, longitude: degrees.
    """

    location_no: int
    latitude: float
    longitude: float
    radius_km: float
    power_class: str
    currency: str
    methods: tuple[str, ...]

    def parameters(self) -> dict[str, Any]:
        """Return the values to bind."""
        near = Near(self.latitude, self.longitude, self.radius_km, self.methods, "dc")
        around = {key: value for key, value in near.parameters().items() if key not in OF_NO_USE}
        more = {"power_class": self.power_class, "currency": self.currency}
        return around | more | {"location_no": self.location_no, "limit": MOST_NEIGHBOURS}


class StationQuestions(Asking):
    """The part of a Reader that answers for one location; every question may raise StoreError."""

    def station_place(self, key: tuple[str, str, str, str]) -> list[Row]:
        """Return the location of a feed, country code, party and id with its feed; or nothing."""
        names = ("feed", "country_code", "party_id", "location_id")
        return self._rows("station_place", dict(zip(names, key, strict=True)))

    def station_offers(self, location_no: int) -> list[Row]:
        """Return a location's offers, those of the strongest connectors first."""
        return self._rows("station_offers", {"location_no": location_no, "limit": MOST_OFFERS})

    def station_price_lists(self, content_hashes: tuple[str, ...]) -> list[Row]:
        """Return price lists as JSON, by their content."""
        return self._rows("station_price_lists", {"content_hashes": list(content_hashes)})

    def station_acceptance(self, acceptance_no: int) -> list[Row]:
        """Return each way to pay with how sure it is and what says so."""
        return self._rows("station_acceptance", {"acceptance_no": acceptance_no})

    def station_neighbours(self, asked: Neighbourhood) -> list[Row]:
        """Return what comparable locations offer, the nearest first; distance_km: great circle."""
        return self._rows("station_neighbours", asked.parameters())
