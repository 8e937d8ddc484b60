"""What a comparison shows of one price list in one time zone."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, tzinfo
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple, Protocol

from aggregator.domain.session import ChargingSession, ReferenceSession
from aggregator.domain.tariff import PriceBasis, PriceList
from aggregator.pricing.bill import BillWarning, TaxBasis, bill_from
from aggregator.pricing.components import PriceTable, price_table
from aggregator.pricing.course import NOTHING, Course, course
from aggregator.pricing.coverage import applies, is_positive
from aggregator.pricing.headline import Headline, fee_after_minutes, headline
from aggregator.pricing.money import round_to_minor_unit
from aggregator.pricing.prices import (
    NO_PRICES,
    Prices,
    prices_as_stated,
    prices_excl_vat,
    prices_incl_vat,
)
from aggregator.pricing.reference import placed, zone_named
from aggregator.pricing.refusal import NotComputable
from aggregator.pricing.restrictions import depends_on_current
from aggregator.pricing.soundness import doubts
from aggregator.pricing.variation import price_varies, price_varies_by_clock

NO_PRICE_APPLIES = "no_price_applies"
NO_TOTALS: Mapping[str, Decimal] = MappingProxyType({})


class QuoteState(StrEnum):
    """Whether there is a price: unknown, free and refused are different things."""

    PRICED = "priced"
    FREE = "free"
    NOT_COMPUTABLE = "not_computable"


@dataclass(frozen=True, slots=True)
class Quote:
    """The prices of one price list at the start of a reference session, and sessions' totals.

    state_reason: why it is not computable, a stable code; None otherwise.
    tax_basis: prices and totals include tax exactly when it is gross or derived; otherwise
        they are as stated.
    price_per_kwh, price_per_minute, parking_price_per_minute, start_fee: in the tariff's
        currency, not rounded; None when not charged for, never for 0.
    price_varies: whether any price changes within the week or the session.
    fee_after_minutes: when a fee begins that depends on the session's duration.
    totals: by code of the reference session, rounded to the currency's minor unit; a session that
        nothing in the price list applies to has none. 0 is a price that the list states.
    excl_vat, incl_vat: the same prices without and with tax.
    totals_excl_vat, totals_incl_vat: totals without and with tax, of sessions where that is known.
    """

    state: QuoteState
    state_reason: str | None = None
    tax_basis: TaxBasis = TaxBasis.UNKNOWN
    price_per_kwh: Decimal | None = None
    price_per_minute: Decimal | None = None
    parking_price_per_minute: Decimal | None = None
    start_fee: Decimal | None = None
    price_varies: bool = False
    fee_after_minutes: Decimal | None = None
    totals: Mapping[str, Decimal] = field(default_factory=lambda: NO_TOTALS)
    excl_vat: Prices = NO_PRICES
    incl_vat: Prices = NO_PRICES
    totals_excl_vat: Mapping[str, Decimal] = field(default_factory=lambda: NO_TOTALS)
    totals_incl_vat: Mapping[str, Decimal] = field(default_factory=lambda: NO_TOTALS)
    warnings: tuple[BillWarning, ...] = ()


class SessionTotal(Protocol):
    """What a quote needs to know of a session's bill."""

    @property
    def total_net(self) -> Decimal | None:
        """Without tax; None where unknown."""

    @property
    def total_gross(self) -> Decimal | None:
        """With tax; None where unknown."""

    @property
    def total_as_stated(self) -> Decimal:
        """In the published prices, whatever they include."""

    @property
    def tax_basis(self) -> TaxBasis:
        """What the best known total includes."""

    @property
    def warnings(self) -> tuple[BillWarning, ...]:
        """What a reader should know."""


def quote(
    price_list: PriceList,
    time_zone: str | None,
    sessions: Sequence[ReferenceSession],
    session_code: str,
    reference_day: date,
    totals: Mapping[str, SessionTotal] | None = None,
) -> Quote:
    """Return what the price list asks for the reference sessions.

    Args:
        price_list: to be priced.
        time_zone: IANA name of the charger's zone; None when unknown.
        sessions: those that get a total.
        session_code: the one whose start decides the headline prices.
        reference_day: sessions take place on this day or within the six days after it.
        totals: of every session, by its code, where the kernel has worked them out.

    Raises:
        ValueError: there is no session of that code, or a session is absurd.
    """
    codes = (session_code,)
    return quotes_by_code(price_list, time_zone, sessions, codes, reference_day, totals)[
        session_code
    ]


def quotes_by_code(
    price_list: PriceList,
    time_zone: str | None,
    sessions: Sequence[ReferenceSession],
    session_codes: Iterable[str],
    reference_day: date,
    totals: Mapping[str, SessionTotal] | None = None,
) -> dict[str, Quote]:
    """Return quotes by the code of the session whose start decides the headline; see `quote`."""
    codes = tuple(session_codes)
    try:
        table = price_table(price_list)
        if is_free(price_list):
            return dict.fromkeys(codes, _free(price_list.currency, sessions))
        return _priced(table, time_zone, sessions, codes, reference_day, totals)
    except NotComputable as refusal:
        return dict.fromkeys(codes, Quote(QuoteState.NOT_COMPUTABLE, refusal.reason_code))


def is_free(price_list: PriceList) -> bool:
    """Return whether nothing is ever charged for charging or parking."""
    return not (
        is_positive(price_list.min_price)
        or any(
            component.price
            for element in price_list.elements
            if element.restrictions.reservation is None
            for component in element.price_components
        )
    )


