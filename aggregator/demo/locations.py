"""A site as a location in the shape of OCPI 2.2.1."""

from random import Random

from aggregator.demo.chance import minutes_before_epoch
from aggregator.demo.description import City, Operator, Record
from aggregator.demo.evses import evses, site_terms
from aggregator.demo.sites import Site, SiteKind, location_id, site

UNPUBLISHED = 0.01
IN_TOWN_DEGREES = 0.02
BESIDE_MOTORWAY_DEGREES = 0.008
PARKING_TYPE = {
    SiteKind.STREET: "ON_STREET",
    SiteKind.CAR_PARK: "PARKING_GARAGE",
    SiteKind.RETAIL: "PARKING_LOT",
    SiteKind.MOTORWAY: "ALONG_MOTORWAY",
}
FACILITIES = {
    SiteKind.STREET: [],
    SiteKind.CAR_PARK: ["PARKING_LOT"],
    SiteKind.RETAIL: ["SUPERMARKET"],
    SiteKind.MOTORWAY: ["FUEL_STATION", "RESTAURANT"],
}
ALL_DAY: Record = {"twentyfourseven": True}


def location(seed: int, operator: Operator, number: int) -> Record:
    """Return the operator's location of this number, as a server of OCPI 2.2.1 would publish it."""
    place = site(seed, operator, number)
    random = Random(place.lot)
    terms = site_terms(operator, place, random)
    country, city = place.city.country, place.city
    latitude, longitude = _position(operator, place, random)
    street = f"{random.choice(country.streets)} {int(random.random() * 120) + 1}"
    return {
        "country_code": operator.country_code,
        "party_id": operator.party_id,
        "id": location_id(operator, number),
        "publish": random.random() >= UNPUBLISHED,
        "name": f"{city.name}, {street}",
        "address": street,
        "city": city.name,
        "postal_code": _postal_code(city, random),
        "country": country.alpha_3,
        "coordinates": {"latitude": f"{latitude:.6f}", "longitude": f"{longitude:.6f}"},
        "parking_type": PARKING_TYPE[place.kind],
        "evses": evses(operator, place, terms, random),
        "operator": {"name": operator.name, "website": _website(operator)},
        "facilities": FACILITIES[place.kind],
        "time_zone": country.time_zone,
        "opening_times": _opening_times(place.kind, random),
        "charging_when_closed": place.kind is not SiteKind.CAR_PARK,
        "last_updated": minutes_before_epoch(terms.updated),
    }


def _website(operator: Operator) -> str:
    return f"https://{operator.operator_id.replace('_', '-')}.example"


def _position(operator: Operator, place: Site, random: Random) -> tuple[float, float]:
    """Return latitude and longitude: around the city's centre, or on the way to the next city."""
    here, spread = place.city, IN_TOWN_DEGREES
    latitude, longitude = here.latitude, here.longitude
    there = operator.cities[(place.city_index + 1) % len(operator.cities)]
    is_last = place.city_index + 1 == len(operator.cities)
    if place.kind is SiteKind.MOTORWAY and not is_last and there.country is here.country:
        spread, share = BESIDE_MOTORWAY_DEGREES, 0.1 + 0.8 * random.random()
        latitude += (there.latitude - latitude) * share
        longitude += (there.longitude - longitude) * share
    return latitude + random.gauss(0, spread), longitude + random.gauss(0, spread * 1.5)


def _postal_code(city: City, random: Random) -> str:
    code = city.postal_code
    for _ in range(code.count("#")):
        code = code.replace("#", "0123456789"[int(random.random() * 10)], 1)
    return code


def _opening_times(kind: SiteKind, random: Random) -> Record:
    """Return opening hours: always at streets and motorways, else the house's own."""
    if kind in {SiteKind.STREET, SiteKind.MOTORWAY}:
        return ALL_DAY
    opens, closes = random.choice((("06:00", "23:00"), ("07:00", "21:00"), ("08:00", "20:00")))
    last_day = 7 if kind is SiteKind.CAR_PARK else 6
    hours = [
        {"weekday": weekday, "period_begin": opens, "period_end": closes}
        for weekday in range(1, last_day + 1)
    ]
    closing = {"period_begin": "2026-12-25T00:00:00Z", "period_end": "2026-12-26T00:00:00Z"}
    return {"twentyfourseven": False, "regular_hours": hours, "exceptional_closings": [closing]}
