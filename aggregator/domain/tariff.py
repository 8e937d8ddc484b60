"""A tariff as OCPI 2.1.1, 2.2.1 and 2.3.0 can state it, with the unit in every name.

Sources: OCPI 2.1.1-d2, 2.2.1-d2 and 2.3.0, mod_tariffs.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum


class Dimension(StrEnum):
    """What a price component charges for (TariffDimensionType)."""

    ENERGY = "ENERGY"
    FLAT = "FLAT"
    PARKING_TIME = "PARKING_TIME"
    TIME = "TIME"


class TariffType(StrEnum):
    """Whom a tariff is for; a tariff without a type is valid for all sessions."""

    AD_HOC_PAYMENT = "AD_HOC_PAYMENT"
    PROFILE_CHEAP = "PROFILE_CHEAP"
    PROFILE_FAST = "PROFILE_FAST"
    PROFILE_GREEN = "PROFILE_GREEN"
    REGULAR = "REGULAR"


class Weekday(StrEnum):
    """Day of the week, local to the charger."""

    MONDAY = "MONDAY"
    TUESDAY = "TUESDAY"
    WEDNESDAY = "WEDNESDAY"
    THURSDAY = "THURSDAY"
    FRIDAY = "FRIDAY"
    SATURDAY = "SATURDAY"
    SUNDAY = "SUNDAY"


class Reservation(StrEnum):
    """Which reservation an element prices (ReservationRestrictionType)."""

    RESERVATION = "RESERVATION"
    RESERVATION_EXPIRES = "RESERVATION_EXPIRES"


class PriceBasis(StrEnum):
    """What the stated prices of a tariff include.

    NET: tax comes on top. GROSS: tax is included. NO_TAX: no tax applies.
    UNKNOWN: the published data do not tell whether tax is included.
    """

    NET = "NET"
    GROSS = "GROSS"
    NO_TAX = "NO_TAX"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class PriceComponent:
    """One charge of a tariff element.

    price: tariff currency per kWh (ENERGY), per hour (TIME, PARKING_TIME) or per session (FLAT).
    vat_rate: 0.19 for 19 %; None when not stated, which is not the same as 0.
    step_size_wh / step_size_seconds: billing block; 0 means no rounding.
    """

    dimension: Dimension
    price: Decimal
    vat_rate: Decimal | None = None
    step_size_wh: int = 0
    step_size_seconds: int = 0


@dataclass(frozen=True, slots=True)
class Restrictions:
    """When an element applies: all stated limits together, instant by instant.

    Minima are inclusive, maxima exclusive. Times and dates are local to the charger.
    """

    start_time: time | None = None
    end_time: time | None = None
    start_date: date | None = None
    end_date: date | None = None
    min_kwh: Decimal | None = None
    max_kwh: Decimal | None = None
    min_current_a: Decimal | None = None
    max_current_a: Decimal | None = None
    min_power_kw: Decimal | None = None
    max_power_kw: Decimal | None = None
    min_duration_seconds: int | None = None
    max_duration_seconds: int | None = None
    day_of_week: tuple[Weekday, ...] = ()
    reservation: Reservation | None = None


@dataclass(frozen=True, slots=True)
class TariffElement:
    """Price components that share one set of restrictions."""

    price_components: tuple[PriceComponent, ...]
    restrictions: Restrictions = Restrictions()


@dataclass(frozen=True, slots=True)
class PriceLimit:
    """Lowest or highest total of a session, in tariff currency; None where not stated."""

    excl_vat: Decimal | None = None
    incl_vat: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DisplayText:
    """A text in one language."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class PriceList:
    """The part of a tariff that decides what a session costs.

    unreadable_parts: JSON paths of parts that could not be read. A price list that has any
    is never priced: leaving a charge or a restriction out would state a wrong price.
    """

    currency: str
    price_basis: PriceBasis
    elements: tuple[TariffElement, ...]
    min_price: PriceLimit | None = None
    max_price: PriceLimit | None = None
    unreadable_parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tariff:
    """One tariff of one party, as published.

    start_date_time / end_date_time: validity, UTC, end exclusive; None means open.
    last_updated: the operator's own clock, UTC.
    """

    country_code: str
    party_id: str
    tariff_id: str
    type: TariffType | None
    price_list: PriceList
    alt_text: tuple[DisplayText, ...] = ()
    alt_url: str | None = None
    start_date_time: datetime | None = None
    end_date_time: datetime | None = None
    last_updated: datetime | None = None
