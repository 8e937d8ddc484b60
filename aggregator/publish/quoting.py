"""What price lists ask, as it is kept in a snapshot."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from aggregator.domain import contents
from aggregator.domain.session import ReferenceSession
from aggregator.normalise.tax import charges_without_rate, with_rate_by_law
from aggregator.pricing.bill import TaxBasis
from aggregator.pricing.hours import Hourly, HoursOfWeek, hours_of_week
from aggregator.pricing.prices import Prices
from aggregator.pricing.quote import Quote, QuoteState
from aggregator.pricing.quotes import Asked, quotes
from aggregator.pricing.session_totals import Listed
from aggregator.store import marts

MICRO = Decimal("0.000001")
MOST_ELEMENTS = 300
SHORT = 10_000  # characters of JSON; 300 elements have more
MOST_MONEY = Decimal(10**10)
MOST_PRICE = Decimal(10**7)  # of a kWh, an hour or a session, in any currency
MOST_VAT_RATE = Decimal(1)
IN_THE_OFFER = ("ac", "dc", "hpc", "idle")
"""The sessions whose totals stand in mart.offer; those of all are in mart.session_total."""

TOO_COMPLEX = Quote(QuoteState.NOT_COMPUTABLE, "too_complex")
ABSURD = Quote(QuoteState.NOT_COMPUTABLE, "absurd_price")


class Key(NamedTuple):
    """What is priced once. vat_rate: added by law where the list states none; see `mart.quote`."""

    content_hash: str
    time_zone: str | None
    session_code: str
    vat_rate: Decimal | None
    vat_source: str | None
    price_list: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote as rows of temp.quote and temp.session_total."""

    row: marts.Row
    totals: tuple[marts.Row, ...]


def quoted(
    keys: Sequence[marts.Row], sessions: Sequence[ReferenceSession], today: date
) -> Iterator[Quoted]:
    """Yield the quote of each key, in order; a list beyond all bounds costs only itself."""
    by_code = {session.code: session for session in sessions}
    asked = [Key(*key) for key in keys]
    refused = {number: _refused(key.price_list) for number, key in enumerate(asked)}
    found = {number: one for number, one in refused.items() if one}
    sane = [number for number, one in refused.items() if not one]
    priced = quotes([_asked(asked[number]) for number in sane], sessions, today)
    found.update(zip(sane, map(_bounded, priced), strict=True))
    hours = _hours(asked, found, by_code, today)
    for number, key in enumerate(asked):
        yield _rows(number, key, found[number], hours.get(number), by_code)


def _asked(key: Key) -> Asked:
    text = key.price_list
    if key.vat_rate is not None:
        text = _with_rate(text, key.vat_rate)
    return Asked(text, key.time_zone, key.session_code)


@lru_cache(maxsize=4096)
def _with_rate(price_list: str, vat_rate: Decimal) -> str:
    return contents.to_json(with_rate_by_law(contents.from_json(price_list), vat_rate))


@lru_cache(maxsize=1)
def _refused(price_list: str) -> Quote | None:
    """Return what is said of a price list beyond all bounds, which costs only itself."""
    listed = contents.from_json(price_list)
    if len(price_list) > SHORT and len(listed.elements) > MOST_ELEMENTS:
        return TOO_COMPLEX
    components = [one for element in listed.elements for one in element.price_components]
    limits = [limit for limit in (listed.min_price, listed.max_price) if limit]
    amounts = [one.price for one in components]
    amounts += [amount for one in limits for amount in (one.excl_vat, one.incl_vat) if amount]
    rates = [one.vat_rate for one in components if one.vat_rate is not None]
    is_absurd = any(abs(amount) > MOST_PRICE for amount in amounts)
    return ABSURD if is_absurd or any(rate > MOST_VAT_RATE for rate in rates) else None


def _bounded(found: Quote) -> Quote:
    """Return the quote; one that asks for more than anybody can have meant is none."""
    prices = (found.price_per_kwh, found.price_per_minute, found.parking_price_per_minute)
    amounts = [*found.totals.values(), *filter(None, (*prices, found.start_fee))]
    if any(amount > MOST_MONEY for amount in amounts):
        return ABSURD
    return found


