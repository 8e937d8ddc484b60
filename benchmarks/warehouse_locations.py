"""Made-up locations in the shape of OCPI 2.2.1: the same number, the same location.

An edition other than 0 is the location after a change: other names, plugs, power and statuses.
"""

from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random
from typing import Any, NamedTuple

Record = dict[str, Any]


class Country(NamedTuple):
    """Where locations stand, around one point."""

    code: str
    alpha_3: str
    time_zone: str
    latitude: float
    longitude: float
    currency: str
    vat_percent: float


COUNTRIES = (
    Country("AT", "AUT", "Europe/Vienna", 47.6, 14.1, "EUR", 20.0),
    Country("BE", "BEL", "Europe/Brussels", 50.6, 4.6, "EUR", 21.0),
    Country("CH", "CHE", "Europe/Zurich", 46.9, 8.2, "CHF", 8.1),
    Country("CZ", "CZE", "Europe/Prague", 49.8, 15.4, "CZK", 21.0),
    Country("DE", "DEU", "Europe/Berlin", 51.0, 10.0, "EUR", 19.0),
    Country("DK", "DNK", "Europe/Copenhagen", 55.9, 9.8, "DKK", 25.0),
    Country("ES", "ESP", "Europe/Madrid", 40.2, -3.6, "EUR", 21.0),
    Country("FI", "FIN", "Europe/Helsinki", 61.9, 25.8, "EUR", 25.5),
    Country("FR", "FRA", "Europe/Paris", 46.6, 2.4, "EUR", 20.0),
    Country("GB", "GBR", "Europe/London", 52.6, -1.5, "GBP", 20.0),
    Country("IE", "IRL", "Europe/Dublin", 53.2, -7.8, "EUR", 23.0),
    Country("IT", "ITA", "Europe/Rome", 43.0, 12.1, "EUR", 22.0),
    Country("LU", "LUX", "Europe/Luxembourg", 49.7, 6.1, "EUR", 17.0),
    Country("NL", "NLD", "Europe/Amsterdam", 52.2, 5.5, "EUR", 21.0),
    Country("NO", "NOR", "Europe/Oslo", 60.8, 9.6, "NOK", 25.0),
    Country("PL", "POL", "Europe/Warsaw", 52.1, 19.4, "PLN", 23.0),
    Country("PT", "PRT", "Europe/Lisbon", 39.6, -8.0, "EUR", 23.0),
    Country("SE", "SWE", "Europe/Stockholm", 59.3, 15.2, "SEK", 25.0),
    Country("SK", "SVK", "Europe/Bratislava", 48.7, 19.5, "EUR", 23.0),
)
PARTIES = tuple(product(COUNTRIES, ("ALF", "BET", "GAM")))
EVSES = (1, 2, 2, 2, 2, 4, 4, 5)  # 2.75 in the mean
SECOND_CONNECTOR = 0.345  # 3.7 connectors a location
SECOND_TARIFF = 0.4
TOWNS = 60
STREETS = (
    "Station Road",
    "Rue de la Gare",
    "Bahnhofstraße",
    "Storgatan",
    "Via Roma",
    "Plac Zamkowy",
)
STATUSES = ("AVAILABLE", "AVAILABLE", "CHARGING", "OUTOFORDER")
CAPABILITIES = (
    ["RFID_READER"],
    ["RFID_READER", "REMOTE_START_STOP_CAPABLE"],
    ["CREDIT_CARD_PAYABLE", "RFID_READER"],
    ["CHIP_CARD_SUPPORT", "CONTACTLESS_CARD_SUPPORT", "REMOTE_START_STOP_CAPABLE"],
    ["REMOTE_START_STOP_CAPABLE", "RESERVABLE", "RFID_READER", "UNLOCK_CAPABLE"],
)
PLUGS = (
    ("IEC_62196_T2", "SOCKET", "AC_3_PHASE", 230, 16, 11_000),
    ("IEC_62196_T2", "SOCKET", "AC_3_PHASE", 230, 32, 22_000),
    ("IEC_62196_T2_COMBO", "CABLE", "DC", 500, 125, 50_000),
    ("CHADEMO", "CABLE", "DC", 500, 125, 50_000),
    ("IEC_62196_T2_COMBO", "CABLE", "DC", 920, 500, 300_000),
)
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


