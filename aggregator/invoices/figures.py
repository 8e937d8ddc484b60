"""Every figure of an offer, worked out anew by the exact engine, beside the published one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from aggregator.domain import contents
from aggregator.domain.session import ReferenceSession
from aggregator.domain.tariff import PriceList, Weekday
from aggregator.normalise.tax import with_rate_by_law
from aggregator.pricing.bill import TaxBasis
from aggregator.pricing.hours import Hourly, HoursOfWeek, hours_of_week
from aggregator.pricing.prices import Prices
from aggregator.pricing.quote import Quote, quote
from aggregator.pricing.session_totals import Listed

MICRO = Decimal("0.000001")
Row = Mapping[str, Any]
Value = Decimal | int | str | bool | None
WITH_TAX = {TaxBasis.GROSS, TaxBasis.DERIVED}
IN_THE_OFFER = ("ac", "dc", "hpc", "idle")
PRICES = {
    "price_per_kwh": "kWh",
    "price_per_minute": "minute",
    "parking_price_per_minute": "minute parked",
    "start_fee": "session",
}
SPLIT = {
    "price_{}_per_kwh": ("per_kwh", "kWh"),
    "price_{}_per_minute": ("per_minute", "minute"),
    "parking_price_{}_per_minute": ("parking_per_minute", "minute parked"),
    "start_fee_{}": ("start_fee", "session"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of an offer. name: its column; session_code: of a total, else None.

    unit: of the value, as EUR/kWh; empty for what has none. computed: anew. published: in the
    snapshot.
    """

    name: str
    unit: str
    computed: Value
    published: Value
    session_code: str | None = None

    @property
    def is_same(self) -> bool:
        """Whether both are the same number, or both are missing."""
        return self.computed == self.published


class Terms(NamedTuple):
    """What a quote depends on besides the price list. vat_rate: by law, 0.2 for 20 %.

    day: the sessions take place on it or within the six days after it.
    """

    time_zone: str | None
    session_code: str
    vat_rate: Decimal | None
    day: date
    sessions: tuple[ReferenceSession, ...]


def sessions_of(rows: Sequence[Row]) -> tuple[ReferenceSession, ...]:
    """Return the sessions by which the prices of a snapshot are compared."""
    return tuple(
        ReferenceSession(
            code=row["session_code"],
            energy_kwh=row["energy_kwh"],
            charging_minutes=row["charging_minutes"],
            parking_minutes=row["parking_minutes"],
            start_weekday=Weekday(row["start_weekday"]),
            start_time=row["start_time"],
        )
        for row in rows
    )


def with_tax_by_law(price_list: PriceList, vat_rate: Decimal | None) -> PriceList:
    """Return the price list as it is priced: with the rate by law where it states none."""
    return price_list if vat_rate is None else with_rate_by_law(price_list, vat_rate)


@lru_cache(maxsize=1024)
def quoted(price_list: PriceList, terms: Terms) -> Quote:
    """Return the quote of a price list as the operator states it."""
    priced = with_tax_by_law(price_list, terms.vat_rate)
    return quote(priced, terms.time_zone, terms.sessions, terms.session_code, terms.day)


@lru_cache(maxsize=1024)
def _hours(price_list: PriceList, terms: Terms) -> HoursOfWeek | None:
    text = contents.to_json(with_tax_by_law(price_list, terms.vat_rate))
    session = next(one for one in terms.sessions if one.code == terms.session_code)
    is_with_tax = quoted(price_list, terms).tax_basis in WITH_TAX
    asked = Hourly(Listed(text, terms.time_zone), with_tax=is_with_tax)
    (found,) = hours_of_week([asked], session, terms.day)
    return found if found and found.cheapest.total != found.dearest.total else None


def figures(offer: Row, price_list: PriceList, terms: Terms) -> tuple[Figure, ...]:
    """Return the figures of an offer.

    Args:
        offer: of `store.published_offers`.
        price_list: as the operator states it.
        terms: what else the prices depend on.
    """
    found = quoted(price_list, terms)
    hours = _hours(price_list, terms) if found.price_varies else None
    return (
        _price_list(offer, price_list),
        *_words(offer, found, terms),
        *_prices(offer, found),
        *_totals_in_the_offer(offer, found, terms),
        *_totals(offer, found, terms),
        *_hour_figures(offer, hours),
    )