def _hours(
    asked: Sequence[Key],
    found: Mapping[int, Quote],
    sessions: Mapping[str, ReferenceSession],
    today: date,
) -> dict[int, HoursOfWeek | None]:
    """Return the cheapest and dearest hours of the quotes that any of them changes."""
    hours: dict[int, HoursOfWeek | None] = {}
    for code, session in sessions.items():
        numbers = [
            number
            for number, one in found.items()
            if one.price_varies and asked[number].session_code == code
        ]
        wanted = [
            Hourly(Listed(*_asked(asked[number])[:2]), with_tax=_is_with_tax(found[number]))
            for number in numbers
        ]
        hours.update(zip(numbers, hours_of_week(wanted, session, today), strict=True))
    return hours


def _is_with_tax(found: Quote) -> bool:
    return found.tax_basis in {TaxBasis.GROSS, TaxBasis.DERIVED}


def _rows(
    number: int,
    key: Key,
    found: Quote,
    hours: HoursOfWeek | None,
    sessions: Mapping[str, ReferenceSession],
) -> Quoted:
    totals = tuple(_total_row(number, sessions[code], found) for code in found.totals)
    is_by_law = (
        key.vat_rate is not None
        and found.state is QuoteState.PRICED
        and charges_without_rate(contents.from_json(key.price_list))
    )
    columns = _quote_columns(key, found, sessions, is_by_law=is_by_law)
    row = (number, *key[:-1], is_by_law, *columns, *_hour_columns(hours))
    return Quoted(row, totals)


def _quote_columns(
    key: Key, found: Quote, sessions: Mapping[str, ReferenceSession], *, is_by_law: bool
) -> tuple[Any, ...]:
    is_priced = found.state is not QuoteState.NOT_COMPUTABLE
    tax_basis = TaxBasis.DERIVED if is_by_law and _is_with_tax(found) else found.tax_basis
    return (
        found.state,
        found.state_reason,
        tax_basis if is_priced else None,
        _to_micro(found.price_per_kwh),
        _to_micro(found.price_per_minute),
        _to_micro(found.parking_price_per_minute),
        _to_micro(found.start_fee),
        found.price_varies if is_priced else None,
        None if found.fee_after_minutes is None else int(found.fee_after_minutes),
        _per(found.totals.get(key.session_code), sessions[key.session_code].energy_kwh),
        *(found.totals.get(code) for code in IN_THE_OFFER),
        *_both(found.excl_vat, found.incl_vat),
    )


def _both(excl_vat: Prices, incl_vat: Prices) -> Iterator[Decimal | None]:
    names = ("per_kwh", "per_minute", "parking_per_minute", "start_fee")
    for name in names:
        yield _to_micro(getattr(excl_vat, name))
        yield _to_micro(getattr(incl_vat, name))


def _hour_columns(hours: HoursOfWeek | None) -> tuple[Any, ...]:
    """Return the hours; none where every hour costs the same."""
    if hours is None or hours.cheapest.total == hours.dearest.total:
        return (None, None, None, None)
    cheapest, dearest = hours.cheapest, hours.dearest
    return (cheapest.hour, cheapest.total, dearest.hour, dearest.total)


def _total_row(number: int, session: ReferenceSession, found: Quote) -> marts.Row:
    total = found.totals[session.code]
    minutes = session.charging_minutes + session.parking_minutes
    return (
        number,
        session.code,
        total,
        found.totals_excl_vat.get(session.code),
        found.totals_incl_vat.get(session.code),
        _per(total, session.energy_kwh),
        _per(total, minutes),
    )


def _per(total: Decimal | None, quantity: Decimal) -> Decimal | None:
    return _to_micro(total / quantity) if total is not None and quantity else None


def _to_micro(price: Decimal | None) -> Decimal | None:
    """Return a unit price as precise as the snapshot keeps it: millionths, half up."""
    return None if price is None else price.quantize(MICRO, ROUND_HALF_UP)


def session_rows(sessions: Iterable[ReferenceSession]) -> Iterator[marts.Row]:
    """Yield the sessions as rows of temp.session."""
    for one in sessions:
        figures = (one.energy_kwh, one.charging_minutes, one.parking_minutes)
        yield (one.code, *figures, one.start_weekday, one.start_time)
