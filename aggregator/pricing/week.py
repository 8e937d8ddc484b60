"""What is charged in every hour of the week, on the charger's own clock.

The clock's changes in spring and autumn are left out: a week of it has 168 hours.
Sources: rulings 1, 3 and 11.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType

from aggregator.domain.tariff import Dimension, PriceList, Weekday
from aggregator.pricing.components import Candidate, PriceTable, active_candidate, price_table
from aggregator.pricing.course import NOTHING
from aggregator.pricing.restrictions import MIDNIGHT, Moment

DAYS_PER_WEEK = 7
HOURS_PER_DAY = 24
WEEKDAYS = tuple(Weekday)


@dataclass(frozen=True, slots=True)
class Stage:
    """The moment of a session that is asked about; power and current are those of charging.

    elapsed_seconds: since the session began. energy_kwh: so far. power_kw, current_a: None where
        unknown, and then no restriction on them is met.
    """

    elapsed_seconds: Fraction = NOTHING
    energy_kwh: Fraction = NOTHING
    power_kw: Fraction | None = None
    current_a: Fraction | None = None


FIRST_MOMENT = Stage()


@dataclass(frozen=True, slots=True)
class WeekPrice:
    """What is charged: per kWh, per hour or per session, in the tariff's currency, as stated."""

    price: Decimal
    vat_rate: Decimal | None
    element_number: int


@dataclass(frozen=True, slots=True)
class WeekStretch:
    """A part of one day with one price.

    begin: inclusive. end: exclusive, 00:00 is the end of the day.
    price: None where no element charges for it.
    """

    weekday: Weekday
    begin: time
    end: time
    price: WeekPrice | None


@dataclass(frozen=True, slots=True)
class Week:
    """The stretches of seven days from `first_day`, by dimension, in order."""

    first_day: date
    currency: str
    stretches: Mapping[Dimension, tuple[WeekStretch, ...]]


HourGrid = tuple[tuple[tuple[WeekPrice | None, ...], ...], ...]
"""Monday to Sunday, 24 hours each, every price of the hour in order; None: nothing is charged."""


def week(price_list: PriceList, first_day: date, stage: Stage = FIRST_MOMENT) -> Week:
    """Return what is charged through the week that begins at a day.

    Args:
        price_list: what is charged.
        first_day: the week begins here; prices that hold only on some dates are those of this week.
        stage: of a session that is at this moment all week long.

    Raises:
        NotComputable: the price list cannot be priced.
    """
    table = price_table(price_list)
    return Week(
        first_day,
        price_list.currency,
        MappingProxyType(
            {
                dimension: tuple(_stretches(table, dimension, first_day, stage))
                for dimension in Dimension
            }
        ),
    )


def hours(found: Week, dimension: Dimension) -> HourGrid:
    """Return the prices of every hour; an hour in which the price changes has all of them."""
    days = {
        weekday: [s for s in found.stretches[dimension] if s.weekday is weekday]
        for weekday in WEEKDAYS
    }
    return tuple(
        tuple(_prices_in(days[weekday], hour) for hour in range(HOURS_PER_DAY))
        for weekday in WEEKDAYS
    )


def _stretches(
    table: PriceTable, dimension: Dimension, first_day: date, stage: Stage
) -> Iterator[WeekStretch]:
    """Return the stretches of one dimension, merged where the day goes on alike."""
    clock_times = table.thresholds.clock_times or (MIDNIGHT,)
    for number in range(DAYS_PER_WEEK):
        day = first_day + timedelta(days=number)
        prices = [
            _price(active_candidate(table.candidates[dimension], _at(dimension, day, clock, stage)))
            for clock in clock_times
        ]
        changes = [
            index for index, price in enumerate(prices) if not index or price != prices[index - 1]
        ]
        for index, after in pairwise([*changes, len(clock_times)]):
            end = clock_times[after] if after < len(clock_times) else MIDNIGHT
            weekday = WEEKDAYS[day.weekday()]
            yield WeekStretch(weekday, clock_times[index], end, prices[index])


def _at(dimension: Dimension, day: date, clock: time, stage: Stage) -> Moment:
    """Return the stage on the local clock; no power flows while parked."""
    is_parked = dimension is Dimension.PARKING_TIME
    return Moment(
        local=datetime.combine(day, clock, UTC),  # only the reading of the clock matters
        elapsed_seconds=stage.elapsed_seconds,
        energy_kwh=stage.energy_kwh,
        power_kw=NOTHING if is_parked else stage.power_kw,
        current_a=NOTHING if is_parked else stage.current_a,
    )


def _price(candidate: Candidate | None) -> WeekPrice | None:
    if candidate is None:
        return None
    component = candidate.component
    return WeekPrice(component.price, component.vat_rate, candidate.element_number)


def _prices_in(day: list[WeekStretch], hour: int) -> tuple[WeekPrice | None, ...]:
    """Return the prices that share any time with the hour; an equal one after another is one."""
    found: list[WeekPrice | None] = []
    for stretch in day:
        begins = stretch.begin <= time(hour, 59, 59, 999999)
        lasts = stretch.end == MIDNIGHT or time(hour) < stretch.end
        if begins and lasts and not (found and _same(found[-1], stretch.price)):
            found.append(stretch.price)
    return tuple(found)


def _same(one: WeekPrice | None, other: WeekPrice | None) -> bool:
    """Return whether two elements charge the same."""
    if one is None or other is None:
        return one is other
    return (one.price, one.vat_rate) == (other.price, other.vat_rate)
