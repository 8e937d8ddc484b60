"""Totals in a currency that somebody reads them in: changed at the rates of the snapshot."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from aggregator.comparing.area_totals import AreaTotals
from aggregator.comparing.quotes import KEPT_DIGITS
from aggregator.pricing.money import round_to_minor_unit

Row = dict[str, Any]
TEN_THOUSAND = 10**KEPT_DIGITS
MOST = 10**16  # ten thousandths: what is more than 10^12 is no price


def changed_into(totals: AreaTotals, into: str, rates: Sequence[Row]) -> AreaTotals:
    """Return the totals in one currency, rounded to its minor unit.

    rates: of `Reader.rates`. What there is no rate for stays as it is, in its own currency;
    so does what cannot be told in the other one.
    """
    total, currency = totals.total.copy(), totals.currency.copy()
    is_known = totals.tax_basis.astype(bool)
    for rate in rates:
        if rate["to_currency"] == into:
            pairs = np.flatnonzero(is_known & (totals.currency == rate["currency"]))
            for pair in pairs:
                changed = _changed(int(totals.total[pair]), rate["rate"], into)
                if changed is not None:
                    total[pair], currency[pair] = changed, into
    return replace(totals, total=total, currency=currency)


def _changed(total: int, rate: Decimal, into: str) -> int | None:
    """Return ten thousandths of `into`; None where nothing would be left of it, or far too much."""
    exact = Fraction(total, TEN_THOUSAND) * Fraction(rate)
    changed = int(round_to_minor_unit(exact, into) * TEN_THOUSAND)
    return changed if bool(changed) == bool(total) and changed <= MOST else None
