"""The price lists of one snapshot, made ready for the kernel as they are asked for."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from math import ceil
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from aggregator.comparing.codes import Bools, Int64s, Words, spread
from aggregator.comparing.offer_columns import OfferColumns, offer_columns
from aggregator.comparing.quotes import DERIVED, OF_THE_SESSION, TOO_SLOW, Quotes, quotes_of
from aggregator.domain import contents
from aggregator.domain.charge import Charge
from aggregator.domain.session import MINUTES_PER_HOUR
from aggregator.normalise.tax import with_rate_by_law
from aggregator.pricing.charge_totals import W_PER_KW, ChargeTotals, Wanted, charge_totals
from aggregator.pricing.components import PriceTable, price_table
from aggregator.pricing.course import LONGEST_SESSION_MINUTES
from aggregator.pricing.kernel.layout import UNKNOWN_TOTAL
from aggregator.pricing.kernel.prices import TAX_BASES, Catalogue, PreparedTariffs
from aggregator.store.queries import Reader

__all__ = ["OF_THE_SESSION", "PairTotals", "PriceBook"]

TABLES_KEPT = 2_000
WITH_TAX = ["gross", DERIVED]


@dataclass(frozen=True, slots=True)
class PairTotals:
    """What a charge costs under quotes at powers, one row of each array for each.

    total: in ten thousandths of the quote's currency; 0 where it is not known. is_without_tax:
    or it is not told whether tax is in it. reason: why there is none, where the charge is.
    minutes: of charging, an estimate; nan where there is no total.
    """

    total: Int64s
    is_known: Bools
    tax_basis: Words
    is_without_tax: Bools
    reason: Words
    minutes: npt.NDArray[np.float64]


class PriceBook:
    """Prices a charge under the quotes of one snapshot; may be asked by several threads."""

    def __init__(self, reader: Reader) -> None:
        """Open the book of a snapshot; nothing is read yet."""
        self._reader = reader
        self._lock = Lock()
        self._opening = Lock()
        self._columns: OfferColumns | None = None
        self._catalogue = Catalogue()

    def totals(self, quote_no: Int64s, power_w: Int64s, is_dc: Bools, charge: Charge) -> PairTotals:
        """Return what a charge costs under each quote at each power (-1: not stated).

        Raises:
            StoreError: the snapshot cannot be read.
            OverflowError: a total is beyond 64 bits.
        """
        flowing_w = _flowing_w(power_w, is_dc, charge)
        quotes = self.quotes
        is_open = (quotes.refusal[quote_no] == None) & (flowing_w > 0)  # noqa: E711 - of each element
        is_slow = is_open & (flowing_w < _least_w(charge))
        asked = np.flatnonzero(is_open & ~is_slow)
        quote_no = quote_no[asked]
        prepared, lists = self._prepared(quote_no)
        wanted = Wanted(lists, quotes.zone[quote_no], flowing_w[asked], quotes.zones)
        found = charge_totals(prepared, wanted, charge)
        totals = _pair_totals(quotes, quote_no, found, asked, len(power_w))
        totals.reason[is_slow] = TOO_SLOW
        return totals

    @property
    def columns(self) -> OfferColumns:
        """The offers, read once: who asks meanwhile waits."""
        with self._opening:
            if self._columns is None:
                self._columns = offer_columns(self._reader)
            return self._columns

    @cached_property
    def quotes(self) -> Quotes:
        """What the quotes are of."""
        return quotes_of(self._reader.quotes())

    @cached_property
    def rates(self) -> list[dict[str, Any]]:
        """What currencies can be changed into; see `Reader.rates`."""
        return self._reader.rates()

    def price_list(self, quote_no: int) -> str:
        """Return the price list of a quote as JSON, with the tax that was added by law."""
        prepared, lists = self._prepared(np.array([quote_no]))
        return prepared.texts[int(lists[0])]

    def table(self, quote_no: int) -> PriceTable:
        """Return the price list of a quote, ready for the exact engine.

        Raises:
            NotComputable: the price list cannot be priced.
        """
        return _table_of(self.price_list(quote_no))

    def zone(self, quote_no: int) -> str | None:
        """Return the IANA name of the zone that a quote is for; None: unknown."""
        return self.quotes.zones[int(self.quotes.zone[quote_no])]

    def _prepared(self, quote_nos: Int64s) -> tuple[PreparedTariffs, Int64s]:
        """Return prepared price lists, and where that of each quote stands among them."""
        keys = [self.quotes.key[one] for one in quote_nos.tolist()]
        names = [_name(key) for key in keys]
        with self._lock:
            missing = set(self._catalogue.unknown(names))
            if missing:
                self._add(
                    {name: key for name, key in zip(names, keys, strict=True) if name in missing}
                )
            return self._catalogue.prepared, self._catalogue.indices(names)

    def _add(self, missing: dict[str, tuple[str, str | None]]) -> None:
        texts = self._reader.price_lists([content_hash for content_hash, _ in missing.values()])
        self._catalogue.add(
            {name: _with_tax(texts[digest], rate) for name, (digest, rate) in missing.items()}
        )


@lru_cache(maxsize=TABLES_KEPT)
def _table_of(price_list: str) -> PriceTable:
    return price_table(contents.from_json(price_list))


def _flowing_w(power_w: Int64s, is_dc: Bools, charge: Charge) -> Int64s:
    """Return what flows at each pair, in W; 0 where the car cannot be charged so."""
    car = np.where(is_dc, int(charge.car_dc_kw * W_PER_KW), int(charge.car_ac_kw * W_PER_KW))
    return np.where(power_w < 0, car, np.minimum(power_w, car))


def _least_w(charge: Charge) -> int:
    """Return the power, in W, at which the charge and what follows just fit into a session."""
    minutes = LONGEST_SESSION_MINUTES - charge.parking_minutes
    return ceil(charge.energy_kwh * W_PER_KW * MINUTES_PER_HOUR / minutes)


def _pair_totals(
    quotes: Quotes, quote_no: Int64s, found: ChargeTotals, asked: Int64s, size: int
) -> PairTotals:
    """Return what was found at the pairs that were asked for, and nothing at the others."""
    is_known = found.total != UNKNOWN_TOTAL
    basis = np.array(TAX_BASES, object)[found.tax_basis]
    basis[(basis == "gross") & quotes.is_derived[quote_no]] = DERIVED
    basis[~is_known] = None
    return PairTotals(
        # The first digits of a number of four decimals are those of the minor unit.
        total=spread(asked, np.where(is_known, found.total, 0) * quotes.units[quote_no], size, 0),
        is_known=spread(asked, is_known, size, fill=False),
        tax_basis=spread(asked, basis, size, None),
        is_without_tax=spread(asked, ~np.isin(basis, WITH_TAX), size, fill=True),
        reason=spread(asked, found.reason, size, None),
        minutes=spread(asked, np.where(is_known, found.minutes, np.nan), size, np.nan),
    )


def _name(key: tuple[str, str | None]) -> str:
    return f"{key[0]} {key[1] or ''}"


def _with_tax(price_list: str, vat_rate: str | None) -> str:
    if vat_rate is None:
        return price_list
    return contents.to_json(with_rate_by_law(contents.from_json(price_list), Decimal(vat_rate)))
