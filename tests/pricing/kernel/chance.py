"""Random price lists and sessions in which every rule of pricing comes up, and often meets."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
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
    Reservation,
    Restrictions,
    TariffElement,
    Weekday,
)

ZONES = tuple(
    ZoneInfo(name)
    for name in ("Europe/Berlin", "Europe/London", "America/New_York", "Australia/Lord_Howe", "UTC")
)
CURRENCIES = ("EUR", "EUR", "GBP", "JPY", "KWD")
CLOCKS = (time(0), time(2, 30), time(6), time(8), time(18), time(22), time(23, 59), time(12, 0, 30))
DAYS = (
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2026, 3, 8),
    date(2026, 11, 1),
    date(2026, 6, 1),
)
ENERGIES = ("0", "0.001", "5", "10", "10.5", "20", "30", "33.333", "64.123456")
DURATIONS = (0, 60, 600, 900, 1800, 3600, 5400, 7200, 14400)
POWERS = ("0", "3.7", "11", "22", "45", "50", "150")
CURRENTS = ("0", "6", "16", "32")
RATES = (None, "0", "0.05", "0.077", "0.19", "0.19", "0.19", "0.2", "0.25")
MINUTES = ("0", "1", "10", "20", "30", "40", "60", "90", "120", "240", "333.3", "1500")


@dataclass(frozen=True)
class Chance:
    """Makes things up; equal seeds make equal things."""

    random: Random

    def often(self, share):
        return self.random.random() < share

    def of(self, values, share=1.0):
        return self.random.choice(values) if self.often(share) else None

    def decimal(self, values, share=1.0):
        text = self.of(values, share)
        return None if text is None else Decimal(text)

    def price(self):
        most, digits = self.random.choice(((60, 2), (100, 2), (9, 1), (2000, 3), (99999, 5)))
        return (
            Decimal(self.random.randrange(most)).scaleb(-digits) if self.often(0.95) else Decimal(0)
        )

    def component(self, dimension):
        rate = self.decimal(RATES)
        step_wh = self.random.choice((0, 0, 1, 100, 500, 1000, 7))
        step_seconds = self.random.choice((0, 0, 1, 60, 900, 3600, 7))
        return PriceComponent(dimension, self.price(), rate, step_wh, step_seconds)

    def between(self, values, share):
        low, high = self.of(values, share), self.of(values, share)
        is_empty = None not in (low, high) and values.index(low) >= values.index(high)
        if (is_empty or high in {"0", 0}) and self.often(0.97):
            return (high, low) if low != high and low not in {"0", 0, None} else (low, None)
        return low, high

    def decimals(self, values, share):
        return (None if one is None else Decimal(one) for one in self.between(values, share))

    def restrictions(self):
        share = self.random.choice((0.1, 0.2, 0.5))
        low = self.random.randrange(-3, 4)
        high = low + self.random.randrange(1, 5)
        day = self.of(DAYS)
        kwh, power = self.decimals(ENERGIES, share), self.decimals(POWERS, share)
        current = self.decimals(CURRENTS, share / 4)
        durations = iter(self.between(DURATIONS, share))
        return Restrictions(
            start_time=self.of(CLOCKS, share),
            end_time=self.of(CLOCKS, share),
            start_date=day + timedelta(days=low) if self.often(share / 3) else None,
            end_date=day + timedelta(days=high) if self.often(share / 3) else None,
            min_kwh=next(kwh),
            max_kwh=next(kwh),
            min_current_a=next(current),
            max_current_a=next(current),
            min_power_kw=next(power),
            max_power_kw=next(power),
            min_duration_seconds=next(durations),
            max_duration_seconds=next(durations),
            day_of_week=self.weekdays() if self.often(share) else (),
            reservation=self.of(tuple(Reservation), share / 8),
        )

    def weekdays(self):
        return tuple(day for day in Weekday if self.often(0.5))

    def element(self):
        count = self.random.choice((0, 1, 1, 1, 1, 1, 1, 2, 2, 4))
        return TariffElement(
            tuple(self.component(self.of(tuple(Dimension))) for _ in range(count)),
            self.restrictions() if self.often(0.7) else Restrictions(),
        )

    def limit(self, *amounts):
        return PriceLimit(self.decimal(amounts, 0.6), self.decimal(amounts, 0.6))

    def price_list(self):
        return PriceList(
            currency=self.of(CURRENCIES),
            price_basis=self.of(tuple(PriceBasis)),
            elements=tuple(self.element() for _ in range(self.random.randrange(1, 8))),
            min_price=self.limit("0", "0.5", "1", "2.5", "5", "9.99") if self.often(0.3) else None,
            max_price=self.limit("0", "5", "9.99", "10", "25", "25.123")
            if self.often(0.3)
            else None,
        )

    def start(self):
        zone, day = self.of(ZONES), self.of(DAYS) + timedelta(days=self.random.randrange(-1, 2))
        if self.often(0.5):
            local = datetime.combine(day, self.of(CLOCKS), zone)
        else:
            local = datetime.combine(day, time(), zone) + timedelta(
                milliseconds=self.random.randrange(86_400_000)
            )
        return local.replace(fold=self.random.randrange(2)).astimezone(UTC).astimezone(zone)

    def session(self):
        minutes = self.decimal(MINUTES[self.often(0.95) :])
        energy = self.decimal(ENERGIES)
        if self.often(0.4):
            energy = Decimal(self.random.randrange(100_000)).scaleb(-3)
            minutes = Decimal(self.random.randrange(1, 5_000)).scaleb(-1)
        return ChargingSession(
            start=self.start(),
            energy_kwh=energy if minutes else Decimal(0),
            charging_minutes=minutes,
            parking_minutes=self.decimal(MINUTES) if self.often(0.6) else Decimal(0),
            current_a=self.decimal(CURRENTS, 0.5),
        )
