"""In which hour of the week a session costs least, and in which most.

Hour 0 is Monday from 00:00 to 01:00 on the charger's own clock, hour 167 Sunday from 23:00; the
session starts with the hour.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, time, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from aggregator.domain.contents import from_json
from aggregator.domain.session import ChargingSession, ReferenceSession
from aggregator.pricing.bill import bill_from
from aggregator.pricing.components import PriceTable, price_table
from aggregator.pricing.course import course
from aggregator.pricing.coverage import applies
from aggregator.pricing.reference import WEEKDAYS, placed, zone_named
from aggregator.pricing.refusal import NotComputable
from aggregator.pricing.session_totals import (
    Amounts,
    Listed,
    amounts_of_row,
    session_totals,
    worth_the_kernel,
)

HOURS_PER_DAY = 24


@dataclass(frozen=True, slots=True)
class HourPrice:
    """What the session costs that starts with an hour of the week, in the tariff's currency."""

    hour: int
    total: Decimal


@dataclass(frozen=True, slots=True)
class HoursOfWeek:
    """The first hour in which a session costs least, and the first in which it costs most.

    Hours in which the price list has no price for the session do not count.
    """

    cheapest: HourPrice
    dearest: HourPrice


class Hourly(NamedTuple):
    """A price list, and whether totals are wanted with tax, else as stated."""

    listed: Listed
    with_tax: bool


def hours_of_week(
    asked: Sequence[Hourly], session: ReferenceSession, day: date
) -> Iterator[HoursOfWeek | None]:
    """Yield the cheapest and the dearest hour of each; None: no price, or not told in that tax.

    day: of the week from that day on.
    """
    hours = _hours(session)
    few = not worth_the_kernel(len(asked) * len(hours))
    found = None if few else session_totals([one.listed for one in asked], hours, day)
    for number, (one, with_tax) in enumerate(asked):
        table = _table(one.price_list)
        if table is None:
            yield None
            continue
        sessions = _placed(tuple(hours), day, zone_named(one.time_zone) or UTC)
        totals = found and amounts_of_row(
            found, number * len(hours), len(hours), table.price_list.currency
        )
        yield _extremes(table, sessions, totals or _exact(table, sessions), with_tax=with_tax)


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


def _table(price_list: str) -> PriceTable | None:
    """Return the price list made ready; None where it cannot be priced."""
    try:
        return price_table(from_json(price_list))
    except NotComputable:
        return None


@lru_cache(maxsize=64)
def _placed(
    hours: tuple[ReferenceSession, ...], day: date, zone: tzinfo
) -> tuple[ChargingSession, ...]:
    """Return the sessions on the calendar; they are the same for every price list."""
    return tuple(placed(hour, day, zone) for hour in hours)


def _exact(table: PriceTable, sessions: Sequence[ChargingSession]) -> Amounts:
    bills = [bill_from(table, session) for session in sessions]
    return Amounts([one.total_gross for one in bills], [one.total_as_stated for one in bills])


def _extremes(
    table: PriceTable, sessions: Sequence[ChargingSession], totals: Amounts, *, with_tax: bool
) -> HoursOfWeek | None:
    """Return the extremes of the hours that have a price; None where one of them is not known."""
    covered = [
        hour
        for hour, stated in enumerate(totals.as_stated)
        if stated or applies(table, course(sessions[hour]))
    ]
    wanted = totals.gross if with_tax else totals.as_stated
    amounts = [(hour, total) for hour in covered if (total := wanted[hour]) is not None]
    if not covered or len(amounts) < len(covered):
        return None
    return HoursOfWeek(
        HourPrice(*min(amounts, key=lambda one: (one[1], one[0]))),
        HourPrice(*min(amounts, key=lambda one: (-one[1], one[0]))),
    )
