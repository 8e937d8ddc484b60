"""In which hour of the week a session costs least, and in which most.

Hour 0 is Monday from 00:00 to 01:00 on the charger's own clock, hour 167 Sunday from 23:00; the
session starts with the hour.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, time, tzinfo
from decimal import Decimal
from functools import lru_cache, partial

from aggregator.domain.contents import from_json
from aggregator.domain.session import ChargingSession, ReferenceSession
from aggregator.pricing.bill import bill_from
from aggregator.pricing.components import PriceTable, price_table
from aggregator.pricing.course import course
from aggregator.pricing.coverage import applies
from aggregator.pricing.quote import SessionTotal
from aggregator.pricing.reference import WEEKDAYS, placed, zone_named
from aggregator.pricing.refusal import NotComputable
from aggregator.pricing.session_totals import Listed, row_of, session_totals, worth_the_kernel

HOURS_PER_DAY = 24


@dataclass(frozen=True, slots=True)
class HourPrice:
    """What the session costs that starts with an hour of the week, in the tariff's currency."""

    hour: int
    total: Decimal


@dataclass(frozen=True, slots=True)
class HoursOfWeek:
    """The first hour in which a session costs least, and the first in which it costs most.

    Totals include tax where they do in all hours, else they are as stated. Hours in which the
    price list has no price for the session do not count.
    """

    cheapest: HourPrice
    dearest: HourPrice


def hours_of_week(
    lists: Sequence[Listed], session: ReferenceSession, day: date
) -> Iterator[HoursOfWeek | None]:
    """Yield the cheapest and the dearest hour under each price list; None: no price at all.

    day: of the week from that day on.
    """
    hours = _hours(session)
    codes = [hour.code for hour in hours]
    few = not worth_the_kernel(len(lists) * len(hours))
    found = None if few else session_totals(lists, hours, day)
    for number, one in enumerate(lists):
        listed = from_json(one.price_list)
        row = row_of(found, number * len(codes), codes, listed.currency) if found else None
        try:
            yield _extremes(price_table(listed), one, hours, day, row)
        except NotComputable:
            yield None


def _hours(session: ReferenceSession) -> list[ReferenceSession]:
    """Return the session at the beginning of each hour of a week, from Monday on."""
    return [
        replace(
            session,
            code=str(day * HOURS_PER_DAY + hour),
            start_weekday=weekday,
            start_time=time(hour),
        )
        for day, weekday in enumerate(WEEKDAYS)
        for hour in range(HOURS_PER_DAY)
    ]


def _extremes(
    table: PriceTable,
    listed: Listed,
    hours: Sequence[ReferenceSession],
    day: date,
    row: Mapping[str, SessionTotal] | None,
) -> HoursOfWeek | None:
    session_at = partial(_placed, day=day, zone=zone_named(listed.time_zone) or UTC)
    covered: dict[int, SessionTotal] = {}
    for number, hour in enumerate(hours):
        total = row[hour.code] if row else bill_from(table, session_at(hour))
        if total.total_as_stated or applies(table, course(session_at(hour))):
            covered[number] = total
    if not covered:
        return None
    amounts = _comparable(covered)
    return HoursOfWeek(
        HourPrice(*min(amounts, key=lambda hour: (hour[1], hour[0]))),
        HourPrice(*min(amounts, key=lambda hour: (-hour[1], hour[0]))),
    )


@lru_cache(maxsize=4096)
def _placed(hour: ReferenceSession, day: date, zone: tzinfo) -> ChargingSession:
    """Return the session on the calendar; it is the same for every price list."""
    return placed(hour, day, zone)


def _comparable(covered: Mapping[int, SessionTotal]) -> list[tuple[int, Decimal]]:
    """Return the total of each hour, all with tax or all as stated."""
    gross = [(hour, one.total_gross) for hour, one in covered.items()]
    known = [(hour, total) for hour, total in gross if total is not None]
    if len(known) == len(gross):
        return known
    return [(hour, one.total_as_stated) for hour, one in covered.items()]
