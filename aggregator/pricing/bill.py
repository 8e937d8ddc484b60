"""The exact bill of one session.

Sources: rulings 6, 7, 8, 9, 10 and 11.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from aggregator.domain.session import Session
from aggregator.domain.tariff import Dimension, PriceList
from aggregator.pricing.bill_warning import BillWarning
from aggregator.pricing.billing import (
    EXACT,
    Charge,
    Slack,
    flat_charges,
    metered_charges,
    reserved_charges,
)
from aggregator.pricing.components import PriceTable, price_table
from aggregator.pricing.course import Course, course, reserved_course
from aggregator.pricing.limits import AppliedLimit, Totals, limited, without_zero
from aggregator.pricing.lines import BillLine, Context, line, sums, with_tax
from aggregator.pricing.money import round_to_minor_unit
from aggregator.pricing.periods import Period, periods
from aggregator.pricing.refusal import NotComputable
from aggregator.pricing.restrictions import depends_on_current, depends_on_power
from aggregator.pricing.soundness import doubts

LAST_MINUTE = time(23, 59)

__all__ = ["Bill", "BillLine", "BillWarning", "NotComputable", "TaxBasis", "bill", "bill_from"]


class TaxBasis(StrEnum):
    """What the figures of a bill or quote include.

    GROSS: tax, by what the tariff itself states. DERIVED: tax, scaled where a limit states none.
    NET: no tax, because its rate is not stated. UNKNOWN: the published data do not tell.
    """

    GROSS = "gross"
    DERIVED = "derived"
    NET = "net"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Bill:
    """What a session costs; totals are within the limits and rounded to the minor unit.

    lines: of the reservation, then of the session: flat fee, energy, charging time, parking time.
    total_net / total_gross: None where unknown.
    total_as_stated: in the published prices, whatever they include.
    content_hash: SHA-256 of the price list, in hex.
    """

    currency: str
    lines: tuple[BillLine, ...]
    total_net: Decimal | None
    total_gross: Decimal | None
    total_as_stated: Decimal
    limits_applied: tuple[AppliedLimit, ...]
    tax_basis: TaxBasis
    warnings: tuple[BillWarning, ...]
    content_hash: str


@dataclass(frozen=True, slots=True)
class Metered:
    """What is to be billed: the periods of a session, and of the reservation before it.

    expired: whether nobody came while the reservation lasted. unseen: what a measurement does not
    say, or not finely enough. slack: by how much the quantities may be off.
    """

    session: tuple[Period, ...]
    reservation: tuple[Period, ...] = ()
    expired: bool = False
    unseen: tuple[BillWarning, ...] = ()
    slack: Slack = EXACT


def bill(price_list: PriceList, session: Session) -> Bill:
    """Return what the session costs under the price list.

    Raises:
        NotComputable: the price list cannot be priced.
        ValueError: the session is absurd.
    """
    return bill_from(price_table(price_list), session)


def bill_from(table: PriceTable, session: Session) -> Bill:
    """Return what the session costs under a price list made ready before."""
    run, reserved = course(session), session.reserved
    before: list[Period] = []
    if reserved:
        thresholds = table.for_reservation(expired=reserved.expired).thresholds
        before = periods(reserved_course(session.start, reserved), thresholds)
    never_came = bool(reserved and reserved.expired) and not run.legs
    metered = Metered(
        session=() if never_came else tuple(periods(run, table.thresholds)),
        reservation=tuple(before),
        expired=bool(reserved and reserved.expired),
        unseen=tuple(_unseen(table, run)),
    )
    return bill_of(table, metered)


def bill_of(table: PriceTable, metered: Metered) -> Bill:
    """Return the bill of periods, as they are."""
    price_list = table.price_list
    flat = flat_charges(table.candidates[Dimension.FLAT], metered.session)
    before: list[Charge] = []
    if metered.reservation:
        reservations = table.for_reservation(expired=metered.expired)
        before = reserved_charges(reservations, metered.reservation, metered.slack)
    during = [*flat.charges, *metered_charges(table, metered.session, metered.slack)]
    exact = [with_tax(charge, price_list.price_basis) for charge in (*before, *during)]
    totals = limited(price_list, sums(exact, price_list.price_basis))
    lines = [line(one, Context.RESERVATION) for one in exact[: len(before)]]
    lines += [line(one, Context.SESSION) for one in exact[len(before) :]]
    warnings = [*metered.unseen, *_warnings(table, totals)]
    if flat.another_left_out:
        warnings.append(BillWarning.FLAT_FEE_LEFT_OUT)
    return Bill(
        currency=price_list.currency,
        lines=tuple(lines),
        total_net=_rounded(totals.net, price_list.currency),
        total_gross=_rounded(totals.gross, price_list.currency),
        total_as_stated=round_to_minor_unit(totals.as_stated, price_list.currency),
        limits_applied=totals.applied,
        tax_basis=_tax_basis(totals),
        warnings=tuple(warning for warning in BillWarning if warning in warnings),
        content_hash=table.content_hash,
    )


def _rounded(amount: Fraction | None, currency: str) -> Decimal | None:
    """Return a total rounded once (ruling 10), None where unknown."""
    return None if amount is None else round_to_minor_unit(amount, currency)


def _tax_basis(totals: Totals) -> TaxBasis:
    """Return what the best known total includes."""
    if totals.gross is not None:
        return TaxBasis.DERIVED if totals.gross_derived else TaxBasis.GROSS
    return TaxBasis.UNKNOWN if totals.net is None else TaxBasis.NET


def _unseen(table: PriceTable, run: Course) -> Iterator[BillWarning]:
    """Say what a restriction asks for that the session's description does not tell (ruling 11)."""
    restrictions = [c.restrictions for c in table if not c.unrestricted]
    flows = [leg for leg in run.legs if leg.charging]
    is_dark = not flows or any(leg.current_a is None for leg in flows)
    if is_dark and any(depends_on_current(r) for r in restrictions):
        yield BillWarning.CURRENT_UNKNOWN
    is_dark = not flows or any(leg.power_kw is None for leg in flows)
    if is_dark and any(depends_on_power(r) for r in restrictions):
        yield BillWarning.POWER_UNKNOWN


def _warnings(table: PriceTable, totals: Totals) -> Iterator[BillWarning]:
    """Say what was assumed or could not be told, whatever the session."""
    yield from doubts(table.price_list)
    max_price = table.price_list.max_price
    if totals.unchecked:
        yield BillWarning.LIMIT_UNCHECKED
    if max_price is not None and without_zero(max_price) != max_price:
        yield BillWarning.MAX_PRICE_ZERO
    ends = [c.restrictions.end_time for c in table if not c.unrestricted]
    if any(end is not None and end >= LAST_MINUTE for end in ends):
        yield BillWarning.UNPRICED_LAST_MINUTE
