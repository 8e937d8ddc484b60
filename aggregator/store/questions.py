"""What can be asked of a snapshot about prices in a country, around a place, or over time."""

from dataclasses import asdict, dataclass
from datetime import datetime
from math import asin, cos, degrees, floor, radians, sin
from typing import Any

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
CELLS_PER_DEGREE, CELLS_AROUND = 10, 3600
POLE, HALF_TURN = 90.0, 180.0
SAFETY_DEGREES = 1e-6  # the bounds may only be too wide


@dataclass(frozen=True, slots=True)
class PriceSpread:
    """Which offers' totals are spread out.

    country: alpha-3. power: power class. method: payment method. session: ac, dc, hpc, idle.
    region_1: code (mart.region); None for the whole country. least_kw: power that the session
    needs. without_flagged: whether what is doubtful is left out.
    """

    country: str
    power: str
    method: str
    session: str
    region_1: str | None = None
    least_kw: float = 0
    without_flagged: bool = False

    def parameters(self) -> dict[str, Any]:
        """Return the values to bind."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Circle:
    """An area on the globe. latitude, longitude: degrees."""

    latitude: float
    longitude: float
    radius_km: float

    def parameters(self) -> dict[str, Any]:
        """Return the values to bind: among them bounds that hold all of the circle, and more."""
        south, west, north, east = self.bounds()
        return asdict(self) | {
            "earth_radius_km": EARTH_RADIUS_KM,
            "first_cell": floor((south + POLE) * CELLS_PER_DEGREE) * CELLS_AROUND,
            "last_cell": (floor((north + POLE) * CELLS_PER_DEGREE) + 1) * CELLS_AROUND - 1,
            "south": south,
            "north": north,
            "west": west,
            "east": east,
        }

    def bounds(self) -> tuple[float, float, float, float]:
        """Return south, west, north and east, in degrees, that hold all of the circle, and more."""
        reach = degrees(self.radius_km / EARTH_RADIUS_KM) + SAFETY_DEGREES
        south, north = max(-POLE, self.latitude - reach), min(POLE, self.latitude + reach)
        west, east = self._west_and_east(reach)
        return south, west, north, east

    def _west_and_east(self, reach: float) -> tuple[float, float]:
        """Return the longitudes of the circle; all, where it holds a pole or the date line."""
        everywhere = -HALF_TURN, HALF_TURN
        if abs(self.latitude) + reach >= POLE:
            return everywhere
        widest = degrees(asin(sin(radians(reach)) / cos(radians(self.latitude)))) + SAFETY_DEGREES
        west, east = self.longitude - widest, self.longitude + widest
        return everywhere if west < -HALF_TURN or east > HALF_TURN else (west, east)


@dataclass(frozen=True, slots=True)
class Chargers:
    """Which chargers somebody compares contracts at.

    country: alpha-3. power: power class. least_kw: power that the session needs; weaker connectors
    cannot deliver it. methods: payment methods.
    """

    country: str | None
    power: str
    least_kw: float
    methods: tuple[str, ...] = (
        "card",
        "app",
        "ad_hoc",
        "free",
        "contract",
        "plug_and_charge",
    )

    def parameters(self) -> dict[str, Any]:
        """Return the values to bind."""
        return asdict(self) | {"methods": list(self.methods)}


@dataclass(frozen=True, slots=True)
class Near:
    """Where somebody looks for a charger.

    latitude, longitude: degrees. methods: payment methods. session: ac, dc, hpc, idle. least_kw:
    power that the session needs; weaker connectors cannot deliver it. limit: rows at most.
    without_flagged: whether what is doubtful is left out.
    """

    latitude: float
    longitude: float
    radius_km: float
    methods: tuple[str, ...]
    session: str
    least_kw: float = 0
    limit: int = 50
    without_flagged: bool = False

    def parameters(self) -> dict[str, Any]:
        """Return the values to bind: among them bounds that hold all of the circle, and more.

        >>> place = Near(50.0, 8.0, 10.0, ("card",), "dc")
        >>> [place.parameters()[name] for name in ("first_cell", "last_cell")]
        [5036400, 5043599]
        """
        circle = Circle(self.latitude, self.longitude, self.radius_km)
        return asdict(self) | {"methods": list(self.methods)} | circle.parameters()


@dataclass(frozen=True, slots=True)
class ConnectorKey:
    """One connector of one feed, by the ids of OCPI."""

    feed: str
    country_code: str
    party_id: str
    location_id: str
    evse_uid: str
    connector_id: str

    def parameters(self) -> dict[str, Any]:
        """Return the values to bind."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ViewAsked:
    """Which offers are looked at; all of it must hold.

    country: alpha-3; None: whatever country. circle: None: all of the country. methods: payment
    methods. standard: plug type. power: power class. least_kw: 0 takes those of unknown power, too.
    takes_ac, takes_dc: how the car can be charged. without_flagged: whether what is doubtful
    (mart.flag) is left out. open_at: leaves out what is known to be closed then: an aware moment,
    or a naive one on each location's own clock; None: whenever.
    """

    country: str | None
    circle: Circle | None
    methods: tuple[str, ...]
    standard: str | None = None
    power: str | None = None
    least_kw: float = 0
    takes_ac: bool = True
    takes_dc: bool = True
    without_flagged: bool = False
    open_at: datetime | None = None