class Site(NamedTuple):
    """What all of a location's equipment depends on.

    tariffs: how many its party has. named: how many each connector names; 0: one, or two.
    """

    number: int
    country_code: str
    party_id: str
    tariffs: int
    named: int
    edition: int
    updated: str


def party(number: int) -> tuple[Country, str]:
    """Return whose location or tariff has this number."""
    return PARTIES[number % len(PARTIES)]


def updated(number: int, edition: int) -> str:
    """Return the operator's clock of a record."""
    moment = BEGIN + timedelta(minutes=number % 100_000, days=edition)
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def location(number: int, tariffs: int, edition: int = 0, named: int = 0) -> Record:
    """Return a location whose connectors name some of the so many tariffs of its party."""
    chance = Random(number)
    country, party_id = party(number)
    site = Site(number, country.code, party_id, tariffs, named, edition, updated(number, edition))
    town, street = _address(number)
    latitude, longitude = _position(country, town, chance)
    return {
        "country_code": country.code,
        "party_id": party_id,
        "id": f"{party_id}-{number:07}",
        "publish": True,
        "name": f"Town {town}, {street}" + (f" ({edition})" if edition else ""),
        "address": street,
        "city": f"Town {town}",
        "postal_code": f"{town:02}{number % 1_000:03}",
        "country": country.alpha_3,
        "coordinates": {"latitude": f"{latitude:.6f}", "longitude": f"{longitude:.6f}"},
        "parking_type": "PARKING_LOT",
        "evses": [_evse(site, place, chance) for place in range(chance.choice(EVSES))],
        "operator": {"name": f"Operator {country.code} {party_id}"},
        "facilities": ["SUPERMARKET"],
        "time_zone": country.time_zone,
        "opening_times": {"twentyfourseven": True},
        "charging_when_closed": True,
        "last_updated": site.updated,
    }


def _address(number: int) -> tuple[int, str]:
    """Return town and street."""
    street = f"{STREETS[number % len(STREETS)]} {number % 197 + 1}"
    return number // len(PARTIES) % TOWNS, street


def _position(country: Country, town: int, chance: Random) -> tuple[float, float]:
    """Return latitude and longitude, around the middle of the town."""
    middle = Random(f"{country.code} {town}")
    latitude = country.latitude + 1.6 * middle.random() - 0.8
    longitude = country.longitude + 1.6 * middle.random() - 0.8
    return latitude + chance.gauss(0, 0.03), longitude + chance.gauss(0, 0.04)


def _evse(site: Site, place: int, chance: Random) -> Record:
    connectors = 2 if chance.random() < SECOND_CONNECTOR else 1
    turn = site.number + place
    tariff_ids = _tariff_ids(site.tariffs, site.named, chance)
    return {
        "uid": f"{site.number}-{place}",
        "evse_id": f"{site.country_code}*{site.party_id}*E{site.number:07}*{place}",
        "status": STATUSES[(turn + site.edition) % len(STATUSES)],
        "capabilities": CAPABILITIES[turn % len(CAPABILITIES)],
        "connectors": [_connector(site, turn, one, tariff_ids) for one in range(connectors)],
        "physical_reference": str(place + 1 + site.edition),
        "last_updated": site.updated,
    }


def _tariff_ids(tariffs: int, named: int, chance: Random) -> list[str]:
    first = int(chance.random() * tariffs)
    count = named or (2 if chance.random() < SECOND_TARIFF else 1)
    return [f"T{one}" for one in sorted({(first + more) % tariffs for more in range(count)})]


def _connector(site: Site, turn: int, one: int, tariff_ids: list[str]) -> Record:
    others = len(PLUGS) - 1
    shift = 1 + site.edition % others if site.edition else 0  # never back to what it was at first
    plug = PLUGS[(turn + one + shift) % len(PLUGS)]
    standard, form, power_type, volts, amperes, watts = plug
    return {
        "id": str(one + 1),
        "standard": standard,
        "format": form,
        "power_type": power_type,
        "max_voltage": volts,
        "max_amperage": amperes,
        "max_electric_power": watts,
        "tariff_ids": tariff_ids,
        "last_updated": site.updated,
    }
