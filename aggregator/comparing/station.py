"""What a planned charge costs under the price lists of one charging location, to the cent.

Prices are those of the snapshot: where a rate of VAT was added by law, it is added here the same
way, and what the snapshot refuses to price has no price here either.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from aggregator.domain import contents
from aggregator.domain.session import ChargingSession
from aggregator.domain.tariff import PriceList
from aggregator.normalise.tax import charges_without_rate, with_rate_by_law
from aggregator.pricing.bill import Bill, BillWarning, TaxBasis, bill_from
from aggregator.pricing.components import PriceTable, price_table
from aggregator.pricing.course import course
from aggregator.pricing.coverage import applies
from aggregator.pricing.quote import NO_PRICE_APPLIES, QuoteState, is_free
from aggregator.pricing.reference import zone_named
from aggregator.pricing.refusal import NotComputable
from aggregator.pricing.restrictions import depends_on_current
from aggregator.pricing.soundness import doubts
from aggregator.pricing.variation import price_varies_by_clock

REFUSED_WHOLE = frozenset({"too_complex", "absurd_price"})
"""Why a snapshot prices nothing of a list, whatever the session."""
WITH_TAX = frozenset({TaxBasis.GROSS, TaxBasis.DERIVED})
DAYS_PER_WEEK, HOURS_PER_DAY = 7, 24


class Terms(NamedTuple):
    """What one pays by: a price list as JSON, the charger's zone, and the rate of VAT by law.

    vat_rate: 0.2 for 20 %; None where none was added. refused: why the snapshot does not price
    the list at all; None where it does.
    """

    price_list: str
    time_zone: str | None
    vat_rate: Decimal | None = None
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """What one session costs.

    total: with tax where the basis is gross or derived, else as stated; None where there is none,
        and then `reason` says why. currency: of the price list. bill: what the total is made of.
    """

    state: QuoteState
    session: ChargingSession
    currency: str
    total: Decimal | None = None
    tax_basis: TaxBasis = TaxBasis.UNKNOWN
    reason: str | None = None
    bill: Bill | None = None

    @property
    def with_tax(self) -> bool:
        """Whether the total includes tax."""
        return self.tax_basis in WITH_TAX


@lru_cache(maxsize=2048)
def price_list_of(terms: Terms) -> PriceList:
    """Return what is charged, with the rate that was added by law."""
    listed = contents.from_json(terms.price_list)
    return listed if terms.vat_rate is None else with_rate_by_law(listed, terms.vat_rate)


@lru_cache(maxsize=8192)
def cost(terms: Terms, session: ChargingSession) -> Cost:
    """Return what a session costs, or why that is not known.

    Raises:
        ValueError: the session is absurd.
    """
    price_list = price_list_of(terms)
    try:
        if terms.refused in REFUSED_WHOLE:
            raise NotComputable(str(terms.refused), "the snapshot does not price this list")
        table = price_table(price_list)
        found = bill_from(table, session)
        is_nothing = is_free(price_list)
        if not is_nothing:
            _require_known(table, terms, session, found)
    except NotComputable as refusal:
        return Cost(
            QuoteState.NOT_COMPUTABLE, session, price_list.currency, reason=refusal.reason_code
        )
    return Cost(
        QuoteState.FREE if is_nothing else QuoteState.PRICED,
        session,
        price_list.currency,
        total=_total(found),
        tax_basis=TaxBasis.GROSS if is_nothing else _tax_basis(terms, found),
        bill=found,
    )


def _require_known(table: PriceTable, terms: Terms, session: ChargingSession, found: Bill) -> None:
    """Raise NotComputable where the total may not be what the operator asks; see `quote`."""
    for doubt in doubts(table.price_list):
        raise NotComputable(doubt, f"the tariff can hardly mean this: {doubt}")
    if any(depends_on_current(candidate.restrictions) for candidate in table):
        raise NotComputable("current_unknown", "prices depend on the current of the charging")
    run = course(session)
    if zone_named(terms.time_zone) is None and price_varies_by_clock(
        table, run, session.start.date()
    ):
        raise NotComputable("time_zone_unknown", "prices depend on the local time, zone unknown")
    if BillWarning.LIMIT_UNCHECKED in found.warnings:
        raise NotComputable("limit_tax_unknown", "a price limit needs a tax rate that is unknown")
    if not found.total_as_stated and not applies(table, run):
        raise NotComputable(NO_PRICE_APPLIES, "no price applies to the session")


def _total(found: Bill) -> Decimal:
    """Return the total with tax where that is known, else as stated."""
    if found.tax_basis in WITH_TAX and found.total_gross is not None:
        return found.total_gross
    return found.total_as_stated


def _tax_basis(terms: Terms, found: Bill) -> TaxBasis:
    """Return what the total includes; a rate that was added by law makes it derived."""
    by_law = terms.vat_rate is not None and charges_without_rate(
        contents.from_json(terms.price_list)
    )
    return TaxBasis.DERIVED if by_law and found.tax_basis in WITH_TAX else found.tax_basis


def starting(session: ChargingSession, start: datetime) -> ChargingSession:
    """Return the same session at another moment, aware, in the zone of the session."""
    zone = session.start.tzinfo
    return ChargingSession(
        start=start.astimezone(UTC).astimezone(zone),
        energy_kwh=session.energy_kwh,
        charging_minutes=session.charging_minutes,
        parking_minutes=session.parking_minutes,
    )


def coming_hours(session: ChargingSession) -> Iterator[ChargingSession]:
    """Yield the session at its own start and at the 24 full hours after it; hours that pass."""
    yield session
    first = session.start.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    for hour in range(1, HOURS_PER_DAY + 1):
        yield starting(session, first + timedelta(hours=hour))


def week_of(session: ChargingSession, first_day: date) -> Iterator[tuple[ChargingSession, ...]]:
    """Yield the session at every hour of seven days from a Monday on, on the charger's clock.

    An hour that the clock skips is moved on by as much as it skips.
    """
    zone = session.start.tzinfo
    monday = first_day - timedelta(days=first_day.weekday())
    for day in range(DAYS_PER_WEEK):
        on = monday + timedelta(days=day)
        yield tuple(
            starting(session, datetime.combine(on, time(hour), zone))
            for hour in range(HOURS_PER_DAY)
        )


def is_steady(terms: Terms) -> bool:
    """Tell whether no time, weekday or date decides what is charged: every hour costs the same."""
    every = (element.restrictions for element in price_list_of(terms).elements)
    return not any(
        one.start_time or one.end_time or one.start_date or one.end_date or one.day_of_week
        for one in every
    )


@lru_cache(maxsize=512)
def week_costs(
    terms: Terms, session: ChargingSession, first_day: date
) -> tuple[tuple[Cost, ...], ...]:
    """Return what the session costs at each hour of a week: seven days of 24, Monday first."""
    if is_steady(terms):
        return ((cost(terms, session),) * HOURS_PER_DAY,) * DAYS_PER_WEEK
    return tuple(tuple(cost(terms, one) for one in day) for day in week_of(session, first_day))


@lru_cache(maxsize=512)
def cheapest_coming(terms: Terms, session: ChargingSession) -> tuple[Cost, bool]:
    """Return what the session costs at its cheapest hour, now or in the coming 24, the first such.

    Beside it: whether the hour matters, because another one costs something else.
    """
    if is_steady(terms):
        return cost(terms, session), False
    found = [cost(terms, one) for one in coming_hours(session)]
    known = [one for one in found if one.total is not None]
    if not known:
        return found[0], False
    best = min(known, key=lambda one: (one.total, one.session.start.astimezone(UTC)))
    return best, len({one.total for one in found}) > 1
