"""A charge detail record: what was consumed, under which tariffs, and what was asked for it.

Sources: OCPI 2.1.1-d2, 2.2.1-d2 and 2.3.0, mod_cdrs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from aggregator.domain.tariff import Tariff


class Volume(StrEnum):
    """What a charging period measures (CdrDimensionType), as far as it decides a price.

    Energy in kWh, times in hours, current in A over all phases, power in kW.
    """

    CURRENT = "CURRENT"
    ENERGY = "ENERGY"
    MAX_CURRENT = "MAX_CURRENT"
    MAX_POWER = "MAX_POWER"
    MIN_CURRENT = "MIN_CURRENT"
    MIN_POWER = "MIN_POWER"
    PARKING_TIME = "PARKING_TIME"
    POWER = "POWER"
    RESERVATION_TIME = "RESERVATION_TIME"
    TIME = "TIME"


class CostPart(StrEnum):
    """Which of its totals a CDR states."""

    TOTAL = "total_cost"
    FIXED = "total_fixed_cost"
    ENERGY = "total_energy_cost"
    TIME = "total_time_cost"
    PARKING = "total_parking_cost"
    RESERVATION = "total_reservation_cost"


@dataclass(frozen=True, slots=True)
class StatedCost:
    """An amount in the CDR's currency, without and with tax; None where it is not stated."""

    net: Decimal | None = None
    gross: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CdrPeriod:
    """One charging period, as the operator cut it. start: UTC. tariff_id: None where not stated."""

    start: datetime
    volumes: Mapping[Volume, Decimal]
    tariff_id: str | None = None


@dataclass(frozen=True, slots=True)
class Cdr:
    """One CDR. start, end: UTC.

    time_zone: IANA name where the record states it. latitude, longitude: WGS 84 degrees.
    costs: as stated; of a credit CDR what it gives back, above zero.
    energy_kwh, hours, parking_hours: the stated sums; None where not stated.
    is_unordered: whether its periods did not stand in the order of time.
    """

    cdr_id: str
    currency: str
    start: datetime
    end: datetime | None
    tariffs: tuple[Tariff, ...]
    periods: tuple[CdrPeriod, ...]
    costs: Mapping[CostPart, StatedCost]
    energy_kwh: Decimal | None = None
    hours: Decimal | None = None
    parking_hours: Decimal | None = None
    time_zone: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    is_credit: bool = False
    is_unordered: bool = False
