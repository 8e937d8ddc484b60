"""What the quotes of a snapshot are of, in columns by their number."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from aggregator.comparing.codes import Bools, Int64s, Words, spread
from aggregator.pricing.charge_totals import LIMIT_TAX_UNKNOWN, TIME_ZONE_UNKNOWN
from aggregator.pricing.money import minor_unit_digits
from aggregator.pricing.quote import NO_PRICE_APPLIES, QuoteState

TOO_SLOW = "too_slow"  # the charge would take longer than any session
OF_THE_SESSION = {NO_PRICE_APPLIES, LIMIT_TAX_UNKNOWN, TIME_ZONE_UNKNOWN, TOO_SLOW}
"""Reasons that another session may not have; every other one holds for all."""

KEPT_DIGITS = 4  # of a total in a snapshot
DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class Quotes:
    """What quotes are of, by quote_no; numbers that are none hold nothing.

    key: the price list with the tax that was added by law. zone: number in zones. units: ten
    thousandths in the minor unit of its currency. refusal: why no charge has a price.
    state_reason: why the reference session has none. fee_after_minutes: None: no such fee.
    """

    key: list[tuple[str, str | None]]
    zone: Int64s
    zones: tuple[str | None, ...]
    currency: Words
    units: Int64s
    refusal: Words
    state_reason: Words
    has_price: Bools
    is_free: Bools
    is_derived: Bools
    price_varies: Bools
    fee_after_minutes: Words


def quotes_of(table: pa.Table) -> Quotes:
    """Return the rows of queries/quotes.sql."""
    rows = table.to_pydict()
    number = np.array(rows["quote_no"], np.int64)
    size = int(number.max(initial=-1)) + 1
    zones = tuple(dict.fromkeys(rows["time_zone"]))
    numbers = {zone: number for number, zone in enumerate(zones)}
    keys: list[tuple[str, str | None]] = [("", None)] * size
    for row, key in zip(
        rows["quote_no"], zip(rows["content_hash"], rows["vat_rate"], strict=True), strict=True
    ):
        keys[row] = key

    def words(name: str) -> Words:
        return spread(number, np.array(rows[name], object), size, None)

    state, state_reason = words("state"), words("state_reason")
    refused = (state == QuoteState.NOT_COMPUTABLE) & ~np.isin(state_reason, list(OF_THE_SESSION))
    units = [10 ** (KEPT_DIGITS - minor_unit_digits(each)) for each in rows["currency"]]
    return Quotes(
        key=keys,
        zone=spread(number, np.array([numbers[each] for each in rows["time_zone"]]), size, 0),
        zones=zones,
        currency=words("currency"),
        units=spread(number, np.array(units, np.int64), size, 1),
        refusal=np.where(refused, state_reason, np.array(None, object)),
        state_reason=state_reason,
        has_price=np.isin(state, [QuoteState.PRICED, QuoteState.FREE]),
        is_free=state == QuoteState.FREE,
        is_derived=words("tax_basis") == DERIVED,
        price_varies=words("price_varies") == True,  # noqa: E712 - None is not
        fee_after_minutes=words("fee_after_minutes"),
    )