def _free(currency: str, sessions: Sequence[ReferenceSession]) -> Quote:
    """Return the quote of a free list; 0 is 0 with and without tax."""
    zero = round_to_minor_unit(NOTHING, currency)
    totals = {session.code: zero for session in sessions}
    nothing = Prices(per_kwh=Decimal(0))
    return Quote(
        QuoteState.FREE,
        tax_basis=TaxBasis.GROSS,
        price_per_kwh=nothing.per_kwh,
        totals=totals,
        excl_vat=nothing,
        incl_vat=nothing,
        totals_excl_vat=totals,
        totals_incl_vat=totals,
    )


def _priced(
    table: PriceTable,
    time_zone: str | None,
    sessions: Sequence[ReferenceSession],
    session_codes: Sequence[str],
    reference_day: date,
    totals: Mapping[str, SessionTotal] | None,
) -> dict[str, Quote]:
    """Return the quotes of a list that charges something."""
    zone = zone_named(time_zone)
    runs = {s.code: _run(s, reference_day, zone or UTC) for s in sessions}
    if unknown := set(session_codes) - runs.keys():
        msg = f"no reference session has the code {min(unknown)!r}"
        raise ValueError(msg)
    courses = [run.course for run in runs.values()]
    _require_meant(table)
    _require_known(table, courses, reference_day, zone_known=zone is not None)
    bills = totals or {code: bill_from(table, run.session) for code, run in runs.items()}
    covered = {
        code: found
        for code, found in bills.items()
        if found.total_as_stated or applies(table, runs[code].course)
    }
    return {
        code: _quote_at(table, runs[code].course, reference_day, covered)
        if code in covered
        else Quote(QuoteState.NOT_COMPUTABLE, NO_PRICE_APPLIES)
        for code in session_codes
    }


def _quote_at(
    table: PriceTable, run: Course, reference_day: date, bills: Mapping[str, SessionTotal]
) -> Quote:
    """Return the quote whose headline prices are those at the start of one session."""
    prices = headline(table, run)
    basis = table.price_list.price_basis
    tax_basis = _tax_basis(basis, bills.values(), prices)
    with_tax = tax_basis in {TaxBasis.GROSS, TaxBasis.DERIVED}
    incl_vat = prices_incl_vat(prices, basis)
    shown = incl_vat if with_tax else prices_as_stated(prices)
    return Quote(
        QuoteState.PRICED,
        tax_basis=tax_basis,
        price_per_kwh=shown.per_kwh,
        price_per_minute=shown.per_minute,
        parking_price_per_minute=shown.parking_per_minute,
        start_fee=shown.start_fee,
        price_varies=price_varies(table, run, reference_day),
        fee_after_minutes=fee_after_minutes(table, run),
        totals={code: _total(found, with_tax=with_tax) for code, found in bills.items()},
        excl_vat=prices_excl_vat(prices, basis),
        incl_vat=incl_vat,
        totals_excl_vat=_known({code: found.total_net for code, found in bills.items()}),
        totals_incl_vat=_known({code: found.total_gross for code, found in bills.items()}),
        warnings=tuple(dict.fromkeys(w for found in bills.values() for w in found.warnings)),
    )


def _known(totals: Mapping[str, Decimal | None]) -> dict[str, Decimal]:
    return {code: total for code, total in totals.items() if total is not None}


class _Run(NamedTuple):
    session: ChargingSession
    course: Course


@lru_cache(maxsize=4096)
def _run(reference: ReferenceSession, day: date, zone: tzinfo) -> _Run:
    """Return a reference session on the calendar; it is the same for every price list."""
    session = placed(reference, day, zone)
    return _Run(session, course(session))


def _require_meant(table: PriceTable) -> None:
    """Raise NotComputable when the price list says what nobody can have meant."""
    for doubt in doubts(table.price_list):
        raise NotComputable(doubt, f"the tariff can hardly mean this: {doubt}")


def _require_known(
    table: PriceTable, runs: Iterable[Course], reference_day: date, *, zone_known: bool
) -> None:
    """Raise NotComputable when a price depends on something that is not known."""
    if any(depends_on_current(candidate.restrictions) for candidate in table):
        raise NotComputable("current_unknown", "prices depend on the current of the charging")
    if not zone_known and any(price_varies_by_clock(table, run, reference_day) for run in runs):
        raise NotComputable("time_zone_unknown", "prices depend on the local time, zone unknown")


def _tax_basis(basis: PriceBasis, bills: Collection[SessionTotal], prices: Headline) -> TaxBasis:
    """Return what all figures of the quote include: one basis for all of them.

    Raises NotComputable when a limit may change a total that cannot be compared with it.
    """
    if any(BillWarning.LIMIT_UNCHECKED in found.warnings for found in bills):
        raise NotComputable("limit_tax_unknown", "a price limit needs a tax rate that is unknown")
    shown = (prices.energy, prices.time, prices.parking_time, prices.flat)
    bases = {found.tax_basis for found in bills}
    if basis is PriceBasis.NET and any(c and c.component.vat_rate is None for c in shown):
        bases.add(TaxBasis.NET)
    weakest_first = (TaxBasis.UNKNOWN, TaxBasis.NET, TaxBasis.DERIVED, TaxBasis.GROSS)
    return next(tax_basis for tax_basis in weakest_first if tax_basis in bases)


def _total(found: SessionTotal, *, with_tax: bool) -> Decimal:
    """Return the total with tax if all of the quote is, else as stated."""
    if with_tax and found.total_gross is not None:
        return found.total_gross
    return found.total_as_stated
