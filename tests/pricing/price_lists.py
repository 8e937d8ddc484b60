"""Small price lists and sessions, and what they cost, as several tests of pricing need them."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from aggregator.domain.session import ChargingSession, ReferenceSession
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
from aggregator.pricing.bill import Bill, bill
from aggregator.pricing.quote import Quote, quote

LONDON = ZoneInfo("Europe/London")
BERLIN = ZoneInfo("Europe/Berlin")
WORKING_DAYS = tuple(Weekday)[:5]
WEEKEND = tuple(Weekday)[5:]
SUNDAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TUESDAY_18 = (Weekday.TUESDAY, time(18))
AC = ReferenceSession("ac", Decimal(20), Decimal(120), Decimal(120), *TUESDAY_18)  # 10 kW
DC = ReferenceSession("dc", Decimal(30), Decimal(40), Decimal(0), *TUESDAY_18)  # 45 kW
HPC = ReferenceSession("hpc", Decimal(40), Decimal(25), Decimal(0), *TUESDAY_18)  # 96 kW
SESSIONS = (AC, DC)
UK_SESSIONS = (AC, DC, HPC)


def component(dimension: Dimension, price: str, vat_rate: str | None = None) -> PriceComponent:
    return PriceComponent(
        dimension, Decimal(price), None if vat_rate is None else Decimal(vat_rate)
    )


def hourly(
    dimension: Dimension, price: str, vat_rate: str | None, step_size_seconds: int
) -> PriceComponent:
    return PriceComponent(
        dimension,
        Decimal(price),
        None if vat_rate is None else Decimal(vat_rate),
        step_size_seconds=step_size_seconds,
    )


def uk_component(
    dimension: Dimension, price: str, vat_rate: str | None = "0.20", step_size: int = 1
) -> PriceComponent:
    is_energy = dimension is Dimension.ENERGY
    return PriceComponent(
        dimension,
        Decimal(price),
        None if vat_rate is None else Decimal(vat_rate),
        step_size_wh=step_size if is_energy else 0,
        step_size_seconds=0 if is_energy else step_size,
    )


def energy(price: str, vat_rate: str | None = "0.20") -> PriceComponent:
    return component(Dimension.ENERGY, price, vat_rate)


def charging(price: str) -> PriceComponent:
    return component(Dimension.TIME, price, "0.20")


def parking(price: str) -> PriceComponent:
    return component(Dimension.PARKING_TIME, price, "0.20")


def flat(price: str) -> PriceComponent:
    return component(Dimension.FLAT, price, "0.20")


def element(*components: PriceComponent, **restrictions: object) -> TariffElement:
    return TariffElement(components, Restrictions(**restrictions))


def session(
    kwh: str = "10", minutes: str = "60", parked: str = "0", start: datetime = NOON
) -> ChargingSession:
    return ChargingSession(start, Decimal(kwh), Decimal(minutes), Decimal(parked))


def quoted(
    *elements: TariffElement,
    basis: PriceBasis = PriceBasis.NET,
    zone: str | None = "Europe/London",
    code: str = "ac",
    day: date = SUNDAY,
    **more: object,
) -> Quote:
    return quote(PriceList("GBP", basis, elements, **more), zone, SESSIONS, code, day)


def uk_quoted(listed: PriceList, code: str = "ac") -> Quote:
    return quote(listed, "Europe/London", UK_SESSIONS, code, SUNDAY)


def uk_billed(listed: PriceList, start: str, kwh: str, minutes: str, parked: str = "0") -> Bill:
    begin = datetime.fromisoformat(start).replace(tzinfo=LONDON)
    return bill(listed, session(kwh, minutes, parked, begin))


def billed(
    elements: tuple[TariffElement, ...],
    *,
    start: str = "2026-11-23T09:00",
    kwh: str = "0",
    minutes: str = "60",
    parked: str = "0",
    **limits: PriceLimit,
) -> Bill:
    begin = datetime.fromisoformat(start).replace(tzinfo=BERLIN)
    listed = PriceList("EUR", PriceBasis.NET, elements, **limits)
    return bill(listed, session(kwh, minutes, parked, begin))


def assert_totals(found: Bill, net: str, gross: str | None) -> None:
    assert found.total_net == Decimal(net)
    assert found.total_gross == (None if gross is None else Decimal(gross))
