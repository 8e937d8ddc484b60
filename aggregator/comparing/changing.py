"""Totals in a currency that somebody reads them in: changed at the rates of the snapshot."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from aggregator.comparing.area_totals import AreaTotals
from aggregator.comparing.codes import Int64s
from aggregator.comparing.quotes import KEPT_DIGITS
from aggregator.pricing.money import round_to_minor_unit

Row = dict[str, Any]
TEN_THOUSAND = 10**KEPT_DIGITS


def changed_into(totals: AreaTotals, into: str, rates: Sequence[Row]) -> AreaTotals:
    """Return the totals in one currency, rounded to its minor unit.

    rates: of `Reader.rates`. What there is no rate for stays as it is, in its own currency.
    """
    total, currency = totals.total.copy(), totals.currency.copy()
    is_known = totals.tax_basis.astype(bool)
    for rate in rates:
        if rate["to_currency"] == into:
            pairs = np.flatnonzero(is_known & (totals.currency == rate["currency"]))
            total[pairs] = _changed(totals.total[pairs], rate["rate"], into)
            currency[pairs] = into
    return replace(totals, total=total, currency=currency)


def _changed(total: Int64s, rate: Decimal, into: str) -> list[int]:
    """Return ten thousandths of `into`."""
    exact = (Fraction(int(one), TEN_THOUSAND) * Fraction(rate) for one in total)
    return [int(round_to_minor_unit(one, into) * TEN_THOUSAND) for one in exact]
