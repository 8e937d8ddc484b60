"""A small market worked out by hand: two countries, two currencies in one, every kind of gap.

Prices are per kWh; the DC session is 30 kWh at 45 kW or more.
"""

from decimal import Decimal

from aggregator.domain.tariff import (
    Dimension,
    PriceBasis,
    PriceComponent,
    PriceLimit,
    TariffElement,
    TariffType,
)
from aggregator.store.ledger import FeedFacts
from tests.records import connector, evse, location, price_list, tariff

SCRIPT = "<script>alert(1)</script>"
MARKDOWN = "[click](http://evil.example) **bold** ![x](http://evil.example/x.png)"
RIGHT_TO_LEFT = "Cheap\u202egnirts desrever\u202c station"
ENDLESS = "A" * 10_000
FORMULA = "=cmd|' /C calc'!A0"
HOSTILE = (SCRIPT, MARKDOWN, RIGHT_TO_LEFT, ENDLESS, FORMULA)

NORTH = FeedFacts("north", "North feed", licence="CC0-1.0", source_url="https://north.example/")
SOUTH = FeedFacts("south", "South feed", licence="CC-BY-4.0")
CARD = ("CREDIT_CARD_PAYABLE",)
APP = ("REMOTE_START_STOP_CAPABLE",)
CONTRACT = ("RFID_READER",)
GERMAN = {
    "country_code": "DE",
    "party_id": "BBB",
    "country": "DEU",
    "city": "Berlin",
    "latitude": 52.5,
    "longitude": 13.4,
    "operator_name": "Berta GmbH",
}


def station(name, tariff_id, *, capabilities=CARD, power_kw=150, standard=None, **values):
    """Return a location with one connector; its id is its name."""
    plug = connector(
        tariff_ids=(tariff_id,) if tariff_id else (),
        max_power_kw=None if power_kw is None else Decimal(power_kw),
        power_type="AC_3_PHASE" if power_kw and float(power_kw) <= 43 else "DC",
        standard=standard or "IEC_62196_T2_COMBO",
    )
    bay = evse(f"E-{name[:40]}", capabilities=capabilities, connectors=(plug,))
    return location(name[:40], name=name, evses=(bay,), **values)


def flat_energy(price, basis=PriceBasis.GROSS, vat_rate=None, currency="SEK", **values):
    """Return a price list that asks so much per kWh and nothing else."""
    part = PriceComponent(Dimension.ENERGY, Decimal(price), vat_rate)
    return price_list(
        currency=currency, price_basis=basis, elements=(TariffElement((part,)),), **values
    )


def listed(tariff_id, prices, type_=TariffType.AD_HOC_PAYMENT, **values):
    """Return a tariff with this price list."""
    return tariff(tariff_id, price_list=prices, type=type_, **values)


SWEDISH_TARIFFS = [
    listed("net25", flat_energy("4.00", PriceBasis.NET, Decimal("0.25"))),  # 5.00 with tax
    listed("gross3", flat_energy("3.00")),
    listed("gross6", flat_energy("6.00")),
    listed("net", flat_energy("4.50", PriceBasis.NET)),  # rate not stated
    listed("unknown", flat_energy("5.50", PriceBasis.UNKNOWN)),
    listed(  # 5 x 1.25 = 6.25 a kWh; the lowest total states no tax, so it is scaled
        "derived",
        flat_energy(
            "5.00", PriceBasis.NET, Decimal("0.25"), min_price=PriceLimit(excl_vat=Decimal(200))
        ),
    ),
    listed("free", flat_energy("0")),
    listed("euro", flat_energy("0.40", currency="EUR")),
    listed("empty", price_list(currency="SEK", elements=())),
    listed("contract", flat_energy("1.00"), TariffType.REGULAR),
]
SWEDISH_STATIONS = [
    station("Dearest", "gross6"),
    station("Middle", "net25"),
    station("Cheapest", "gross3", standard="CHADEMO", power_kw=50),
    station("Without tax", "net"),
    station("Tax not told", "unknown"),
    station("Scaled", "derived"),
    station("Gratis", "free"),
    station("In euro", "euro"),
    station("Weak but cheap", "gross3", power_kw=11, standard="IEC_62196_T2"),
    station("Power not stated", "gross6", power_kw=None),
    station("Members only", "contract", capabilities=CONTRACT),
    station("By app", "gross6", capabilities=APP),
    station("Names nothing", None),
    station("Names a stranger", "gone"),
    station("Holds nothing", "empty"),
    station("Nowhere", "gross6", latitude=None, longitude=None),
]
GERMAN_TARIFFS = [
    tariff("de", price_list=flat_energy("0.50", currency="EUR"), country_code="DE", party_id="BBB")
]
GERMAN_STATIONS = [station(name, "de", **GERMAN) for name in HOSTILE]


def fill(receive):
    """Bring the whole market into a warehouse."""
    receive(SWEDISH_STATIONS, SWEDISH_TARIFFS, feed=NORTH)
    receive(GERMAN_STATIONS, GERMAN_TARIFFS, feed=SOUTH)
