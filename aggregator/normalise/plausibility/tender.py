"""Whether a currency is legal tender where a charger is, on a day."""

from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache

from babel.numbers import get_territory_currencies, list_currencies

from aggregator.normalise.plausibility.flag import Flag
from aggregator.normalise.vat_rates import alpha_2

BULGARIA_CHANGED = date(2026, 1, 1)
BULGARIA_LAST_LEV = date(2026, 1, 31)
"""Regulation (EU) 2025/1407; both were tender in January. Babel's tables may be older."""

ALSO_TENDER = {"GI": "GBP"}
"""What Babel leaves out: notes of the Bank of England in Gibraltar, Currency Notes Act."""


def tender_flags(currency: str, country: str | None, on: date) -> Iterator[Flag]:
    """Yield whether a currency is foreign.

    Args:
        currency: ISO 4217; of one that nobody knows nothing is said.
        country: where the charger is: ISO 3166-1, alpha-2 or alpha-3; None where unknown.
        on: the day.
    """
    code = alpha_2(country)
    if code is None or not is_currency(currency):
        return
    known = legal_tender(code, on)
    if known and currency not in known:
        yield Flag.FOREIGN_CURRENCY


def is_currency(code: str) -> bool:
    """Tell whether a code is or was a currency's (ISO 4217).

    >>> is_currency("SEK"), is_currency("GBX")
    (True, False)
    """
    return code in _currencies()


@cache
def _currencies() -> frozenset[str]:
    return frozenset(list_currencies())


@lru_cache(maxsize=1024)
def legal_tender(country: str, on: date) -> frozenset[str]:
    """Return what is legal tender in a country (ISO 3166-1 alpha-2) on a day; empty: unknown.

    >>> sorted(legal_tender("HR", date(2022, 12, 31))), sorted(legal_tender("HR", date(2026, 1, 1)))
    (['HRK'], ['EUR'])
    """
    found = set(get_territory_currencies(country, on, on, tender=True, non_tender=False))
    if country == "BG" and on >= BULGARIA_CHANGED:
        found = {"EUR"} if on > BULGARIA_LAST_LEV else {"EUR", "BGN"}
    if country in ALSO_TENDER:
        found.add(ALSO_TENDER[country])
    return frozenset(found)
