"""Made-up price lists and sessions for the benchmark of prices."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from aggregator.domain.session import ChargingSession
from aggregator.domain.tariff import (
    Dimension,
    PriceBasis,
    PriceComponent,
    PriceLimit,
    PriceList,
    Restrictions,
    TariffElement,
    Weekday,
)

VAT_RATE = Decimal("0.19")
NO_RESTRICTIONS = Restrictions()
DAY = {"start_time": time(8), "end_time": time(20)}
NIGHT = {"start_time": time(20), "end_time": time(8)}
FAST_KW = Decimal(50)
HOUR_SECONDS = 3600
KINDS = ("energy", "energy", "energy", "start fee", "time", "windows", "parking", "limits")


def element(
    dimension: Dimension, price: str | Decimal, restrictions: Restrictions = NO_RESTRICTIONS
) -> TariffElement:
    """Return an element of one component, in steps of 1 Wh or one minute."""
    component = PriceComponent(
        dimension,
        Decimal(price),
        VAT_RATE,
        step_size_wh=1 if dimension is Dimension.ENERGY else 0,
        step_size_seconds=60 if dimension in {Dimension.TIME, Dimension.PARKING_TIME} else 0,
    )
    return TariffElement((component,), restrictions)


def complex_price_list() -> PriceList:
    """Return 11 elements: a start fee, four energy prices and one for the rest, time, parking."""
    long = {"min_duration_seconds": HOUR_SECONDS}
    elements = [
        element(Dimension.FLAT, "0.50"),
        element(Dimension.ENERGY, "0.59", Restrictions(**DAY, max_power_kw=FAST_KW)),
        element(Dimension.ENERGY, "0.69", Restrictions(**DAY, min_power_kw=FAST_KW)),
        element(Dimension.ENERGY, "0.45", Restrictions(**NIGHT, max_power_kw=FAST_KW)),
        element(Dimension.ENERGY, "0.55", Restrictions(**NIGHT, min_power_kw=FAST_KW)),
        element(Dimension.ENERGY, "0.60"),
        element(Dimension.TIME, "1.20", Restrictions(**DAY)),
        element(Dimension.TIME, "0.60"),
        element(Dimension.PARKING_TIME, "6.00", Restrictions(**DAY, **long)),
        element(Dimension.PARKING_TIME, "3.00", Restrictions(**long)),
        element(Dimension.PARKING_TIME, "0.00"),
    ]
    return PriceList("EUR", PriceBasis.NET, tuple(elements))


def varied_price_list(number: int) -> PriceList:
    """Return one of many price lists that all differ: most price energy and little else."""
    kind = KINDS[number % len(KINDS)]
    price = (30 + Decimal(number).scaleb(-4) % 40) / 100 + Decimal(number).scaleb(-6)
    elements = [element(Dimension.ENERGY, price)]
    limit = None
    if kind == "start fee":
        elements.insert(0, element(Dimension.FLAT, "0.35"))
    elif kind == "time":
        elements.append(element(Dimension.TIME, "2.40"))
    elif kind == "windows":
        weekend = (Weekday.SATURDAY, Weekday.SUNDAY)
        elements.insert(0, element(Dimension.ENERGY, "0.29", Restrictions(day_of_week=weekend)))
        elements.insert(0, element(Dimension.ENERGY, "0.39", Restrictions(**NIGHT)))
    elif kind == "parking":
        late = Restrictions(min_duration_seconds=4 * HOUR_SECONDS)
        elements.append(element(Dimension.PARKING_TIME, "6.00", late))
        elements.append(element(Dimension.TIME, "6.00", late))
    elif kind == "limits":
        limit = PriceLimit(Decimal(1), None)
    return PriceList("EUR", PriceBasis.NET, tuple(elements), min_price=limit)


def varied_sessions(count: int, seed: int) -> list[ChargingSession]:
    """Return sessions of a month, short and long, slow and fast."""
    random, zone = Random(seed), ZoneInfo("Europe/Berlin")
    first = datetime(2026, 6, 1, tzinfo=zone)
    return [
        ChargingSession(
            start=first + timedelta(minutes=random.randrange(30 * 24 * 60)),
            energy_kwh=Decimal(random.randrange(5_000, 80_000)).scaleb(-3),
            charging_minutes=Decimal(random.randrange(15, 240)),
            parking_minutes=Decimal(random.randrange(90)),
        )
        for _ in range(count)
    ]