def _price_list(offer: Row, price_list: PriceList) -> Figure:
    """Return the SHA-256 of the price list and of the one that the snapshot holds."""
    computed = contents.content_hash(contents.to_json(price_list))
    return Figure("price_list", "", computed, contents.content_hash(offer["price_list"]))


def _words(offer: Row, found: Quote, terms: Terms) -> Iterator[Figure]:
    is_by_law = terms.vat_rate is not None and found.tax_basis in WITH_TAX
    tax_basis = TaxBasis.DERIVED if is_by_law else found.tax_basis
    is_priced = found.state != "not_computable"
    yield Figure("state", "", str(found.state), offer["state"])
    yield Figure("state_reason", "", found.state_reason, offer["state_reason"])
    yield Figure("tax_basis", "", str(tax_basis) if is_priced else None, offer["tax_basis"])
    varies = found.price_varies if is_priced else None
    yield Figure("price_varies", "", varies, offer["price_varies"])
    after = None if found.fee_after_minutes is None else int(found.fee_after_minutes)
    yield Figure("fee_after_minutes", "minutes", after, offer["fee_after_minutes"])


def _prices(offer: Row, found: Quote) -> Iterator[Figure]:
    currency = offer["currency"]
    for name, per in PRICES.items():
        yield Figure(name, f"{currency}/{per}", _micro(getattr(found, name)), offer[name])
    sides: dict[str, Prices] = {"excl_vat": found.excl_vat, "incl_vat": found.incl_vat}
    for side, prices in sides.items():
        for pattern, (price, per) in SPLIT.items():
            name, computed = pattern.format(side), _micro(getattr(prices, price))
            yield Figure(name, f"{currency}/{per}", computed, offer[name])


def _totals_in_the_offer(offer: Row, found: Quote, terms: Terms) -> Iterator[Figure]:
    currency, sessions = offer["currency"], {one.code: one for one in terms.sessions}
    usual = sessions[terms.session_code]
    effective = _per(found.totals.get(usual.code), usual.energy_kwh)
    name = "effective_price_per_kwh"
    yield Figure(name, f"{currency}/kWh", effective, offer[name])
    for code in IN_THE_OFFER:
        name = f"session_{code}_total"
        yield Figure(name, currency, found.totals.get(code), offer[name])


def _totals(offer: Row, found: Quote, terms: Terms) -> Iterator[Figure]:
    currency = offer["currency"]
    published = {row["session_code"]: row for row in offer["session_totals"] or ()}
    for session in terms.sessions:
        row, code = published.get(session.code, {}), session.code
        total = found.totals.get(code)
        minutes = session.charging_minutes + session.parking_minutes
        excl_vat, incl_vat = found.totals_excl_vat.get(code), found.totals_incl_vat.get(code)
        for name, unit, computed in (
            ("total", currency, total),
            ("total_excl_vat", currency, excl_vat),
            ("total_incl_vat", currency, incl_vat),
            ("effective_price_per_kwh", f"{currency}/kWh", _per(total, session.energy_kwh)),
            ("effective_price_per_minute", f"{currency}/minute", _per(total, minutes)),
        ):
            yield Figure(name, unit, computed, row.get(name), code)


def _hour_figures(offer: Row, hours: HoursOfWeek | None) -> Iterator[Figure]:
    for name in ("cheapest", "dearest"):
        found = getattr(hours, name) if hours else None
        hour, total = (found.hour, found.total) if found else (None, None)
        yield Figure(f"{name}_hour", "hour of the week", hour, offer[f"{name}_hour"])
        column = f"{name}_hour_total"
        yield Figure(column, offer["currency"], total, offer[column])


def _per(total: Decimal | None, quantity: Decimal) -> Decimal | None:
    return _micro(total / quantity) if total is not None and quantity else None


def _micro(price: Decimal | None) -> Decimal | None:
    """Return a unit price as precise as a snapshot keeps it: millionths, half up."""
    return None if price is None else price.quantize(MICRO, ROUND_HALF_UP)
