"""Made-up tariffs in the shape of OCPI 2.2.1: the same number, the same tariff.

There are ten kinds: by energy, with a start fee, by time, by time of day, by weekday, with a fee
for staying long, by power, with paid parking. An edition other than 0 has other prices.
"""

from benchmarks.warehouse_locations import PARTIES, Record, party, updated

TYPES = ("AD_HOC_PAYMENT", "REGULAR", None)
TENFOLD = {"CZK", "DKK", "NOK", "SEK"}  # currencies in which prices are about ten times as high
NIGHT = {"start_time": "22:00", "end_time": "06:00"}
WEEKEND = {"day_of_week": ["SATURDAY", "SUNDAY"]}
LONG = {"min_duration": 14_400}
LONG_BY_DAY = {"start_time": "08:00", "end_time": "20:00", "min_duration": 7_200}
STRONG = {"min_power": 50.0}
Element = tuple[list[tuple[str, float]], Record]


def tariff(number: int, edition: int = 0) -> Record:
    """Return a tariff; the next one of its party has the number behind all other parties'."""
    country, party_id = party(number)
    own = number // len(PARTIES)
    price = _price(number, edition, country.currency)
    kind = TYPES[own % len(TYPES)]
    return {
        "country_code": country.code,
        "party_id": party_id,
        "id": f"T{own}",
        "currency": country.currency,
        **({"type": kind} if kind else {}),
        "tariff_alt_text": _texts(f"{price} {country.currency}/kWh ({own})"),
        "elements": [_element(one, country.vat_percent) for one in _elements(own, price)],
        "last_updated": updated(number, edition),
    }


def _price(number: int, edition: int, currency: str) -> float:
    """Return a price per kWh, in the currency."""
    cents = 29 + (number // len(PARTIES) * 7 + number % len(PARTIES) + edition) % 60
    return cents / 10 if currency in TENFOLD else cents / 100


def _texts(told: str) -> list[Record]:
    return [
        {"language": "en", "text": f"Charging at {told}"},
        {"language": "de", "text": f"Laden zu {told}"},
    ]


def _element(element: Element, vat_percent: float) -> Record:
    components, restrictions = element
    return {
        "price_components": [
            {"type": dimension, "price": price, "vat": vat_percent, "step_size": 1}
            for dimension, price in components
        ],
        **({"restrictions": restrictions} if restrictions else {}),
    }


def _elements(own: int, price: float) -> list[Element]:
    """Return (dimension, price) and restrictions of each element."""
    energy, fee = ("ENERGY", price), round(0.5 + own % 40 / 20, 2)
    plain: Element = ([energy], {})
    cheaper = [("ENERGY", round(price * 0.8, 3))]
    kinds: tuple[list[Element], ...] = (
        [plain],
        [([("FLAT", fee), energy], {})],
        [([energy, ("TIME", fee)], {})],
        [(cheaper, NIGHT), plain],
        [(cheaper, WEEKEND), plain],
        [([("TIME", fee * 4)], LONG), plain],
        [([("ENERGY", round(price * 1.3, 3))], STRONG), plain],
        [([energy, ("PARKING_TIME", fee)], {})],
        [([("TIME", fee * 6)], {})],
        [([("TIME", fee)], LONG_BY_DAY), (cheaper, NIGHT), ([("FLAT", fee), energy], {})],
    )
    return kinds[own % len(kinds)]
